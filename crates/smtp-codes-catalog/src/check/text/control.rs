//! No NUL, and no other character that is not text.

use super::TextAt;
use crate::report::{Code, Diagnostic};
use crate::source::Form;

pub(super) fn check(form: Form, at: TextAt<'_>) -> Option<Diagnostic> {
    let breaks = matches!(form, Form::Reply | Form::Markdown | Form::Prose);
    let allowed =
        |c: char| !is_control(c) || (breaks && matches!(c, '\n' | '\t')) || (form == Form::Reply && c == '\r');
    let bad = at.text.chars().find(|&c| !allowed(c) && !matches!(c, '\n' | '\r'))?;
    let name = if bad == '\0' {
        "a NUL".to_owned()
    } else {
        format!("the character U+{:04X}", u32::from(bad))
    };
    let help = match form {
        Form::Reply => "write the byte as `\\\\xNN`, and `unescape = true` beside it",
        _ => "take it out",
    };
    let message = format!("`{}` holds {name}", at.key);
    Some(
        Diagnostic::new(Code::ControlCharacter, at.span, message)
            .label("not text")
            .help(help),
    )
}

/// Controls, and the marks that turn the direction of writing, which make a line read otherwise than it is.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::super::alone;
    use crate::source::Form;

    #[test]
    fn controls_are_refused_and_breaks_of_replies_are_not() {
        let check = |form: Form, text: &str| alone(|at| super::check(form, at), text).map(|(code, _)| code);
        assert_eq!(check(Form::Line, "a\0b"), Some("E0050"));
        assert_eq!(check(Form::Line, "a\u{202e}b"), Some("E0050"));
        assert_eq!(check(Form::Line, "a\tb"), Some("E0050"));
        assert_eq!(check(Form::Reply, "550-a\r\n550\tb"), None);
        assert_eq!(check(Form::Reply, "550 \u{1b}[31m"), Some("E0050"));
    }
}
