//! The pages of pairs: what a basic and an enhanced code say together.

use super::{advise, close, wire};
use std::collections::BTreeMap;

use smtp_codes_catalog::source::{Entry, Pair};

use crate::pages::atlas::Atlas;
use crate::pages::common::{self, Index};
use crate::pages::page::{Block, Kind, Page};
use crate::pages::places::sentence;
use crate::pages::rich::{Rich, code, join, text};

pub(super) fn page(atlas: &mut Atlas<'_>, index: &Index, entry: &Entry<Pair>) -> Page {
    let (basic, enhanced) = (entry.basic.as_str(), entry.enhanced.as_str());
    let both = format!("{basic} {enhanced}");
    let name = format!("pair:{both}");
    let mut page = Page::new(
        Kind::Pair,
        atlas.at(&name),
        format!("SMTP error {both}: {}", entry.title.as_str()),
        atlas.prose(&entry.summary),
    );
    page.code = both.clone();
    page.heading = entry.title.to_string();
    page.crumbs = atlas.way(&["page:home", "page:codes", &format!("basic:{basic}")]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/pair/{basic}-{enhanced}.json");
    page.command = format!("smtp-codes explain '{both}'");
    page.answer = Some(common::bare(atlas, &both));
    let kind = match entry.kind.as_str() {
        "rule" => "a rule: the two together say more than either",
        "odd" => "odd: the two do not go together by the standards, but servers send them",
        "mismatch" => "the two classes disagree",
        "collision" => "the same pair means different things at different servers",
        "nested" => "a reply quoted inside another",
        _ => "the two agree",
    };
    let mut facts = vec![
        ("Basic code".to_owned(), atlas.code(basic)),
        ("Enhanced code".into(), atlas.code(enhanced)),
        ("Kind".into(), text(kind)),
    ];
    if let Some(seen) = &entry.seen_in {
        facts.push((
            "Seen in".into(),
            join(seen.iter().map(|place| text(place.as_str())), ", "),
        ));
    }
    let none = Vec::new();
    let cases = index.pair.get(&both).unwrap_or(&none);
    wire(atlas, &mut page, cases);
    page.section("meaning", "What the two say together", vec![Block::Facts(facts)]);
    page.section(
        "reasons",
        format!("What {both} turns out to mean"),
        common::spread(atlas, cases),
    );
    advise(atlas, &mut page);
    close(atlas, &mut page, cases, &name);
    page.sources = atlas.cite(&entry.sources, &name);
    page
}

pub(super) fn all(atlas: &Atlas<'_>) -> Page {
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:pairs"),
        "Pairs of basic and enhanced codes that say more together",
        text(
            "A basic code says how it ended, an enhanced code why. Some pairs say more than either, and some contradict themselves.",
        ),
    );
    page.crumbs = atlas.way(&["page:home", "page:codes"]);
    let mut kinds: BTreeMap<&str, Vec<Vec<Rich>>> = BTreeMap::new();
    for entry in &atlas.catalogue.pairs {
        let both = format!("{} {}", entry.basic.as_str(), entry.enhanced.as_str());
        kinds.entry(entry.kind.as_str()).or_default().push(vec![
            atlas.code(&both),
            atlas.prose(&entry.title),
            entry
                .reason
                .as_ref()
                .map_or_else(|| code("–"), |reason| atlas.marked("reason", reason)),
        ]);
    }
    for (kind, mut rows) in kinds {
        rows.sort_by_key(|row| row.first().map(|cell| crate::pages::rich::plain(cell)));
        page.section(
            kind,
            sentence(kind),
            vec![Block::table(&["Codes", "Say", "Reason"], rows)],
        );
    }
    page
}
