//! Pages as HTML. Links are relative, so that the site works from any folder and by double click.

use std::fmt::Write as _;

use askama::Template;

use crate::pages::Book;
use crate::pages::page::{Block, Kind, Page};
use crate::pages::rich::{Location, Mark, Place, Span, Target};

/// What all pages of one site share.
pub(crate) struct Site<'a> {
    /// The book.
    pub(crate) book: &'a Book,
    /// Where it will be published, with a slash at its end; empty for a copy that is read from files.
    pub(crate) base_url: &'a str,
    /// Where the repository is, with no slash at its end.
    pub(crate) repository: &'a str,
    /// The change log, in Markdown.
    pub(crate) changes: &'a str,
    /// Whether the engine is on board.
    pub(crate) engine: bool,
}

/// The page as a whole.
#[derive(Template)]
#[template(path = "page.html")]
struct Document<'a> {
    page: &'a Page,
    site: &'a Site<'a>,
    write: Writer<'a>,
    ld: String,
    description: String,
    policy: &'static str,
}

#[derive(Template)]
#[template(path = "blocks.html")]
struct Blocks<'a> {
    blocks: &'a [Block],
    write: &'a Writer<'a>,
    /// How deep the heading above is.
    level: usize,
}

/// A page that leads on to another.
#[derive(Template)]
#[template(path = "redirect.html")]
struct Redirect<'a> {
    to: &'a str,
    canonical: &'a str,
}

/// Nothing is loaded from elsewhere, and nothing can be sent anywhere.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";
/// The same for a copy that may be opened from files, which are no part of `'self'`.
const POLICY_FILES: &str = "default-src 'none'; script-src 'self' file: 'wasm-unsafe-eval'; style-src 'self' file:; img-src 'self' file: data:; base-uri 'none'; form-action 'none'";

/// Writes one page.
pub(crate) fn page(site: &Site<'_>, page: &Page) -> String {
    let write = Writer {
        root: root(site, page),
        folders: !site.base_url.is_empty(),
        site,
    };
    let mut description = crate::pages::rich::plain(&page.lead);
    if description.chars().count() > 300 {
        description = description.chars().take(297).collect::<String>() + "…";
    }
    // Linked data names whole addresses, which a copy of files has none of.
    let ld = if site.base_url.is_empty() {
        String::new()
    } else {
        super::machines::linked_data(site, page)
    };
    // Writing to a string cannot fail.
    let html = Document {
        page,
        site,
        write,
        ld,
        description,
        policy: if site.base_url.is_empty() { POLICY_FILES } else { POLICY },
    }
    .render()
    .unwrap_or_default();
    tidy(&html)
}

/// Writes a page that leads to `to`, a path from the root, for the path `from`.
pub(crate) fn redirect(site: &Site<'_>, from: &str, to: &str) -> String {
    let up = "../".repeat(from.matches('/').count());
    let (path, anchor) = to
        .split_once('#')
        .map_or((to, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
    let file = if site.base_url.is_empty() { "index.html" } else { "" };
    let canonical = if site.base_url.is_empty() {
        String::new()
    } else {
        format!("{}{path}", site.base_url)
    };
    Redirect {
        to: &format!("{up}{path}{file}{anchor}"),
        canonical: &canonical,
    }
    .render()
    .unwrap_or_default()
}

/// The way from a page to the root: `../../`. The page that a server shows for any address that is none
/// does not know where it stands.
fn root(site: &Site<'_>, page: &Page) -> String {
    if page.kind == Kind::Missing {
        site.base_url.to_owned()
    } else {
        "../".repeat(page.depth())
    }
}

/// Leaves out empty lines and the blanks before lines; what stands in `pre` and `textarea` stays.
fn tidy(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut kept = false;
    for line in html.lines() {
        let shown = if kept { line } else { line.trim() };
        let opens = line.rfind("<pre").max(line.rfind("<textarea"));
        let closes = line.rfind("</pre").max(line.rfind("</textarea"));
        if !shown.is_empty() || kept {
            out.push_str(shown);
            out.push('\n');
        }
        if opens.is_some() || closes.is_some() {
            kept = opens > closes;
        }
    }
    out
}

/// Escapes text for HTML, in text and in attributes.
pub(crate) fn escape(out: &mut String, text: &str) {
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[plain..at]);
        out.push_str(entity);
        plain = at + 1;
    }
    out.push_str(&text[plain..]);
}

/// Text that XML and HTML can hold: control characters become visible.
pub(crate) fn visible(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' && c != '\t' {
                char::from_u32(0x2400 + (c as u32 & 0x1F)).unwrap_or('\u{FFFD}')
            } else {
                c
            }
        })
        .collect()
}

/// Writes text as HTML, with links relative to one page.
pub(crate) struct Writer<'a> {
    root: String,
    folders: bool,
    site: &'a Site<'a>,
}

