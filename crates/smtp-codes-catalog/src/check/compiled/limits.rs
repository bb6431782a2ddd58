//! What was compiled fits into the tables.
//!
//! Numbers in the tables are 16 bits wide, and the matcher keeps a fixed room on the stack. A catalogue
//! that outgrows them is told so: nothing may be cut in silence.

use smtp_codes::infer::CONCEPT_IN_PAIR;
use smtp_codes::matcher::{MAX_ATOM_WORDS, MAX_PATTERNS, MAX_SLOTS};
use smtp_codes::packed::{LAST, NodeHead};
use smtp_codes::tables::{NO_SCHEDULE, Target};

use crate::model::Model;
use crate::report::{Code, Diagnostic};
use crate::signature::fold_words;

/// How many elements a number of 16 bits tells apart, one value being "none".
const NUMBERED: usize = u16::MAX as usize;

pub(super) fn check(model: &Model, out: &mut Vec<Diagnostic>) {
    let tables = &model.tables;
    let limits = [
        (
            "signatures, what they exclude included",
            tables.patterns.len(),
            MAX_PATTERNS,
        ),
        (
            "beginnings of signatures to remember",
            usize::from(tables.slot_count),
            MAX_SLOTS,
        ),
        ("words", tables.word_lens.len(), usize::from(CONCEPT_IN_PAIR)),
        (
            "units in the nodes of the trie",
            tables.nodes.len(),
            2 * usize::from(LAST),
        ),
        (
            "words that may follow one another's beginning",
            tables.most_edges,
            usize::from(NodeHead::MAX_EDGES),
        ),
        (
            "atoms",
            tables.atom_starts.len() + tables.simple.len(),
            usize::from(LAST),
        ),
        ("units in the steps of signatures", tables.program.len(), NUMBERED),
        ("exclusions", tables.guards.len(), NUMBERED),
        ("rules", tables.rules.len(), usize::from(Target::MAX_NUMBER)),
        ("limits of rules", tables.limits.len(), NUMBERED),
        ("learned weights", tables.model.weights.len(), NUMBERED),
        ("sets of advice", tables.advice.len(), NUMBERED),
        ("providers", tables.providers.len(), usize::from(Target::MAX_NUMBER)),
        ("blocklists", tables.blocklists.len(), usize::from(Target::MAX_NUMBER)),
        ("sources", tables.sources.len(), NUMBERED),
        ("retry schedules", tables.schedules.len(), usize::from(NO_SCHEDULE)),
        ("learned pairs of words", tables.model.pairs.len(), NUMBERED),
    ];
    for (what, count, limit) in limits {
        if count > limit {
            let message = format!("the tables have room for {limit} {what}, and the catalogue makes {count}");
            let help = "draw signatures together with concepts and `~`, or widen the tables of the crate `smtp-codes`";
            out.push(Diagnostic::nowhere(Code::TableFull, message).help(help));
        }
    }
    for concept in &model.catalogue.concepts {
        for idiom in concept.idioms.values().flat_map(|list| list.iter()) {
            let words = fold_words(idiom).len();
            if words > MAX_ATOM_WORDS {
                let message =
                    format!("an idiom of {words} words is longer than the {MAX_ATOM_WORDS} that are compared");
                out.push(
                    Diagnostic::new(Code::TableFull, concept.at(idiom), message)
                        .help("keep the words that tell it apart"),
                );
            }
        }
    }
}
