//! Escaping for Markdown, so that any text of the catalogue stands as it was written.

use std::fmt::{self, Write};

use askama::filters::Escaper;

/// Escapes text for a line of Markdown, a table's cell included.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Markdown;

impl Escaper for Markdown {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        write(&mut out, text)
    }
}

/// Writes text so that Markdown shows it unchanged.
///
/// Only what Markdown could take for a mark is escaped, so that the source stays readable: `_` within a
/// word means nothing, and `#`, `+`, `-` and `1.` only where a line begins.
pub(crate) fn write(out: &mut impl Write, text: &str) -> fmt::Result {
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    let mut first = true;
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let within_word = before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '~' | '$' => write!(out, "\\{c}")?,
            '_' if !within_word => out.write_str("\\_")?,
            '&' if next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#') => out.write_str("&amp;")?,
            '#' | '+' | '-' | '=' if first => write!(out, "\\{c}")?,
            '!' if next == Some('[') => out.write_str("\\!")?,
            '.' | ')' if before.is_ascii_digit() && starts_a_list(text, chars.clone().count()) => write!(out, "\\{c}")?,
            '\n' | '\r' | '\t' => out.write_char(' ')?,
            _ => out.write_char(c)?,
        }
        first = false;
        before = c;
    }
    Ok(())
}

/// Whether only digits stand before the character that `left` characters follow, and a blank behind it.
fn starts_a_list(text: &str, left: usize) -> bool {
    let at = text.chars().count() - left - 1;
    at > 0
        && text.chars().take(at).all(|c| c.is_ascii_digit())
        && text.chars().nth(at + 1).is_none_or(char::is_whitespace)
}

/// Writes a code span; within a table a bar must be escaped even there.
pub(crate) fn code(out: &mut impl Write, text: &str) -> fmt::Result {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let padding = if text.starts_with('`') || text.ends_with('`') || text.is_empty() {
        " "
    } else {
        ""
    };
    write!(
        out,
        "{fence}{padding}{}{padding}{fence}",
        text.replace('|', "\\|").replace(['\n', '\r'], " ")
    )
}

/// A fence longer than any run of backticks in the text.
pub(crate) fn fence(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        write(&mut out, text).unwrap();
        out
    }

    /// What a reader of Markdown sees.
    fn seen(markdown: &str) -> String {
        pulldown_cmark::Parser::new_ext(
            markdown,
            pulldown_cmark::Options::ENABLE_TABLES | pulldown_cmark::Options::ENABLE_STRIKETHROUGH,
        )
        .filter_map(|event| match event {
            pulldown_cmark::Event::Text(text) | pulldown_cmark::Event::Code(text) => Some(text.into_string()),
            pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => Some(format!("HTML {html}")),
            pulldown_cmark::Event::SoftBreak => Some("BREAK".to_owned()),
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Paragraph) | pulldown_cmark::Event::End(_) => None,
            pulldown_cmark::Event::Start(tag) => Some(format!("MARK {tag:?}")),
            other => Some(format!("{other:?}")),
        })
        .collect()
    }

    #[test]
    fn marks_of_markdown_are_shown_as_they_are() {
        for text in [
            "a | b",
            "`x`",
            "<script>alert(1)</script>",
            "_a_ and __b__",
            "*a* **b**",
            "[x](y)",
            "![x](y)",
            "# no heading",
            "- no list",
            "1. no list",
            "1) no list",
            "~~no~~",
            "&amp; & &#65;",
            "\\*",
            "a_b_c",
            "$x$",
        ] {
            assert_eq!(seen(&escaped(text)), text, "{}", escaped(text));
        }
    }

    #[test]
    fn what_is_no_mark_stays_readable() {
        assert_eq!(
            escaped("5.7.26 of snake_case - a + b #1 at 3.5"),
            "5.7.26 of snake_case - a + b #1 at 3.5"
        );
        assert_eq!(escaped("a\nb"), "a b");
    }

    #[test]
    fn code_survives_backticks_and_bars() {
        for text in ["plain", "`", "a`b", "``a", "", " "] {
            let mut out = String::new();
            code(&mut out, text).unwrap();
            assert_eq!(seen(&out).trim(), text.trim(), "{out}");
        }
        let mut out = String::new();
        code(&mut out, "a|b").unwrap();
        assert_eq!(out, "`a\\|b`");
        assert_eq!(fence("a ``` b"), "````");
    }
}
