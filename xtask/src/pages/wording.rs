//! Pages of wording: phrases that mean the same anywhere, the words of the lexicon, and wrappers.

use std::collections::BTreeMap;

use smtp_codes_catalog::source::{Entry, Phrase};

use super::atlas::{Atlas, command};
use super::codes_of;
use super::common;
use super::page::{Answer, Block, Example, Item, Kind, Page};
use super::places::sentence;
use super::rich::{Rich, Span, Target, code, join, text};

/// Languages by their two letters.
const LANGUAGES: &[(&str, &str)] = &[
    ("en", "English"),
    ("de", "German"),
    ("fr", "French"),
    ("es", "Spanish"),
    ("it", "Italian"),
    ("pt", "Portuguese"),
    ("nl", "Dutch"),
    ("pl", "Polish"),
    ("ru", "Russian"),
    ("uk", "Ukrainian"),
    ("cs", "Czech"),
    ("sk", "Slovak"),
    ("hu", "Hungarian"),
    ("ro", "Romanian"),
    ("sv", "Swedish"),
    ("da", "Danish"),
    ("no", "Norwegian"),
    ("fi", "Finnish"),
    ("tr", "Turkish"),
    ("el", "Greek"),
    ("bg", "Bulgarian"),
    ("zh", "Chinese"),
    ("ja", "Japanese"),
    ("ko", "Korean"),
    ("th", "Thai"),
    ("vi", "Vietnamese"),
    ("ar", "Arabic"),
    ("he", "Hebrew"),
];

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let catalogue = atlas.catalogue;
    let mut by_reason: BTreeMap<&str, Vec<Rich>> = BTreeMap::new();
    for entry in &catalogue.phrases {
        pages.push(phrase(atlas, entry));
        by_reason
            .entry(entry.reason.as_str())
            .or_default()
            .push(atlas.link(&format!("phrase:{}", entry.slug.as_str())));
    }
    let mut index = Page::new(
        Kind::Index,
        atlas.at("page:wording"),
        "Wording of bounces that means the same anywhere",
        text(
            "Sentences that many servers send, in many languages, written over the words of the field. Each names one reason.",
        ),
    );
    index.crumbs = atlas.way(&["page:home"]);
    let rows = by_reason
        .into_iter()
        .map(|(reason, phrases)| vec![atlas.marked("reason", reason), join(phrases, " · ")]);
    index.section("reasons", "By reason", vec![Block::table(&["Reason", "Wording"], rows)]);
    let mut more = text("The words that they are made of: ");
    more.extend(atlas.link("page:words"));
    more.push(Span::Text(". What stands around replies in logs and bounces: ".into()));
    more.extend(atlas.link("page:wrappers"));
    more.push(Span::Text(".".into()));
    index.section("more", "See also", vec![Block::Text(more)]);
    pages.push(index);
    words(atlas, pages);
    pages.push(wrappers(atlas));
}

/// A signature, with its concepts linked.
fn signature(atlas: &Atlas<'_>, words: &str) -> Rich {
    let mut rich = Rich::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((concept, tail)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            rich.push(Span::Code(before.trim().to_owned()));
            rich.push(Span::Text(" ".into()));
        }
        match atlas.place(&format!("concept:{concept}")) {
            Some(place) => rich.push(Span::CodeLink(format!("{{{concept}}}"), Target::Page(place.clone()))),
            None => rich.push(Span::Code(format!("{{{concept}}}"))),
        }
        rich.push(Span::Text(" ".into()));
        rest = tail;
    }
    if !rest.trim().is_empty() {
        rich.push(Span::Code(rest.trim().to_owned()));
    }
    rich.retain(|span| !matches!(span, Span::Code(words) if words.is_empty()));
    rich
}

