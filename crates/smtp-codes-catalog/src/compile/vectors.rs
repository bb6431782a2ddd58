//! The vectors: every reply of the catalogue with what is expected of its diagnosis.

use smtp_codes::tables::Strength;
use smtp_codes::{Command, Diagnosis, Query, Reason};

use super::rules;

use crate::files::Span;
use crate::source::{Catalogue, Entry, List, Spanned, Text};

/// A reply with what is expected of it, wherever in the catalogue it stands.
#[derive(Clone, Debug)]
pub struct Vector {
    /// Where it is written.
    pub span: Span,
    /// The entry it stands on: `google/over-quota`, `phrase:mailbox-full`; empty for one that stands alone.
    pub owner: String,
    /// Whether that entry is `generic`: against it, the words of the whole reply have a say.
    pub generic: bool,
    /// The reply's bytes.
    pub reply: Vec<u8>,
    /// The provider that the caller names.
    pub provider: Option<String>,
    /// The MX host that the caller names.
    pub mx: Option<String>,
    /// The recipient that the caller names.
    pub recipient: Option<String>,
    /// The command that the caller names.
    pub command: Option<Command>,
    /// What is expected.
    pub expected: Expected,
}

/// What a vector expects; what is `None` or empty is left open.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field is the field of the diagnosis of its name")]
pub struct Expected {
    /// Reasons any of which is right; the first is the best.
    pub reasons: Vec<Reason>,
    pub winner: Option<String>,
    pub not_winner: Option<String>,
    pub code: Option<String>,
    pub enhanced: Option<String>,
    pub provider: Option<String>,
    pub basis: Option<String>,
    pub bounce: Option<String>,
    pub party: Option<String>,
    pub delivery: Option<String>,
    pub address: Option<String>,
    pub retry_after_s: Option<i64>,
    pub blocklist: Option<String>,
    pub url: Option<String>,
    pub tag: Option<String>,
    pub class_mismatch: Option<bool>,
}

/// One way in which a diagnosis is not what its vector expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// What it is about: `reason`, `winner`, `code`, …
    pub field: &'static str,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub found: String,
}

impl Vector {
    /// The query that the vector puts.
    #[must_use]
    pub fn query(&self) -> Query<'_> {
        Query {
            reply: &self.reply,
            provider: self.provider.as_deref(),
            mx: self.mx.as_deref().map(str::as_bytes),
            recipient: self.recipient.as_deref().map(str::as_bytes),
            command: self.command,
        }
    }

    /// What tells it from every other vector: its entry and its bytes.
    #[must_use]
    pub fn name(&self) -> (&str, &[u8]) {
        (&self.owner, &self.reply)
    }

    /// The reason that is expected first.
    #[must_use]
    pub fn reason(&self) -> Option<Reason> {
        self.expected.reasons.first().copied()
    }

    /// Everything in which its diagnosis deviates from what is expected.
    #[must_use]
    pub fn deviations(&self, diagnosis: &Diagnosis<'_>) -> Vec<Deviation> {
        let expected = &self.expected;
        let mut deviations = Vec::new();
        let mut check = |field: &'static str, expected: Option<&str>, found: &str| {
            if let Some(expected) = expected {
                if expected != found {
                    deviations.push(Deviation {
                        field,
                        expected: expected.to_owned(),
                        found: found.to_owned(),
                    });
                }
            }
        };
        let number = |number: Option<u32>| number.map_or_else(|| "none".to_owned(), |n| n.to_string());
        let none = || "none".to_owned();
        let winner = winner(diagnosis);
        check("winner", expected.winner.as_deref(), &winner);
        check(
            "code",
            expected.code.as_deref(),
            &diagnosis.code.map_or_else(none, |code| code.to_string()),
        );
        check(
            "enhanced",
            expected.enhanced.as_deref(),
            &diagnosis.enhanced.map_or_else(none, |code| code.to_string()),
        );
        check(
            "expect-provider",
            expected.provider.as_deref(),
            diagnosis.provider_slug().unwrap_or("none"),
        );
        check("basis", expected.basis.as_deref(), diagnosis.basis.slug());
        check("bounce", expected.bounce.as_deref(), diagnosis.bounce.slug());
        check("party", expected.party.as_deref(), diagnosis.party.slug());
        check("delivery", expected.delivery.as_deref(), diagnosis.delivery.slug());
        check("address", expected.address.as_deref(), diagnosis.address.slug());
        check(
            "retry-after-s",
            expected.retry_after_s.map(|n| n.to_string()).as_deref(),
            &number(diagnosis.extract.retry_after_s),
        );
        check(
            "blocklist",
            expected.blocklist.as_deref(),
            diagnosis.blocklist_slug().unwrap_or("none"),
        );
        check("url", expected.url.as_deref(), diagnosis.url().unwrap_or("none"));
        check("tag", expected.tag.as_deref(), diagnosis.tag().unwrap_or("none"));
        check(
            "class-mismatch",
            expected.class_mismatch.map(|b| b.to_string()).as_deref(),
            &diagnosis.class_mismatch.to_string(),
        );
        if expected.not_winner.as_deref() == Some(winner.as_str()) {
            deviations.push(Deviation {
                field: "not-winner",
                expected: "another entry".into(),
                found: winner,
            });
        }
        if !expected.reasons.is_empty() && !expected.reasons.contains(&diagnosis.reason) {
            deviations.push(Deviation {
                field: "reason",
                expected: expected.reasons[0].slug().to_owned(),
                found: diagnosis.reason.slug().to_owned(),
            });
        }
        deviations
    }
}

