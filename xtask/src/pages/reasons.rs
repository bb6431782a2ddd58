//! Pages of reasons, and of the words of the closed lists.

use std::collections::BTreeMap;

use smtp_codes_catalog::source::{DefaultAdvice, Entry, Reason};

use super::atlas::Atlas;
use super::codes_of;
use super::common::{self, Index};
use super::page::{Answer, Block, Card, Item, Kind, Outcome, Page};
use super::rich::{Rich, Span, Target, join, text};

/// Adds the pages.
pub(crate) fn pages(atlas: &mut Atlas<'_>, pages: &mut Vec<Page>) {
    let index = Index::new(atlas);
    let catalogue = atlas.catalogue;
    for entry in &catalogue.reasons {
        pages.push(reason(atlas, &index, entry));
    }
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:reasons"),
        "Why mail is refused: the reasons",
        text("Every reply gets one of these reasons. The reason, not the code, decides what to do."),
    );
    page.crumbs = atlas.way(&["page:home"]);
    let mut groups: BTreeMap<&str, Vec<Card>> = BTreeMap::new();
    for entry in &catalogue.reasons {
        let card = Card {
            to: atlas.at(&format!("reason:{}", entry.slug.as_str())),
            body: atlas.prose(&entry.summary),
            mark: entry.permanent.bounce.to_string(),
        };
        groups.entry(entry.permanent.bounce.as_str()).or_default().push(card);
    }
    for bounce in ["hard", "block", "soft", "technical", "none"] {
        if let Some(cards) = groups.remove(bounce) {
            let term = catalogue
                .terms
                .iter()
                .find(|term| term.vocabulary.as_str() == "bounce" && term.slug.as_str() == bounce);
            let lead = term.map(|term| Block::Text(atlas.prose(&term.summary))).into_iter();
            page.section(
                bounce,
                atlas.mark("bounce", bounce).title.clone(),
                lead.chain([Block::Cards(cards)]).collect(),
            );
        }
    }
    pages.push(page);
    pages.push(terms(atlas));
}

/// What a reason advises for one class.
fn outcome(atlas: &Atlas<'_>, reason: &Reason, advice: &DefaultAdvice) -> Outcome {
    Outcome {
        reason: atlas.mark("reason", &reason.slug),
        bounce: atlas.mark("bounce", &advice.bounce),
        party: atlas.mark("party", advice.party.as_ref().unwrap_or(&reason.party)),
        delivery: atlas.mark("delivery", &advice.delivery),
        address: atlas.mark("address", &advice.address),
        remedies: advice
            .remedies
            .iter()
            .map(|remedy| atlas.mark("remedy", remedy))
            .collect(),
        basis: None,
        confidence: 0,
        schedule: advice
            .schedule
            .as_ref()
            .and_then(|slug| atlas.place(&format!("schedule:{}", slug.as_str())))
            .cloned(),
        rule: None,
        provider: None,
        blocklist: None,
        retry_after: String::new(),
    }
}