fn phrase(atlas: &mut Atlas<'_>, entry: &Entry<Phrase>) -> Page {
    let slug = entry.slug.as_str();
    let name = format!("phrase:{slug}");
    let mut page = Page::new(
        Kind::Wording,
        atlas.at(&name),
        format!("\u{201c}{}\u{201d} in a bounce: what it means", sentence(slug)),
        atlas.prose(&entry.summary),
    );
    page.crumbs = atlas.way(&["page:home", "page:wording"]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/phrase/{slug}.json");
    let cases: Vec<_> = atlas.cases_of(&name).collect();
    if let Some(case) = cases.first() {
        page.command = command(case);
        page.answer = Some(Answer {
            outcome: case.outcome.clone(),
            fix: Rich::new(),
            note: Rich::new(),
        });
    }
    let examples = atlas.examples(cases);
    page.section("replies", "On the wire", vec![Block::Examples(examples)]);
    let mut facts: Vec<(String, Rich)> = Vec::new();
    for (label, list) in [("Basic codes", &entry.basic), ("Enhanced codes", &entry.enhanced)] {
        facts.extend(list.iter().map(|list| (label.to_owned(), atlas.codes(list.iter()))));
    }
    let lines = entry.signatures.iter().map(|words| signature(atlas, words)).collect();
    let mut blocks = vec![Block::Facts(facts), Block::List(lines)];
    if let Some(not) = &entry.not {
        blocks.push(Block::Text(text("But not with:")));
        blocks.push(Block::List(not.iter().map(|words| signature(atlas, words)).collect()));
    }
    page.section("signatures", "Recognised by any of", blocks);
    if let Some(answer) = &page.answer {
        let steps = common::do_this(atlas, &answer.outcome, common::Roles::default());
        page.section("do", "Do this", steps);
    }
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
    );
    page.sources = atlas.cite(&entry.sources, &name);
    page
}

/// Idioms of each concept, from every record that begins or continues it.
fn gather<'m>(atlas: &Atlas<'m>) -> BTreeMap<&'m str, BTreeMap<&'m str, Vec<&'m str>>> {
    let mut gathered: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for entry in &atlas.catalogue.concepts {
        let Some(name) = entry.name() else { continue };
        let concept = gathered.entry(name.as_str()).or_default();
        for (language, idioms) in &entry.idioms {
            concept
                .entry(language.as_str())
                .or_default()
                .extend(idioms.iter().map(|idiom| idiom.as_str()));
        }
    }
    gathered
}

/// What search finds beside titles: idioms, by the slug of their concept.
pub(crate) fn idioms(atlas: &Atlas<'_>) -> BTreeMap<String, super::Idioms> {
    gather(atlas)
        .into_iter()
        .map(|(concept, languages)| {
            let mark = format!("{{{concept}}}");
            let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
            for phrase in &atlas.catalogue.phrases {
                *counts.entry(phrase.reason.as_str()).or_default() += phrase
                    .signatures
                    .iter()
                    .filter(|signature| signature.contains(&mark))
                    .count();
            }
            let total: usize = counts.values().sum();
            let (reason, most) = counts.into_iter().max_by_key(|(_, count)| *count).unwrap_or_default();
            // Words that help to say many things, such as "user", lead nowhere.
            let reason = if most * 2 > total {
                reason.to_owned()
            } else {
                String::new()
            };
            (
                concept.to_owned(),
                super::Idioms {
                    words: languages.into_values().flatten().map(str::to_owned).collect(),
                    reason,
                },
            )
        })
        .collect()
}

