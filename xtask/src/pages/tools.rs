//! Pages of what people work with: sending platforms with their labels, and portals.

use std::collections::{BTreeMap, BTreeSet};

use smtp_codes_catalog::source::Label;

use super::atlas::Atlas;
use super::common;
use super::page::{Block, Card, Item, Kind, Page};
use super::rich::{Rich, Span, code, text, url};

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let catalogue = atlas.catalogue;
    let slugs: BTreeSet<&str> = catalogue
        .esps
        .iter()
        .map(|esp| esp.slug.as_str())
        .chain(catalogue.label_sets.iter().map(|set| set.slug.as_str()))
        .collect();
    let mut cards = Vec::new();
    for slug in slugs {
        let page = platform(atlas, slug);
        cards.push(Card {
            to: page.place.clone(),
            body: page.lead.clone(),
            mark: String::new(),
        });
        pages.push(page);
    }
    let mut index = Page::new(
        Kind::Index,
        atlas.at("page:platforms"),
        "What sending platforms call a bounce, and what it really was",
        text(
            "Platforms and classifiers sort bounces under labels of their own. What each label means in our reasons, and what it loses.",
        ),
    );
    index.crumbs = atlas.way(&["page:home"]);
    index.section("platforms", "Platforms and classifiers", vec![Block::Cards(cards)]);
    pages.push(index);
    pages.push(portals(atlas));
}

fn row(atlas: &Atlas<'_>, label: &Label) -> Vec<Rich> {
    let suppresses = label
        .suppresses
        .as_ref()
        .map_or("not said", |flag| if **flag { "yes" } else { "no" });
    let mut means = atlas.prose(&label.summary);
    if let Some(lost) = &label.lost {
        means.push(Span::Text(" Lost: ".into()));
        means.extend(atlas.prose(lost));
    }
    vec![
        code(label.label.as_str()),
        means,
        common::marks(atlas, "reason", label.reasons.iter().map(|reason| reason.as_str())),
        text(suppresses),
    ]
}

fn platform(atlas: &mut Atlas<'_>, slug: &str) -> Page {
    let catalogue = atlas.catalogue;
    let esp = catalogue.esps.iter().find(|esp| esp.slug.as_str() == slug);
    let set = catalogue.label_sets.iter().find(|set| set.slug.as_str() == slug);
    let name = if esp.is_some() {
        format!("esp:{slug}")
    } else {
        format!("label-set:{slug}")
    };
    let place = atlas.at(&name);
    let lead = set
        .map(|set| &set.summary)
        .or(esp.map(|esp| &esp.raw_replies))
        .map(|words| atlas.prose(words))
        .unwrap_or_default();
    let mut page = Page::new(
        Kind::Platform,
        place.clone(),
        format!("{}: bounce labels, and what they mean", place.name),
        lead,
    );
    page.crumbs = atlas.way(&["page:home", "page:platforms"]);
    page.entry = name.clone();
    page.json = format!("api/v1/{}/{slug}.json", if esp.is_some() { "esp" } else { "label-set" });
    page.edit = esp
        .map(|esp| atlas.file(esp))
        .or(set.map(|set| atlas.file(set)))
        .unwrap_or_default();
    if let Some(esp) = esp {
        let notes = esp.notes.iter().map(|notes| Block::Text(atlas.prose(notes)));
        page.section(
            "raw",
            "Where the raw reply is found",
            [Block::Text(atlas.prose(&esp.raw_replies))]
                .into_iter()
                .chain(notes)
                .collect(),
        );
        page.sources = atlas.cite(&esp.sources, &name);
    }
    let labels: Vec<&Label> = catalogue
        .labels
        .iter()
        .filter(|label| label.set.as_str() == slug)
        .map(|label| &label.record)
        .collect();
    let rows: Vec<Vec<Rich>> = labels.iter().map(|label| row(atlas, label)).collect();
    page.section(
        "labels",
        "From its labels to reasons",
        vec![Block::table(&["Label", "Means", "Reasons", "Suppresses"], rows)],
    );
    if let Some(set) = set {
        // The way back: which label a reason gets, the best first.
        let mut back: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
        for label in &labels {
            for (rank, reason) in label.reasons.iter().enumerate() {
                back.entry(reason.as_str())
                    .or_default()
                    .push((rank, label.label.as_str()));
            }
        }
        let rows: Vec<Vec<Rich>> = catalogue
            .reasons
            .iter()
            .map(|reason| {
                let mut found = back.remove(reason.slug.as_str()).unwrap_or_default();
                found.sort_unstable();
                let label = found.first().map_or(set.fallback.as_str(), |(_, label)| label);
                vec![atlas.marked("reason", &reason.slug), code(label)]
            })
            .collect();
        page.section(
            "back",
            "From reasons to its labels",
            vec![Block::table(&["Reason", "Label"], rows)],
        );
        for cited in atlas.cite(&set.sources, &name) {
            if !page.sources.contains(&cited) {
                page.sources.push(cited);
            }
        }
    }
    for label in labels {
        for cited in atlas.cite(&label.sources, &name) {
            if !page.sources.contains(&cited) {
                page.sources.push(cited);
            }
        }
    }
    page
}

fn portals(atlas: &mut Atlas<'_>) -> Page {
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:portals"),
        "Portals where you see how providers see your mail",
        text("What each shows, whom it is for, and which have closed."),
    );
    page.crumbs = atlas.way(&["page:home"]);
    let mut operators: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for entry in &atlas.catalogue.portals {
        let mut facts = vec![
            ("Where".to_owned(), url(&entry.url)),
            ("Covers".into(), atlas.prose(&entry.covers)),
            ("For".into(), atlas.prose(&entry.r#for)),
        ];
        facts.extend(
            entry
                .until
                .iter()
                .map(|until| ("Worked until".to_owned(), text(until.as_str()))),
        );
        operators.entry(entry.operator.as_str()).or_default().push(Item {
            id: entry.slug.to_string(),
            title: text(entry.name.as_str()),
            blocks: vec![Block::Facts(facts)],
        });
        for cited in atlas.cite(&entry.sources, &format!("portal:{}", entry.slug.as_str())) {
            if !page.sources.contains(&cited) {
                page.sources.push(cited);
            }
        }
    }
    for (number, (operator, items)) in operators.into_iter().enumerate() {
        page.section(&format!("operator-{}", number + 1), operator, vec![Block::Items(items)]);
    }
    page.edit = atlas
        .catalogue
        .portals
        .first()
        .map(|entry| atlas.file(entry))
        .unwrap_or_default();
    page
}
