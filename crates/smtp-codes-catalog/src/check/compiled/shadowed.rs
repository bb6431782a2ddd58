//! No entry stands wholly behind another one.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::reading::{Obstacle, Reading};
use crate::report::{Code, Diagnostic};

/// Entries that match all of their vectors and win none, because one other entry goes before them each
/// time; with that entry.
pub(super) fn find(context: &Context<'_>) -> BTreeMap<String, String> {
    let mut winners: BTreeMap<&str, Option<BTreeSet<&str>>> = BTreeMap::new();
    let tables = context.model.tables();
    for tried in &context.tried {
        let owner = tried.vector.owner.as_str();
        if tried.vector.expected.winner.as_deref() != Some(owner) || owner.is_empty() {
            continue;
        }
        let Some(&rule) = context.rules.get(owner) else {
            continue;
        };
        let behind = tried.winner != owner && tried.winner != "none" && {
            let reading = Reading::new(&tables, &tried.vector.query());
            let obstacle = reading.obstacle(rule, &context.patterns[usize::from(rule)]);
            matches!(obstacle, Obstacle::Rank | Obstacle::Generic)
        };
        let entry = winners.entry(owner).or_insert_with(|| Some(BTreeSet::new()));
        match entry {
            Some(list) if behind => {
                list.insert(&tried.winner);
            }
            _ => *entry = None,
        }
    }
    let one = |list: BTreeSet<&str>| {
        (list.len() == 1)
            .then(|| list.into_iter().next().map(str::to_owned))
            .flatten()
    };
    winners
        .into_iter()
        .filter_map(|(owner, list)| Some((owner.to_owned(), one(list?)?)))
        .collect()
}

pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (owner, winner) in &context.shadowed {
        let Some(span) = context.places.of(owner) else { continue };
        let message = format!("`{winner}` hides `{owner}`");
        let diagnostic = Diagnostic::new(Code::Shadowed, span, message)
            .label("wins none of its own vectors")
            .help("make a signature here longer or name its codes, or give the other one a `not`");
        out.push(match context.places.of(winner) {
            Some(place) => diagnostic.also(place, "goes before it each time"),
            None => diagnostic,
        });
    }
}
