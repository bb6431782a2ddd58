//! Pages of those who answer: providers, their variants, and blocklists.

use std::collections::BTreeMap;

use smtp_codes_catalog::source::{Blocklist, Entry, Provider, VariantEntry};

use super::atlas::{Atlas, command};
use super::common::{self, Index, Roles};
use super::page::{Answer, Block, Card, Kind, Page};
use super::rich::{Rich, Span, code, join, text, url};

/// The kinds of providers, as people call them.
const KINDS: &[(&str, &str)] = &[
    ("mailbox-provider", "Mailbox providers"),
    ("isp", "Access providers"),
    ("hosting", "Hosting"),
    ("security-gateway", "Security gateways"),
    ("filter", "Filters"),
    ("mta", "Mail servers"),
    ("esp", "Sending platforms"),
    ("blocklist", "Blocklists"),
];

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let index = Index::new(atlas);
    let catalogue = atlas.catalogue;
    let mut by_provider: BTreeMap<&str, Vec<&VariantEntry>> = BTreeMap::new();
    let mut by_reason: BTreeMap<&str, Vec<&VariantEntry>> = BTreeMap::new();
    for variant in &catalogue.variants {
        by_provider.entry(&variant.provider).or_default().push(variant);
        by_reason.entry(variant.reason.as_str()).or_default().push(variant);
    }
    // Big names first, where others with the same reason are shown.
    let rank: BTreeMap<&str, usize> = catalogue
        .providers
        .iter()
        .map(|provider| {
            (
                provider.slug.as_str(),
                KINDS
                    .iter()
                    .position(|(kind, _)| *kind == provider.kind.as_str())
                    .unwrap_or(KINDS.len()),
            )
        })
        .collect();
    for variants in by_reason.values_mut() {
        variants.sort_by_key(|variant| {
            (
                rank.get(variant.provider.as_str()).copied().unwrap_or(9),
                variant.name(),
            )
        });
    }
    for entry in &catalogue.providers {
        let none = Vec::new();
        let variants = by_provider.get(entry.slug.as_str()).unwrap_or(&none);
        pages.push(provider(atlas, entry, variants));
    }
    for entry in &catalogue.variants {
        let none = Vec::new();
        let others = by_reason.get(entry.reason.as_str()).unwrap_or(&none);
        pages.push(variant(atlas, entry, others));
    }
    for entry in &catalogue.blocklists {
        pages.push(blocklist(atlas, &index, entry));
    }
    pages.push(all_providers(atlas, &by_provider));
    pages.push(all_blocklists(atlas));
}

fn codes_of_variant(atlas: &Atlas<'_>, entry: &VariantEntry) -> Rich {
    let basic = entry.basic.as_ref().map(|list| atlas.codes(list.iter()));
    let enhanced = entry.enhanced.as_ref().map(|list| atlas.codes(list.iter()));
    join(basic.into_iter().chain(enhanced), " ")
}

/// The codes of a variant's first reply, as people search for them: `550 5.7.26`.
fn first_codes(atlas: &Atlas<'_>, name: &str) -> String {
    let Some(case) = atlas.cases_of(name).next() else {
        return String::new();
    };
    let parts: Vec<String> = case
        .code
        .map(|code| format!("{code:03}"))
        .into_iter()
        .chain(case.enhanced.clone())
        .collect();
    parts.join(" ")
}

