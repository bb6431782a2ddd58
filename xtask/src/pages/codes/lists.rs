//! The pages that list codes: by digit, and all.

use super::digit_title;
use std::collections::BTreeMap;

use crate::pages::atlas::Atlas;
use crate::pages::codes_of;
use crate::pages::figures::{self, Part};
use crate::pages::page::{Block, Item, Kind, Page};
use crate::pages::rich::{Rich, Span, join, text};

pub(super) fn digits(atlas: &mut Atlas<'_>) -> Page {
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:digits"),
        "The digits of an SMTP code, taken apart",
        text("A basic code is three digits, an enhanced code three numbers. Each of them says something by itself."),
    );
    page.crumbs = atlas.way(&["page:home", "page:codes"]);
    let parts = [
        Part {
            digits: "5".into(),
            what: "first digit",
            means: digit_title(atlas, "first", "5"),
        },
        Part {
            digits: "5".into(),
            what: "second digit",
            means: digit_title(atlas, "second", "5"),
        },
        Part {
            digits: "0".into(),
            what: "third digit",
            means: "which one of these".into(),
        },
    ];
    let classes = [
        Part {
            digits: "5".into(),
            what: "class",
            means: digit_title(atlas, "class", "5"),
        },
        Part {
            digits: "7".into(),
            what: "subject",
            means: digit_title(atlas, "subject", "7"),
        },
        Part {
            digits: "26".into(),
            what: "detail",
            means: "which one of these".into(),
        },
    ];
    page.section(
        "apart",
        "Taken apart",
        vec![
            Block::Figure(figures::digits("550", &parts, "")),
            Block::Figure(figures::digits("5.7.26", &classes, ".")),
        ],
    );
    for (place, title) in [
        ("first", "First digit"),
        ("second", "Second digit"),
        ("class", "Class"),
        ("subject", "Subject"),
    ] {
        let mut items = Vec::new();
        for entry in atlas
            .catalogue
            .digits
            .iter()
            .filter(|entry| entry.place.as_str() == place)
        {
            let mut blocks = vec![Block::Text(atlas.prose(&entry.summary))];
            blocks.extend(
                entry
                    .who
                    .iter()
                    .map(|who| Block::Facts(vec![("In control".into(), atlas.prose(who))])),
            );
            blocks.extend(entry.note.iter().map(|note| Block::Text(atlas.prose(note))));
            let name = format!("digit:{place}/{}", entry.digit.as_str());
            for cited in atlas.cite(&entry.sources, &name) {
                if !page.sources.contains(&cited) {
                    page.sources.push(cited);
                }
            }
            items.push(Item {
                id: format!("{place}-{}", entry.digit.as_str()),
                title: vec![
                    Span::Code(entry.digit.to_string()),
                    Span::Text(format!(" {}", entry.title.as_str())),
                ],
                blocks,
            });
        }
        page.section(place, title, vec![Block::Items(items)]);
    }
    page.edit = atlas
        .catalogue
        .digits
        .first()
        .map(|entry| atlas.file(entry))
        .unwrap_or_default();
    page
}

/// The index that works without any script.
pub(super) fn all_codes(atlas: &Atlas<'_>) -> Page {
    let catalogue = atlas.catalogue;
    let lead = text(format!(
        "{} basic codes and {} entries of enhanced codes, by number. Every one has a page.",
        catalogue.basics.len(),
        catalogue.enhanced.len()
    ));
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:codes"),
        "All SMTP reply codes and enhanced status codes",
        lead,
    );
    page.crumbs = atlas.way(&["page:home"]);
    page.json = "api/v1/codes.json".into();
    page.section("jump", "Go to a code", vec![Block::CodeJump]);
    let see = join(
        ["page:digits", "page:families", "page:pairs"].map(|name| atlas.link(name)),
        " · ",
    );
    page.section("see", "Other ways in", vec![Block::Text(see)]);
    let mut basics: Vec<_> = catalogue.basics.iter().collect();
    basics.sort_by(|a, b| a.code.as_str().cmp(b.code.as_str()));
    let mut by_digit: BTreeMap<String, Vec<Vec<Rich>>> = BTreeMap::new();
    for entry in basics {
        let class = if entry.standing.as_str() == "not-smtp" {
            "not".to_owned()
        } else {
            entry.code[..1].to_owned()
        };
        by_digit.entry(class).or_default().push(vec![
            atlas.code(&entry.code),
            atlas.prose(&entry.title),
            atlas.marked("standing", &entry.standing),
        ]);
    }
    let not = by_digit.remove("not").unwrap_or_default();
    for (digit, rows) in by_digit {
        let title = format!("{digit}xx: {}", digit_title(atlas, "first", &digit));
        page.section(
            &format!("basic-{digit}"),
            title,
            vec![Block::table(&["Code", "Says", "Standing"], rows)],
        );
    }
    page.section(
        "not-smtp",
        "Numbers that are not SMTP",
        vec![Block::table(&["Number", "Is", "Standing"], not)],
    );
    let mut by_subject: BTreeMap<u16, Vec<(u16, Vec<Rich>)>> = BTreeMap::new();
    for entry in &catalogue.enhanced {
        let form = codes_of::first(&entry.code);
        let mut numbers = form.split('.').skip(1).filter_map(|number| number.parse::<u16>().ok());
        let (Some(subject), Some(detail)) = (numbers.next(), numbers.next()) else {
            continue;
        };
        let codes = join(codes_of::concrete(entry).iter().map(|code| atlas.code(code)), " ");
        by_subject.entry(subject).or_default().push((
            detail,
            vec![
                codes,
                atlas.prose(&entry.title),
                atlas.marked("standing", &entry.standing),
            ],
        ));
    }
    for (subject, mut rows) in by_subject {
        rows.sort_by_key(|(detail, _)| *detail);
        let title = format!("x.{subject}.x: {}", digit_title(atlas, "subject", &subject.to_string()));
        page.section(
            &format!("enhanced-{subject}"),
            title,
            vec![Block::table(
                &["Code", "Says", "Standing"],
                rows.into_iter().map(|(_, row)| row),
            )],
        );
    }
    page
}
