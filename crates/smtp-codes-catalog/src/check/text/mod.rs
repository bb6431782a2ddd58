//! Checks of one text by itself: each knows the form of the text, its words and its place, nothing else.
//!
//! The loader runs them over every string of every record, as the form of the key says.

mod code;
mod control;
mod date;
mod host;
mod line;
mod prose;
mod signature;
mod slug;
mod url;
mod version;
mod vocabulary;

use crate::files::{Files, Span};
use crate::report::Diagnostic;
use crate::schema::TextRule;
use crate::source::Form;

/// One string of a record.
#[derive(Clone, Copy)]
pub(crate) struct TextAt<'a> {
    pub(crate) files: &'a Files,
    /// The key it stands under.
    pub(crate) key: &'a str,
    pub(crate) text: &'a str,
    pub(crate) span: Span,
}

impl TextAt<'_> {
    /// The place of some bytes of the text. Where the file writes the text with escapes, the whole.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Span {
        let written = self.files.text(self.span);
        let plain = written.len() == self.text.len() + 2 && written[1..].starts_with(self.text);
        if !plain || range.is_empty() {
            return self.span;
        }
        let start = self.span.range.start as usize + 1;
        Span::new(self.span.file, start + range.start..start + range.end)
    }
}

/// Everything that is wrong with one text.
pub(crate) fn check(rule: &TextRule, at: TextAt<'_>, out: &mut Vec<Diagnostic>) {
    let before = out.len();
    match rule {
        TextRule::Choice(list) => out.extend(vocabulary::check(list, at)),
        TextRule::Form(form) => {
            out.extend(control::check(*form, at));
            out.extend(line::check(*form, at));
            // What is empty or full of controls is not looked at closer.
            if out.len() == before {
                out.extend(check_form(*form, at));
            }
        }
    }
}

fn check_form(form: Form, at: TextAt<'_>) -> Option<Diagnostic> {
    match form {
        Form::Slug => slug::check(at),
        Form::Title => prose::check_title(at),
        Form::Prose => prose::check_prose(at),
        Form::Url => url::check(at),
        Form::Date => date::check(at),
        Form::Day => date::check_day(at),
        Form::Version => version::check(at),
        Form::Host => host::check(at),
        Form::Basic
        | Form::BasicExact
        | Form::Enhanced
        | Form::EnhancedEntry
        | Form::Family
        | Form::ReadsAs
        | Form::ExpectedBasic
        | Form::ExpectedEnhanced
        | Form::Digit => code::check(form, at),
        Form::Signature | Form::LiteralSignature => signature::check(form, at),
        Form::Idiom => signature::check_idiom(at),
        // Whether what they name exists is a question to the whole catalogue.
        Form::Reference | Form::Concern => None,
        Form::Line | Form::Markdown | Form::Reply => None,
    }
}

/// A text by itself, for the tests of the checks: the message and the marked words.
#[cfg(test)]
pub(crate) fn alone(check: impl Fn(TextAt<'_>) -> Option<Diagnostic>, text: &str) -> Option<(&'static str, String)> {
    let files = Files::new(vec![crate::files::SourceFile::new("a.toml", format!("\"{text}\""))]);
    let (file, source) = files.iter().next()?;
    let span = Span::new(file, 0..source.text().len());
    let found = check(TextAt {
        files: &files,
        key: "key",
        text,
        span,
    })?;
    let marked = found
        .primary
        .as_ref()
        .map(|label| files.text(label.span).trim_matches('"').to_owned());
    Some((found.code.slug(), marked.unwrap_or_default()))
}
