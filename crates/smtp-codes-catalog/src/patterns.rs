//! How codes are written in the catalogue: single ones, ranges and families.

use core::fmt;

use crate::report::Code;

/// Basic codes: `550`, `500-504`, `55x`, `5xx`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BasicPattern {
    /// `550`.
    Exact(u16),
    /// `500-504`, both ends included.
    Range(u16, u16),
    /// `55x`: the first two digits.
    Ten(u16),
    /// `5xx`: the first digit.
    Hundred(u16),
}

/// Why a text is not a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// Which error it is.
    pub code: Code,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What would be right.
    pub help: Option<String>,
}

impl PatternError {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl BasicPattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// If the text is no basic code, or a range is turned around.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        if let Some((first, last)) = text.split_once('-') {
            if first.is_empty() || last.is_empty() {
                return Err(no_basic(text));
            }
            let (first, last) = (basic_number(first)?, basic_number(last)?);
            if first >= last {
                let range = PatternError::new(Code::BadRange, format!("the range `{text}` does not go up"));
                return Err(range.help(format!("write `{}`", turned(first, last))));
            }
            return Ok(Self::Range(first, last));
        }
        match text.as_bytes() {
            [a, b'x', b'x'] if a.is_ascii_digit() => Ok(Self::Hundred(digit(*a))),
            [a, b, b'x'] if a.is_ascii_digit() && b.is_ascii_digit() => Ok(Self::Ten(digit(*a) * 10 + digit(*b))),
            [_, b'y', b'z'] | [_, _, b'z'] => {
                let error = PatternError::new(Code::BadCode, format!("`{text}` is not a basic code"));
                Err(error.help("the digits left open are written `x`, as in `5xx` and `55x`"))
            }
            _ => basic_number(text).map(Self::Exact),
        }
    }

    /// The first and the last code.
    #[must_use]
    pub const fn bounds(self) -> (u16, u16) {
        match self {
            Self::Exact(code) => (code, code),
            Self::Range(first, last) => (first, last),
            Self::Ten(ten) => (ten * 10, ten * 10 + 9),
            Self::Hundred(hundred) => (hundred * 100, hundred * 100 + 99),
        }
    }

    /// Whether a code is meant.
    #[must_use]
    pub const fn contains(self, code: u16) -> bool {
        let (first, last) = self.bounds();
        first <= code && code <= last
    }

    /// Whether two patterns mean a code in common, and neither is the more specific one.
    #[must_use]
    pub fn collides(self, other: Self) -> bool {
        let ((a, b), (c, d)) = (self.bounds(), other.bounds());
        let meet = a <= d && c <= b;
        let nested = (a <= c && d <= b) || (c <= a && b <= d);
        let ranges = matches!((self, other), (Self::Range(..), Self::Range(..)));
        meet && (self == other || ranges || !nested || (a, b) == (c, d))
    }
}

impl fmt::Display for BasicPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(code) => write!(f, "{code:03}"),
            Self::Range(first, last) => write!(f, "{first:03}-{last:03}"),
            Self::Ten(ten) => write!(f, "{ten:02}x"),
            Self::Hundred(hundred) => write!(f, "{hundred}xx"),
        }
    }
}

fn digit(byte: u8) -> u16 {
    u16::from(byte.wrapping_sub(b'0'))
}

fn turned(first: u16, last: u16) -> String {
    if first == last {
        format!("{first:03}")
    } else {
        format!("{last:03}-{first:03}")
    }
}

/// Exactly three digits.
fn basic_number(text: &str) -> Result<u16, PatternError> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(number) if digits && text.len() == 3 => Ok(number),
        _ if digits => {
            let error = PatternError::new(Code::CodeOutOfRange, format!("`{text}` has not three digits"));
            Err(error.help("basic codes go from `000` to `999`"))
        }
        _ => Err(no_basic(text)),
    }
}

fn no_basic(text: &str) -> PatternError {
    PatternError::new(Code::BadCode, format!("`{text}` is not a basic code"))
        .help("write `550`, `500-504`, `55x` or `5xx`")
}

/// The detail of an enhanced code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Detail {
    /// One.
    Exact(u16),
    /// From one to another, both included.
    Range(u16, u16),
    /// Any: a family.
    Any,
}

