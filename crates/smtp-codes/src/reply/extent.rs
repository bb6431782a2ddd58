//! How far a reply reaches in the text around it, and what stands inside it: an enhanced code further on, a quoted
//! reply of another server.

use super::bytes::{Needle, ends_with_word, holds_any, line_end, skip_blank, starts_with, trim_marks};
use super::codes::{Found, doubled, three_digits};
use crate::code::{BasicCode, Class, EnhancedCode};
use crate::lanes::{Lanes, each_flagged};

/// What opens the next turn of a session that a library wrote down on one line, and its own comments.
const TURNS: &[Needle] = &[
    Needle::new(b"CLIENT -> "),
    Needle::new(b"SMTP -> "),
    Needle::new(b"SERVER -> "),
    Needle::new(b"SMTP ERROR: "),
    Needle::new(b"SMTP NOTICE: "),
    // The settings that Outlook's programs write behind the reply: "Secure(SSL): No".
    Needle::new(b"(SSL):"),
    Needle::new(b"(SSL) :"),
    Needle::new(b"(ssl):"),
    Needle::new(b"(ssl) :"),
    TAIL,
];

/// What Postfix appends to a refusal in its log: sender, recipient, protocol and HELO name.
pub(super) const TAIL: Needle = Needle::new(b"; from=<");

/// Where the first of [`TURNS`] begins in a line.
fn turn(line: &[u8]) -> Option<usize> {
    // The bytes by which the turns are told.
    let anchors = |eight: Lanes| {
        eight
            .equal(b'>')
            .or(eight.equal(b':'))
            .or(eight.equal(b';'))
            .or(eight.equal(b'('))
    };
    let mut first: Option<usize> = None;
    each_flagged(line, 0, anchors, |at| {
        for begins in TURNS.iter().filter_map(|needle| needle.around(line, at)) {
            first = Some(first.map_or(begins, |known| known.min(begins)));
        }
        true
    });
    first
}

/// Where a reply that begins at `start` inside a longer text ends.
pub(super) fn segment_end(input: &[u8], start: usize, code: BasicCode) -> usize {
    let mut end = line_end(input, start);
    if let Some(turn) = turn(&input[start..end]) {
        return start + turn;
    }
    loop {
        let next = match input.get(end) {
            Some(b'\n') => end + 1,
            _ => return end,
        };
        let stop = line_end(input, next);
        let line = input[next..stop].trim_ascii();
        let quoted = line.strip_prefix(b"<<<").map_or(line, <[u8]>::trim_ascii_start);
        let repeats = quoted.len() >= 3 && three_digits(quoted, 0) == Some(code);
        if !repeats && (line.is_empty() || ends_reply(line)) {
            return end;
        }
        // A turn of the session that begins on a line of its own.
        if let Some(turn) = turn(&input[next..stop]) {
            return next + turn;
        }
        end = stop;
    }
}

/// Whether a line belongs to the text behind a reply, not to the reply.
fn ends_reply(line: &[u8]) -> bool {
    if line.starts_with(b"--")
        || line.starts_with(b"==")
        || line.starts_with(b">>>")
        || line.starts_with(b"at ")
        || line.starts_with(b"Traceback")
        || line.starts_with(b"Giving up on")
    {
        return true;
    }
    // A header field of the report or of the returned message: "Reporting-MTA: …".
    let name = line
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
        .count();
    name >= 2
        && line.get(name) == Some(&b':')
        && line[0].is_ascii_uppercase()
        && !starts_with(line, b"http")
        && line.get(name + 1).is_none_or(|b| *b == b' ')
        && (line[..name].contains(&b'-')
            || [
                &b"From"[..],
                b"To",
                b"Subject",
                b"Date",
                b"Received",
                b"Message",
                b"Status",
                b"Action",
                b"Return",
            ]
            .iter()
            .any(|field| line[..name].eq_ignore_ascii_case(field)))
}

/// Whether nothing but marks and numbers follows the codes up to the end of the reply, or the words before them
/// say that only a code comes: then the words of the reply stand before it.
pub(super) fn words_stand_before(input: &[u8], found: &Found, end: usize) -> bool {
    let before = trim_marks(&input[..found.start]);
    if [&b"code"[..], b"responsecode", b"statuscode", b"errorcode"]
        .iter()
        .any(|label| ends_with_word(before, label))
    {
        return true;
    }
    let after = input.get(found.after..end).unwrap_or(&[]);
    !after
        .windows(2)
        .any(|pair| pair.iter().all(|b| b.is_ascii_alphabetic() || *b >= 0x80))
}

/// The refusal in a session's transcript that begins with replies of success: the last line that begins with
/// a 4yz or 5yz code, and the first line of that reply.
pub(super) fn refusal_in_transcript(input: &[u8]) -> Option<Found> {
    let mut last: Option<Found> = None;
    let mut at = 0;
    while at < input.len() {
        let end = line_end(input, at);
        let mut start = at;
        // Blanks, arrows, and the lines and corners of boxes.
        while start < end
            && (input[start].is_ascii_whitespace()
                || input[start] >= 0x80
                || matches!(input[start], b'<' | b'-' | b'*' | b'>' | b'|' | b'~'))
        {
            start += 1;
        }
        if input[start..end].starts_with(b"S:") {
            start = skip_blank(input, start + 2).min(end);
        }
        if let Some(code) =
            three_digits(input, start).filter(|code| matches!(code.class(), Some(Class::Transient | Class::Permanent)))
        {
            let continues = last.is_some_and(|found| {
                found.code == code && input[found.start..at].iter().filter(|b| **b == b'\n').count() < 12
            });
            if matches!(input.get(start + 3), None | Some(b' ' | b'-' | b'\r' | b'\n')) && !continues {
                last = Some(doubled(input, Found::at(start, code)));
            }
        }
        at = end + 1;
    }
    last
}

