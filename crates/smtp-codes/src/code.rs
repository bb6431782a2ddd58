//! Reply codes and enhanced status codes as values that hold whatever the wire holds.

use core::fmt;

/// A basic reply code (RFC 5321 section 4.2): any three digits.
///
/// Servers send codes that no standard knows (571, 585), and people paste numbers that were never
/// SMTP (101, 200), so every number from 0 to 999 is a value; what it means is a lookup.
///
/// ```
/// use smtp_codes::BasicCode;
/// let code = BasicCode::new(550).unwrap();
/// assert_eq!(code.first_digit(), 5);
/// assert_eq!(code.to_string(), "550");
/// assert_eq!(BasicCode::new(1000), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasicCode(u16);

impl BasicCode {
    /// The code of a number from 0 to 999.
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        if number <= 999 { Some(Self(number)) } else { None }
    }

    /// The code of exactly three ASCII digits.
    #[must_use]
    pub const fn from_digits(digits: [u8; 3]) -> Option<Self> {
        let [a, b, c] = digits;
        if a.is_ascii_digit() && b.is_ascii_digit() && c.is_ascii_digit() {
            Some(Self(
                (a - b'0') as u16 * 100 + (b - b'0') as u16 * 10 + (c - b'0') as u16,
            ))
        } else {
            None
        }
    }

    /// The code as a number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The first digit: 2 done, 3 go on, 4 failed for now, 5 failed for good (RFC 5321 4.2.1).
    #[must_use]
    pub const fn first_digit(self) -> u8 {
        (self.0 / 100) as u8
    }

    /// The second digit: 0 syntax, 1 information, 2 connection, 5 mail system (RFC 5321 4.2.1).
    #[must_use]
    pub const fn second_digit(self) -> u8 {
        (self.0 / 10 % 10) as u8
    }

    /// The class that the first digit says, or `None` for a digit outside 2 to 5.
    #[must_use]
    pub const fn class(self) -> Option<Class> {
        Class::from_digit(self.first_digit())
    }
}

impl fmt::Display for BasicCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

/// What the first digit of a reply says (RFC 5321 section 4.2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Class {
    /// 2yz: done.
    Success,
    /// 3yz: go on.
    Intermediate,
    /// 4yz: failed for now.
    Transient,
    /// 5yz: failed for good.
    Permanent,
}

impl Class {
    /// The class of a first digit.
    #[must_use]
    pub const fn from_digit(digit: u8) -> Option<Self> {
        match digit {
            2 => Some(Self::Success),
            3 => Some(Self::Intermediate),
            4 => Some(Self::Transient),
            5 => Some(Self::Permanent),
            _ => None,
        }
    }

    /// The digit of the class.
    #[must_use]
    pub const fn digit(self) -> u8 {
        match self {
            Self::Success => 2,
            Self::Intermediate => 3,
            Self::Transient => 4,
            Self::Permanent => 5,
        }
    }
}

/// An enhanced status code `class.subject.detail` (RFC 3463 section 2).
///
/// ```
/// use smtp_codes::EnhancedCode;
/// let code: EnhancedCode = "5.7.26".parse().unwrap();
/// assert_eq!((code.class(), code.subject(), code.detail()), (5, 7, 26));
/// assert!("5.01.1".parse::<EnhancedCode>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnhancedCode {
    class: u8,
    subject: u16,
    detail: u16,
}

impl EnhancedCode {
    /// The code of its three parts: class one digit, subject and detail up to 999.
    #[must_use]
    pub const fn new(class: u8, subject: u16, detail: u16) -> Option<Self> {
        if class <= 9 && subject <= 999 && detail <= 999 {
            Some(Self { class, subject, detail })
        } else {
            None
        }
    }

    /// The class: 2, 4 or 5 by the standard, any digit on the wire.
    #[must_use]
    pub const fn class(self) -> u8 {
        self.class
    }

    /// The subject: what the status is about.
    #[must_use]
    pub const fn subject(self) -> u16 {
        self.subject
    }

