//! Parts that pages of several kinds share.

use std::collections::{BTreeMap, BTreeSet};

use super::atlas::{Atlas, Case, duration};
use super::figures;
use super::page::{Answer, Bar, Block, Outcome};
use super::rich::{Mark, Place, Rich, Span, Target, join, text};

/// Replies by what was found in them, as indices of `Base::cases`.
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

/// The providers that most bounces come from.
pub(crate) const PROMINENT: &[&str] = &["google", "microsoft365", "outlook-consumer", "yahoo", "apple"];

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

/// What an entry itself tells those concerned, besides its diagnosis.
#[derive(Default)]
pub(crate) struct Roles {
    /// What the sender does.
    pub(crate) sender: Rich,
    /// What the administrators of the receiving server do.
    pub(crate) admin: Rich,
    /// The provider's own page about it.
    pub(crate) page: Rich,
}

/// What to do, role by role, and the first thing to mend step by step.
pub(crate) fn do_this(atlas: &Atlas<'_>, outcome: &Outcome, roles: Roles) -> Vec<Block> {
    let action = |slug: &str| {
        atlas
            .catalogue
            .actions
            .iter()
            .find(|action| action.slug.as_str() == slug)
    };
    let mut facts = Vec::new();
    if !roles.sender.is_empty() {
        facts.push(("If you send".to_owned(), roles.sender));
    }
    let remedies: Vec<&Mark> = outcome
        .remedies
        .iter()
        .filter(|mark| mark.slug != "none-needed")
        .collect();
    let rows = [("This message", &outcome.delivery), ("The address", &outcome.address)]
        .into_iter()
        .chain(
            remedies
                .iter()
                .enumerate()
                .map(|(at, mark)| (if at == 0 { "Mend" } else { "Then mend" }, *mark)),
        );
    for (label, mark) in rows {
        let Some(entry) = action(&mark.slug) else { continue };
        let mut what = atlas.link_as(&format!("action:{}", mark.slug), Some(&mark.title));
        what.push(Span::Text(". ".into()));
        what.extend(atlas.prose(&entry.summary));
        facts.push((label.to_owned(), what));
    }
    let good = matches!(outcome.bounce.slug.as_str(), "none");
    let (admin, recipient) = match outcome.party.slug.as_str() {
        _ if good => ("", ""),
        "receiver" => (
            "The cause lies on your side: look for this reply and its time in your server's log.",
            "Show the reply to those who run your mail system. You cannot change it in your mailbox.",
        ),
        "recipient" => (
            "",
            "This is yours to change, or that of those who run your mail system. Then ask the sender to write again.",
        ),
        _ => (
            "",
            "Nothing is wrong with your mailbox. If you want this mail, ask those who run your mail system to let the sender in.",
        ),
    };
    let admin = if roles.admin.is_empty() {
        text(admin)
    } else {
        roles.admin
    };
    for (label, words) in [
        ("If you run the receiving server", admin),
        ("If you are the recipient", text(recipient)),
        ("In the provider's words", roles.page),
    ] {
        if words
            .iter()
            .any(|span| !matches!(span, Span::Text(words) if words.is_empty()))
        {
            facts.push((label.to_owned(), words));
        }
    }
    let mut blocks = vec![Block::Facts(facts)];
    let first = remedies.first().and_then(|mark| Some((mark, action(&mark.slug)?)));
    if let Some((mark, steps)) = first.and_then(|(mark, action)| Some((mark, action.steps.as_ref()?))) {
        blocks.push(Block::Text(vec![
            Span::Strong(mark.title.clone()),
            Span::Text(", step by step:".into()),
        ]));
        blocks.push(Block::Steps(steps.iter().map(|step| atlas.prose(step)).collect()));
    }
    blocks
}

/// A schedule in words and as a timeline.
pub(crate) fn scheduled(atlas: &Atlas<'_>, place: &Place, delivery: &str) -> Option<[Block; 2]> {
    let slug = place.path.trim_end_matches('/').rsplit('/').next()?;
    let entry = atlas
        .catalogue
        .schedules
        .iter()
        .find(|entry| entry.slug.as_str() == slug)?;
    let give_up = *entry.give_up_s.get();
    let tries = figures::tries(
        *entry.first_delay_s.get(),
        *entry.factor.get(),
        *entry.ceiling_s.get(),
        give_up,
        entry.max_tries.as_ref().map_or(0, |most| *most.get()),
    );
    let lead = if delivery == "retry-after-fix" {
        "Once the cause is mended, not before, on the schedule "
    } else {
        "Tried again on the schedule "
    };
    let count = match tries.len() {
        0 => "no try by itself".to_owned(),
        1 => "one try".to_owned(),
        many => format!("{many} tries"),
    };
    let words = vec![
        Span::Text(lead.into()),
        Span::Link(place.name.clone(), Target::Page(place.clone())),
        Span::Text(format!(": {count}, given up after {}.", duration(give_up))),
    ];
    Some([
        Block::Text(words),
        Block::Figure(figures::timeline(&entry.title, &tries, give_up)),
    ])
}

