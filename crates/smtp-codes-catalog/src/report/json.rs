//! Diagnostics for programs.

use serde::Serialize;
use serde_json::Value;

use super::{Diagnostics, Label, Severity};
use crate::files::Files;

#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    primary: Option<Place<'a>>,
    secondary: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start_byte: u32,
    end_byte: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
}

/// The diagnostics as one JSON value: counts, then each with its places, in the order given.
#[must_use]
pub fn to_json(files: &Files, diagnostics: &Diagnostics) -> Value {
    let place = |label| place(files, label);
    let report = Report {
        errors: diagnostics.count(Severity::Error),
        warnings: diagnostics.count(Severity::Warning),
        diagnostics: diagnostics
            .iter()
            .map(|diagnostic| Item {
                code: diagnostic.code.slug(),
                severity: diagnostic.severity.name(),
                message: &diagnostic.message,
                primary: diagnostic.primary.as_ref().map(place),
                secondary: diagnostic.secondary.iter().map(place).collect(),
                help: diagnostic.help.as_deref(),
            })
            .collect(),
    };
    // Strings and numbers only: there is nothing that serde_json could refuse.
    serde_json::to_value(report).unwrap_or_default()
}

fn place<'a>(files: &'a Files, label: &'a Label) -> Place<'a> {
    let file = files.get(label.span.file);
    let start = file.line_column(label.span.range.start as usize);
    let end = file.line_column(label.span.range.end as usize);
    Place {
        file: file.path(),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start_byte: label.span.range.start,
        end_byte: label.span.range.end,
        label: &label.text,
    }
}
