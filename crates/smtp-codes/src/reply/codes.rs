//! Codes where they stand: a basic code with its enhanced one, or an enhanced code alone.

use super::bytes::{ends_with_word, trim_marks};
use crate::code::{BasicCode, Class, EnhancedCode};
use crate::lanes::each_flagged;

/// Where a reply begins, and its codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Offset of the first digit of the code.
    pub(super) start: usize,
    /// Offset behind the codes.
    pub(super) after: usize,
    pub(super) code: BasicCode,
    pub(super) enhanced: Option<EnhancedCode>,
}

impl Found {
    /// A basic code at `start`; what stands behind it is not looked at yet.
    pub(super) fn at(start: usize, code: BasicCode) -> Self {
        Self {
            start,
            after: start + 3,
            code,
            enhanced: None,
        }
    }

    /// The same, with so many bytes more that are no text.
    fn behind(mut self, bytes: usize) -> Self {
        self.after += bytes;
        self
    }
}

/// Whether a point stands between a basic code and the enhanced one, as in "421.4.3.0". No address begins with so
/// high a number.
fn joined_by_point(input: &[u8], start: usize, code: BasicCode) -> bool {
    let enhanced = input.get(start + 4..).and_then(EnhancedCode::read);
    matches!(code.class(), Some(Class::Transient | Class::Permanent))
        && enhanced.is_some_and(|(enhanced, _)| enhanced.class() == code.first_digit())
}

/// Three digits at `at` that nothing alphanumeric follows.
pub(super) fn three_digits(input: &[u8], at: usize) -> Option<BasicCode> {
    let digits = input.get(at..at + 3)?;
    if input.get(at + 3).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    BasicCode::from_digits([digits[0], digits[1], digits[2]])
}

/// A reply that stands at the very start of the input.
pub(super) fn direct(input: &[u8], start: usize) -> Option<Found> {
    let Some(code) = three_digits(input, start) else {
        return glued(input, start);
    };
    match input.get(start + 3) {
        None | Some(b' ' | b'-' | b'\t' | b'\r' | b'\n' | b':' | b',' | b'#' | b'_' | b'=' | b'(' | b';' | 0) => {}
        Some(b'.') if joined_by_point(input, start, code) => {
            return Some(doubled(input, Found::at(start, code).behind(1)));
        }
        // "500.0" is no SMTP; "550. Text" is.
        Some(b'.') if input.get(start + 4).is_none_or(|b| !b.is_ascii_digit()) => {}
        Some(byte) if *byte >= 0x80 => {}
        _ => return None,
    }
    if is_process_id(&input[start + 3..]) {
        return None;
    }
    // A year or a time of a log line ("2026-11-21", "500-504") is no code.
    if code.class().is_none() && matches!(input.get(start + 3), Some(b'-' | b':')) {
        return None;
    }
    Some(doubled(input, Found::at(start, code)))
}

/// A code with a provider's tag right behind it: `421HL:REP`.
fn glued(input: &[u8], start: usize) -> Option<Found> {
    let (digits, tag) = input.get(start..)?.split_first_chunk()?;
    let code = BasicCode::from_digits(*digits)?;
    let letters = tag.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let refuses = matches!(code.class(), Some(Class::Transient | Class::Permanent));
    (refuses && letters >= 2 && tag.get(letters) == Some(&b':')).then_some(Found::at(start, code))
}

/// Looks past a code that is written twice, or that wraps the true one ("550 550 5.7.1", "558-450-…").
pub(super) fn doubled(input: &[u8], mut found: Found) -> Found {
    for _ in 0..3 {
        if let Some((enhanced, after)) = enhanced_after(input, found.after) {
            return Found {
                after,
                enhanced: Some(enhanced),
                ..found
            };
        }
        let mut next = found.after;
        while matches!(input.get(next), Some(b' ' | b'-')) && next < found.after + 2 {
            next += 1;
        }
        let Some(inner) = three_digits(input, next) else {
            return found;
        };
        let wraps = inner == found.code
            || (found.code.first_digit() >= 4
                && matches!(inner.class(), Some(Class::Transient | Class::Permanent))
                && (input.get(next + 3) == Some(&b'-') || enhanced_after(input, next + 3).is_some()));
        if !wraps {
            return found;
        }
        found = Found::at(next, inner);
    }
    found
}