/// What a recurrence rule leads to, in words.
pub(crate) fn escalation(slug: &str) -> String {
    match slug {
        "re-engage" => slug.to_owned(),
        _ => slug.replace('-', " "),
    }
}

/// The heading of [`when`].
pub(crate) const WHEN: &str = "When to try again, and when it counts";

/// When the message is tried again, and when such replies become a problem of the list. `class` is the first
/// digit of the reply, where it has one.
pub(crate) fn when(atlas: &Atlas<'_>, outcome: &Outcome, class: Option<u8>) -> Vec<Block> {
    let delivery = outcome.delivery.slug.as_str();
    if matches!(delivery, "delivered" | "continue") {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    match outcome
        .schedule
        .as_ref()
        .and_then(|place| scheduled(atlas, place, delivery))
    {
        Some(schedule) => blocks.extend(schedule),
        None if delivery == "retry-after-fix" => blocks.push(Block::Text(text(
            "The message is sent again once the cause is mended. Until then each try ends the same.",
        ))),
        None => blocks.push(Block::Text(text("This message is not tried again."))),
    }
    let reason = atlas
        .catalogue
        .reasons
        .iter()
        .find(|entry| entry.slug.as_str() == outcome.reason.slug);
    if reason.is_some_and(|entry| entry.sender_fault.as_ref().is_some_and(|flag| **flag)) {
        blocks.push(Block::Text(text(
            "However often it comes, it never counts against the address: the fault is the sender's.",
        )));
    }
    let rules = atlas.catalogue.recurrences.iter().filter(|rule| {
        let class_fits = match (class, rule.class.as_ref().map(|class| class.as_str())) {
            (Some(b'4'), Some(wanted)) => wanted == "transient",
            (Some(b'5'), Some(wanted)) => wanted == "permanent",
            _ => true,
        };
        class_fits && rule.reasons.iter().any(|slug| slug.as_str() == outcome.reason.slug)
    });
    let rules: Vec<Rich> = rules
        .take(5)
        .map(|rule| {
            let mut line = atlas.link_as(&format!("recurrence:{}", rule.slug.as_str()), Some(rule.title.as_str()));
            line.push(Span::Text(": ".into()));
            line.push(Span::Strong(escalation(&rule.escalates_to)));
            line.push(Span::Text(format!(". {}", rule.summary.as_str())));
            line
        })
        .collect();
    blocks.push(Block::List(rules));
    blocks
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
    let rest = counts.len().saturating_sub(10);
    let shown = bars(atlas, counts, 10);
    let left_out = match rest {
        0 => String::new(),
        1 => " (one rarer reason left out)".to_owned(),
        many => format!(" ({many} rarer reasons left out)"),
    };
    let lead = format!(
        "{} replies of the catalogue carry it. What the engine makes of them, the words included{left_out}:",
        cases.len()
    );
    vec![Block::Text(text(lead)), Block::Bars(shown)]
}

/// Reasons by how often they come, the most frequent first.
pub(crate) fn bars(atlas: &Atlas<'_>, counts: BTreeMap<&str, usize>, most: usize) -> Vec<Bar> {
    let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let longest = counts.first().map_or(1, |(_, count)| *count);
    let bar = |(slug, count): (&str, usize)| Bar {
        label: atlas.marked("reason", slug),
        count,
        percent: (count * 100).div_ceil(longest),
    };
    counts.into_iter().take(most).map(bar).collect()
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
    // What most people meet comes first: the large providers' own words, then those of others, in ASCII.
    let rank = |case: &&Case<'m>| {
        let provider = case.vector.owner.split_once('/').map(|(provider, _)| provider);
        let known = provider.map(|provider| PROMINENT.iter().position(|name| *name == provider));
        let rank = match known {
            Some(Some(rank)) => rank,
            Some(None) => PROMINENT.len(),
            None => PROMINENT.len() + 1,
        };
        (!case.vector.reply.is_ascii(), rank)
    };
    for group in by_reason.values_mut() {
        group.sort_by_key(rank);
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
    // The large providers first, the others by name.
    let mut owners: Vec<&str> = owners.into_iter().collect();
    owners.sort_by_key(|owner| {
        let provider = owner.split('/').next().unwrap_or_default();
        let rank = PROMINENT.iter().position(|name| *name == provider);
        rank.unwrap_or(PROMINENT.len())
    });
    owners
        .into_iter()
        .filter_map(|owner| {
            let variant = atlas.variant(owner)?;
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