/// Whether a text around an accepting reply holds a program's own word that it failed: what the server accepted
/// before is then not the news.
pub(super) fn tells_of_failure(input: &[u8]) -> bool {
    const WORDS: &[Needle] = &[
        Needle::new(b"SMTP Error"),
        Needle::new(b"SMTP ERROR"),
        Needle::new(b"connect() failed"),
        Needle::new(b"Exception"),
        Needle::new(b"Error connecting"),
        Needle::new(b"Failed to"),
    ];
    holds_any(input, WORDS)
}

/// What one pass over a reply's text finds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Survey {
    /// Where the reply's own text ends.
    pub(super) end: usize,
    /// The enhanced code, wherever it stands.
    pub(super) enhanced: Option<EnhancedCode>,
    /// A reply quoted inside this one that tells the cause.
    pub(super) inner: Option<Inner>,
}

/// A quoted reply, by offsets in the outer one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inner {
    pub(super) start: usize,
    pub(super) after: usize,
    pub(super) code: BasicCode,
    pub(super) enhanced: Option<EnhancedCode>,
}

/// Looks through a reply's text: for an enhanced code in brackets or behind `#`, for the words that
/// close a wrapped reply, and for a quoted reply inside.
pub(super) fn survey(segment: &[u8], after: usize, code: BasicCode, enhanced: Option<EnhancedCode>) -> Survey {
    let mut result = Survey {
        end: segment.len(),
        enhanced,
        inner: None,
    };
    // Only a reply that tells no cause of its own gives way to the one it quotes.
    let says_little =
        enhanced.is_none_or(|e| e.subject() == 0 || (e.subject() == 4 && e.detail() != 6) || e.detail() == 0);
    let watches_quotes = says_little && code.first_digit() >= 4;
    let watches_points = enhanced.is_none();
    let mut loose: Option<EnhancedCode> = None;
    let marks = |eight: Lanes| {
        let mut marks = eight.equal(b'(');
        if watches_quotes {
            marks = marks.or(eight.equal(b'<')).or(eight.equal(b'\'')).or(eight.equal(b'"'));
        }
        if watches_points {
            marks = marks.or(eight.equal(b'.'));
        }
        marks
    };
    each_flagged(segment, after, marks, |at| {
        let byte = segment[at];
        if byte == b'(' && starts_with(&segment[at + 1..], b"in reply to") {
            result.end = at;
            return false;
        }
        if byte != b'.' {
            if watches_quotes && result.inner.is_none() {
                result.inner = quoted(segment, at + 1, byte == b'<', code);
            }
        } else if at > after && result.enhanced.is_none() {
            // The point behind the class.
            if let Some((found, labelled)) = enhanced_inside(segment, at - 1) {
                if found.class() == code.first_digit() {
                    result.enhanced = Some(found);
                } else if labelled {
                    loose = loose.or(Some(found));
                }
            }
        }
        true
    });
    result.enhanced = result.enhanced.or(loose);
    result
}

/// The enhanced code at `at` that nothing before it joins, and whether brackets or a `#` label it.
fn enhanced_inside(segment: &[u8], at: usize) -> Option<(EnhancedCode, bool)> {
    let before = at.checked_sub(1).and_then(|before| segment.get(before));
    let joined = before.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'/' | b'-' | b'@'));
    if joined {
        return None;
    }
    let (code, _) = EnhancedCode::read(segment.get(at..)?)?;
    (code.subject() <= 7).then_some((code, matches!(before, Some(b'#' | b'('))))
}

/// A reply quoted at `at`: with an enhanced code, or between angle brackets.
fn quoted(segment: &[u8], at: usize, angle: bool, outer: BasicCode) -> Option<Inner> {
    let code = three_digits(segment, at)?;
    if !matches!(code.class(), Some(Class::Transient | Class::Permanent)) {
        return None;
    }
    let found = doubled(segment, Found::at(at, code));
    if found.enhanced.is_none() && !(angle && matches!(segment.get(at + 3), Some(b' ' | b'\r' | b'\n'))) {
        return None;
    }
    if found.code == outer && found.enhanced.is_none() {
        return None;
    }
    Some(Inner {
        start: found.start,
        after: found.after,
        code: found.code,
        enhanced: found.enhanced,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_turn_on_a_line_is_found() {
        for needle in TURNS {
            let mut line = [b'x'; 40];
            line[9..9 + needle.len()].copy_from_slice(needle.bytes());
            assert_eq!(turn(&line), Some(9));
        }
        assert_eq!(turn(b"a: b; c(d) > SMTP ERROR: x; from=<"), Some(13));
        assert_eq!(turn(b""), None);
    }
}
