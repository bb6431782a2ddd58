//! Codes parse, are in range, and are of the kind that the key takes.

use super::TextAt;
use crate::patterns::{BasicPattern, Detail, EnhancedPattern, PatternError};
use crate::report::{Code, Diagnostic};
use crate::source::Form;

pub(super) fn check(form: Form, at: TextAt<'_>) -> Option<Diagnostic> {
    let wrong = |label: &str| {
        let message = format!("`{}` does not take `{}`", at.key, at.text);
        Some(Diagnostic::new(Code::BadCode, at.span, message).label(label))
    };
    match form {
        // A vector may expect that no code is read.
        Form::ExpectedBasic | Form::ExpectedEnhanced if at.text == "none" => None,
        Form::ExpectedBasic => check(Form::BasicExact, at),
        Form::Basic | Form::BasicExact => match BasicPattern::parse(at.text) {
            Err(error) => Some(from(error, at)),
            Ok(BasicPattern::Exact(_)) => None,
            Ok(_) if form == Form::BasicExact => wrong("one code is meant, not several"),
            Ok(_) => None,
        },
        Form::ReadsAs => check_reads_as(at),
        Form::Digit => {
            let digits = at.text.bytes().all(|b| b.is_ascii_digit()) && at.text.len() <= 3;
            if digits {
                None
            } else {
                wrong("a digit is meant, or a small number for a subject")
            }
        }
        _ => {
            let pattern = match EnhancedPattern::parse(at.text) {
                Err(error) => return Some(from(error, at)),
                Ok(pattern) => pattern,
            };
            match form {
                Form::Family if !pattern.is_family() => wrong("a family is meant, such as `5.1.x`"),
                Form::EnhancedEntry if pattern.is_family() => wrong("a family stands in `[[family]]`"),
                Form::ExpectedEnhanced if pattern.class.is_none() => wrong("one class is meant, not any"),
                Form::ExpectedEnhanced if !matches!(pattern.detail, Detail::Exact(_)) => {
                    wrong("one code is meant, not several")
                }
                _ => None,
            }
        }
    }
}

fn from(error: PatternError, at: TextAt<'_>) -> Diagnostic {
    Diagnostic::new(error.code, at.span, error.message).maybe_help(error.help)
}

/// `452 4.2.2`, `452` or `4.2.2`.
fn check_reads_as(at: TextAt<'_>) -> Option<Diagnostic> {
    let bad = || {
        let message = format!("`{}` does not say what the code reads as", at.text);
        Some(Diagnostic::new(Code::BadCode, at.span, message).help("write `452 4.2.2`, `452` or `4.2.2`"))
    };
    let mut start = 0;
    let mut enhanced = false;
    let mut count = 0;
    for part in at.text.split(' ') {
        let part_at = TextAt {
            text: part,
            span: at.part(start..start + part.len()),
            ..at
        };
        start += part.len() + 1;
        count += 1;
        if enhanced {
            return bad();
        }
        enhanced = part.contains('.');
        let form = if enhanced {
            Form::ExpectedEnhanced
        } else {
            Form::BasicExact
        };
        if let Some(found) = check(form, part_at) {
            return Some(found);
        }
    }
    if count > 2 || (count == 2 && !enhanced) {
        bad()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::alone;
    use crate::source::Form;

    #[test]
    fn each_key_takes_its_kind_of_code() {
        let check = |form: Form, text: &str| alone(|at| super::check(form, at), text).map(|(code, _)| code);
        assert_eq!(check(Form::Basic, "5xx"), None);
        assert_eq!(check(Form::BasicExact, "5xx"), Some("E0040"));
        assert_eq!(check(Form::BasicExact, "5500"), Some("E0041"));
        assert_eq!(check(Form::Enhanced, "x.x.x"), None);
        assert_eq!(check(Form::EnhancedEntry, "5.7.606-5.7.649"), None);
        assert_eq!(check(Form::EnhancedEntry, "5.7.x"), Some("E0040"));
        assert_eq!(check(Form::ExpectedEnhanced, "x.7.1"), Some("E0040"));
        assert_eq!(check(Form::ExpectedEnhanced, "5.7.1-5.7.2"), Some("E0040"));
        assert_eq!(check(Form::Family, "x.7.x"), None);
        assert_eq!(check(Form::Family, "x.7.1"), Some("E0040"));
        assert_eq!(check(Form::ExpectedBasic, "none"), None);
        assert_eq!(check(Form::ExpectedBasic, "5xx"), Some("E0040"));
        assert_eq!(check(Form::ExpectedEnhanced, "none"), None);
        assert_eq!(check(Form::ExpectedEnhanced, "x.1.1"), Some("E0040"));
        assert_eq!(check(Form::Digit, "14"), None);
        assert_eq!(check(Form::Digit, "5yz"), Some("E0040"));
    }

    #[test]
    fn what_an_odd_code_reads_as() {
        let check = |text: &str| alone(|at| super::check(Form::ReadsAs, at), text);
        for good in ["452 4.2.2", "452", "4.2.2"] {
            assert_eq!(check(good), None, "{good}");
        }
        for (bad, marked) in [
            ("4.2.2 452", "4.2.2 452"),
            ("452 4.2", "4.2"),
            ("452 450", "452 450"),
            ("452  4.2.2", "452  4.2.2"),
        ] {
            assert_eq!(check(bad).map(|(_, marked)| marked), Some(marked.to_owned()), "{bad}");
        }
    }
}
