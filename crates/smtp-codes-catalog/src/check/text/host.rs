//! Host names and domains are well formed.

use super::TextAt;
use crate::report::{Code, Diagnostic};

pub(super) fn check(at: TextAt<'_>) -> Option<Diagnostic> {
    let name = at.text.strip_prefix('.').unwrap_or(at.text);
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_'))
    };
    if name.len() <= 253 && name.split('.').all(label_ok) {
        return None;
    }
    let lower = at.text.to_ascii_lowercase();
    let help = (lower != at.text).then(|| format!("write `{lower}`"));
    let message = format!("`{}` is not a host name", at.text);
    Some(Diagnostic::new(Code::BadHost, at.span, message).maybe_help(help))
}

#[cfg(test)]
mod tests {
    use super::super::alone;

    #[test]
    fn hosts() {
        for good in [".google.com", "example.net", "xn--80a.example", "_spf.a.b"] {
            assert_eq!(alone(super::check, good), None, "{good}");
        }
        for bad in [
            "Example.net",
            "a..b",
            "a b.c",
            "*.google.com",
            "почта.рф",
            "https://a.b",
        ] {
            assert_eq!(alone(super::check, bad).map(|(code, _)| code), Some("E0058"), "{bad}");
        }
    }
}