    /// The detail within the subject.
    #[must_use]
    pub const fn detail(self) -> u16 {
        self.detail
    }

    /// Reads a code at the start of `bytes` and says how many bytes it took.
    ///
    /// The code must not run on into another digit, letter or point, so that neither the address
    /// `192.0.2.1` nor the version `4.96.1beta` is taken for one; a class other than 2, 4 and 5
    /// is not taken either.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let class = *bytes.first()?;
        if !matches!(class, b'2' | b'4' | b'5') || bytes.get(1) != Some(&b'.') {
            return None;
        }
        let (subject, after_subject) = read_number(bytes, 2)?;
        if bytes.get(after_subject) != Some(&b'.') {
            return None;
        }
        let (detail, end) = read_number(bytes, after_subject + 1)?;
        match bytes.get(end) {
            Some(b) if b.is_ascii_alphanumeric() => return None,
            // A full stop may end a sentence, but "5.1.1.2" is something else.
            Some(b'.') if bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => return None,
            _ => {}
        }
        Some((
            Self {
                class: class - b'0',
                subject,
                detail,
            },
            end,
        ))
    }
}

/// One to three digits without a leading zero, and where they end.
fn read_number(bytes: &[u8], start: usize) -> Option<(u16, usize)> {
    let mut end = start;
    let mut value = 0u16;
    while end < start + 3 {
        match bytes.get(end) {
            Some(b) if b.is_ascii_digit() => {
                value = value * 10 + u16::from(b - b'0');
                end += 1;
            }
            _ => break,
        }
    }
    if end == start || (end - start > 1 && bytes[start] == b'0') || bytes.get(end).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    Some((value, end))
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// The text is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseCodeError;

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a reply code: expected three digits such as 550, or class.subject.detail such as 5.1.1")
    }
}

impl core::error::Error for ParseCodeError {}

impl core::str::FromStr for BasicCode {
    type Err = ParseCodeError;

    fn from_str(text: &str) -> Result<Self, ParseCodeError> {
        let digits = text.as_bytes().try_into().map_err(|_| ParseCodeError)?;
        Self::from_digits(digits).ok_or(ParseCodeError)
    }
}

impl core::str::FromStr for EnhancedCode {
    type Err = ParseCodeError;

    fn from_str(text: &str) -> Result<Self, ParseCodeError> {
        match Self::read(text.as_bytes()) {
            Some((code, end)) if end == text.len() => Ok(code),
            _ => Err(ParseCodeError),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for BasicCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for EnhancedCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enhanced_codes_are_read_only_where_they_stand_alone() {
        let read = |text: &str| {
            EnhancedCode::read(text.as_bytes()).map(|(code, end)| (code.class, code.subject, code.detail, end))
        };
        assert_eq!(read("5.1.1 no"), Some((5, 1, 1, 5)));
        assert_eq!(read("5.7.139"), Some((5, 7, 139, 7)));
        assert_eq!(read("5.1.1."), Some((5, 1, 1, 5)));
        assert_eq!(read("5.1.1.2"), None);
        assert_eq!(read("5.01.1"), None);
        assert_eq!(read("5.1.1000"), None);
        assert_eq!(read("4.96.1beta"), None);
        assert_eq!(read("192.0.2.1"), None);
        assert_eq!(read("7.7.1"), None);
        assert_eq!(read("5.1"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn every_three_digits_are_a_basic_code() {
        for number in 0..=999 {
            let code = BasicCode::new(number).unwrap();
            let digits = [
                b'0' + (number / 100) as u8,
                b'0' + (number / 10 % 10) as u8,
                b'0' + (number % 10) as u8,
            ];
            assert_eq!(BasicCode::from_digits(digits), Some(code));
            assert_eq!(u16::from(code.first_digit()), number / 100);
            assert_eq!(u16::from(code.second_digit()), number / 10 % 10);
        }
        assert_eq!(BasicCode::from_digits(*b"55a"), None);
    }
}
