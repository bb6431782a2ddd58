//! Pages of actions: what to do with the message, with the address, and about the cause.

use smtp_codes_catalog::source::{Action, Entry};

use super::atlas::Atlas;
use super::page::{Block, Card, Kind, Page};
use super::rich::{Rich, Span, join, text};

/// The axes: as the catalogue calls them, as people read them, and the list of their marks.
const AXES: &[(&str, &str, &str)] = &[
    (
        "delivery",
        "This message",
        "What to do with the message that was refused.",
    ),
    (
        "address",
        "The address",
        "What to do with the recipient's address on your list.",
    ),
    ("remedy", "The cause", "What to mend, so that it does not happen again."),
];

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let mut index = Page::new(
        Kind::Index,
        atlas.at("page:actions"),
        "What to do about a bounce: the actions",
        text("Advice has three axes, because one word cannot say what to do: the message, the address, and the cause."),
    );
    index.crumbs = atlas.way(&["page:home"]);
    let catalogue = atlas.catalogue;
    for (axis, title, lead) in AXES {
        let mut cards = Vec::new();
        for entry in catalogue.actions.iter().filter(|entry| entry.axis.as_str() == *axis) {
            pages.push(action(atlas, entry, title));
            cards.push(Card {
                to: atlas.at(&format!("action:{}", entry.slug.as_str())),
                body: atlas.prose(&entry.summary),
                mark: String::new(),
            });
        }
        index.section(axis, *title, vec![Block::Text(text(*lead)), Block::Cards(cards)]);
    }
    pages.push(index);
}

fn action(atlas: &mut Atlas<'_>, entry: &Entry<Action>, axis: &str) -> Page {
    let slug = entry.slug.as_str();
    let name = format!("action:{slug}");
    let mut page = Page::new(
        Kind::Action,
        atlas.at(&name),
        format!("{}: what to do, step by step", entry.title.as_str()),
        atlas.prose(&entry.summary),
    );
    page.crumbs = atlas.way(&["page:home", "page:actions"]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/action/{slug}.json");
    page.keywords = vec![slug.to_owned()];
    let steps = entry
        .steps
        .iter()
        .flat_map(|steps| steps.iter())
        .map(|step| atlas.prose(step))
        .collect();
    let mut more = vec![("About".to_owned(), text(axis))];
    if let Some(guide) = atlas.place(&format!("guide:{slug}")) {
        more.push((
            "In full".into(),
            vec![
                Span::Text("The guide ".into()),
                Span::Link(guide.name.clone(), super::rich::Target::Page(guide.clone())),
            ],
        ));
    }
    page.section("steps", "Step by step", vec![Block::Steps(steps), Block::Facts(more)]);
    let mut rows: Vec<Vec<Rich>> = Vec::new();
    for reason in &atlas.catalogue.reasons {
        let advised: Vec<Rich> = [("a 4yz reply", &reason.transient), ("a 5yz reply", &reason.permanent)]
            .into_iter()
            .filter(|(_, advice)| {
                advice.delivery.as_str() == slug
                    || advice.address.as_str() == slug
                    || advice.remedies.iter().any(|remedy| remedy.as_str() == slug)
            })
            .map(|(class, _)| text(class))
            .collect();
        if !advised.is_empty() {
            rows.push(vec![atlas.marked("reason", &reason.slug), join(advised, " and ")]);
        }
    }
    page.section(
        "reasons",
        "Advised for",
        vec![Block::table(&["Reason", "In answer to"], rows)],
    );
    let special: Vec<Rich> = atlas
        .catalogue
        .variants
        .iter()
        .filter(|variant| {
            let advice = variant.advice();
            let single = [advice.delivery, advice.address]
                .into_iter()
                .flatten()
                .any(|value| value.as_str() == slug);
            single
                || advice
                    .remedies
                    .is_some_and(|list| list.first().is_some_and(|remedy| remedy.as_str() == slug))
        })
        .take(60)
        .map(|variant| {
            let mut line = atlas.link(&format!("provider:{}", variant.provider));
            line.push(Span::Text(": ".into()));
            line.extend(atlas.link(&format!("variant:{}", variant.name())));
            line
        })
        .collect();
    page.section(
        "providers",
        "Where a provider's reply asks for it",
        vec![Block::Links(special)],
    );
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(
            atlas.said(&[name.clone(), format!("{}:{slug}", entry.axis.as_str())]),
        )],
    );
    page.sources = atlas.cite(&entry.sources, &name);
    page
}
