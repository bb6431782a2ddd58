//! Checks that need the compiled tables: does every entry win what it says it wins?
//!
//! They diagnose each vector with the engine itself, over tables that were just compiled. Where an
//! entry loses, the message names the winner at its own place and says what kept the entry from
//! winning.

mod blocklists;
mod expected;
mod limits;
mod places;
mod reading;
mod samples;
mod shadowed;
mod ties;

use std::collections::BTreeMap;

use smtp_codes::Engine;
use smtp_codes::tables::Target;

use crate::compile::vectors::{Deviation, Vector, winner};
use crate::model::Model;
use crate::parallel::parallel;
use crate::report::{Code, Diagnostic, Diagnostics, Severity};
use places::Places;

/// What a check of the compiled catalogue gets to see.
struct Context<'a> {
    model: &'a Model,
    places: Places,
    tried: Vec<Tried<'a>>,
    /// By name of an entry: its rule.
    rules: BTreeMap<&'a str, u16>,
    /// By rule: its patterns, best first.
    patterns: Vec<Vec<u16>>,
    /// Entries that win none of their vectors, and the one that wins them all.
    shadowed: BTreeMap<String, String>,
}

/// A vector, and what came of it.
struct Tried<'a> {
    vector: &'a Vector,
    /// The entry that won.
    winner: String,
    deviations: Vec<Deviation>,
}

/// Everything that is wrong with a compiled catalogue. Not sorted.
#[must_use]
pub fn compiled(model: &Model) -> Diagnostics {
    let mut out = Vec::new();
    limits::check(model, &mut out);
    if !out.is_empty() {
        // Numbers that do not fit were cut: what such tables say means nothing.
        return out.into_iter().collect();
    }
    let tables = model.tables();
    let tried = parallel(&model.vectors, |vector| {
        let diagnosis = Engine::new(&tables).diagnose(&vector.query());
        Tried {
            vector,
            winner: winner(&diagnosis),
            deviations: vector.deviations(&diagnosis),
        }
    });
    let rules = (0u16..)
        .zip(tables.rule_texts)
        .map(|(rule, text)| (tables.text(text.slug), rule))
        .collect();
    let mut patterns = vec![Vec::new(); tables.rules.len()];
    for (number, pattern) in (0u16..).zip(tables.patterns) {
        if let (Target::Rule(rule), _) = Target::read(*pattern) {
            patterns[usize::from(rule)].push(number);
        }
    }
    let places = Places::new(&model.catalogue);
    let mut context = Context {
        model,
        places,
        tried,
        rules,
        patterns,
        shadowed: BTreeMap::new(),
    };
    context.shadowed = shadowed::find(&context);
    let checks: &[fn(&Context<'_>, &mut Vec<Diagnostic>)] = &[
        shadowed::check,
        expected::check,
        blocklists::check,
        samples::check,
        ties::check,
    ];
    for check in checks {
        check(&context, &mut out);
    }
    out.into_iter().collect()
}

/// Whether what was found so far leaves the compiled tables as they are meant, so that checking them as
/// well says something: prose, sources, numbers of the ledger, but nothing that decides.
#[must_use]
pub fn worth_compiling(found: &Diagnostics) -> bool {
    found
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .all(|diagnostic| {
            matches!(
                diagnostic.code,
                Code::RepeatedValue
                    | Code::NoSource
                    | Code::BadUrl
                    | Code::BadDate
                    | Code::NoFullStop
                    | Code::TitleWithStop
                    | Code::EmptyText
                    | Code::StrayBlanks
                    | Code::BadVersion
                    | Code::NoVector
                    | Code::ContradictoryVectors
                    | Code::VectorAndNear
                    | Code::FalseSuppression
                    | Code::NoConcern
                    | Code::NoId
                    | Code::IdWithoutEntry
                    | Code::RetiredReused
                    | Code::DuplicateId
                    | Code::ClosedListNumber
                    | Code::NoLedger
            )
        })
}
