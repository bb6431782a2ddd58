//! Messages about the catalogue: what is wrong, where, and what would be right.
//!
//! A check makes [`Diagnostic`]s. They are collected in [`Diagnostics`], sorted by file and place, and
//! shown all at once: for people with [`render`], for programs as JSON with [`to_json`].

pub mod codes;
mod examples;
mod json;
mod render;
pub mod suggest;

pub use codes::{Code, explain};
pub use json::to_json;
pub use render::{Colour, render};

use crate::files::{Files, Span};

/// Whether a diagnostic stops the generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is generated.
    Error,
    /// Worth a look; generation goes on.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A place with a word about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// The word; may be empty.
    pub text: String,
}

/// One thing that is wrong with the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which check found it.
    pub code: Code,
    /// Whether it stops the generation.
    pub severity: Severity,
    /// What is wrong, in one line, without a full stop.
    pub message: String,
    /// Where the fault is. `None` where the fault is that something is nowhere.
    pub primary: Option<Label>,
    /// Where the other half is: the duplicate, the entry that shadows.
    pub secondary: Vec<Label>,
    /// What would probably be right.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A diagnostic at a place, with the severity of its code.
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            primary: Some(Label {
                span,
                text: String::new(),
            }),
            ..Self::nowhere(code, message)
        }
    }

    /// A diagnostic about something that is nowhere.
    pub fn nowhere(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: None,
        }
    }

    /// Says a word at the place of the fault.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what would be right.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what would be right, if anything is known.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = text.or(self.help);
        self
    }
}

/// The diagnostics of one run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { list: Vec::new() }
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether any of them stops the generation.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity)
            .count()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Every diagnostic, in the order they were found in, or after [`Self::sorted`] by file and place.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// The diagnostics by file, place and code, each once. Those without a place come first.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.list.sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        self.list.dedup();
        self
    }
}

fn sort_key(diagnostic: &Diagnostic) -> (Option<&Label>, Code, &str) {
    (diagnostic.primary.as_ref(), diagnostic.code, &diagnostic.message)
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.list.extend(diagnostics);
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(diagnostics: I) -> Self {
        Self {
            list: diagnostics.into_iter().collect(),
        }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// `file:line:col` of a span, as every first line of a message starts.
#[must_use]
pub fn place(files: &Files, span: Span) -> String {
    let file = files.get(span.file);
    format!("{}:{}", file.path(), file.line_column(span.range.start as usize))
}
