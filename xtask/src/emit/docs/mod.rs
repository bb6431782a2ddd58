//! The reference in Markdown: `docs/reference/**.md`, the twin of the site that the repository holds.

pub(crate) mod escape;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use askama::Template;

use super::Files;
use crate::pages::Book;
use crate::pages::page::{Block, Kind, Page, Section};
use crate::pages::rich::{Rich, Span, Target};
use smtp_codes_catalog::parallel::parallel;

/// The folder.
pub(crate) const FOLDER: &str = "docs/reference";

/// Writes every page that has a twin.
pub(crate) fn emit(book: &Book) -> Files {
    // Variants stand on the page of their provider.
    let mut hosted: BTreeMap<&str, Vec<&Page>> = BTreeMap::new();
    for page in book.pages.iter().filter(|page| !page.place.twin_anchor.is_empty()) {
        hosted.entry(page.place.twin.as_str()).or_default().push(page);
    }
    let pages: Vec<&Page> = book
        .pages
        .iter()
        .filter(|page| !page.place.twin.is_empty() && page.place.twin_anchor.is_empty())
        .collect();
    let none = Vec::new();
    let written = parallel(&pages, |page| {
        let template = Document {
            page,
            hosted: hosted.get(page.place.twin.as_str()).unwrap_or(&none),
            write: Writer { from: &page.place.twin },
            mark: super::MARK,
        };
        // Writing to a string cannot fail.
        let text = template.render().unwrap_or_default();
        (format!("{FOLDER}/{}", page.place.twin), tidy(&text).into_bytes())
    });
    written.into_iter().collect()
}

/// At most one empty line in a row, none at the end.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    let mut fenced = false;
    for line in text.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        }
        let line = if fenced { line } else { line.trim_end() };
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 || fenced {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

#[derive(Template)]
#[template(path = "page.md")]
struct Document<'a> {
    page: &'a Page,
    hosted: &'a [&'a Page],
    write: Writer<'a>,
    mark: &'static str,
}

#[derive(Template)]
#[template(path = "blocks.md")]
struct Blocks<'a> {
    blocks: &'a [Block],
    write: &'a Writer<'a>,
    /// How deep the heading above is.
    level: usize,
}

impl Blocks<'_> {
    /// How many replies are shown: all of a variant, which stands below its provider; of anything else a
    /// few, as the data holds them all.
    const fn most(&self) -> usize {
        if self.level > 2 { usize::MAX } else { 3 }
    }
}

/// Writes text as Markdown, with links relative to one file.
pub(crate) struct Writer<'a> {
    from: &'a str,
}