fn provider(atlas: &mut Atlas<'_>, entry: &Entry<Provider>, variants: &[&VariantEntry]) -> Page {
    let slug = entry.slug.as_str();
    let name = format!("provider:{slug}");
    let lead = entry.summary.as_ref().map_or_else(
        || {
            text(format!(
                "What {} answers, and what to do about it.",
                entry.name.as_str()
            ))
        },
        |summary| atlas.prose(summary),
    );
    let mut page = Page::new(
        Kind::Provider,
        atlas.at(&name),
        format!("{}: SMTP errors and bounce codes", entry.name.as_str()),
        lead,
    );
    page.crumbs = atlas.way(&["page:home", "page:providers"]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/provider/{slug}.json");
    page.keywords = entry
        .domains
        .iter()
        .flat_map(|list| list.iter())
        .take(6)
        .map(|domain| domain.to_string())
        .collect();
    let mut facts = vec![(
        "Kind".to_owned(),
        text(
            KINDS
                .iter()
                .find(|(kind, _)| *kind == entry.kind.as_str())
                .map_or(entry.kind.as_str(), |(_, title)| title),
        ),
    )];
    for (label, list) in [
        ("Recipient domains", &entry.domains),
        ("MX hosts", &entry.mx),
        ("Known by the words", &entry.fingerprints),
    ] {
        if let Some(list) = list {
            let more = list.len().saturating_sub(24);
            let mut shown = join(list.iter().take(24).map(|item| code(item.as_str())), ", ");
            if more > 0 {
                shown.push(Span::Text(format!(" and {more} more")));
            }
            facts.push((label.into(), shown));
        }
    }
    for (label, link) in [
        ("For postmasters", &entry.postmaster),
        ("Ask for removal", &entry.delisting),
    ] {
        facts.extend(link.iter().map(|link| (label.to_owned(), url(link))));
    }
    page.section("facts", "Who answers", vec![Block::Facts(facts)]);
    let mut sorted: Vec<(String, &VariantEntry)> = variants
        .iter()
        .map(|variant| (first_codes(atlas, &variant.name()), *variant))
        .collect();
    sorted.sort_by_key(|(codes, variant)| (codes.is_empty(), codes.clone(), variant.slug.to_string()));
    let rows = sorted.iter().map(|(codes, variant)| {
        let shown = if codes.is_empty() {
            text("none")
        } else {
            join(codes.split_whitespace().map(|code| atlas.code(code)), " ")
        };
        vec![
            shown,
            atlas.link(&format!("variant:{}", variant.name())),
            atlas.marked("reason", &variant.reason),
        ]
    });
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for variant in variants {
        *counts.entry(variant.reason.as_str()).or_default() += 1;
    }
    if variants.len() > 7 && counts.len() > 2 {
        page.section(
            "reasons",
            "What it refuses mail for",
            vec![Block::Bars(common::bars(atlas, counts, 8))],
        );
    }
    page.section(
        "replies",
        format!("{} replies of its own", variants.len()),
        vec![Block::table(&["Code", "What it says", "Reason"], rows)],
    );
    let portals: Vec<Rich> = atlas
        .catalogue
        .portals
        .iter()
        .filter(|portal| portal.slug.as_str().split('-').next() == slug.split('-').next())
        .map(|portal| atlas.link(&format!("portal:{}", portal.slug.as_str())))
        .collect();
    page.section("portals", "Portals", vec![Block::List(portals)]);
    let mut names = vec![name.clone()];
    names.extend(variants.iter().map(|variant| format!("variant:{}", variant.name())));
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(&names))],
    );
    page.sources = atlas.cite(&entry.sources, &name);
    page
}

