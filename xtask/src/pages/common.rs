//! Parts that pages of several kinds share.

use std::collections::{BTreeMap, BTreeSet};

use super::atlas::{Atlas, Case};
use super::page::{Answer, Bar, Block, Outcome};
use super::rich::{Rich, Span, Target, join, text};

/// Replies by what was found in them, as indices of [`Atlas::cases`].
pub(crate) struct Index {
    /// By basic code.
    pub(crate) basic: BTreeMap<String, Vec<usize>>,
    /// By enhanced code.
    pub(crate) enhanced: BTreeMap<String, Vec<usize>>,
    /// By both.
    pub(crate) pair: BTreeMap<String, Vec<usize>>,
    /// By slug of the reason.
    pub(crate) reason: BTreeMap<&'static str, Vec<usize>>,
    /// By slug of the blocklist.
    pub(crate) blocklist: BTreeMap<String, Vec<usize>>,
}

impl Index {
    /// Sorts the replies.
    pub(crate) fn new(atlas: &Atlas<'_>) -> Self {
        let mut index = Self {
            basic: BTreeMap::new(),
            enhanced: BTreeMap::new(),
            pair: BTreeMap::new(),
            reason: BTreeMap::new(),
            blocklist: BTreeMap::new(),
        };
        for (number, case) in atlas.cases.iter().enumerate() {
            let basic = case.code.map(|code| format!("{code:03}"));
            if let (Some(basic), Some(enhanced)) = (&basic, &case.enhanced) {
                index
                    .pair
                    .entry(format!("{basic} {enhanced}"))
                    .or_default()
                    .push(number);
            }
            if let Some(basic) = basic {
                index.basic.entry(basic).or_default().push(number);
            }
            if let Some(enhanced) = &case.enhanced {
                index.enhanced.entry(enhanced.clone()).or_default().push(number);
            }
            if !case.blocklist.is_empty() {
                index.blocklist.entry(case.blocklist.clone()).or_default().push(number);
            }
            index.reason.entry(case.reason).or_default().push(number);
        }
        index
    }
}

/// The answer for a bare code: what the engine makes of nothing but the code.
pub(crate) fn bare(atlas: &Atlas<'_>, code: &str) -> Answer {
    let (outcome, _, _) = atlas.diagnose(code);
    // A code that leaves the cause open must not look like a verdict on the address.
    let fix = if outcome.reason.slug == "unknown" {
        text("The code alone does not say why. Read the words of the reply before you touch the address.")
    } else {
        Rich::new()
    };
    Answer {
        outcome,
        fix,
        note: text("From the code alone. The words of the reply often say more: paste the whole of it."),
    }
}

/// What each value of the advice asks one to do.
pub(crate) fn steps(atlas: &Atlas<'_>, outcome: &Outcome) -> Vec<Block> {
    let marks = [&outcome.delivery, &outcome.address]
        .into_iter()
        .chain(&outcome.remedies);
    let mut facts = Vec::new();
    for mark in marks.filter(|mark| mark.slug != "none-needed") {
        let Some(action) = atlas
            .catalogue
            .actions
            .iter()
            .find(|action| action.slug.as_str() == mark.slug)
        else {
            continue;
        };
        let mut what = atlas.prose(&action.summary);
        what.push(Span::Text(" ".into()));
        what.extend(atlas.link_as(&format!("action:{}", mark.slug), Some("Step by step")));
        facts.push((mark.title.clone(), what));
    }
    if let Some(schedule) = &outcome.schedule {
        facts.push((
            "When".into(),
            vec![
                Span::Text("On the schedule ".into()),
                Span::Link(schedule.name.clone(), Target::Page(schedule.clone())),
                Span::Text(". When it counts against the list: ".into()),
                Span::Link("recurrence rules".into(), Target::Page(atlas.at("page:recurrence"))),
                Span::Text(".".into()),
            ],
        ));
    }
    vec![Block::Facts(facts)]
}