/// The enhanced code behind a basic code: after a few separators, `#`, brackets and quotes.
pub(super) fn enhanced_after(input: &[u8], at: usize) -> Option<(EnhancedCode, usize)> {
    let mut here = at;
    while here < at + 6 {
        match input.get(here)? {
            b' ' | b'-' | b'#' | b'(' | b'\'' | b'"' | b',' | b'\t' | b':' | b'[' | b';' | b'<' => here += 1,
            // A line break between the code and its enhanced code, as wrapped text has it.
            b'\n' | b'\r' => here += 1,
            b'b' if matches!(input.get(here + 1), Some(b'\'' | b'"')) => here += 2,
            _ => break,
        }
    }
    let (code, width) = EnhancedCode::read(input.get(here..)?)?;
    Some((code, here + width))
}

/// Whether the number before `tail` is the process id of a debugging log: `  308   SMTP<< 451 …`.
pub(super) fn is_process_id(tail: &[u8]) -> bool {
    const SAYINGS: &[&[u8]] = &[
        b"SMTP<<", b"SMTP>>", b"SMTP(", b"LOG:", b"H=", b"<<", b"<-", b">>", b"->",
    ];
    let said = tail.trim_ascii_start();
    tail.first() == Some(&b' ') && SAYINGS.iter().any(|saying| said.starts_with(saying))
}

/// The first enhanced code that stands alone in a text without a basic code; a specific one is
/// taken before one that says nothing.
pub(super) fn first_enhanced(input: &[u8]) -> Option<(usize, EnhancedCode)> {
    let (mut first, mut vague) = (None, None);
    // At the point behind the class.
    each_flagged(
        input,
        1,
        |eight| eight.equal(b'.'),
        |point| {
            let at = point - 1;
            let joined = at > 0
                && (input[at - 1].is_ascii_alphanumeric() || matches!(input[at - 1], b'.' | b'_' | b'/' | b'-' | b'@'));
            if joined || !matches!(input[at], b'2' | b'4' | b'5') {
                return true;
            }
            if let Some((code, width)) = EnhancedCode::read(&input[at..]) {
                if code.subject() <= 7 && !is_version(input, at, at + width, code) {
                    if code.subject() != 0 {
                        first = Some((at, code));
                    } else {
                        vague = vague.or(Some((at, code)));
                    }
                }
            }
            first.is_none()
        },
    );
    first.or(vague)
}

/// Whether a number of three parts is a program's version, not a status: success is never the news of a text
/// without a reply code unless the text begins with it or labels it, and `Name: 2.7.0` alone on its line names a version.
fn is_version(input: &[u8], at: usize, end: usize, code: EnhancedCode) -> bool {
    let before = trim_marks(&input[..at]);
    const LABELS: &[&[u8]] = &[
        b"dsn",
        b"status",
        b"said",
        b"code",
        b"error",
        b"reason",
        b"response",
        b"reply",
        b"was",
    ];
    const PROGRAMS: &[&[u8]] = &[
        b"version",
        b"exim",
        b"postfix",
        b"sendmail",
        b"python",
        b"php",
        b"node",
        b"phpmailer",
        b"nodemailer",
        b"ruby",
        b"laravel",
        b"django",
        b"v",
        b"ver",
        b"release",
        b"package",
        b"wordpress",
        // The answer to QUIT.
        b"221",
    ];
    let ends = |list: &[&[u8]]| list.iter().any(|word| ends_with_word(before, word));
    if ends(PROGRAMS) {
        return true;
    }
    let labelled =
        before.is_empty() || ends(LABELS) || matches!(at.checked_sub(1).map(|i| input[i]), Some(b'(' | b'#'));
    if labelled {
        return false;
    }
    let alone =
        input.get(end).is_none_or(|b| matches!(b, b'\n' | b'\r')) && input[..at].trim_ascii_end().last() == Some(&b':');
    code.class() == 2 || alone
}