/// Enhanced codes: `5.1.1`, `x.1.1`, `5.7.606-5.7.649`, `5.1.x`, `x.x.x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnhancedPattern {
    /// The class; `None` for any.
    pub class: Option<u8>,
    /// The subject; `None` for any.
    pub subject: Option<u16>,
    /// The detail.
    pub detail: Detail,
}

impl EnhancedPattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// If the text is no enhanced code, or a range leaves its subject or does not go up.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let Some((first, last)) = text.split_once('-') else {
            return single(text);
        };
        let (first, last) = (single(first)?, single(last)?);
        let bad = |message: String| PatternError::new(Code::BadRange, message);
        if (first.class, first.subject) != (last.class, last.subject) {
            return Err(bad(format!("the range `{text}` leaves its class or subject"))
                .help("a range goes over details only; write one entry for each subject"));
        }
        let (Detail::Exact(from), Detail::Exact(to)) = (first.detail, last.detail) else {
            return Err(bad(format!("the range `{text}` has no numbers at its ends")));
        };
        if from >= to {
            return Err(bad(format!("the range `{text}` does not go up")));
        }
        Ok(Self {
            detail: Detail::Range(from, to),
            ..first
        })
    }

    /// Whether a code is meant.
    #[must_use]
    pub fn contains(self, class: u8, subject: u16, detail: u16) -> bool {
        self.class.is_none_or(|own| own == class)
            && self.subject.is_none_or(|own| own == subject)
            && match self.detail {
                Detail::Exact(own) => own == detail,
                Detail::Range(first, last) => (first..=last).contains(&detail),
                Detail::Any => true,
            }
    }

    /// Whether every code that `other` means is meant here too.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        let details = |detail| match detail {
            Detail::Exact(one) => (one, one),
            Detail::Range(first, last) => (first, last),
            Detail::Any => (0, u16::MAX),
        };
        let ((a, b), (c, d)) = (details(self.detail), details(other.detail));
        self.class.is_none_or(|own| other.class == Some(own))
            && self.subject.is_none_or(|own| other.subject == Some(own))
            && a <= c
            && d <= b
    }

    /// Whether two patterns mean a code in common, and neither is the more specific one.
    #[must_use]
    pub fn collides(self, other: Self) -> bool {
        if self.class != other.class || self.subject != other.subject {
            return false;
        }
        match (self.detail, other.detail) {
            (Detail::Range(a, b), Detail::Range(c, d)) => a <= d && c <= b,
            (a, b) => a == b,
        }
    }

    /// Whether it is a family: any detail.
    #[must_use]
    pub const fn is_family(self) -> bool {
        matches!(self.detail, Detail::Any)
    }
}

impl fmt::Display for EnhancedPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stem = |f: &mut fmt::Formatter<'_>| {
            match self.class {
                Some(class) => write!(f, "{class}.")?,
                None => f.write_str("x.")?,
            }
            match self.subject {
                Some(subject) => write!(f, "{subject}."),
                None => f.write_str("x."),
            }
        };
        stem(f)?;
        match self.detail {
            Detail::Exact(detail) => write!(f, "{detail}"),
            Detail::Range(first, last) => {
                write!(f, "{first}-")?;
                stem(f)?;
                write!(f, "{last}")
            }
            Detail::Any => f.write_str("x"),
        }
    }
}

