//! The page of a basic code.

use super::{advise, close, digit_title, wire};

use smtp_codes_catalog::source::{Basic, Entry};

use crate::pages::atlas::Atlas;
use crate::pages::codes_of;
use crate::pages::common::{self, Index};
use crate::pages::figures::{self, Part};
use crate::pages::page::{Block, Kind, Page};
use crate::pages::rich::{Rich, join, text};

fn basic_figure(atlas: &Atlas<'_>, entry: &Basic) -> Block {
    let form = codes_of::first(&entry.code);
    let digit = |at: usize| form.get(at..=at).unwrap_or_default().to_owned();
    let parts = [
        Part {
            digits: digit(0),
            what: "first digit",
            means: digit_title(atlas, "first", &digit(0)),
        },
        Part {
            digits: digit(1),
            what: "second digit",
            means: digit_title(atlas, "second", &digit(1)),
        },
        Part {
            digits: digit(2),
            what: "third digit",
            means: "which one of these".into(),
        },
    ];
    Block::Figure(figures::digits(form, &parts, ""))
}

pub(super) fn page(atlas: &mut Atlas<'_>, index: &Index, entry: &Entry<Basic>) -> Page {
    let form = entry.code.as_str();
    let name = format!("basic:{form}");
    let what = if entry.standing.as_str() == "not-smtp" {
        "is no SMTP reply"
    } else {
        "SMTP reply code"
    };
    let title = if what.starts_with("is") {
        format!("{form} {what}: {}", entry.title.as_str())
    } else {
        format!("{what} {form}: {}", entry.title.as_str())
    };
    let mut page = Page::new(Kind::Basic, atlas.at(&name), title, atlas.prose(&entry.summary));
    page.code = form.to_owned();
    page.heading = entry.title.to_string();
    page.crumbs = atlas.way(&["page:home", "page:codes"]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/basic/{form}.json");
    page.command = format!("smtp-codes explain {}", codes_of::first(form));
    page.answer = Some(common::bare(atlas, codes_of::first(form)));
    page.keywords = entry.reads_as.iter().map(|reads| reads.to_string()).collect();
    let mut facts = vec![("Standing".to_owned(), atlas.marked("standing", &entry.standing))];
    if let Some(reads) = &entry.reads_as {
        let parts: Vec<Rich> = reads.split_whitespace().map(|code| atlas.code(code)).collect();
        facts.push(("Reads as".into(), join(parts, " ")));
    }
    if let Some(answers) = &entry.answers {
        facts.push((
            "Answers".into(),
            join(answers.iter().map(|command| text(common::command_name(command))), ", "),
        ));
    }
    if let Some(steps) = &entry.steps {
        facts.push((
            "In the session".into(),
            join(
                steps.iter().map(|step| atlas.link(&format!("step:{}", step.as_str()))),
                ", ",
            ),
        ));
    }
    for (label, value) in [
        ("Defined in", &entry.reference),
        ("Before that", &entry.history),
        ("Spread", &entry.spread),
    ] {
        facts.extend(value.iter().map(|value| (label.to_owned(), atlas.prose(value))));
    }
    if let Some(seen) = &entry.seen_in {
        facts.push((
            "Seen in".into(),
            join(seen.iter().map(|place| text(place.as_str())), ", "),
        ));
    }
    let notes = entry
        .notes
        .iter()
        .map(|notes| Block::Text(atlas.prose(notes)))
        .collect::<Vec<_>>();
    let none = Vec::new();
    let cases = index.basic.get(form).unwrap_or(&none);
    wire(atlas, &mut page, cases);
    page.section(
        "meaning",
        format!("What {form} says"),
        [vec![basic_figure(atlas, entry), Block::Facts(facts)], notes].concat(),
    );
    page.section(
        "reasons",
        format!("What {form} turns out to mean"),
        common::spread(atlas, cases),
    );
    advise(atlas, &mut page);
    let mut rows = Vec::new();
    for pair in atlas.catalogue.pairs.iter().filter(|pair| pair.basic.as_str() == form) {
        rows.push(vec![
            atlas.code(&format!("{form} {}", pair.enhanced.as_str())),
            atlas.prose(&pair.title),
            pair.reason
                .as_ref()
                .map(|reason| atlas.marked("reason", reason))
                .unwrap_or_default(),
        ]);
    }
    let associated = atlas.catalogue.enhanced.iter().filter(|other| {
        other
            .basic
            .as_ref()
            .is_some_and(|list| list.iter().any(|basic| basic.as_str() == form))
    });
    for other in associated {
        let concrete = codes_of::concrete(other)
            .into_iter()
            .find(|code| code.starts_with(&form[..1]));
        if let Some(concrete) = concrete.filter(|concrete| {
            !atlas
                .catalogue
                .pairs
                .iter()
                .any(|pair| pair.basic.as_str() == form && pair.enhanced.as_str() == concrete)
        }) {
            rows.push(vec![
                atlas.code(&concrete),
                atlas.prose(&other.title),
                other
                    .reason
                    .as_ref()
                    .map(|reason| atlas.marked("reason", reason))
                    .unwrap_or_default(),
            ]);
        }
    }
    page.section(
        "with",
        "Together with an enhanced code",
        vec![Block::table(&["Code", "Says", "Reason"], rows)],
    );
    close(atlas, &mut page, cases, &name);
    page.sources = atlas.cite(&entry.sources, &name);
    page
}
