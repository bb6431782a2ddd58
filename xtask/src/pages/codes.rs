//! Pages of codes: basic, enhanced, pairs, families, digits, and the index of all.

use std::collections::BTreeMap;

use smtp_codes_catalog::source::{Basic, Enhanced, Entry, Pair};

use super::atlas::Atlas;
use super::codes_of;
use super::common::{self, Index, Roles};
use super::figures::{self, Part};
use super::page::{Block, Item, Kind, Page};
use super::places::sentence;
use super::rich::{Rich, Span, code, join, text};

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let index = Index::new(atlas);
    let catalogue = atlas.catalogue;
    for entry in &catalogue.basics {
        pages.push(basic(atlas, &index, entry));
    }
    for entry in &catalogue.enhanced {
        for form in codes_of::concrete(entry) {
            pages.push(enhanced(atlas, &index, entry, &form));
        }
    }
    for entry in &catalogue.pairs {
        pages.push(pair(atlas, &index, entry));
    }
    families(atlas, pages);
    pages.push(digits(atlas));
    pages.push(all_codes(atlas));
    pages.push(all_pairs(atlas));
}

/// What a digit of a code says.
fn digit_title(atlas: &Atlas<'_>, place: &str, digit: &str) -> String {
    let found = atlas
        .catalogue
        .digits
        .iter()
        .find(|entry| entry.place.as_str() == place && entry.digit.as_str() == digit);
    found.map_or_else(|| "not defined".to_owned(), |entry| entry.title.to_string())
}

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

/// What the code looks like on the wire, with what the engine makes of it.
fn wire(atlas: &Atlas<'_>, page: &mut Page, cases: &[usize]) {
    page.section(
        "wire",
        "On the wire",
        vec![Block::Examples(atlas.examples(common::varied(atlas, cases, 4)))],
    );
}

/// What to do about the bare code, and when.
fn advise(atlas: &Atlas<'_>, page: &mut Page) {
    let Some(answer) = page.answer.clone() else { return };
    let class = page.code.bytes().next();
    page.section(
        "do",
        "Do this",
        common::do_this(atlas, &answer.outcome, Roles::default()),
    );
    page.section("when", common::WHEN, common::when(atlas, &answer.outcome, class));
}

fn basic(atlas: &mut Atlas<'_>, index: &Index, entry: &Entry<Basic>) -> Page {
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
    page.section(
        "providers",
        "At providers",
        common::variant_table(common::variants_of(atlas, cases), 15),
    );
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
    );
    page.sources = atlas.cite(&entry.sources, &name);
    page
}

fn enhanced(atlas: &mut Atlas<'_>, index: &Index, entry: &Entry<Enhanced>, form: &str) -> Page {
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

fn pair(atlas: &mut Atlas<'_>, index: &Index, entry: &Entry<Pair>) -> Page {
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
    page.section(
        "providers",
        "At providers",
        common::variant_table(common::variants_of(atlas, cases), 15),
    );
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
    );
    page.sources = atlas.cite(&entry.sources, &name);
    page
}

fn families(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
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

fn digits(atlas: &mut Atlas<'_>) -> Page {
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
fn all_codes(atlas: &Atlas<'_>) -> Page {
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

fn all_pairs(atlas: &Atlas<'_>) -> Page {
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
        rows.sort_by_key(|row| row.first().map(|cell| super::rich::plain(cell)));
        page.section(
            kind,
            sentence(kind),
            vec![Block::table(&["Codes", "Say", "Reason"], rows)],
        );
    }
    page
}