fn words(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let catalogue = atlas.catalogue;
    let gathered = gather(atlas);
    let mut rows = Vec::new();
    for entry in catalogue.concepts.iter().filter(|entry| entry.head.slug.is_some()) {
        let Some(slug) = entry.name().map(|name| name.as_str()) else {
            continue;
        };
        let name = format!("concept:{slug}");
        let place = atlas.at(&name);
        let lead = entry.head.summary.as_ref().map_or_else(
            || text("Words that stand for one thing, in the languages that servers speak."),
            |summary| atlas.prose(summary),
        );
        let mut page = Page::new(
            Kind::Wording,
            place.clone(),
            format!("{} in bounces, in many languages", place.name),
            lead,
        );
        page.crumbs = atlas.way(&["page:home", "page:wording", "page:words"]);
        page.entry = name.clone();
        page.edit = atlas.file(entry);
        page.json = format!("api/v1/concept/{slug}.json");
        let none = BTreeMap::new();
        let languages = gathered.get(slug).unwrap_or(&none);
        let mut facts = Vec::new();
        let ordered = LANGUAGES.iter().map(|(key, title)| (*key, *title)).chain(
            languages
                .keys()
                .filter(|key| !LANGUAGES.iter().any(|(known, _)| known == *key))
                .map(|key| (*key, *key)),
        );
        for (key, title) in ordered {
            if let Some(idioms) = languages.get(key) {
                facts.push((title.to_owned(), text(idioms.join(" · "))));
            }
        }
        page.section("idioms", "The words", vec![Block::Facts(facts)]);
        if let Some(include) = &entry.head.include {
            let links = include
                .iter()
                .map(|other| atlas.link(&format!("concept:{}", other.as_str())))
                .collect();
            page.section("include", "And all words of", vec![Block::Links(links)]);
        }
        let mark = format!("{{{slug}}}");
        let phrases = catalogue
            .phrases
            .iter()
            .filter(|phrase| phrase.signatures.iter().any(|signature| signature.contains(&mark)));
        let mut by_reason: BTreeMap<&str, Vec<Rich>> = BTreeMap::new();
        for phrase in phrases {
            by_reason
                .entry(phrase.reason.as_str())
                .or_default()
                .push(atlas.link(&format!("phrase:{}", phrase.slug.as_str())));
        }
        let used = by_reason
            .into_iter()
            .map(|(reason, phrases)| vec![atlas.marked("reason", reason), join(phrases, " · ")]);
        page.section(
            "used",
            "What they help to say",
            vec![Block::table(&["Reason", "Wording"], used)],
        );
        let count: usize = languages.values().map(Vec::len).sum();
        rows.push(vec![
            atlas.link(&name),
            text(format!("{count} words and idioms in {} languages", languages.len())),
        ]);
        pages.push(page);
    }
    let mut index = Page::new(
        Kind::Index,
        atlas.at("page:words"),
        "Words of bounces in many languages",
        text(
            "Whose noun it is decides more than any code does. These are the words that servers use for the things that replies speak of.",
        ),
    );
    index.crumbs = atlas.way(&["page:home", "page:wording"]);
    index.section(
        "concepts",
        "Things and what is said of them",
        vec![Block::table(&["Stands for", "Known"], rows)],
    );
    pages.push(index);
}

fn wrappers(atlas: &mut Atlas<'_>) -> Page {
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:wrappers"),
        "How logs and bounces dress up a reply",
        text(
            "Mail servers, libraries and web interfaces put their own words around a reply before anybody sees it. The reply inside is what counts.",
        ),
    );
    page.crumbs = atlas.way(&["page:home", "page:wording"]);
    let mut products: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for entry in &atlas.catalogue.wrappers {
        let slug = entry.slug.as_str();
        let (outcome, _, _) = atlas.diagnose(&entry.example);
        let example = Example {
            lines: entry.example.lines().map(codes_of::split_codes).collect(),
            told: String::new(),
            outcome,
        };
        let mut facts = vec![("Before the reply".to_owned(), code(entry.intro.as_str()))];
        facts.extend(
            entry
                .outro
                .iter()
                .map(|outro| ("After it".to_owned(), code(outro.as_str()))),
        );
        let blocks = vec![
            Block::Text(atlas.prose(&entry.summary)),
            Block::Facts(facts),
            Block::Examples(vec![example]),
        ];
        products.entry(entry.product.as_str()).or_default().push(Item {
            id: slug.to_owned(),
            title: text(entry.title.as_str()),
            blocks,
        });
        for cited in atlas.cite(&entry.sources, &format!("wrapper:{slug}")) {
            if !page.sources.contains(&cited) {
                page.sources.push(cited);
            }
        }
    }
    page.edit = atlas
        .catalogue
        .wrappers
        .first()
        .map(|entry| atlas.file(entry))
        .unwrap_or_default();
    for (product, items) in products {
        let id: String = product
            .chars()
            .filter_map(|c| {
                if c.is_ascii_alphanumeric() {
                    Some(c.to_ascii_lowercase())
                } else if c == ' ' {
                    Some('-')
                } else {
                    None
                }
            })
            .collect();
        page.section(&format!("of-{id}"), product, vec![Block::Items(items)]);
    }
    page
}
