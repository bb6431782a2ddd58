//! The search index: every page by its title, codes and tags, and idioms of the lexicon in all languages.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::pages::Book;
use crate::pages::page::{Kind, Page};
use crate::pages::sentence;

/// The index as a classic script, loaded when somebody searches.
///
/// Groups share what their paths have in common: `["p/google/", "Google", [["over-quota", "Mailbox full",
/// "452 4.2.2"], …]]`.
pub(crate) fn index(book: &Book) -> String {
    let mut groups: BTreeMap<(u8, String), Vec<Value>> = BTreeMap::new();
    let mut labels: BTreeMap<String, String> = BTreeMap::new();
    for page in book.pages.iter().filter(|page| is_sought(page)) {
        let (rank, label) = rank(page);
        let path = page.place.path.trim_end_matches('/');
        let (folder, slug) = match page.kind {
            Kind::Pair => ("", path),
            _ => path
                .rsplit_once('/')
                .map_or(("", path), |(folder, slug)| (folder, slug)),
        };
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let name = if page.code.is_empty() || page.kind == Kind::Variant {
            page.place.name.clone()
        } else {
            page.heading.clone()
        };
        let mut words: Vec<&str> = Vec::new();
        if page.kind == Kind::Variant || page.kind == Kind::Provider || page.kind == Kind::Blocklist {
            words.extend(page.keywords.iter().map(String::as_str).filter(|word| !word.is_empty()));
        }
        // What the slug tells in the same words is put together by the page.
        let name = if sentence(slug) == name { String::new() } else { name };
        let mut entry = vec![json!(slug), json!(name)];
        if !words.is_empty() {
            entry.push(json!(words.join(" ")));
        }
        labels.insert(format!("{rank} {folder}"), label.to_owned());
        groups.entry((rank, folder)).or_default().push(Value::Array(entry));
    }
    let groups: Vec<Value> = groups
        .into_iter()
        .map(|((rank, folder), entries)| {
            let label = labels.get(&format!("{rank} {folder}")).cloned().unwrap_or_default();
            json!([folder, label, entries])
        })
        .collect();
    // Words that titles hold already, and those of one letter, add nothing.
    let idioms: Vec<Value> = book
        .idioms
        .iter()
        .map(|(concept, idioms)| {
            let words: BTreeSet<&str> = idioms
                .words
                .iter()
                .map(String::as_str)
                .filter(|idiom| idiom.chars().count() > 1)
                .collect();
            json!([concept, words.into_iter().collect::<Vec<_>>().join("|"), idioms.reason])
        })
        .collect();
    format!(
        "self.SMTP_CODES_INDEX={};\n",
        json!({ "groups": groups, "words": idioms })
    )
}

/// Whether anybody searches for the page. Of sources that is so for standards alone: the others are
/// reached from what rests on them.
fn is_sought(page: &Page) -> bool {
    match page.kind {
        Kind::Missing => false,
        Kind::Source => page.place.path.starts_with("sources/rfc") || page.place.path.starts_with("sources/iana"),
        _ => true,
    }
}

/// How early a kind is shown, and what the list calls it.
fn rank(page: &Page) -> (u8, &'static str) {
    match page.kind {
        Kind::Basic | Kind::Enhanced => (0, "code"),
        Kind::Pair => (1, "pair"),
        Kind::Reason => (2, "reason"),
        Kind::Provider => (3, "provider"),
        Kind::Variant => (4, "reply"),
        Kind::Action => (5, "action"),
        Kind::Blocklist => (6, "blocklist"),
        Kind::Guide => (7, "guide"),
        Kind::Wording if page.place.path.starts_with("words/") => (9, "words"),
        Kind::Wording => (8, "wording"),
        Kind::Family | Kind::Session | Kind::Platform | Kind::Policy => (10, "page"),
        Kind::Claim => (11, "often said"),
        Kind::Source => (12, "source"),
        Kind::Home | Kind::Index | Kind::Project | Kind::Missing => (13, "page"),
    }
}
