//! Not empty, no blanks at the ends, and one line where one is meant.

use super::TextAt;
use crate::report::{Code, Diagnostic};
use crate::source::Form;

pub(super) fn check(form: Form, at: TextAt<'_>) -> Option<Diagnostic> {
    // A reply is what it is: even an empty one, or one with blanks around it, was sent by someone.
    if form == Form::Reply {
        return None;
    }
    // What is empty as a signature or an idiom has a code of its own.
    let wording = matches!(form, Form::Signature | Form::LiteralSignature | Form::Idiom);
    if at.text.trim().is_empty() {
        return (!wording).then(|| {
            Diagnostic::new(Code::EmptyText, at.span, format!("`{}` is empty", at.key))
                .label("nothing is said here")
                .help("say something, or leave the key out")
        });
    }
    let stray = |message: String| Some(Diagnostic::new(Code::StrayBlanks, at.span, message));
    if form != Form::Markdown && at.text.trim() != at.text {
        return stray(format!("`{}` has blanks at its ends", at.key));
    }
    if !matches!(form, Form::Markdown | Form::Prose) && at.text.contains(['\n', '\r']) {
        return stray(format!("`{}` is one line, but has a line break", at.key));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::alone;
    use crate::source::Form;

    #[test]
    fn lines() {
        let check = |form: Form, text: &str| alone(|at| super::check(form, at), text).map(|(code, _)| code);
        assert_eq!(check(Form::Line, ""), Some("E0055"));
        assert_eq!(check(Form::Prose, "  "), Some("E0055"));
        assert_eq!(check(Form::Line, " a"), Some("E0056"));
        assert_eq!(check(Form::Title, "a\nb"), Some("E0056"));
        assert_eq!(check(Form::Prose, "a\nb."), None);
        assert_eq!(check(Form::Reply, ""), None);
        assert_eq!(check(Form::Signature, ""), None);
    }
}
