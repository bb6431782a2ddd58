//! Rank alone decides: no two entries of equal rank and different reason match one reply.

use std::collections::BTreeSet;

use smtp_codes::tables::{Strength, Target};

use super::Context;
use super::reading::Reading;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let tables = context.model.tables();
    let mut told = BTreeSet::new();
    for tried in &context.tried {
        let Some(&winner) = context.rules.get(tried.winner.as_str()) else {
            continue;
        };
        let own = &context.patterns[usize::from(winner)];
        if own.is_empty() {
            continue;
        }
        let reading = Reading::new(&tables, &tried.vector.query());
        let Some(&best) = own.iter().find(|number| reading.matches(**number)) else {
            continue;
        };
        let Some(rule) = tables.rule(winner) else { continue };
        // Equal ranks have neighbouring numbers.
        let place = tables.ranks.partition_point(|(first, _)| *first <= best);
        let from = tables.ranks.get(place.wrapping_sub(1)).map_or(0, |(first, _)| *first);
        let behind = tables
            .ranks
            .get(place)
            .map_or(tables.patterns.len() as u16, |(first, _)| *first);
        for number in from..behind {
            let Some(Target::Rule(other)) = tables.pattern(number).map(|pattern| pattern.target) else {
                continue;
            };
            let Some(entry) = tables
                .rule(other)
                .filter(|entry| other != winner && entry.reason != rule.reason)
            else {
                continue;
            };
            let generic = |strength| strength == Strength::Generic;
            if !reading.matches(number)
                || !reading.may_speak(entry)
                || reading.voice(entry) != reading.voice(rule)
                || generic(entry.strength()) != generic(rule.strength())
            {
                continue;
            }
            let Some(other) = tables
                .rule_texts
                .get(usize::from(other))
                .map(|text| tables.text(text.slug))
            else {
                continue;
            };
            let mut pair = [tried.winner.as_str(), other];
            pair.sort_unstable();
            if !told.insert(pair) {
                continue;
            }
            let message = format!(
                "`{}` and `{other}` match this reply with equal rank, and differ in their reason",
                tried.winner
            );
            let mut diagnostic = Diagnostic::new(Code::EqualRank, tried.vector.span, message)
                .label("only the order of names decides")
                .help("make one of the two the more specific: a longer signature, `strength`, codes, or a `not`");
            for (name, text) in [(tried.winner.as_str(), "wins now"), (other, "matches as well")] {
                if let Some(place) = context.places.of(name) {
                    diagnostic = diagnostic.also(place, text);
                }
            }
            out.push(diagnostic);
        }
    }
}
