//! What was compiled fits into the tables.
//!
//! Numbers in the tables are 16 bits wide, and the matcher keeps a fixed room on the stack. A catalogue
//! that outgrows them is told so: nothing may be cut in silence.

use smtp_codes::infer::CONCEPT_IN_PAIR;
use smtp_codes::matcher::{MAX_ATOM_WORDS, MAX_PATTERNS, MAX_SLOTS};
use smtp_codes::tables::NO_SCHEDULE;

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
        ("words", tables.word_ends.len(), usize::from(CONCEPT_IN_PAIR)),
        ("nodes of the trie", tables.nodes.len(), NUMBERED),
        ("words in the tails of the trie", tables.tails.len(), NUMBERED),
        ("edges of the trie", tables.edges.len(), NUMBERED),
        ("atoms at the nodes of the trie", tables.node_atoms.len(), NUMBERED),
        ("atoms", tables.atoms.len(), NUMBERED),
        ("completed signatures", tables.completed.len(), NUMBERED),
        ("rules", tables.rules.len(), NUMBERED),
        ("sets of advice", tables.advice.len(), NUMBERED),
        ("providers", tables.providers.len(), NUMBERED),
        ("blocklists", tables.blocklists.len(), NUMBERED),
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
