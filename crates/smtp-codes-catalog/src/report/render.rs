//! Diagnostics for people: a line that editors understand, the source with a caret, a word of help.

use std::fmt::Write as _;

use super::{Diagnostic, Diagnostics, Label, Severity, place};
use crate::files::{Files, Span};

/// The widest piece of a source line that is shown.
const WIDTH: usize = 120;

/// Whether messages are coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    #[default]
    Never,
    /// ANSI colours.
    Always,
}

/// Colours of the parts of a message.
#[derive(Clone, Copy)]
enum Paint {
    Error,
    Warning,
    Second,
    Frame,
    Strong,
}

impl Colour {
    /// `text` in a colour, or as it is.
    fn paint(self, paint: Paint, text: &str) -> String {
        if self == Self::Never || text.is_empty() {
            return text.to_owned();
        }
        let code = match paint {
            Paint::Error => "1;31",
            Paint::Warning => "1;33",
            Paint::Second => "1;34",
            Paint::Frame => "34",
            Paint::Strong => "1",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }
}

/// All diagnostics as text, in the order given, with a count at the end; empty if there are none.
#[must_use]
pub fn render(files: &Files, diagnostics: &Diagnostics, colour: Colour) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        render_one(&mut out, files, diagnostic, colour);
        out.push('\n');
    }
    if !diagnostics.is_empty() {
        out.push_str(&summary(diagnostics));
        out.push('\n');
    }
    out
}

/// `2 errors, 1 warning`.
fn summary(diagnostics: &Diagnostics) -> String {
    let count = |severity: Severity| {
        let count = diagnostics.count(severity);
        let plural = if count == 1 { "" } else { "s" };
        (count > 0).then(|| format!("{count} {}{plural}", severity.name()))
    };
    let counts: Vec<_> = [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(count)
        .collect();
    counts.join(", ")
}

fn render_one(out: &mut String, files: &Files, diagnostic: &Diagnostic, colour: Colour) {
    let paint = match diagnostic.severity {
        Severity::Error => Paint::Error,
        Severity::Warning => Paint::Warning,
    };
    let at = diagnostic
        .primary
        .as_ref()
        .map_or_else(|| "catalog".to_owned(), |label| place(files, label.span));
    let kind = format!("{}[{}]", diagnostic.severity.name(), diagnostic.code.slug());
    let message = visible(&diagnostic.message);
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "{at}: {}: {}",
        colour.paint(paint, &kind),
        colour.paint(Paint::Strong, &message)
    );

    let labels: Vec<(&Label, char, Paint)> = diagnostic
        .primary
        .iter()
        .map(|label| (label, '^', paint))
        .chain(diagnostic.secondary.iter().map(|label| (label, '-', Paint::Second)))
        .collect();
    let margin = labels
        .iter()
        .map(|(label, ..)| first_line(files, label.span).to_string().len())
        .max()
        .unwrap_or(1);
    let bar = colour.paint(Paint::Frame, "|");
    for (index, (label, mark, paint)) in labels.iter().enumerate() {
        if index == 0 {
            let _ = writeln!(out, "{:margin$} {bar}", "");
        } else {
            let arrow = colour.paint(Paint::Frame, ":::");
            let _ = writeln!(out, "{:margin$}{arrow} {}", "", place(files, label.span));
        }
        snippet(
            out,
            files,
            label,
            *mark,
            margin,
            &|text| colour.paint(*paint, text),
            &bar,
        );
    }
    if let Some(help) = &diagnostic.help {
        let equals = colour.paint(Paint::Frame, "=");
        for (index, line) in help.lines().enumerate() {
            let lead = if index == 0 { "help: " } else { "      " };
            let sign = if index == 0 { equals.as_str() } else { " " };
            let _ = writeln!(out, "{:margin$} {sign} {lead}{}", "", visible(line));
        }
    }
}

/// The number of the first line of a span.
fn first_line(files: &Files, span: Span) -> usize {
    files.get(span.file).line_column(span.range.start as usize).line
}