/// The name of the entry that won: `google/over-quota`, `phrase:mailbox-full`, `basic:550`.
#[must_use]
pub fn winner(diagnosis: &Diagnosis<'_>) -> String {
    diagnosis
        .text
        .map_or_else(|| "none".to_owned(), |text| diagnosis.tables.text(text.slug).to_owned())
}

/// Every vector of the catalogue, in the order of the entries' names, then of files and lines.
#[must_use]
pub fn collect(catalogue: &Catalogue) -> Vec<Vector> {
    let mut vectors = Vec::new();
    let mut phrases: Vec<_> = catalogue.phrases.iter().collect();
    phrases.sort_by(|a, b| a.slug.as_str().cmp(b.slug.as_str()));
    for entry in phrases {
        let owner = format!("phrase:{}", entry.slug.as_str());
        let replies = Replies {
            owner: &owner,
            reason: &entry.reason,
            generic: rules::strength(entry.strength.as_ref()) == Strength::Generic,
            hint: None,
            must: &entry.vectors,
            near: entry.near.as_ref(),
        };
        replies.collect(entry, &mut vectors);
    }
    let mut variants: Vec<_> = catalogue.variants.iter().collect();
    variants.sort_by_key(|entry| entry.name());
    for variant in variants {
        let entry = &variant.entry;
        // Wording that shows its provider must be recognised without a hint.
        let hint = if entry.distinctive.as_ref().is_some_and(|flag| *flag.get()) {
            None
        } else {
            Some(variant.provider.as_str())
        };
        let replies = Replies {
            owner: &variant.name(),
            reason: &entry.reason,
            generic: rules::strength(entry.strength.as_ref()) == Strength::Generic,
            hint,
            must: &entry.vectors,
            near: entry.near.as_ref(),
        };
        replies.collect(entry, &mut vectors);
    }
    let mut blocklists: Vec<_> = catalogue.blocklists.iter().collect();
    blocklists.sort_by(|a, b| a.slug.as_str().cmp(b.slug.as_str()));
    for entry in blocklists {
        for text in entry.vectors.iter() {
            let expected = Expected {
                blocklist: Some(entry.slug.to_string()),
                ..Expected::default()
            };
            vectors.push(vector(
                entry.at(text),
                format!("blocklist:{}", entry.slug.as_str()),
                text.as_bytes().to_vec(),
                expected,
            ));
        }
    }
    alone(catalogue, &mut vectors);
    groups(catalogue, &mut vectors);
    vectors
}

fn vector(span: Span, owner: String, reply: Vec<u8>, expected: Expected) -> Vector {
    Vector {
        span,
        owner,
        generic: false,
        reply,
        provider: None,
        mx: None,
        recipient: None,
        command: None,
        expected,
    }
}

/// The replies of a phrase or variant.
struct Replies<'c> {
    owner: &'c str,
    reason: &'c Text,
    generic: bool,
    /// The provider that its replies need to be named.
    hint: Option<&'c str>,
    /// Those it must win.
    must: &'c List,
    /// Those it must not win.
    near: Option<&'c List>,
}

