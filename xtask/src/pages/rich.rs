//! Text with links and marks, before anybody decides how it is written down.

use std::sync::Arc;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A page of the reference.
    Page(Place),
    /// Somewhere else.
    Url(String),
    /// Another file of the site, by its path from the site's root.
    Asset(String),
    /// A file of the repository, by its path from the repository's root.
    Repository(String),
}

/// The place of an entry; hundreds of links share each.
pub(crate) type Place = Arc<Location>;

/// The place of an entry: on the site, and in the Markdown reference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Location {
    /// Path of the page from the site's root, with a slash at its end: `p/google/over-quota/`.
    pub(crate) path: String,
    /// Anchor on that page; empty for its top.
    pub(crate) anchor: String,
    /// Path of its Markdown twin from `docs/reference/`; empty where it has none.
    pub(crate) twin: String,
    /// Anchor in the twin; empty for its top.
    pub(crate) twin_anchor: String,
    /// What a link to it is called.
    pub(crate) name: String,
}

/// One value of a closed list; thousands of answers share each.
pub(crate) type Mark = Arc<ListValue>;

/// One value of a closed list, told by word and shape as well as colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListValue {
    /// The list: `reason`, `bounce`, `party`, `delivery`, `address`, `remedy`, `basis`, `standing`.
    pub(crate) list: &'static str,
    /// The slug.
    pub(crate) slug: String,
    /// The name for people.
    pub(crate) title: String,
    /// Where it is explained.
    pub(crate) to: Option<Target>,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// Words.
    Text(String),
    /// What a machine says.
    Code(String),
    /// What matters most.
    Strong(String),
    /// A link.
    Link(String, Target),
    /// A link that is a code.
    CodeLink(String, Target),
    /// A value of a closed list.
    Mark(Mark),
}

/// A line of text.
pub(crate) type Rich = Vec<Span>;

/// Plain words.
pub(crate) fn text(words: impl Into<String>) -> Rich {
    vec![Span::Text(words.into())]
}

/// A word of a machine.
pub(crate) fn code(words: impl Into<String>) -> Rich {
    vec![Span::Code(words.into())]
}

/// A link out.
pub(crate) fn url(address: &str) -> Rich {
    let shown = address
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_end_matches('/');
    vec![Span::Link(shown.to_owned(), Target::Url(address.to_owned()))]
}

/// Pieces with a separator between them.
pub(crate) fn join(parts: impl IntoIterator<Item = Rich>, separator: &str) -> Rich {
    let mut whole = Rich::new();
    for part in parts {
        if !whole.is_empty() {
            whole.push(Span::Text(separator.to_owned()));
        }
        whole.extend(part);
    }
    whole
}

/// The words alone.
pub(crate) fn plain(rich: &[Span]) -> String {
    rich.iter()
        .map(|span| match span {
            Span::Text(words)
            | Span::Code(words)
            | Span::Strong(words)
            | Span::Link(words, _)
            | Span::CodeLink(words, _) => words.as_str(),
            Span::Mark(mark) => mark.title.as_str(),
        })
        .collect()
}
