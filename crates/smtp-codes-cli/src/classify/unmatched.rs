//! What was not recognised: redacted, grouped by skeleton, ready to be contributed.

use std::collections::HashMap;
use std::io::{self, Write};

/// How much of a reply makes its skeleton.
const LONGEST: usize = 400;
/// How many skeletons are kept apart; memory stays flat whatever the input holds.
const SKELETONS: usize = 20_000;

/// Skeletons and how often they occur.
#[derive(Debug, Default)]
pub(crate) struct Unmatched {
    counts: HashMap<String, u64>,
    /// Replies of skeletons that found no room.
    beyond: u64,
}

impl Unmatched {
    /// Counts a reply.
    pub(crate) fn note(&mut self, reply: &[u8]) {
        self.count(skeleton(reply), 1);
    }

    fn count(&mut self, skeleton: String, count: u64) {
        if let Some(known) = self.counts.get_mut(&skeleton) {
            *known += count;
        } else if self.counts.len() < SKELETONS {
            self.counts.insert(skeleton, count);
        } else {
            self.beyond += count;
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.beyond += other.beyond;
        for (skeleton, count) in other.counts {
            self.count(skeleton, count);
        }
    }

    /// Writes catalogue records, most frequent first.
    pub(crate) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut counts: Vec<_> = self.counts.iter().collect();
        counts.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let all = counts.iter().map(|(_, count)| **count).sum::<u64>() + self.beyond;
        writeln!(
            out,
            "# {all} replies that were not recognised, as {} skeletons, most frequent first.",
            counts.len()
        )?;
        writeln!(
            out,
            "# Addresses, hosts, numbers and identifiers are replaced; look through it before you pass it on."
        )?;
        writeln!(
            out,
            "# To contribute: write the right reason, and keep what is worth keeping."
        )?;
        if self.beyond > 0 {
            writeln!(
                out,
                "# {} more replies of other skeletons were counted but not kept.",
                self.beyond
            )?;
        }
        for (skeleton, count) in counts {
            let reply = toml::Value::String(skeleton.clone());
            writeln!(
                out,
                "\n# seen {count} times\n[[vector]]\nreply = {reply}\nreason = \"unknown\""
            )?;
        }
        Ok(())
    }
}

/// A reply without what belongs to one message or one person: examples stand in for addresses, hosts,
/// numbers and identifiers, so that it is still a reply.
fn skeleton(reply: &[u8]) -> String {
    let text = String::from_utf8_lossy(&reply[..reply.len().min(LONGEST)]);
    let mut out = String::with_capacity(text.len());
    for token in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        redact(token, &mut out);
    }
    out
}

/// Writes a token piece by piece: brackets, quotes and equals signs part pieces, and stay.
fn redact(token: &str, out: &mut String) {
    if token.contains("://") {
        let start = token.find("://").map_or(0, |at| {
            token[..at]
                .rfind(|c: char| !c.is_ascii_alphabetic())
                .map_or(0, |before| before + 1)
        });
        out.push_str(&token[..start]);
        out.push_str("https://example.com/");
        return;
    }
    let parts = |c: char| {
        matches!(
            c,
            '[' | ']' | '(' | ')' | '<' | '>' | '{' | '}' | '"' | '\'' | '`' | ',' | ';' | '=' | '|' | '#'
        )
    };
    for piece in token.split_inclusive(parts) {
        let body = piece.trim_end_matches(parts);
        let core = body.trim_matches(|c: char| !c.is_alphanumeric());
        let start = body.find(core).unwrap_or(0);
        out.push_str(&body[..start]);
        out.push_str(if core.is_empty() { "" } else { stand_in(core) });
        out.push_str(&body[start + core.len()..]);
        out.push_str(&piece[body.len()..]);
    }
}

/// What stands for a token: an example of its kind, or the token itself.
fn stand_in(core: &str) -> &str {
    let digits = core.bytes().filter(u8::is_ascii_digit).count();
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    let hex = core
        .bytes()
        .all(|b| b.is_ascii_hexdigit() || matches!(b, b'-' | b':' | b'.'));
    if core.contains('@') {
        return "user@example.com";
    }
    if core.parse::<std::net::Ipv4Addr>().is_ok() {
        return "192.0.2.1";
    }
    if core.parse::<std::net::Ipv6Addr>().is_ok() {
        return "2001:db8::1";
    }
    if is_code(core) {
        return core;
    }
    if letters == 0 && digits > 0 {
        return "0";
    }
    if is_host(core) {
        return "mx.example.com";
    }
    if (digits > 0 && (core.len() >= 8 || (hex && core.len() >= 6))) || core.len() >= 32 {
        return "id0";
    }
    core
}

/// `550`, `5.1.1`, `550-5.1.1`.
fn is_code(core: &str) -> bool {
    let basic = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
    let enhanced = |text: &str| text.parse::<smtp_codes::EnhancedCode>().is_ok();
    basic(core) || enhanced(core) || core.split_once('-').is_some_and(|(a, b)| basic(a) && enhanced(b))
}

/// Labels with points between, the last of them letters: `mail.example.org`.
fn is_host(core: &str) -> bool {
    let Some((head, last)) = core.rsplit_once('.') else {
        return false;
    };
    let label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()) && head.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_a_person_or_a_message_is_replaced() {
        let reply = b"550-5.1.9 <jane.doe@corp.test>: host mx7.corp.test[203.0.113.9] said no\r\n550 5.1.9 see https://corp.test/x?y=1 (id=4Fx9Qz12ab, 2a00:1450::1b) after 35 tries";
        assert_eq!(
            skeleton(reply),
            "550-5.1.9 <user@example.com>: host mx.example.com[192.0.2.1] said no 550 5.1.9 see https://example.com/ (id=id0, 2001:db8::1) after 0 tries"
        );
    }

    #[test]
    fn like_replies_have_one_skeleton() {
        assert_eq!(
            skeleton(b"571 q1w2e3r4t5 refused for a@b.test"),
            skeleton(b"571 z9y8x7w6v5 refused for c@d.test")
        );
    }

    #[test]
    fn words_stay() {
        let plain = "550 No such thing, I'm afraid (really).";
        assert_eq!(skeleton(plain.as_bytes()), plain);
    }
}
