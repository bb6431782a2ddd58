//! Pages of what to do over time: the decision table, retry schedules and recurrence rules.

use super::atlas::{Atlas, duration};
use super::common;
use super::figures;
use super::page::{Block, Item, Kind, Page, Row};
use super::rich::{Rich, Span, text};

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    schedules(atlas, pages);
    pages.push(recurrence(atlas));
    pages.push(decide(atlas));
}

fn schedules(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let catalogue = atlas.catalogue;
    let mut index = Page::new(
        Kind::Index,
        atlas.at("page:schedules"),
        "Retry schedules for refused mail",
        text(
            "When to try again, how the pauses grow, and when to give up. What the standard asks and what is common stand side by side.",
        ),
    );
    index.crumbs = atlas.way(&["page:home", "page:decide"]);
    let mut rows = Vec::new();
    for entry in &catalogue.schedules {
        let slug = entry.slug.as_str();
        let name = format!("schedule:{slug}");
        let (first, factor, ceiling, give_up) = (
            *entry.first_delay_s.get(),
            *entry.factor.get(),
            *entry.ceiling_s.get(),
            *entry.give_up_s.get(),
        );
        let most = entry.max_tries.as_ref().map_or(0, |most| *most.get());
        let tries = figures::tries(first, factor, ceiling, give_up, most);
        let mut page = Page::new(
            Kind::Policy,
            atlas.at(&name),
            format!("Retry schedule: {}", entry.title.as_str()),
            atlas.prose(&entry.summary),
        );
        page.crumbs = atlas.way(&["page:home", "page:decide", "page:schedules"]);
        page.entry = name.clone();
        page.edit = atlas.file(entry);
        page.json = format!("api/v1/schedule/{slug}.json");
        page.section(
            "timeline",
            "The tries",
            vec![Block::Figure(figures::timeline(&entry.title, &tries, give_up))],
        );
        let mut facts = vec![
            ("First try after".to_owned(), text(duration(first))),
            (
                "Each pause grows to".into(),
                text(format!("{factor}% of the one before")),
            ),
            ("Longest pause".into(), text(duration(ceiling))),
            ("Give up after".into(), text(duration(give_up))),
        ];
        facts.extend((most > 0).then(|| ("Tries at most".to_owned(), text(most.to_string()))));
        facts.extend(
            entry
                .jitter_percent
                .as_ref()
                .map(|percent| ("Spread".to_owned(), text(format!("{}% to either side", percent.get())))),
        );
        page.section("facts", "In numbers", vec![Block::Facts(facts)]);
        let before = entry
            .preconditions
            .iter()
            .flat_map(|list| list.iter())
            .map(|line| atlas.prose(line))
            .collect();
        page.section("before", "Before the first try", vec![Block::List(before)]);
        let used = catalogue.reasons.iter().filter(|reason| {
            [&reason.transient, &reason.permanent]
                .iter()
                .any(|advice| advice.schedule.as_ref().is_some_and(|own| own.as_str() == slug))
        });
        page.section(
            "used",
            "Used for",
            vec![Block::Links(
                used.map(|reason| atlas.marked("reason", &reason.slug)).collect(),
            )],
        );
        page.sources = atlas.cite(&entry.sources, &name);
        rows.push(vec![
            atlas.link(&name),
            text(duration(first)),
            text(duration(ceiling)),
            text(tries.len().to_string()),
            text(duration(give_up)),
        ]);
        index.section(
            slug,
            entry.title.as_str(),
            vec![
                Block::Text(atlas.link_as(&name, Some(&format!("{} in numbers", entry.title.as_str())))),
                Block::Figure(figures::timeline(&entry.title, &tries, give_up)),
            ],
        );
        pages.push(page);
    }
    let table = super::page::Section {
        id: "table".into(),
        title: "Side by side".into(),
        blocks: vec![Block::table(
            &["Schedule", "First try", "Longest pause", "Tries", "Give up"],
            rows,
        )],
    };
    index.sections.insert(0, table);
    pages.push(index);
}

