//! Dates are written one way, and exist.

use super::TextAt;
use crate::report::{Code, Diagnostic};

/// A year, a month or a day.
pub(super) fn check(at: TextAt<'_>) -> Option<Diagnostic> {
    let help = "write `2026`, `2026-06` or `2026-06-30`";
    exists(at.text).is_none().then(|| bad(at).help(help))
}

/// A day.
pub(super) fn check_day(at: TextAt<'_>) -> Option<Diagnostic> {
    let help = "write a day, as in `2026-06-30`";
    (exists(at.text) != Some(Precision::Day)).then(|| bad(at).help(help))
}

fn bad(at: TextAt<'_>) -> Diagnostic {
    Diagnostic::new(Code::BadDate, at.span, format!("`{}` is not a date", at.text)).label("no such date")
}

#[derive(PartialEq)]
enum Precision {
    Year,
    Month,
    Day,
}

fn exists(text: &str) -> Option<Precision> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    if !(1970..=2199).contains(&year) {
        return None;
    }
    let Some(month) = parts.next() else {
        return Some(Precision::Year);
    };
    let month = number(month, 2)?;
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    let Some(day) = parts.next() else {
        return Some(Precision::Month);
    };
    let day = number(day, 2)?;
    (parts.next().is_none() && (1..=days).contains(&day)).then_some(Precision::Day)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::super::alone;

    #[test]
    fn dates() {
        for good in ["2026", "2026-06", "2024-02-29"] {
            assert_eq!(alone(super::check, good), None, "{good}");
        }
        for bad in [
            "26",
            "2026-6",
            "2026-13",
            "2025-02-29",
            "2026-06-30-1",
            "June 2026",
            "0000",
            "2026-06-00",
        ] {
            assert_eq!(alone(super::check, bad), Some(("E0052", bad.to_owned())));
        }
        assert_eq!(alone(super::check_day, "2026-06-30"), None);
        assert_eq!(alone(super::check_day, "2026-06"), Some(("E0052", "2026-06".into())));
    }
}
