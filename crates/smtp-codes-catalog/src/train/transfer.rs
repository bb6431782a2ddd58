//! A learned model on other tables: for changes too small to be worth learning anew.

use std::collections::BTreeMap;

use smtp_codes::Tables;
use smtp_codes::infer::{self, CONCEPT_IN_PAIR};

use crate::compile::OwnedModel;

/// The model that was learned over the tables `from`, renumbered for the words of `to`. Concepts keep
/// their numbers as long as there are as many; words that are new have no weight.
#[must_use]
pub fn transfer(model: &OwnedModel, from: &Tables<'_>, to: &Tables<'_>) -> OwnedModel {
    let mut moved = OwnedModel {
        bias: model.bias.clone(),
        calibration: model.calibration.clone(),
        threshold: model.threshold,
        ..OwnedModel::default()
    };
    let row = |runs: &[u16], index: usize| {
        let start = runs.get(index).map_or(0, |at| usize::from(*at));
        let end = runs.get(index + 1).map_or(start, |at| usize::from(*at));
        model.weights.get(start..end).unwrap_or_default()
    };
    for word in 0..to.vocabulary.len() {
        moved.word_runs.push(moved.weights.len() as u16);
        let before = from.vocabulary.number(to.vocabulary.word(word as u16));
        if before != 0 {
            moved.weights.extend(row(&model.word_runs, usize::from(before)));
        }
    }
    moved.word_runs.push(moved.weights.len() as u16);
    for concept in 0..to.graph.concept_count {
        moved.concept_runs.push(moved.weights.len() as u16);
        moved.weights.extend(row(&model.concept_runs, usize::from(concept)));
    }
    moved.concept_runs.push(moved.weights.len() as u16);
    let renumbered = |part: u16| {
        if part & CONCEPT_IN_PAIR != 0 {
            return Some(part);
        }
        Some(to.vocabulary.number(from.vocabulary.word(part))).filter(|number| *number != 0)
    };
    let mut pairs = BTreeMap::new();
    for (index, &(first, second)) in model.pairs.iter().enumerate() {
        if let (Some(first), Some(second)) = (renumbered(first), renumbered(second)) {
            pairs.insert((first, second), index);
        }
    }
    for (pair, index) in pairs {
        moved.pairs.push(pair);
        moved.pair_runs.push(moved.weights.len() as u16);
        moved.weights.extend(row(&model.pair_runs, index));
    }
    moved.pair_runs.push(moved.weights.len() as u16);
    moved.pair_slots = pair_slots(&moved.pairs);
    moved
}

/// The hash table by which pairs are found.
pub(super) fn pair_slots(pairs: &[(u16, u16)]) -> Vec<u16> {
    // A pair that is not there is missed soon as long as some places are free.
    let size = (pairs.len() * 5 / 4).next_power_of_two().max(2);
    let mut slots = vec![0; size];
    for (index, &(first, second)) in pairs.iter().enumerate() {
        let mut slot = infer::pair_hash(first, second) as usize & (size - 1);
        while slots[slot] != 0 {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = index as u16 + 1;
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::transfer;
    use crate::files::SourceFile;
    use crate::load::load_files;
    use crate::model::Model;

    const BASE: &str = include_str!("../../tests/fixtures/base.toml");

    fn catalogue(more: &str) -> crate::source::Catalogue {
        let vectors = "[[vectors]]\nreason = \"recipient-unknown\"\nreplies = [\n\"550 5.1.1 zebra walks away\",\n\"550 zebra walks home\",\n\"550 a zebra walks\",\n\"451 zebra walks by\"]\n\
            [[vectors]]\nreason = \"mailbox-full\"\nreplies = [\n\"552 5.2.2 otter swims away\",\n\"452 otter swims home\",\n\"552 an otter swims\",\n\"552 otter swims by\"]\n";
        let files = vec![
            SourceFile::new("catalog/base.toml", BASE),
            SourceFile::new("catalog/v.toml", format!("{vectors}{more}")),
        ];
        load_files(files).catalogue
    }

    #[test]
    fn on_its_own_tables_it_stays_what_it_is() {
        let model = Model::new(catalogue(""));
        assert!(!model.tables.model.weights.is_empty());
        let tables = model.tables();
        assert_eq!(transfer(&model.tables.model, &tables, &tables), model.tables.model);
    }

    #[test]
    fn other_numbers_of_words_change_no_answer() {
        let model = Model::new(catalogue(""));
        let more = "[[vectors]]\nreason = \"policy\"\nreplies = [\"550 aardvark badger civet dingo\", \"550 aardvark badger civet dingo one\", \"550 aardvark badger civet dingo two\"]\n";
        let moved = Model::with_learned(catalogue(more), &model);
        let numbers = |model: &Model| {
            ["zebra", "otter", "walks", "swims", "home"].map(|word| model.tables().vocabulary.number(word.as_bytes()))
        };
        assert_ne!(numbers(&moved), numbers(&model), "the words are numbered anew");
        for reply in ["550 zebra walks", "552 otter swims", "550 5.1.1 zebra"] {
            let reason = |model: &Model| {
                model.with_engine(|engine| {
                    let query = smtp_codes::Query::from(reply);
                    let found = engine.diagnose(&query);
                    (found.reason, found.confidence)
                })
            };
            assert_eq!(reason(&moved), reason(&model), "{reply}");
        }
    }
}