fn recurrence(atlas: &mut Atlas<'_>) -> Page {
    let mut page = Page::new(
        Kind::Policy,
        atlas.at("page:recurrence"),
        "When a repeated bounce becomes a list problem",
        text(
            "One soft bounce says little. The same one again and again says that the address, or the sender, has a problem. These rules count.",
        ),
    );
    page.crumbs = atlas.way(&["page:home", "page:decide"]);
    let mut items = Vec::new();
    for entry in &atlas.catalogue.recurrences {
        let slug = entry.slug.as_str();
        let unit = match entry.unit.as_str() {
            "campaigns" => "distinct campaigns",
            "share-percent" => "percent of the addresses",
            other => other,
        };
        let mut facts: Vec<(String, Rich)> = vec![(
            "Threshold".into(),
            text(format!(
                "{} {unit}, {}",
                entry.count.get(),
                if *entry.consecutive.get() {
                    "without a delivery between them"
                } else {
                    "in all"
                }
            )),
        )];
        facts.push(("Counted over".into(), text(entry.scope.as_str().replace('-', " "))));
        facts.extend(entry.class.iter().map(|class| {
            (
                "Replies".to_owned(),
                text(if class.as_str() == "transient" {
                    "4yz only"
                } else {
                    "5yz only"
                }),
            )
        }));
        if entry.never_delivered.as_ref().is_some_and(|flag| **flag) {
            facts.push(("Only for".into(), text("addresses that never accepted a message")));
        }
        facts.push((
            "Leads to".into(),
            vec![Span::Strong(common::escalation(&entry.escalates_to))],
        ));
        let reasons = if entry.reasons.iter().any(|reason| reason.as_str() == "*") {
            text("every reason")
        } else {
            common::marks(atlas, "reason", entry.reasons.iter().map(|reason| reason.as_str()))
        };
        facts.push(("Reasons".into(), reasons));
        items.push(Item {
            id: slug.to_owned(),
            title: text(entry.title.as_str()),
            blocks: vec![Block::Text(atlas.prose(&entry.summary)), Block::Facts(facts)],
        });
        for cited in atlas.cite(&entry.sources, &format!("recurrence:{slug}")) {
            if !page.sources.contains(&cited) {
                page.sources.push(cited);
            }
        }
    }
    page.section("rules", "The rules", vec![Block::Items(items)]);
    page.edit = atlas
        .catalogue
        .recurrences
        .first()
        .map(|entry| atlas.file(entry))
        .unwrap_or_default();
    page
}

fn decide(atlas: &mut Atlas<'_>) -> Page {
    let mut page = Page::new(
        Kind::Policy,
        atlas.at("page:decide"),
        "Retry or suppress? The decision table for every reason",
        text(
            "Not the digit decides, but the reason. A refusal of the sender never costs an address its place on the list.",
        ),
    );
    page.crumbs = atlas.way(&["page:home"]);
    page.section("flow", "In five questions", vec![Block::Figure(figures::decision())]);
    let mut rows = Vec::new();
    for reason in &atlas.catalogue.reasons {
        for (class, advice) in [("4yz", &reason.transient), ("5yz", &reason.permanent)] {
            let first = class == "4yz";
            let same = !first
                && reason.transient.delivery.as_str() == advice.delivery.as_str()
                && reason.transient.address.as_str() == advice.address.as_str()
                && reason.transient.bounce.as_str() == advice.bounce.as_str();
            if same {
                continue;
            }
            let alike = first
                && reason.permanent.delivery.as_str() == advice.delivery.as_str()
                && reason.permanent.address.as_str() == advice.address.as_str()
                && reason.permanent.bounce.as_str() == advice.bounce.as_str();
            let cells = vec![
                atlas.marked("reason", &reason.slug),
                text(if alike { "either" } else { class }),
                atlas.marked("bounce", &advice.bounce),
                atlas.marked("delivery", &advice.delivery),
                atlas.marked("address", &advice.address),
                advice
                    .remedies
                    .first()
                    .filter(|remedy| remedy.as_str() != "none-needed")
                    .map(|remedy| atlas.marked("remedy", remedy))
                    .unwrap_or_default(),
            ];
            rows.push(Row {
                id: String::new(),
                cells,
            });
        }
    }
    let head = [
        "Reason",
        "Reply",
        "Bounce",
        "This message",
        "The address",
        "First, mend",
    ]
    .map(str::to_owned)
    .to_vec();
    page.section("table", "By reason and class", vec![Block::Table(head, rows)]);
    let mut more = text("How often, and for how long: ");
    more.extend(atlas.link("page:schedules"));
    more.push(Span::Text(". When it counts against the address: ".into()));
    more.extend(atlas.link("page:recurrence"));
    more.push(Span::Text(".".into()));
    page.section("time", "Over time", vec![Block::Text(more)]);
    let claims = atlas.said(&["guide:retry-or-suppress".to_owned()]);
    page.section("claims", "Often said, and wrong", vec![Block::Claims(claims)]);
    page.json = "api/v1/decide.json".into();
    page
}