impl Writer<'_> {
    /// Text with links.
    fn rich(&self, rich: &[Span]) -> String {
        let mut out = String::new();
        for span in rich {
            // Writing to a string cannot fail.
            let _ = self.span(&mut out, span);
        }
        out
    }

    fn span(&self, out: &mut String, span: &Span) -> std::fmt::Result {
        match span {
            // Only what begins a line needs the care of a line's beginning.
            Span::Text(text) if out.is_empty() => escape::write(out, text),
            Span::Text(text) => {
                let mut rest = String::new();
                escape::write(&mut rest, &format!("a{text}"))?;
                out.push_str(rest.get(1..).unwrap_or_default());
                Ok(())
            }
            Span::Code(text) => escape::code(out, text),
            Span::Strong(text) => {
                out.push_str("**");
                escape::write(out, text)?;
                out.push_str("**");
                Ok(())
            }
            Span::Link(text, target) => self.linked(out, text, false, Some(target)),
            Span::CodeLink(text, target) => self.linked(out, text, true, Some(target)),
            Span::Mark(mark) => self.linked(out, &mark.title, false, mark.to.as_ref()),
        }
    }

    fn linked(&self, out: &mut String, text: &str, code: bool, target: Option<&Target>) -> std::fmt::Result {
        let href = target.and_then(|target| self.href(target));
        if href.is_some() {
            out.push('[');
        }
        if code {
            escape::code(out, text)?
        } else {
            escape::write(out, text)?
        }
        if let Some(href) = href {
            write!(out, "]({href})")?;
        }
        Ok(())
    }

    /// The address of a target from this file; `None` where it is on the site only.
    fn href(&self, target: &Target) -> Option<String> {
        let to_root = "../".repeat(self.from.matches('/').count());
        match target {
            Target::Url(url) => Some(url.replace(' ', "%20").replace('(', "%28").replace(')', "%29")),
            Target::Repository(path) => Some(format!("{to_root}../../{path}")),
            Target::Asset(path) => match path.as_str() {
                "api/v1/catalog.json" => Some(format!("{to_root}catalog.json")),
                "api/v1/vectors.json" => Some(format!("{to_root}vectors.json")),
                _ => None,
            },
            Target::Page(place) if place.twin.is_empty() => None,
            Target::Page(place) => {
                let anchor = if place.twin_anchor.is_empty() {
                    String::new()
                } else {
                    format!("#{}", place.twin_anchor)
                };
                let folder = self.from.rsplit_once('/').map_or("", |(folder, _)| folder);
                let path = match place.twin.rsplit_once('/') {
                    Some((other, file)) if other == folder => file.to_owned(),
                    _ => format!("{to_root}{}", place.twin),
                };
                Some(if place.twin == self.from && !anchor.is_empty() {
                    anchor
                } else {
                    format!("{path}{anchor}")
                })
            }
        }
    }

    /// Text for one cell of a table.
    fn cell(&self, rich: &[Span]) -> String {
        self.rich(rich)
    }

    fn blocks(&self, blocks: &[Block], level: usize) -> String {
        Blocks {
            blocks,
            write: self,
            level,
        }
        .render()
        .unwrap_or_default()
    }

    fn marks(&self, marks: &[crate::pages::rich::Mark]) -> String {
        let rich: Vec<Rich> = marks.iter().map(|mark| vec![Span::Mark(mark.clone())]).collect();
        self.rich(&crate::pages::rich::join(rich, ", "))
    }

    fn mark(&self, mark: &crate::pages::rich::Mark) -> String {
        self.rich(&[Span::Mark(mark.clone())])
    }

    fn place(&self, place: &crate::pages::rich::Place) -> String {
        self.rich(&[Span::Link(place.name.clone(), Target::Page(place.clone()))])
    }

    fn link(&self, text: &str, url: &str) -> String {
        self.rich(&[Span::Link(text.to_owned(), Target::Url(url.to_owned()))])
    }

    fn file(&self, text: &str, path: &str) -> String {
        self.rich(&[Span::Link(text.to_owned(), Target::Repository(path.to_owned()))])
    }

    fn code(&self, text: &str) -> String {
        let mut out = String::new();
        let _ = escape::code(&mut out, text);
        out
    }

    fn heading(&self, level: usize) -> String {
        "#".repeat(level.min(6))
    }
}

impl Document<'_> {
    /// Whether a section stands in the Markdown too. What to do about wording, and when, is linked from the
    /// answer's table; spelt out everywhere it would be a tenth of the repository.
    fn holds(&self, section: &Section) -> bool {
        let advises = matches!(
            self.page.kind,
            Kind::Reason | Kind::Blocklist | Kind::Basic | Kind::Enhanced | Kind::Pair
        );
        section.is_readable() && section.id != "when" && (section.id != "do" || advises)
    }

    /// Whether the page is the start of the reference.
    fn is_home(&self) -> bool {
        self.page.kind == Kind::Home
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::rich::{Location, Place};

    #[test]
    fn links_are_relative_to_the_file() {
        let place = |twin: &str, anchor: &str| {
            Target::Page(Place::new(Location {
                twin: twin.into(),
                twin_anchor: anchor.into(),
                ..Location::default()
            }))
        };
        let writer = Writer { from: "basic/550.md" };
        assert_eq!(writer.href(&place("basic/551.md", "")).as_deref(), Some("551.md"));
        assert_eq!(
            writer.href(&place("providers/google.md", "over-quota")).as_deref(),
            Some("../providers/google.md#over-quota")
        );
        assert_eq!(writer.href(&place("codes.md", "")).as_deref(), Some("../codes.md"));
        assert_eq!(writer.href(&place("", "")), None);
        assert_eq!(
            writer.href(&Target::Repository("catalog/x.toml".into())).as_deref(),
            Some("../../../catalog/x.toml")
        );
        assert_eq!(
            Writer { from: "codes.md" }.href(&place("basic/551.md", "")).as_deref(),
            Some("basic/551.md")
        );
    }

    #[test]
    fn cells_escape_bars_and_html() {
        let writer = Writer { from: "codes.md" };
        assert_eq!(
            writer.cell(&[Span::Text("a|b <i> ".into()), Span::Code("c|`d".into())]),
            "a\\|b \\<i\\> ``c\\|`d``"
        );
    }
}