/// How the replies of a code are spread over reasons.
pub(crate) fn spread(atlas: &Atlas<'_>, cases: &[usize]) -> Vec<Block> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases.iter().filter_map(|number| atlas.cases.get(*number)) {
        *counts.entry(case.reason).or_default() += 1;
    }
    if counts.len() < 2 {
        return Vec::new();
    }
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let most = counts.first().map_or(1, |(_, count)| *count);
    let shown: Vec<Bar> = counts
        .iter()
        .take(10)
        .map(|(slug, count)| Bar {
            label: atlas.marked("reason", slug),
            count: *count,
            percent: (count * 100).div_ceil(most),
        })
        .collect();
    let rest = counts.iter().skip(10).count();
    let mut lead = format!(
        "{} replies of the catalogue carry it. What the engine makes of them, the words included:",
        cases.len()
    );
    if rest > 0 {
        lead = format!(
            "{} replies of the catalogue carry it. What the engine makes of them, the words included ({rest} rarer reasons left out):",
            cases.len()
        );
    }
    vec![Block::Text(text(lead)), Block::Bars(shown)]
}

/// Up to `most` of the replies, as unlike as possible: one of each entry, reasons in turn.
pub(crate) fn varied<'a, 'm>(atlas: &'a Atlas<'m>, cases: &[usize], most: usize) -> Vec<&'a Case<'m>> {
    let mut by_reason: BTreeMap<&str, Vec<&Case<'m>>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for case in cases.iter().filter_map(|number| atlas.cases.get(*number)) {
        // What is shown as an example is short, and won by a rule worth showing.
        if case.vector.reply.len() <= 320 && case.vector.expected.not_winner.is_none() && seen.insert(&case.winner) {
            by_reason.entry(case.reason).or_default().push(case);
        }
    }
    let mut groups: Vec<Vec<&Case<'m>>> = by_reason.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    let mut chosen = Vec::new();
    let mut turn = 0;
    while chosen.len() < most && groups.iter().any(|group| group.len() > turn) {
        chosen.extend(groups.iter().filter_map(|group| group.get(turn).copied()));
        turn += 1;
    }
    chosen.truncate(most);
    chosen
}

/// The variants among the replies, each once, with its provider.
pub(crate) fn variants_of(atlas: &Atlas<'_>, cases: &[usize]) -> Vec<Vec<Rich>> {
    let mut owners = BTreeSet::new();
    for case in cases.iter().filter_map(|number| atlas.cases.get(*number)) {
        if case.vector.owner.contains('/') && case.winner == case.vector.owner {
            owners.insert(case.vector.owner.as_str());
        }
    }
    owners
        .into_iter()
        .filter_map(|owner| {
            let variant = atlas.catalogue.variants.iter().find(|variant| {
                variant.provider == owner.split('/').next().unwrap_or_default()
                    && owner.ends_with(&format!("/{}", variant.slug.as_str()))
            })?;
            Some(vec![
                atlas.link(&format!("provider:{}", variant.provider)),
                atlas.link(&format!("variant:{owner}")),
                atlas.marked("reason", &variant.reason),
            ])
        })
        .collect()
}

/// A table of variants, cut off after `most`, with a word on what was left out.
pub(crate) fn variant_table(rows: Vec<Vec<Rich>>, most: usize) -> Vec<Block> {
    let total = rows.len();
    let mut blocks = vec![Block::table(
        &["Provider", "What it says", "Reason"],
        rows.into_iter().take(most),
    )];
    if total > most {
        blocks.push(Block::Text(text(format!(
            "The first {most} of {total}. The search finds the others."
        ))));
    }
    blocks
}

/// Slugs of a list as marks.
pub(crate) fn marks<'t>(atlas: &Atlas<'_>, list: &'static str, slugs: impl IntoIterator<Item = &'t str>) -> Rich {
    join(slugs.into_iter().map(|slug| atlas.marked(list, slug)), ", ")
}

/// Commands as the session writes them.
pub(crate) fn command_name(slug: &str) -> &str {
    match slug {
        "CONNECT" => "the connection itself",
        "DATA-END" => "the end of the message",
        "ANY" => "any command",
        "MAIL" => "MAIL FROM",
        "RCPT" => "RCPT TO",
        other => other,
    }
}