fn variant(atlas: &mut Atlas<'_>, entry: &VariantEntry, others: &[&VariantEntry]) -> Page {
    let own = entry.name();
    let name = format!("variant:{own}");
    let provider = atlas.at(&format!("provider:{}", entry.provider));
    let record = &entry.entry.record;
    let codes = first_codes(atlas, &own);
    let title = match (codes.as_str(), record.tag.as_ref()) {
        ("", Some(tag)) => format!("{} at {}: {}", tag.as_str(), provider.name, record.title.as_str()),
        ("", None) => format!("{}: {}", provider.name, record.title.as_str()),
        (codes, _) => format!("{codes} at {}: {}", provider.name, record.title.as_str()),
    };
    let mut page = Page::new(Kind::Variant, atlas.at(&name), title, atlas.prose(&record.summary));
    page.code = codes;
    page.heading = format!("{}: {}", provider.name, record.title.as_str());
    page.crumbs = atlas.way(&["page:home", "page:providers", &format!("provider:{}", entry.provider)]);
    page.entry = name.clone();
    page.edit = atlas.file(&entry.entry);
    page.json = format!("api/v1/variant/{own}.json");
    page.keywords = record
        .tag
        .iter()
        .map(|tag| tag.to_string())
        .chain([page.code.clone()])
        .collect();
    let cases: Vec<_> = atlas.cases_of(&own).collect();
    if let Some(case) = cases.first() {
        page.command = command(case);
        page.answer = Some(Answer {
            outcome: case.outcome.clone(),
            fix: atlas.prose(&record.fix),
            note: Rich::new(),
        });
    }
    let examples = atlas.examples(cases);
    page.section("wire", "On the wire", vec![Block::Examples(examples)]);
    if let Some(answer) = page.answer.clone() {
        let roles = Roles {
            sender: atlas.prose(&record.fix),
            admin: record
                .admin
                .as_ref()
                .map(|admin| atlas.prose(admin))
                .unwrap_or_default(),
            page: record.url.as_ref().map(|link| url(link)).unwrap_or_default(),
        };
        page.section("do", "Do this", common::do_this(atlas, &answer.outcome, roles));
        let class = page.code.bytes().next();
        page.section("when", common::WHEN, common::when(atlas, &answer.outcome, class));
    }
    let mut facts = Vec::new();
    let limited = codes_of_variant(atlas, entry);
    if !limited.is_empty() {
        facts.push(("Codes".to_owned(), limited));
    }
    facts.extend(record.tag.iter().map(|tag| ("Tag".to_owned(), code(tag.as_str()))));
    facts.extend(
        record
            .command
            .iter()
            .map(|command| ("Answers".to_owned(), text(common::command_name(command)))),
    );
    if let Some(signatures) = &record.signatures {
        facts.push((
            "Recognised by".into(),
            join(signatures.iter().map(|signature| code(signature.as_str())), ", or "),
        ));
    }
    facts.push(("Confidence".into(), text(record.confidence.as_str())));
    facts.extend(
        record
            .year
            .as_ref()
            .map(|year| ("Seen in".to_owned(), text(year.get().to_string()))),
    );
    page.section("facts", "How it is recognised", vec![Block::Facts(facts)]);
    let mut seen = std::collections::BTreeSet::from([entry.provider.as_str()]);
    let elsewhere: Vec<Vec<Rich>> = others
        .iter()
        .filter(|other| seen.insert(other.provider.as_str()))
        .take(8)
        .map(|other| {
            let codes = first_codes(atlas, &other.name());
            vec![
                atlas.link(&format!("provider:{}", other.provider)),
                join(codes.split_whitespace().map(|code| atlas.code(code)), " "),
                atlas.link(&format!("variant:{}", other.name())),
            ]
        })
        .collect();
    let mut more = text("All of them: ");
    more.extend(atlas.marked("reason", &record.reason));
    let blocks = if elsewhere.is_empty() {
        Vec::new()
    } else {
        vec![
            Block::table(&["Provider", "Code", "What it says"], elsewhere),
            Block::Text(more),
        ]
    };
    page.section("elsewhere", "The same reason at other providers", blocks);
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
    );
    page.sources = atlas.cite(&record.sources, &name);
    page
}

fn blocklist(atlas: &mut Atlas<'_>, index: &Index, entry: &Entry<Blocklist>) -> Page {
    let slug = entry.slug.as_str();
    let name = format!("blocklist:{slug}");
    let mut page = Page::new(
        Kind::Blocklist,
        atlas.at(&name),
        format!("Listed at {}: what it means and how to get off", entry.name.as_str()),
        atlas.prose(&entry.summary),
    );
    page.crumbs = atlas.way(&["page:home", "page:blocklists"]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/blocklist/{slug}.json");
    page.keywords = entry
        .zones
        .iter()
        .flat_map(|list| list.iter())
        .take(4)
        .map(|zone| zone.to_string())
        .collect();
    let cases: Vec<_> = atlas.cases_of(&name).collect();
    if let Some(case) = cases.first() {
        page.command = command(case);
        page.answer = Some(Answer {
            outcome: case.outcome.clone(),
            fix: Rich::new(),
            note: Rich::new(),
        });
    }
    let status = match entry.status.as_str() {
        "alive" => "in use",
        "retired" => "closed: no server should ask it any more",
        _ => "unclear",
    };
    let remover = match entry.removal_by.as_str() {
        "sender" => "the sender",
        "platform" => "the sending platform",
        "network-owner" => "the owner of the network",
        _ => "nobody: entries lapse by themselves",
    };
    let mut facts = vec![
        ("Status".to_owned(), text(status)),
        ("Run by".into(), text(entry.operator.as_str())),
        (
            "Lists".into(),
            join(entry.lists.iter().map(|thing| text(thing.as_str())), ", "),
        ),
    ];
    facts.push(("Removal by".into(), text(remover)));
    facts.extend(
        entry
            .removal
            .iter()
            .map(|link| ("Ask for removal".to_owned(), url(link))),
    );
    facts.extend(entry.url.iter().map(|link| ("Its own page".to_owned(), url(link))));
    if let Some(zones) = &entry.zones {
        facts.push(("Zones".into(), join(zones.iter().map(|zone| code(zone.as_str())), ", ")));
    }
    let notes = entry.notes.iter().map(|notes| Block::Text(atlas.prose(notes)));
    page.section(
        "facts",
        "The list",
        [Block::Facts(facts)].into_iter().chain(notes).collect(),
    );
    let examples = atlas.examples(cases);
    page.section("replies", "How a reply shows it", vec![Block::Examples(examples)]);
    if let Some(answer) = &page.answer {
        let steps = common::do_this(atlas, &answer.outcome, Roles::default());
        page.section("do", "Do this", steps);
    }
    let none = Vec::new();
    let rows = common::variants_of(atlas, index.blocklist.get(slug).unwrap_or(&none));
    page.section(
        "providers",
        "Replies of providers that name it",
        common::variant_table(rows, 40),
    );
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
    );
    page.sources = atlas.cite(&entry.sources, &name);
    page
}

