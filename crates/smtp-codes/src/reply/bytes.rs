//! Small searches in bytes that the reading of replies shares.

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
    input[from..]
        .iter()
        .position(|b| *b == b'\n')
        .map_or(input.len(), |length| from + length)
}

/// Where `part` first stands in `text`.
pub(super) fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut at = 0;
    while let Some(next) = text.get(at..)?.iter().position(|byte| *byte == first) {
        at += next;
        if text[at..].starts_with(part) {
            return Some(at);
        }
        at += 1;
    }
    None
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