impl Writer<'_> {
    fn rich(&self, rich: &[Span]) -> String {
        let mut out = String::new();
        for span in rich {
            match span {
                Span::Text(text) => escape(&mut out, text),
                Span::Code(text) => self.tagged(&mut out, "code", text),
                Span::Strong(text) => self.tagged(&mut out, "strong", text),
                Span::Link(text, target) => self.linked(&mut out, text, "", target),
                Span::CodeLink(text, target) => self.linked(&mut out, text, "code", target),
                Span::Mark(mark) => out.push_str(&self.mark(mark)),
            }
        }
        out
    }

    fn tagged(&self, out: &mut String, tag: &str, text: &str) {
        let _ = write!(out, "<{tag}>");
        escape(out, text);
        let _ = write!(out, "</{tag}>");
    }

    fn linked(&self, out: &mut String, text: &str, tag: &str, target: &Target) {
        out.push_str("<a href=\"");
        escape(out, &self.href(target));
        out.push('"');
        if matches!(target, Target::Url(_)) {
            out.push_str(" rel=\"external noopener\"");
        }
        out.push('>');
        if tag.is_empty() {
            escape(out, text)
        } else {
            self.tagged(out, tag, text)
        }
        out.push_str("</a>");
    }

    /// The address of a target from this page.
    fn href(&self, target: &Target) -> String {
        match target {
            Target::Url(url) => url.clone(),
            Target::Repository(path) => format!("{}/blob/main/{path}", self.site.repository),
            Target::Asset(path) => format!("{}{path}", self.root),
            Target::Page(place) => self.to(place),
        }
    }

    /// The address of a page from this page.
    fn to(&self, place: &Location) -> String {
        let anchor = if place.anchor.is_empty() {
            String::new()
        } else {
            format!("#{}", place.anchor)
        };
        let file = if self.folders || place.path.ends_with(".html") {
            ""
        } else {
            "index.html"
        };
        let path = format!("{}{}{file}", self.root, place.path);
        // From the root's own page to itself, by folders.
        if path.is_empty() {
            format!("./{anchor}")
        } else {
            format!("{path}{anchor}")
        }
    }

    /// The address of a file of the site from this page.
    fn asset(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    fn path(&self, path: &str) -> String {
        self.to(&Location {
            path: path.to_owned(),
            ..Location::default()
        })
    }

    fn file(&self, path: &str) -> String {
        format!("{}/edit/main/{path}", self.site.repository)
    }

    fn mark(&self, mark: &Mark) -> String {
        let mut out = String::new();
        // The kind of bounce has a shape of its own.
        let class = if mark.list == "bounce" {
            format!("m m-{}", mark.slug)
        } else {
            String::new()
        };
        match &mark.to {
            Some(target) => {
                let _ = write!(out, "<a href=\"{}\"", self.href(target));
                if !class.is_empty() {
                    let _ = write!(out, " class=\"{class}\"");
                }
                out.push('>');
                escape(&mut out, &mark.title);
                out.push_str("</a>");
            }
            None => escape(&mut out, &mark.title),
        }
        out
    }

    fn place(&self, place: &Place) -> String {
        self.rich(&[Span::Link(place.name.clone(), Target::Page(place.clone()))])
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

    fn heading(&self, level: usize) -> usize {
        level.min(6)
    }

    fn visible(&self, text: &str) -> String {
        visible(text)
    }

    /// Markdown of the catalogue as HTML; raw HTML in it is shown as text.
    fn markdown(&self, text: &str) -> String {
        markdown(text)
    }

    fn plain(&self, rich: &[Span]) -> String {
        crate::pages::rich::plain(rich)
    }

    fn engine(&self) -> bool {
        self.site.engine
    }
}

/// Markdown as HTML: headings get anchors, tables a frame to scroll in, raw HTML is shown as text.
pub(crate) fn markdown(text: &str) -> String {
    use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, TagEnd};
    let mut events = Vec::new();
    let mut heading: Option<(usize, String)> = None;
    let mut taken = std::collections::BTreeSet::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(raw) | Event::InlineHtml(raw) => {
                events.push(Event::Text(raw));
                continue;
            }
            Event::Start(Tag::Heading { .. }) => heading = Some((events.len(), String::new())),
            Event::Text(ref words) | Event::Code(ref words) => {
                if let Some((_, title)) = &mut heading {
                    title.push_str(words);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some((at, title)) = heading.take() {
                    let mut slug = slug(&title);
                    while !taken.insert(slug.clone()) {
                        slug.push_str("-more");
                    }
                    if let Some(Event::Start(Tag::Heading { id, .. })) = events.get_mut(at) {
                        *id = Some(CowStr::from(slug));
                    }
                }
            }
            Event::Start(Tag::Table(_)) => events.push(Event::Html(
                "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\">".into(),
            )),
            _ => {}
        }
        let ends_table = matches!(event, Event::End(TagEnd::Table));
        events.push(event);
        if ends_table {
            events.push(Event::Html("</div>".into()));
        }
    }
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, events.into_iter());
    html
}

/// A heading as an anchor.
fn slug(title: &str) -> String {
    let mut slug = String::from("g-");
    for c in title.chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_in_text_and_in_attributes() {
        let mut out = String::new();
        escape(&mut out, "<a href=\"x\">'&ü");
        assert_eq!(out, "&lt;a href=&quot;x&quot;&gt;&#39;&amp;ü");
        assert_eq!(visible("a\u{1b}b\u{0}"), "a␛b␀");
    }

    #[test]
    fn markdown_shows_raw_html_and_anchors_its_headings() {
        let html = markdown("## What *now*?\n\n<script>x</script>\n\n## What now?\n");
        assert!(html.contains("<h2 id=\"g-what-now\">"), "{html}");
        assert!(html.contains("<h2 id=\"g-what-now-more\">"), "{html}");
        assert!(html.contains("&lt;script&gt;") && !html.contains("<script>"), "{html}");
    }

    #[test]
    fn what_is_preformatted_keeps_its_blanks() {
        assert_eq!(
            tidy("  <p>a</p>\n\n <pre>a\n  b\n\n c</pre>\n  <p>"),
            "<p>a</p>\n<pre>a\n  b\n\n c</pre>\n<p>\n"
        );
    }
}
