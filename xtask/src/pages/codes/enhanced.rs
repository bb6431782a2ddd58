//! The pages of enhanced codes and of their families.

use super::{advise, digit_title, wire};

use smtp_codes_catalog::source::{Enhanced, Entry};

use crate::pages::atlas::Atlas;
use crate::pages::codes_of;
use crate::pages::common::{self, Index};
use crate::pages::figures::{self, Part};
use crate::pages::page::{Block, Kind, Page};
use crate::pages::rich::{Rich, Span, join, text};

fn enhanced_figure(atlas: &Atlas<'_>, form: &str, title: &str) -> Block {
    let one = codes_of::first(form);
    let numbers: Vec<&str> = one.split('.').collect();
    let number = |at: usize| (*numbers.get(at).unwrap_or(&"")).to_owned();
    let parts = [
        Part {
            digits: number(0),
            what: "class",
            means: digit_title(atlas, "class", &number(0)),
        },
        Part {
            digits: number(1),
            what: "subject",
            means: digit_title(atlas, "subject", &number(1)),
        },
        Part {
            digits: number(2),
            what: "detail",
            means: title.to_owned(),
        },
    ];
    Block::Figure(figures::digits(one, &parts, "."))
}

pub(super) fn page(atlas: &mut Atlas<'_>, index: &Index, entry: &Entry<Enhanced>, form: &str) -> Page {
    let name = format!("code:{form}");
    let family = format!("enhanced:{}", entry.code.as_str());
    let own = match form.as_bytes().first() {
        Some(b'4') => entry.transient.as_ref(),
        Some(b'5') => entry.permanent.as_ref(),
        _ => None,
    };
    let summary = own.and_then(|own| own.summary.as_ref()).unwrap_or(&entry.summary);
    let mut page = Page::new(
        Kind::Enhanced,
        atlas.at(&name),
        format!("SMTP status {form}: {}", entry.title.as_str()),
        atlas.prose(summary),
    );
    page.code = form.to_owned();
    page.heading = entry.title.to_string();
    page.crumbs = atlas.way(&["page:home", "page:codes"]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/enhanced/{form}.json");
    page.command = format!("smtp-codes explain {}", codes_of::first(form));
    page.answer = Some(common::bare(atlas, codes_of::first(form)));
    let mut facts = vec![("Standing".to_owned(), atlas.marked("standing", &entry.standing))];
    facts.extend(
        entry
            .reference
            .iter()
            .map(|reference| ("Defined in".to_owned(), atlas.prose(reference))),
    );
    if let Some(basic) = &entry.basic {
        facts.push(("Goes with".into(), atlas.codes(basic.iter())));
    } else if entry.any_basic.as_ref().is_some_and(|flag| **flag) {
        facts.push(("Goes with".into(), text("any basic code of its class")));
    }
    if let Some(classes) = entry
        .classes
        .as_ref()
        .filter(|list| !list.iter().any(|class| form.starts_with(class.as_str())))
    {
        let meant = join(
            classes.iter().map(|class| text(format!("{}.x.x", class.as_str()))),
            " and ",
        );
        let mut words = text("only as ");
        words.extend(meant);
        words.push(Span::Text("; servers send it in this class all the same".into()));
        facts.push(("Meant".into(), words));
    }
    let siblings: Vec<Rich> = codes_of::concrete(entry)
        .iter()
        .filter(|other| other.as_str() != form)
        .map(|other| atlas.code(other))
        .collect();
    if !siblings.is_empty() {
        facts.push(("In another class".into(), join(siblings, ", ")));
    }
    let subject = form.split('.').nth(1).unwrap_or_default();
    facts.push(("Family".into(), atlas.code(&format!("x.{subject}.x"))));
    if entry.catch_all.as_ref().is_some_and(|flag| **flag) {
        facts.push((
            "By itself".into(),
            text("It says almost nothing: the words of the reply decide."),
        ));
    }
    let mut blocks = vec![enhanced_figure(atlas, form, &entry.title), Block::Facts(facts)];
    blocks.extend(entry.notes.iter().map(|notes| Block::Text(atlas.prose(notes))));
    let cases: Vec<usize> = codes_of::singles(form)
        .iter()
        .filter_map(|single| index.enhanced.get(single))
        .flatten()
        .copied()
        .collect();
    wire(atlas, &mut page, &cases);
    page.section("meaning", format!("What {form} says"), blocks);
    page.section(
        "reasons",
        format!("What {form} turns out to mean"),
        common::spread(atlas, &cases),
    );
    advise(atlas, &mut page);
    let pairs = atlas
        .catalogue
        .pairs
        .iter()
        .filter(|pair| pair.enhanced.as_str() == form);
    let rows: Vec<Vec<Rich>> = pairs
        .map(|pair| {
            vec![
                atlas.code(&format!("{} {form}", pair.basic.as_str())),
                atlas.prose(&pair.title),
            ]
        })
        .collect();
    page.section(
        "with",
        "Together with a basic code",
        vec![Block::table(&["Code", "Says"], rows)],
    );
    page.section(
        "providers",
        "At providers",
        common::variant_table(common::variants_of(atlas, &cases), 15),
    );
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(&[family.clone(), format!("enhanced:{form}")]))],
    );
    page.sources = atlas.cite(&entry.sources, &family);
    page
}

