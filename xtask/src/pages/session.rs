//! Pages of the SMTP session, step by step.

use smtp_codes_catalog::source::{Entry, List, Step};

use super::atlas::Atlas;
use super::common;
use super::figures::{self, Exchange};
use super::page::{Block, Kind, Page};
use super::rich::{Rich, code, join, text};

/// Steps of a plain session that goes well, in their order.
const PLAIN: &[&str] = &[
    "greeting",
    "ehlo",
    "starttls",
    "auth",
    "mail",
    "rcpt",
    "data",
    "end-of-data",
    "quit",
];

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let mut steps: Vec<&Entry<Step>> = atlas.catalogue.steps.iter().collect();
    steps.sort_by_key(|step| *step.order.get());
    for (index, entry) in steps.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| steps.get(index)).copied();
        pages.push(step(atlas, entry, before, steps.get(index + 1).copied()));
    }
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:session"),
        "The SMTP session, step by step, with the codes of each",
        text("What the client sends, what the server may answer, and what each answer means at that point."),
    );
    page.crumbs = atlas.way(&["page:home"]);
    let exchanges: Vec<Exchange> = PLAIN
        .iter()
        .filter_map(|slug| steps.iter().find(|step| step.slug.as_str() == *slug))
        .map(|step| {
            let server = step
                .intermediate
                .as_ref()
                .and_then(|list| list.first())
                .filter(|_| step.slug.as_str() == "data")
                .or_else(|| step.success.first());
            let client = step
                .commands
                .first()
                .filter(|command| !matches!(command.as_str(), "CONNECT"))
                .map(|command| match command.as_str() {
                    "DATA-END" => "message, then a single dot".to_owned(),
                    "MAIL" => "MAIL FROM:<sender>".to_owned(),
                    "RCPT" => "RCPT TO:<recipient>".to_owned(),
                    other => other.to_owned(),
                });
            Exchange {
                title: step.title.to_string(),
                client: client.unwrap_or_default(),
                server: server.map(|code| code.to_string()).unwrap_or_default(),
            }
        })
        .collect();
    page.section(
        "sequence",
        "A session that goes well",
        vec![Block::Figure(figures::session(&exchanges))],
    );
    let rows = steps.iter().map(|step| {
        vec![
            atlas.link(&format!("step:{}", step.slug.as_str())),
            atlas.codes(
                step.success
                    .iter()
                    .chain(step.intermediate.iter().flat_map(|list| list.iter())),
            ),
            atlas.codes(step.failure.iter()),
        ]
    });
    page.section(
        "steps",
        "The steps",
        vec![Block::table(&["Step", "Goes well", "Fails"], rows)],
    );
    pages.push(page);
}

fn table(atlas: &Atlas<'_>, codes: &List) -> Block {
    let rows = codes.iter().map(|code| {
        let title = atlas
            .catalogue
            .basics
            .iter()
            .find(|basic| basic.code.as_str() == code.as_str())
            .map_or("", |basic| basic.title.as_str());
        vec![atlas.code(code), text(title)]
    });
    Block::table(&["Code", "Says"], rows)
}

fn step(atlas: &mut Atlas<'_>, entry: &Entry<Step>, before: Option<&Entry<Step>>, after: Option<&Entry<Step>>) -> Page {
    let slug = entry.slug.as_str();
    let name = format!("step:{slug}");
    let mut page = Page::new(
        Kind::Session,
        atlas.at(&name),
        format!("{} in SMTP: what may be answered", entry.title.as_str()),
        atlas.prose(&entry.summary),
    );
    page.crumbs = atlas.way(&["page:home", "page:session"]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/step/{slug}.json");
    let mut facts = vec![
        (
            "Commands".to_owned(),
            join(entry.commands.iter().map(|command| code(command.as_str())), ", "),
        ),
        ("The client sends".into(), atlas.prose(&entry.client)),
    ];
    for (label, step) in [("Before it", before), ("After it", after)] {
        facts.extend(step.map(|step| (label.to_owned(), atlas.link(&format!("step:{}", step.slug.as_str())))));
    }
    let notes = entry.notes.iter().map(|notes| Block::Text(atlas.prose(notes)));
    page.section(
        "step",
        "What happens",
        [Block::Facts(facts)].into_iter().chain(notes).collect(),
    );
    page.section("success", "It goes well", vec![table(atlas, &entry.success)]);
    if let Some(intermediate) = &entry.intermediate {
        page.section(
            "intermediate",
            "The server waits for more",
            vec![table(atlas, intermediate)],
        );
    }
    page.section("failure", "It fails", vec![table(atlas, &entry.failure)]);
    let commands: Vec<&str> = entry.commands.iter().map(|command| command.as_str()).collect();
    let cases: Vec<usize> = atlas
        .cases
        .iter()
        .enumerate()
        .filter(|(_, case)| {
            case.vector
                .command
                .is_some_and(|command| commands.contains(&command.slug()))
        })
        .map(|(number, _)| number)
        .collect();
    let examples = atlas.examples(common::varied(atlas, &cases, 4));
    page.section("replies", "On the wire", vec![Block::Examples(examples)]);
    let variants: Vec<Rich> = atlas
        .catalogue
        .variants
        .iter()
        .filter(|variant| {
            variant
                .command
                .as_ref()
                .is_some_and(|command| commands.contains(&command.as_str()))
        })
        .map(|variant| {
            join(
                [
                    atlas.link(&format!("provider:{}", variant.provider)),
                    atlas.link(&format!("variant:{}", variant.name())),
                ],
                ": ",
            )
        })
        .collect();
    page.section(
        "providers",
        "Replies of providers at this step",
        vec![Block::Links(variants)],
    );
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
    );
    page.sources = atlas.cite(&entry.sources, &name);
    page
}