/// One source line, and below it the mark with its word.
fn snippet(
    out: &mut String,
    files: &Files,
    label: &Label,
    mark: char,
    margin: usize,
    paint: &dyn Fn(&str) -> String,
    bar: &str,
) {
    let file = files.get(label.span.file);
    let number = first_line(files, label.span);
    let line = file.line(number);
    let line_start = file.line_range(number).map_or(0, |range| range.start);
    let from = (label.span.range.start as usize)
        .saturating_sub(line_start)
        .min(line.len());
    let to = (label.span.range.end as usize)
        .saturating_sub(line_start)
        .clamp(from, line.len());
    let before = visible(line.get(..from).unwrap_or_default());
    let marked = visible(line.get(from..to).unwrap_or_default());
    let after = visible(line.get(to..).unwrap_or_default());

    let before = keep_end(&before, WIDTH / 2);
    let marked = keep_start(&marked, WIDTH / 2);
    let after = keep_start(&after, WIDTH.saturating_sub(width(&before) + width(&marked)));
    let _ = writeln!(out, "{number:margin$} {bar} {before}{marked}{after}");
    let carets: String = std::iter::repeat_n(mark, width(&marked).max(1)).collect();
    let text = visible(&label.text);
    let space = if text.is_empty() { "" } else { " " };
    let _ = writeln!(
        out,
        "{:margin$} {bar} {}{}{space}{}",
        "",
        " ".repeat(width(&before)),
        paint(&carets),
        paint(&text)
    );
}

/// The text with everything that a terminal might obey made visible: tabs as a blank, controls as
/// their pictures, marks of writing direction as the replacement character.
fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => ' ',
            '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
            '\u{7f}' => '\u{2421}',
            '\u{80}'..='\u{9f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// How many columns a terminal gives to the text.
fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Two columns for the scripts and signs of East Asia and for emoji, none for combining marks.
fn char_width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

/// The start of a text that is too wide, with `…` for the rest.
fn keep_start(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += char_width(c);
        if used >= limit {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

/// The end of a text that is too wide, with `…` for the rest.
fn keep_end(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let mut kept: Vec<char> = Vec::new();
    let mut used = 0;
    for c in text.chars().rev() {
        used += char_width(c);
        if used >= limit {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::SourceFile;
    use crate::report::{Code, to_json};

    /// Two files, and the place of the first `needle` in one of them.
    fn files() -> Files {
        Files::new(vec![
            SourceFile::new("a.toml", "title = \"邮箱\"\n\tslug = \"用户-x\"\n"),
            SourceFile::new("b.toml", "one\ntwo = 2\n"),
        ])
    }

    fn find(files: &Files, path: &str, needle: &str) -> Span {
        let (id, file) = files
            .iter()
            .find(|(_, file)| file.path() == path)
            .expect("the file is there");
        let at = file.text().find(needle).expect("the needle is there");
        Span::new(id, at..at + needle.len())
    }

    #[test]
    fn a_message_shows_both_places_and_helps() {
        let files = files();
        let diagnostics: Diagnostics =
            [
                Diagnostic::new(Code::DuplicateName, find(&files, "a.toml", "用户"), "two of `x`")
                    .label("again here")
                    .also(find(&files, "b.toml", "two"), "first here")
                    .help("take another\nor none"),
            ]
            .into_iter()
            .collect();
        let expected = "\
a.toml:2:10: error[E0011]: two of `x`
  |
2 |  slug = \"用户-x\"
  |          ^^^^ again here
 ::: b.toml:2:1
2 | two = 2
  | --- first here
  = help: take another
          or none

1 error
";
        assert_eq!(render(&files, &diagnostics, Colour::Never), expected);
        let coloured = render(&files, &diagnostics, Colour::Always);
        assert!(coloured.contains("\u{1b}[1;31merror[E0011]\u{1b}[0m"), "{coloured}");
    }

    #[test]
    fn json_has_the_same_places() {
        let files = files();
        let diagnostics: Diagnostics = [Diagnostic::new(Code::DuplicateName, find(&files, "b.toml", "two"), "m")]
            .into_iter()
            .collect();
        let json = to_json(&files, &diagnostics);
        assert_eq!(json["errors"], 1);
        assert_eq!(json["diagnostics"][0]["code"], "E0011");
        assert_eq!(json["diagnostics"][0]["primary"]["line"], 2);
        assert_eq!(json["diagnostics"][0]["primary"]["end_column"], 4);
    }

    #[test]
    fn controls_cannot_reach_the_terminal() {
        assert_eq!(visible("a\u{1b}[31m\u{0}\u{202e}"), "a␛[31m␀\u{fffd}");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("{}HERE{}", "a".repeat(500), "b".repeat(500));
        let files = Files::new(vec![SourceFile::new("a", text)]);
        let diagnostics: Diagnostics = [Diagnostic::new(Code::DuplicateName, find(&files, "a", "HERE"), "m")]
            .into_iter()
            .collect();
        let text = render(&files, &diagnostics, Colour::Never);
        assert!(text.lines().all(|line| width(line) < WIDTH + 12), "{text}");
        assert!(text.contains("aHEREb"), "{text}");
    }

    #[test]
    fn nothing_wrong_says_nothing() {
        assert_eq!(render(&Files::default(), &Diagnostics::new(), Colour::Never), "");
    }
}
