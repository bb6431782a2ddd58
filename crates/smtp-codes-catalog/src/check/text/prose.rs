//! Prose ends with a full stop, a title does not.

use super::TextAt;
use crate::report::{Code, Diagnostic};

/// Marks that may stand behind the last stop.
const CLOSING: [char; 6] = ['"', '\'', ')', '”', '’', '»'];

pub(super) fn check_prose(at: TextAt<'_>) -> Option<Diagnostic> {
    let end = at.text.trim_end_matches(CLOSING);
    if end.ends_with(['.', '?', '!']) {
        return None;
    }
    let last = at.text.chars().next_back().map_or(0, char::len_utf8);
    let span = at.part(at.text.len() - last..at.text.len());
    let message = format!("`{}` is prose and ends without a full stop", at.key);
    Some(Diagnostic::new(Code::NoFullStop, span, message).label("a full stop is missing behind this"))
}

pub(super) fn check_title(at: TextAt<'_>) -> Option<Diagnostic> {
    let stops = at.text.len() - at.text.trim_end_matches('.').len();
    if stops == 0 || at.text.ends_with("etc.") {
        return None;
    }
    let span = at.part(at.text.len() - stops..at.text.len());
    let message = format!("`{}` ends with a full stop", at.key);
    Some(Diagnostic::new(Code::TitleWithStop, span, message).label("a heading has none"))
}

#[cfg(test)]
mod tests {
    use super::super::alone;

    #[test]
    fn stops() {
        assert_eq!(alone(super::check_prose, "It is full."), None);
        assert_eq!(alone(super::check_prose, "It says “no.”"), None);
        assert_eq!(alone(super::check_prose, "It is full"), Some(("E0053", "l".into())));
        assert_eq!(alone(super::check_title, "Mailbox full"), None);
        assert_eq!(alone(super::check_title, "Mailbox full."), Some(("E0054", ".".into())));
    }
}