/// One enhanced code or family.
fn single(text: &str) -> Result<EnhancedPattern, PatternError> {
    let malformed = || {
        PatternError::new(Code::BadCode, format!("`{text}` is not an enhanced status code"))
            .help("write `5.1.1`, `x.1.1`, `5.7.606-5.7.649`, `5.1.x` or `x.x.x`")
    };
    let mut parts = text.split('.');
    let (Some(class), Some(subject), Some(detail), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(malformed());
    };
    let class = match class {
        "x" => None,
        "2" => Some(2),
        "4" => Some(4),
        "5" => Some(5),
        _ if !class.is_empty() && class.bytes().all(|b| b.is_ascii_digit()) => {
            let error = PatternError::new(Code::CodeOutOfRange, format!("`{text}` has the class `{class}`"));
            return Err(error.help("the class is 2, 4 or 5, or `x` for any"));
        }
        _ => return Err(malformed()),
    };
    let number = |part: &str, what: &str| -> Result<Option<u16>, PatternError> {
        if part == "x" {
            return Ok(None);
        }
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(malformed());
        }
        if part.len() > 1 && part.starts_with('0') {
            let error = PatternError::new(Code::BadCode, format!("the {what} of `{text}` has a leading zero"));
            let bare = part.trim_start_matches('0');
            return Err(error.help(format!("write `{}`", if bare.is_empty() { "0" } else { bare })));
        }
        match part.parse() {
            Ok(number) if number <= 999 => Ok(Some(number)),
            _ => {
                let error = PatternError::new(Code::CodeOutOfRange, format!("the {what} of `{text}` is too large"));
                Err(error.help("subject and detail go from 0 to 999"))
            }
        }
    };
    let subject = number(subject, "subject")?;
    let detail = number(detail, "detail")?;
    if subject.is_none() && detail.is_some() {
        return Err(malformed());
    }
    Ok(EnhancedPattern {
        class,
        subject,
        detail: detail.map_or(Detail::Any, Detail::Exact),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(text: &str) -> BasicPattern {
        BasicPattern::parse(text).expect(text)
    }

    fn enhanced(text: &str) -> EnhancedPattern {
        EnhancedPattern::parse(text).expect(text)
    }

    #[test]
    fn what_parses_prints_the_same() {
        for text in ["550", "000", "999", "500-504", "5xx", "55x", "05x"] {
            assert_eq!(basic(text).to_string(), text);
        }
        for text in [
            "5.1.1",
            "x.1.1",
            "5.7.606-5.7.649",
            "5.1.x",
            "x.x.x",
            "x.1.x",
            "4.999.999",
            "x.7.1-x.7.3",
        ] {
            assert_eq!(enhanced(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_wrong_has_its_code() {
        let basic = |text| BasicPattern::parse(text).expect_err(text).code;
        assert_eq!(basic("55"), Code::CodeOutOfRange);
        assert_eq!(basic("5500"), Code::CodeOutOfRange);
        assert_eq!(basic("99999999999999999999"), Code::CodeOutOfRange);
        assert_eq!(basic("5yz"), Code::BadCode);
        assert_eq!(basic("+50"), Code::BadCode);
        assert_eq!(basic("504-500"), Code::BadRange);
        assert_eq!(basic("500-500"), Code::BadRange);
        assert_eq!(basic(""), Code::BadCode);
        assert_eq!(basic("5é"), Code::BadCode);
        let enhanced = |text| EnhancedPattern::parse(text).expect_err(text).code;
        assert_eq!(enhanced("5.1"), Code::BadCode);
        assert_eq!(enhanced("5.1.1.1"), Code::BadCode);
        assert_eq!(enhanced("5.01.1"), Code::BadCode);
        assert_eq!(enhanced("5.x.1"), Code::BadCode);
        assert_eq!(enhanced("3.1.1"), Code::CodeOutOfRange);
        assert_eq!(enhanced("5.1.1000"), Code::CodeOutOfRange);
        assert_eq!(enhanced("5.7.1-5.8.2"), Code::BadRange);
        assert_eq!(enhanced("5.7.9-5.7.2"), Code::BadRange);
        assert_eq!(enhanced("5.7.x-5.7.2"), Code::BadRange);
    }

    #[test]
    fn collisions() {
        assert!(basic("500-504").collides(basic("503-509")));
        assert!(basic("500-509").collides(basic("503-504")), "a range in a range");
        assert!(basic("545-555").collides(basic("55x")));
        assert!(basic("550-559").collides(basic("55x")));
        assert!(!basic("550").collides(basic("55x")));
        assert!(!basic("551-553").collides(basic("55x")));
        assert!(enhanced("5.7.1-5.7.9").collides(enhanced("5.7.9-5.7.12")));
        assert!(!enhanced("5.7.1-5.7.9").collides(enhanced("x.7.9-x.7.12")));
        assert!(!enhanced("5.7.1").collides(enhanced("5.7.x")));
    }

    #[test]
    fn families_cover_their_codes() {
        assert!(enhanced("x.1.x").covers(enhanced("5.1.1")));
        assert!(enhanced("x.1.x").covers(enhanced("x.1.1")));
        assert!(!enhanced("5.1.x").covers(enhanced("x.1.1")));
        assert!(!enhanced("x.1.x").covers(enhanced("5.2.1")));
        assert!(enhanced("5.7.606-5.7.649").contains(5, 7, 620));
    }
}