fn all_providers(atlas: &Atlas<'_>, by_provider: &BTreeMap<&str, Vec<&VariantEntry>>) -> Page {
    let total: usize = by_provider.values().map(Vec::len).sum();
    let lead = text(format!(
        "{} mailbox providers, gateways, filters and servers, with {total} replies of their own.",
        atlas.catalogue.providers.len()
    ));
    let mut page = Page::new(Kind::Index, atlas.at("page:providers"), "SMTP errors by provider", lead);
    page.crumbs = atlas.way(&["page:home"]);
    let large = common::PROMINENT.iter().filter_map(|slug| {
        let entry = atlas
            .catalogue
            .providers
            .iter()
            .find(|entry| entry.slug.as_str() == *slug)?;
        Some(Card {
            to: atlas.at(&format!("provider:{slug}")),
            body: entry
                .summary
                .as_ref()
                .map(|summary| atlas.prose(summary))
                .unwrap_or_default(),
            mark: String::new(),
        })
    });
    page.section("large", "Asked for most", vec![Block::Cards(large.collect())]);
    for (kind, title) in KINDS {
        let mut providers: Vec<_> = atlas
            .catalogue
            .providers
            .iter()
            .filter(|provider| provider.kind.as_str() == *kind)
            .collect();
        providers.sort_by_key(|provider| provider.name.to_lowercase());
        let cards = providers
            .iter()
            .map(|provider| {
                let count = by_provider.get(provider.slug.as_str()).map_or(0, Vec::len);
                Card {
                    to: atlas.at(&format!("provider:{}", provider.slug.as_str())),
                    body: text(format!("{count} {}", if count == 1 { "reply" } else { "replies" })),
                    mark: "small".into(),
                }
            })
            .collect();
        page.section(kind, *title, vec![Block::Cards(cards)]);
    }
    page
}

fn all_blocklists(atlas: &Atlas<'_>) -> Page {
    let lead = text(format!(
        "{} lists that replies name: whether they still work, what they list, and who can have an entry removed.",
        atlas.catalogue.blocklists.len()
    ));
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:blocklists"),
        "DNS blocklists that bounces name, and how to get off",
        lead,
    );
    page.crumbs = atlas.way(&["page:home"]);
    for (status, title) in [("alive", "In use"), ("unclear", "Unclear"), ("retired", "Closed")] {
        let mut lists: Vec<_> = atlas
            .catalogue
            .blocklists
            .iter()
            .filter(|list| list.status.as_str() == status)
            .collect();
        lists.sort_by_key(|list| list.name.to_lowercase());
        let rows = lists.iter().map(|list| {
            vec![
                atlas.link(&format!("blocklist:{}", list.slug.as_str())),
                text(list.operator.as_str()),
                join(list.lists.iter().map(|thing| text(thing.as_str())), ", "),
                list.removal.as_ref().map_or_else(
                    || text("none"),
                    |link| vec![Span::Link("removal".into(), super::rich::Target::Url(link.to_string()))],
                ),
            ]
        });
        page.section(
            status,
            title,
            vec![Block::table(&["List", "Run by", "Lists", "Removal"], rows)],
        );
    }
    page
}
