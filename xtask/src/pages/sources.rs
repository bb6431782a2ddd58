//! Pages of sources: where facts stand, and which entries rest on each.

use std::collections::BTreeMap;

use super::atlas::{Atlas, source_kind};
use super::page::{Block, Kind, Page};
use super::places::sentence;
use super::rich::{Rich, Span, Target, text, url};

/// Adds the pages.
pub(crate) fn pages(atlas: &Atlas<'_>, pages: &mut Vec<Page>) {
    let mut by_kind: BTreeMap<&str, Vec<Vec<Rich>>> = BTreeMap::new();
    let mut sources: Vec<_> = atlas.catalogue.sources.iter().collect();
    sources.sort_by_key(|source| source.title.to_lowercase());
    for entry in sources {
        let id = entry.id.as_str();
        let name = format!("source:{id}");
        let kind = source_kind(&entry.kind);
        let mut lead = text(format!("{}.", sentence(kind)));
        if let Some(note) = &entry.note {
            lead = atlas.prose(note);
        }
        let mut page = Page::new(
            Kind::Source,
            atlas.at(&name),
            format!("Source: {}", entry.title.as_str()),
            lead,
        );
        page.crumbs = atlas.way(&["page:home", "page:sources"]);
        page.entry = name.clone();
        page.edit = atlas.file(entry);
        page.json = format!("api/v1/source/{id}.json");
        let mut facts = vec![("Kind".to_owned(), text(kind))];
        facts.extend(entry.url.iter().map(|link| ("Where".to_owned(), url(link))));
        for (label, value) in [
            ("Published by", &entry.publisher),
            ("State used", &entry.state),
            ("Last compared", &entry.checked),
        ] {
            facts.extend(value.iter().map(|value| (label.to_owned(), text(value.as_str()))));
        }
        page.section("facts", "The source", vec![Block::Facts(facts)]);
        let none = Vec::new();
        let resting = atlas.resting.get(id).unwrap_or(&none);
        let mut kinds: BTreeMap<String, Vec<Rich>> = BTreeMap::new();
        for entry in resting {
            let Some(place) = atlas.place(entry) else { continue };
            let (group, name) = match entry.split_once(':').unwrap_or((entry, "")) {
                ("variant", rest) => (
                    atlas
                        .place(&format!("provider:{}", rest.split('/').next().unwrap_or_default()))
                        .map(|place| place.name.clone())
                        .unwrap_or_default(),
                    place.name.clone(),
                ),
                ("esp" | "label-set", _) => ("Platforms".to_owned(), place.name.clone()),
                ("basic" | "enhanced" | "pair" | "family", _) => ("Codes".to_owned(), place.name.clone()),
                ("phrase", _) => ("Wording".to_owned(), place.name.clone()),
                (kind, _) => (format!("{}s", sentence(kind)), place.name.clone()),
            };
            kinds
                .entry(group)
                .or_default()
                .push(vec![Span::Link(name, Target::Page(place.clone()))]);
        }
        for (number, (group, links)) in kinds.into_iter().enumerate() {
            let title = format!("{group} that rest on it");
            page.section(&format!("rests-{}", number + 1), title, vec![Block::Links(links)]);
        }
        by_kind.entry(kind).or_default().push(vec![
            atlas.link(&name),
            entry
                .state
                .as_ref()
                .map(|state| text(state.as_str()))
                .unwrap_or_default(),
            text(resting.len().to_string()),
        ]);
        pages.push(page);
    }
    let mut index = Page::new(
        Kind::Index,
        atlas.at("page:sources"),
        "Sources: where every fact stands",
        text(
            "Every entry of the catalogue names where its facts stand. These are all the places, with the state that was used and how many entries rest on each.",
        ),
    );
    index.crumbs = atlas.way(&["page:home"]);
    for kind in [
        "standard",
        "registry",
        "vendor",
        "product-source",
        "observed",
        "practice",
        "list",
        "general-knowledge",
    ] {
        if let Some(rows) = by_kind.remove(source_kind(kind)) {
            index.section(
                kind,
                sentence(source_kind(kind)),
                vec![Block::table(&["Source", "State", "Entries"], rows)],
            );
        }
    }
    pages.push(index);
}
