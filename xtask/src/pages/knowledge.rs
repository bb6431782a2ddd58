//! Pages of guides and of claims.

use super::atlas::Atlas;
use super::common;
use super::page::{Block, Card, Kind, Page};
use super::places::sentence;
use super::rich::{Rich, Span, join, text};

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    guides(atlas, pages);
    claims(atlas, pages);
}

fn guides(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let mut guides: Vec<_> = atlas.catalogue.guides.iter().collect();
    guides.sort_by_key(|guide| (*guide.order.get(), guide.slug.as_str()));
    let mut cards = Vec::new();
    for entry in guides {
        let slug = entry.slug.as_str();
        let name = format!("guide:{slug}");
        let mut page = Page::new(
            Kind::Guide,
            atlas.at(&name),
            entry.title.as_str(),
            atlas.prose(&entry.summary),
        );
        page.crumbs = atlas.way(&["page:home", "page:guides"]);
        page.entry = name.clone();
        page.edit = atlas.file(entry);
        page.json = format!("api/v1/guide/{slug}.json");
        page.section("guide", "", vec![Block::Markdown(entry.body.to_string())]);
        let facts = entry
            .audience
            .iter()
            .map(|audience| ("For".to_owned(), text(audience.as_str())))
            .collect();
        page.section("facts", "About this guide", vec![Block::Facts(facts)]);
        page.section(
            "claims",
            "Often said, and wrong",
            vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
        );
        page.sources = atlas.cite(&entry.sources, &name);
        cards.push(Card {
            to: page.place.clone(),
            body: atlas.prose(&entry.summary),
            mark: String::new(),
        });
        pages.push(page);
    }
    let mut index = Page::new(
        Kind::Index,
        atlas.at("page:guides"),
        "Guides: read a bounce, fix the cause",
        text("How to read what a server says, and how to mend what it says is wrong."),
    );
    index.crumbs = atlas.way(&["page:home"]);
    index.section("guides", "All guides", vec![Block::Cards(cards)]);
    pages.push(index);
}

/// What a claim is about, as a link.
fn concern(atlas: &Atlas<'_>, reference: &str) -> Rich {
    let found = atlas.place(reference).or_else(|| {
        let (kind, rest) = reference.split_once(':')?;
        match kind {
            "enhanced" => atlas.place(&format!("code:{rest}")),
            "delivery" | "address" | "remedy" => atlas.place(&format!("action:{rest}")),
            _ => None,
        }
    });
    match found {
        Some(place) => vec![Span::Link(place.name.clone(), super::rich::Target::Page(place.clone()))],
        None => text(reference),
    }
}

fn claims(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let catalogue = atlas.catalogue;
    let index = common::Index::new(atlas);
    let mut all = Vec::new();
    for entry in &catalogue.claims {
        let name = format!("claim:{}", entry.slug.as_str());
        let mut page = Page::new(
            Kind::Claim,
            atlas.at(&name),
            format!("\u{201c}{}\u{201d}: is it so?", entry.said.as_str()),
            atlas.prose(&entry.right),
        );
        page.heading = format!("\u{201c}{}\u{201d}", entry.said.as_str());
        page.crumbs = atlas.way(&["page:home", "page:claims"]);
        page.entry = name.clone();
        page.edit = atlas.file(entry);
        page.json = format!("api/v1/claim/{}.json", entry.slug.as_str());
        let said = atlas.said_of(entry);
        let about = join(entry.concerns.iter().map(|reference| concern(atlas, reference)), ", ");
        page.section(
            "verdict",
            "What is wrong with it",
            vec![Block::Facts(vec![
                ("Verdict".into(), vec![Span::Strong(sentence(&said.verdict))]),
                ("It is about".into(), about),
            ])],
        );
        // A code's own replies show better than words what it means.
        for reference in entry.concerns.iter().take(2) {
            let (cases, code) = match reference.split_once(':') {
                Some(("basic", code)) => (index.basic.get(code), code),
                Some(("pair", code)) => (index.pair.get(code), code),
                _ => (None, ""),
            };
            let blocks = cases.map(|cases| common::spread(atlas, cases)).unwrap_or_default();
            let id = format!("spread-{}", code.replace([' ', '.'], "-"));
            page.section(&id, format!("What {code} turns out to mean"), blocks);
        }
        page.sources = atlas.cite(&entry.sources, &name);
        all.push(said);
        pages.push(page);
    }
    all.sort_by_key(|said| super::rich::plain(&said.said).to_lowercase());
    let mut index = Page::new(
        Kind::Index,
        atlas.at("page:claims"),
        "Often said about bounces, and wrong",
        text(format!(
            "{} things that articles and tools repeat, with what the standards and the vendors say against them.",
            all.len()
        )),
    );
    index.crumbs = atlas.way(&["page:home"]);
    index.section("claims", "All of them", vec![Block::Claims(all)]);
    pages.push(index);
}
