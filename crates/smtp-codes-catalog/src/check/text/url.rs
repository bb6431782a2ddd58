//! Web addresses are well formed.

use super::TextAt;
use crate::report::{Code, Diagnostic};

pub(super) fn check(at: TextAt<'_>) -> Option<Diagnostic> {
    let bad = |range: std::ops::Range<usize>, label: &str| {
        let message = format!("`{}` is not a web address", at.text);
        Some(Diagnostic::new(Code::BadUrl, at.part(range), message).label(label))
    };
    let whole = 0..at.text.len();
    if let Some((start, c)) = at
        .text
        .char_indices()
        .find(|(_, c)| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
    {
        return bad(start..start + c.len_utf8(), "not a sign of an address");
    }
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| at.text.starts_with(scheme));
    let Some(scheme) = scheme else {
        let found = bad(whole, "no `https://` at its start");
        return found.map(|found| found.help(format!("did you mean `https://{}`?", without_scheme(at.text))));
    };
    let rest = &at.text[scheme.len()..];
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let range = scheme.len()..scheme.len() + authority.len();
    if host.is_empty() {
        return bad(whole, "it has no host");
    }
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return bad(range, "the port is not a number");
    }
    let label_ok = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    if !host.split('.').all(label_ok) || !host.contains('.') {
        return bad(range, "not the name of a host");
    }
    None
}

/// The address without something like `htp:/` before it.
fn without_scheme(text: &str) -> &str {
    text.split_once(":/")
        .map_or(text, |(_, rest)| rest)
        .trim_start_matches('/')
}

#[cfg(test)]
mod tests {
    use super::super::alone;

    #[test]
    fn addresses() {
        for good in [
            "https://example.net",
            "http://a-b.example.net:8080/x?y=1#z",
            "https://x.org/%20(a)",
        ] {
            assert_eq!(alone(super::check, good), None, "{good}");
        }
        for (bad, marked) in [
            ("example.net/a", "example.net/a"),
            ("ftp://example.net", "ftp://example.net"),
            ("https://", "https://"),
            ("https:///a", "https:///a"),
            ("https://example.net/a b", " "),
            ("https://exa_mple.net/", "exa_mple.net"),
            ("https://localhost/", "localhost"),
            ("https://example.net:x/", "example.net:x"),
            ("https://example..net/", "example..net"),
        ] {
            assert_eq!(alone(super::check, bad), Some(("E0051", marked.to_owned())), "{bad}");
        }
    }
}