impl Replies<'_> {
    fn collect<T>(&self, entry: &Entry<T>, vectors: &mut Vec<Vector>) {
        let mut add = |text: &Text, expected: Expected| {
            vectors.push(Vector {
                generic: self.generic && expected.winner.is_some(),
                provider: self.hint.map(str::to_owned),
                ..vector(
                    entry.at(text),
                    self.owner.to_owned(),
                    text.as_bytes().to_vec(),
                    expected,
                )
            });
        };
        for text in self.must.iter() {
            let expected = Expected {
                reasons: Reason::from_slug(self.reason).into_iter().collect(),
                winner: Some(self.owner.to_owned()),
                ..Expected::default()
            };
            add(text, expected);
        }
        for text in self.near.into_iter().flat_map(|list| list.iter()) {
            let expected = Expected {
                not_winner: Some(self.owner.to_owned()),
                ..Expected::default()
            };
            add(text, expected);
        }
    }
}

fn string(text: Option<&Text>) -> Option<String> {
    text.map(|text| text.as_str().to_owned())
}

fn reasons(first: &Text, also: Option<&List>) -> Vec<Reason> {
    std::iter::once(first.as_str())
        .chain(also.into_iter().flat_map(|list| list.iter().map(|text| text.as_str())))
        .filter_map(Reason::from_slug)
        .collect()
}

fn alone(catalogue: &Catalogue, vectors: &mut Vec<Vector>) {
    let mut entries: Vec<_> = catalogue.vectors.iter().collect();
    entries.sort_by_key(|entry| entry.reply.as_str());
    for entry in entries {
        let bytes = if entry.unescape.as_ref().is_some_and(|flag| *flag.get()) {
            unescape(&entry.reply)
        } else {
            entry.reply.as_bytes().to_vec()
        };
        let expected = Expected {
            reasons: reasons(&entry.reason, entry.also.as_ref()),
            winner: string(entry.winner.as_ref()),
            not_winner: string(entry.not_winner.as_ref()),
            code: string(entry.code.as_ref()),
            enhanced: string(entry.enhanced.as_ref()),
            provider: string(entry.expect_provider.as_ref()),
            basis: string(entry.basis.as_ref()),
            bounce: string(entry.bounce.as_ref()),
            party: string(entry.party.as_ref()),
            delivery: string(entry.delivery.as_ref()),
            address: string(entry.address.as_ref()),
            retry_after_s: entry.retry_after_s.as_ref().map(|n| *n.get()),
            blocklist: string(entry.blocklist.as_ref()),
            url: string(entry.url.as_ref()),
            tag: string(entry.tag.as_ref()),
            class_mismatch: entry.class_mismatch.as_ref().map(|flag| *flag.get()),
        };
        vectors.push(Vector {
            provider: string(entry.provider.as_ref()),
            mx: string(entry.mx.as_ref()),
            recipient: string(entry.recipient.as_ref()),
            command: entry.command.as_ref().and_then(|slug| Command::from_slug(slug)),
            ..vector(entry.at(&entry.reply), String::new(), bytes, expected)
        });
    }
}

fn groups(catalogue: &Catalogue, vectors: &mut Vec<Vector>) {
    let mut replies: Vec<(&Text, &Entry<crate::source::Vectors>)> = catalogue
        .vector_groups
        .iter()
        .flat_map(|entry| entry.replies.iter().map(move |text| (text, entry)))
        .collect();
    replies.sort_by_key(|(text, _)| text.as_str());
    for (text, entry) in replies {
        let expected = Expected {
            reasons: reasons(&entry.reason, entry.also.as_ref()),
            ..Expected::default()
        };
        vectors.push(Vector {
            provider: string(entry.provider.as_ref()),
            ..vector(place(entry, text), String::new(), text.as_bytes().to_vec(), expected)
        });
    }
}

fn place<T, U>(entry: &Entry<T>, value: &Spanned<U>) -> Span {
    entry.at(value)
}

/// Turns `\xNN`, `\n`, `\r`, `\t` and `\\` into bytes; anything else stays as it is.
#[must_use]
pub fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let (byte, width) = match (first, tail.first()) {
            (b'\\', Some(b'n')) => (b'\n', 2),
            (b'\\', Some(b'r')) => (b'\r', 2),
            (b'\\', Some(b't')) => (b'\t', 2),
            (b'\\', Some(b'\\')) => (b'\\', 2),
            (b'\\', Some(b'x')) => match tail
                .get(1..3)
                .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok())
            {
                Some(byte) => (byte, 4),
                None => (first, 1),
            },
            _ => (first, 1),
        };
        bytes.push(byte);
        rest = &rest[width..];
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_bytes() {
        assert_eq!(unescape(r"a\xE4b\n\\x"), b"a\xE4b\n\\x");
        assert_eq!(unescape(r"\xZZ\q"), br"\xZZ\q");
    }
}
