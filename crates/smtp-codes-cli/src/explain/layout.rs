//! Text laid out for 80 columns.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

/// The widest line.
pub(crate) const WIDTH: usize = 80;
/// Where the values of labelled lines begin.
const MARGIN: usize = 16;

pub(crate) const STRONG: Style = Style::new().bold();
pub(crate) const FAINT: Style = Style::new().dimmed();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(crate) const WAIT: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(crate) const QUOTE: Style = AnsiColor::Cyan.on_default();

/// A page that is written from top to bottom.
#[derive(Default)]
pub(crate) struct Page {
    text: String,
}

impl Page {
    /// The page, colours included.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// An empty line.
    pub(crate) fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// A paragraph.
    pub(crate) fn paragraph(&mut self, style: Style, text: &str) {
        self.wrapped("", "", style, text);
    }

    /// A section's head.
    pub(crate) fn heading(&mut self, text: &str) {
        self.gap();
        self.paragraph(STRONG, text);
    }

    /// A value behind its label; nothing where it is empty.
    pub(crate) fn field(&mut self, label: &str, style: Style, text: &str) {
        if text.is_empty() {
            return;
        }
        let first = format!("  {label:<width$}", width = MARGIN - 2);
        self.wrapped(&first, &" ".repeat(MARGIN), style, text);
    }

    /// An item of a list, the label standing before the first.
    pub(crate) fn item(&mut self, label: &str, mark: &str, text: &str) {
        let first = format!("  {label:<width$}{mark} ", width = MARGIN - 2);
        let next = " ".repeat(MARGIN + textwrap::core::display_width(mark) + 1);
        self.wrapped(&first, &next, Style::new(), text);
    }

    fn wrapped(&mut self, first: &str, next: &str, style: Style, text: &str) {
        let clean = printable(text);
        if clean.is_empty() {
            return;
        }
        // An address on the web is of use in one piece only.
        let options = textwrap::Options::new(WIDTH)
            .initial_indent(first)
            .subsequent_indent(next)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let lines = textwrap::wrap(&clean, options);
        for (index, line) in lines.iter().enumerate() {
            let indent = if index == 0 { first } else { next };
            // An indent of blanks alone is cut where nothing follows.
            let value = line.strip_prefix(indent).unwrap_or(line.trim_start());
            let indent = if line.starts_with(indent) { indent } else { "" };
            // Writing to a string does not fail.
            let _ = writeln!(self.text, "{indent}{style}{value}{style:#}");
        }
    }
}

/// Text that cannot move the cursor or change colours: a reply may hold anything.
pub(crate) fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if blank && !clean.is_empty() {
            clean.push(' ');
        }
        blank = false;
        let unsafe_mark = c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
        clean.push(if unsafe_mark { '\u{FFFD}' } else { c });
    }
    clean
}

/// Bytes as text of at most `longest` columns.
pub(crate) fn shortened(bytes: &[u8], longest: usize) -> String {
    // What lies far behind the cut need not be looked at.
    let head = &bytes[..bytes.len().min(longest * 8)];
    let text = printable(&String::from_utf8_lossy(head));
    if textwrap::core::display_width(&text) <= longest && head.len() == bytes.len() {
        return text;
    }
    let mut cut = String::new();
    let mut width = 1;
    for c in text.chars() {
        width += textwrap::core::display_width(c.encode_utf8(&mut [0; 4]));
        if width > longest {
            break;
        }
        cut.push(c);
    }
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_page() {
        let mut page = Page::default();
        let long = "https://example.com/".repeat(12);
        let wide = "邮箱不存在".repeat(40);
        for text in [
            long.as_str(),
            wide.as_str(),
            "a few plain words that go on and on until the line is full and then some more of them",
        ] {
            page.paragraph(STRONG, text);
            page.field("This message", BAD, text);
            page.item("To do", "10.", text);
        }
        let plain = anstream::adapter::strip_str(&page.into_text()).to_string();
        for line in plain.lines() {
            assert!(textwrap::core::display_width(line) <= WIDTH, "{line}");
        }
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(printable("a\u{1b}[31m\r\n\tb\u{202e}c"), "a\u{FFFD}[31m b\u{FFFD}c");
    }

    #[test]
    fn long_quotes_are_cut_by_columns() {
        assert_eq!(shortened(b"mailbox full", 20), "mailbox full");
        assert_eq!(shortened(b"mailbox is full", 11), "mailbox is…");
        assert_eq!(shortened("邮箱不存在".as_bytes(), 6), "邮箱…");
        assert_eq!(shortened(b"\xFF\xFE", 9), "\u{FFFD}\u{FFFD}");
    }
}
