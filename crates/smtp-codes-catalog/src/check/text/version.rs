//! The version is a semantic version.

use super::TextAt;
use crate::report::{Code, Diagnostic};

pub(super) fn check(at: TextAt<'_>) -> Option<Diagnostic> {
    let core = at.text.split(['-', '+']).next().unwrap_or_default();
    let number = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()) && (part == "0" || !part.starts_with('0'))
    };
    if core.split('.').count() == 3 && core.split('.').all(number) {
        return None;
    }
    let message = format!("`{}` is not a version", at.text);
    Some(Diagnostic::new(Code::BadVersion, at.span, message).help("write three numbers, as in `1.4.0`"))
}

#[cfg(test)]
mod tests {
    use super::super::alone;

    #[test]
    fn versions() {
        for good in ["0.1.0", "1.20.3-beta.1"] {
            assert_eq!(alone(super::check, good), None, "{good}");
        }
        for bad in ["1.0", "v1.0.0", "1.01.0", "1..0"] {
            assert_eq!(alone(super::check, bad), Some(("E0057", bad.to_owned())));
        }
    }
}