fn reason(atlas: &mut Atlas<'_>, index: &Index, entry: &Entry<Reason>) -> Page {
    let slug = entry.slug.as_str();
    let name = format!("reason:{slug}");
    let mut page = Page::new(
        Kind::Reason,
        atlas.at(&name),
        format!("{}: what it means when mail is refused so", entry.title.as_str()),
        atlas.prose(&entry.summary),
    );
    page.crumbs = atlas.way(&["page:home", "page:reasons"]);
    page.entry = name.clone();
    page.edit = atlas.file(entry);
    page.json = format!("api/v1/reason/{slug}.json");
    page.keywords = vec![slug.to_owned()];
    let permanent = entry.unstated.as_str() == "permanent";
    let usual = if permanent { &entry.permanent } else { &entry.transient };
    let differ = entry.transient.delivery.as_str() != entry.permanent.delivery.as_str()
        || entry.transient.address.as_str() != entry.permanent.address.as_str();
    let note = match (differ, permanent) {
        (false, _) => Rich::new(),
        (true, true) => text("For a 5yz reply, and where no code is given. A 4yz reply is treated as below."),
        (true, false) => text("For a 4yz reply, and where no code is given. A 5yz reply is treated as below."),
    };
    page.answer = Some(Answer {
        outcome: outcome(atlas, entry, usual),
        fix: Rich::new(),
        note,
    });
    page.section(
        "meaning",
        "What it means",
        entry
            .details
            .iter()
            .map(|details| Block::Text(atlas.prose(details)))
            .collect(),
    );
    let mut rows = Vec::new();
    for (title, advice) in [("4yz, for now", &entry.transient), ("5yz, for good", &entry.permanent)] {
        rows.push(vec![
            text(title),
            atlas.marked("bounce", &advice.bounce),
            atlas.marked("delivery", &advice.delivery),
            atlas.marked("address", &advice.address),
            advice.schedule.as_ref().map_or_else(
                || text("none"),
                |slug| atlas.link(&format!("schedule:{}", slug.as_str())),
            ),
        ]);
    }
    let fault = entry.sender_fault.as_ref().is_some_and(|flag| **flag);
    let promise = fault
        .then(|| {
            Block::Text(text(
                "A fault on the sender's side: it never suppresses an address, however often it comes.",
            ))
        })
        .into_iter();
    page.section(
        "classes",
        "By class of the reply",
        [Block::table(
            &["Reply", "Bounce", "This message", "The address", "Schedule"],
            rows,
        )]
        .into_iter()
        .chain(promise)
        .collect(),
    );
    if let Some(answer) = &page.answer {
        let steps = common::do_this(atlas, &answer.outcome, common::Roles::default());
        page.section("do", "Do this", steps);
    }
    let rules = atlas.catalogue.recurrences.iter().filter(|rule| {
        rule.reasons
            .iter()
            .any(|reason| reason.as_str() == slug || reason.as_str() == "*")
    });
    let rules: Vec<Rich> = rules
        .map(|rule| {
            let mut line = atlas.link(&format!("recurrence:{}", rule.slug.as_str()));
            line.push(Span::Text(format!(": {}", rule.summary.as_str())));
            line
        })
        .collect();
    let timeline = page.answer.as_ref().and_then(|answer| {
        let place = answer.outcome.schedule.as_ref()?;
        common::scheduled(atlas, place, &answer.outcome.delivery.slug)
    });
    let again = timeline.into_iter().flatten().chain([Block::List(rules)]).collect();
    page.section("again", common::WHEN, again);
    let none = Vec::new();
    let cases = index.reason.get(slug).unwrap_or(&none);
    page.section(
        "replies",
        "On the wire",
        vec![Block::Examples(atlas.examples(common::varied(atlas, cases, 5)))],
    );
    let codes: Vec<Rich> = atlas
        .catalogue
        .basics
        .iter()
        .filter(|code| code.reason.as_ref().is_some_and(|reason| reason.as_str() == slug))
        .map(|code| atlas.code(&code.code))
        .collect();
    let enhanced: Vec<Rich> = atlas
        .catalogue
        .enhanced
        .iter()
        .flat_map(|code| codes_of::concrete(code).into_iter().map(move |form| (code, form)))
        .filter(|(code, form)| {
            let own = if form.starts_with('4') {
                code.transient.as_ref()
            } else {
                code.permanent.as_ref()
            };
            own.and_then(|own| own.reason.as_ref())
                .or(code.reason.as_ref())
                .is_some_and(|reason| reason.as_str() == slug)
        })
        .map(|(_, form)| atlas.code(&form))
        .collect();
    page.section(
        "codes",
        "Codes that say it",
        vec![Block::Links(codes), Block::Links(enhanced)],
    );
    let phrases: Vec<Rich> = atlas
        .catalogue
        .phrases
        .iter()
        .filter(|phrase| phrase.reason.as_str() == slug)
        .map(|phrase| atlas.link(&format!("phrase:{}", phrase.slug.as_str())))
        .collect();
    page.section("wording", "Wording that says it anywhere", vec![Block::Links(phrases)]);
    let mut by_provider: BTreeMap<&str, Vec<Rich>> = BTreeMap::new();
    for variant in atlas
        .catalogue
        .variants
        .iter()
        .filter(|variant| variant.reason.as_str() == slug)
    {
        by_provider
            .entry(&variant.provider)
            .or_default()
            .push(atlas.link(&format!("variant:{}", variant.name())));
    }
    let rows = by_provider
        .into_iter()
        .map(|(provider, variants)| vec![atlas.link(&format!("provider:{provider}")), join(variants, " · ")]);
    page.section(
        "providers",
        "At providers",
        vec![Block::table(&["Provider", "What it says"], rows)],
    );
    let labels: Vec<Vec<Rich>> = atlas
        .catalogue
        .labels
        .iter()
        .filter(|label| label.reasons.first().is_some_and(|reason| reason.as_str() == slug))
        .map(|label| {
            let set = atlas
                .place(&format!("esp:{}", label.set.as_str()))
                .or(atlas.place(&format!("label-set:{}", label.set.as_str())))
                .cloned()
                .unwrap_or_default();
            vec![
                vec![Span::Link(set.name.clone(), Target::Page(set))],
                vec![Span::Code(label.label.to_string())],
                atlas.prose(&label.summary),
            ]
        })
        .collect();
    page.section(
        "labels",
        "What platforms call it",
        vec![Block::table(&["Platform", "Label", "Means there"], labels)],
    );
    page.section(
        "claims",
        "Often said, and wrong",
        vec![Block::Claims(atlas.said(std::slice::from_ref(&name)))],
    );
    page.sources = atlas.cite(&entry.sources, &name);
    page
}

fn terms(atlas: &mut Atlas<'_>) -> Page {
    let mut page = Page::new(
        Kind::Index,
        atlas.at("page:terms"),
        "Words of this reference: bounce types, parties, basis and standing",
        text("The closed lists that every diagnosis is made of, besides reasons and actions."),
    );
    page.crumbs = atlas.way(&["page:home"]);
    for (list, title) in [
        ("bounce", "Bounce types"),
        ("party", "Parties: whose move it is"),
        ("basis", "Basis: what a diagnosis rests on"),
        ("standing", "Standing of a code"),
    ] {
        let mut items = Vec::new();
        for entry in atlas
            .catalogue
            .terms
            .iter()
            .filter(|entry| entry.vocabulary.as_str() == list)
        {
            let name = format!("term:{list}/{}", entry.slug.as_str());
            for cited in atlas.cite(&entry.sources, &name) {
                if !page.sources.contains(&cited) {
                    page.sources.push(cited);
                }
            }
            let title = vec![
                Span::Text(format!("{} ", entry.title.as_str())),
                Span::Code(entry.slug.to_string()),
            ];
            items.push(Item {
                id: format!("{list}-{}", entry.slug.as_str()),
                title,
                blocks: vec![Block::Text(atlas.prose(&entry.summary))],
            });
        }
        page.section(list, title, vec![Block::Items(items)]);
    }
    page.edit = atlas
        .catalogue
        .terms
        .first()
        .map(|entry| atlas.file(entry))
        .unwrap_or_default();
    page
}
