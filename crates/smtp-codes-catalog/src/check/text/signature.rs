//! Signatures and idioms parse.

use super::TextAt;
use crate::report::{Code, Diagnostic};
use crate::signature::{LONGEST_WORD, Signature, fold_words};
use crate::source::Form;

pub(super) fn check(form: Form, at: TextAt<'_>) -> Option<Diagnostic> {
    let signature = match Signature::parse(at.text) {
        Ok(signature) => signature,
        Err(error) => {
            let code = if error.wordless {
                Code::NoWord
            } else {
                Code::BadSignature
            };
            return Some(Diagnostic::new(code, at.part(error.range), error.message));
        }
    };
    let concept = signature.concepts().next().filter(|_| form == Form::LiteralSignature)?;
    let written = format!("{{{concept}}}");
    let start = at.text.find(&written)?;
    let message = format!("the concept `{written}` stands in `{}`, which is literal", at.key);
    Some(
        Diagnostic::new(Code::ConceptInLiteral, at.part(start..start + written.len()), message)
            .label("concepts stand in phrases only")
            .help("write the words that the reply has"),
    )
}

/// An idiom is words only.
pub(super) fn check_idiom(at: TextAt<'_>) -> Option<Diagnostic> {
    let bad = |message: String| Some(Diagnostic::new(Code::BadIdiom, at.span, message));
    let words = fold_words(at.text);
    if words.is_empty() {
        return bad("there is no word in this idiom".to_owned());
    }
    if words.iter().any(|word| word.len() > LONGEST_WORD) {
        return bad(format!("a word longer than {LONGEST_WORD} bytes is never matched"));
    }
    if at.text.contains(['{', '}', '~']) || at.text.contains("...") {
        return bad("an idiom is words only, without concepts and gaps".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::alone;
    use crate::source::Form;

    #[test]
    fn concepts_stand_in_phrases_only() {
        let check = |form: Form, text: &str| alone(|at| super::check(form, at), text);
        assert_eq!(check(Form::Signature, "{recipient} ~ unknown"), None);
        assert_eq!(
            check(Form::LiteralSignature, "no {user} here"),
            Some(("E0062", "{user}".into()))
        );
        assert_eq!(check(Form::LiteralSignature, "user ~ ~ x"), Some(("E0060", "~".into())));
        assert_eq!(check(Form::Signature, "..."), Some(("E0060", "...".into())));
        assert_eq!(check(Form::Signature, "[] !"), Some(("E0061", "[] !".into())));
    }

    #[test]
    fn idioms_are_words() {
        assert_eq!(alone(super::check_idiom, "mail box"), None);
        for bad in ["--", "{user} box", "mail ~ box", "a ... b"] {
            assert_eq!(
                alone(super::check_idiom, bad).map(|(code, _)| code),
                Some("E0066"),
                "{bad}"
            );
        }
    }
}