pub(super) fn families(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let mut rows = Vec::new();
    for entry in &atlas.catalogue.families {
        let form = entry.code.as_str();
        let name = format!("family:{form}");
        let mut page = Page::new(
            Kind::Family,
            atlas.at(&name),
            format!("SMTP status {form}: {}", entry.title.as_str()),
            atlas.prose(&entry.summary),
        );
        page.code = form.to_owned();
        page.heading = entry.title.to_string();
        page.crumbs = atlas.way(&["page:home", "page:codes", "page:families"]);
        page.entry = name.clone();
        page.edit = atlas.file(entry);
        page.json = format!("api/v1/family/{form}.json");
        let subject = form.split('.').nth(1).unwrap_or_default();
        let mut facts = Vec::new();
        facts.extend(
            entry
                .reason
                .as_ref()
                .map(|reason| ("Best guess".to_owned(), atlas.marked("reason", reason))),
        );
        if let Some(except) = &entry.except {
            facts.push(("Does not speak for".into(), atlas.codes(except.iter())));
        }
        page.section(
            "meaning",
            "What the family says",
            vec![
                Block::Text(text(
                    "It speaks for codes of this subject that have no entry of their own.",
                )),
                Block::Facts(facts),
            ],
        );
        let members: Vec<_> = atlas
            .catalogue
            .enhanced
            .iter()
            .filter(|other| other.code.split('.').nth(1) == Some(subject))
            .collect();
        let member_rows = members.iter().map(|other| {
            vec![
                join(codes_of::concrete(other).iter().map(|code| atlas.code(code)), " "),
                atlas.prose(&other.title),
                atlas.marked("standing", &other.standing),
            ]
        });
        page.section(
            "codes",
            "Its codes",
            vec![Block::table(&["Code", "Says", "Standing"], member_rows)],
        );
        page.section(
            "claims",
            "Often said, and wrong",
            vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
        );
        page.sources = atlas.cite(&entry.sources, &name);
        rows.push(vec![
            atlas.code(form),
            atlas.prose(&entry.title),
            text(format!("{} codes", members.len())),
        ]);
        pages.push(page);
    }
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:families"),
        "Families of enhanced status codes",
        text(
            "The second number of an enhanced code says what it is about. Where a code has no entry of its own, its family speaks.",
        ),
    );
    page.crumbs = atlas.way(&["page:home", "page:codes"]);
    page.section(
        "families",
        "The subjects",
        vec![Block::table(&["Family", "About", "Known"], rows)],
    );
    pages.push(page);
}
