//! Replies as bytes: the escapes of vectors with `unescape = true`.

use std::ops::Range;

/// Why a text cannot be unescaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EscapeError {
    /// The bytes of the text that are wrong.
    pub range: Range<usize>,
}

/// The bytes of a reply, in which `\xNN`, `\n`, `\r`, `\t` and `\\` stand for a byte.
///
/// ```
/// use smtp_codes_catalog::escape::unescape;
/// assert_eq!(unescape(r"550 Empf\xE4nger\r\n").unwrap(), b"550 Empf\xE4nger\r\n");
/// assert_eq!(unescape(r"a\qb").unwrap_err().range, 1..3);
/// ```
///
/// # Errors
/// At the first backslash that starts none of them.
pub fn unescape(text: &str) -> Result<Vec<u8>, EscapeError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            let mut buffer = [0; 4];
            bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
            continue;
        }
        let (end, byte) = match chars.next() {
            None => (at + 1, None),
            Some((_, 'n')) => (at + 2, Some(b'\n')),
            Some((_, 'r')) => (at + 2, Some(b'\r')),
            Some((_, 't')) => (at + 2, Some(b'\t')),
            Some((_, '\\')) => (at + 2, Some(b'\\')),
            Some((_, 'x')) => {
                let digits = text
                    .get(at + 2..at + 4)
                    .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
                let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                if byte.is_some() {
                    chars.next();
                    chars.next();
                }
                (at + 2, byte)
            }
            Some((next, other)) => (next + other.len_utf8(), None),
        };
        bytes.push(byte.ok_or(EscapeError { range: at..end })?);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(unescape(r"\x00\xfF\\n\té").expect("good"), b"\x00\xff\\n\t\xc3\xa9");
        for (bad, range) in [
            (r"ab\", 2..3),
            (r"\x1", 0..2),
            (r"\xg0", 0..2),
            (r"\é", 0..3),
            (r"\x+1", 0..2),
        ] {
            assert_eq!(unescape(bad).expect_err(bad).range, range, "{bad}");
        }
    }
}
