//! Small searches in bytes that the reading of replies shares.

use crate::lanes::{self, each_flagged};

/// The first offset from `at` on that holds no blank, byte order mark or quote prefix.
pub(super) fn skip_blank(input: &[u8], mut at: usize) -> usize {
    if input[at.min(input.len())..].starts_with(b"\xEF\xBB\xBF") {
        at += 3;
    }
    while input.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == 0) {
        at += 1;
    }
    at
}

pub(super) fn line_end(input: &[u8], from: usize) -> usize {
    lanes::position(input, from, b'\n').unwrap_or(input.len())
}

/// What is looked for in texts, with the byte of it that most seldom stands there.
pub(super) struct Needle {
    bytes: &'static [u8],
    anchor: usize,
}

impl Needle {
    pub(super) const fn new(bytes: &'static [u8]) -> Self {
        let mut anchor = 0;
        let mut index = 0;
        while index < bytes.len() {
            if seldom(bytes[index]) > seldom(bytes[anchor]) {
                anchor = index;
            }
            index += 1;
        }
        Self { bytes, anchor }
    }

    pub(super) const fn len(&self) -> usize {
        self.bytes.len()
    }

    #[cfg(test)]
    pub(super) const fn bytes(&self) -> &'static [u8] {
        self.bytes
    }

    /// Where it begins, if its anchor stands at `at`.
    #[inline]
    pub(super) fn around(&self, text: &[u8], at: usize) -> Option<usize> {
        let start = at.checked_sub(self.anchor)?;
        text.get(start..)?.starts_with(self.bytes).then_some(start)
    }
}

/// How seldom a byte stands in replies and in what wraps them.
const fn seldom(byte: u8) -> u8 {
    match byte {
        b' ' | b'.' | b'-' => 1,
        b'a'..=b'z' => 0,
        b'A'..=b'Z' | b'0'..=b'9' => 2,
        b':' | b'(' | b')' => 3,
        _ => 4,
    }
}

/// Where a needle first stands in `text`.
pub(super) fn find(text: &[u8], needle: &Needle) -> Option<usize> {
    let anchor = needle.bytes[needle.anchor];
    let mut place = None;
    each_flagged(
        text,
        needle.anchor,
        |eight| eight.equal(anchor),
        |at| {
            place = needle.around(text, at);
            place.is_none()
        },
    );
    place
}

/// Whether any of some needles stands in `text`.
pub(super) fn holds_any(text: &[u8], needles: &[Needle]) -> bool {
    needles.iter().any(|needle| find(text, needle).is_some())
}

pub(super) fn starts_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes
        .get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// Whether `bytes` ends with `word`, with nothing alphanumeric before it.
pub(super) fn ends_with_word(bytes: &[u8], word: &[u8]) -> bool {
    let Some(start) = bytes.len().checked_sub(word.len()) else {
        return false;
    };
    bytes[start..].eq_ignore_ascii_case(word) && (start == 0 || !bytes[start - 1].is_ascii_alphanumeric())
}

/// Cuts blanks, quotes and marks off the end.
pub(super) fn trim_marks(mut bytes: &[u8]) -> &[u8] {
    while let [
        rest @ ..,
        b' ' | b'\t' | b'\r' | b'\n' | b':' | b';' | b'\'' | b'"' | b'(' | b'[' | b',' | b'=' | b'`' | b'{' | b'<'
        | b'>' | b'-' | b'#',
    ] = bytes
    {
        bytes = rest;
    }
    // Python's bytes literal: b'…
    if let [rest @ .., b'(' | b' ' | b',', b'b'] = bytes {
        return trim_marks(rest);
    }
    bytes
}

pub(super) fn trim_end(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t' | b'"' | b'\''] = bytes {
        bytes = rest;
    }
    bytes
}

/// How many words of two letters and more there are, counted up to two.
pub(super) fn word_count(text: &[u8]) -> usize {
    text.split(|byte| !byte.is_ascii_alphabetic() && *byte < 0x80)
        .filter(|word| word.len() >= 2)
        .take(2)
        .count()
}
