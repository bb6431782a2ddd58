//! The idioms of concepts.

use std::collections::{BTreeMap, BTreeSet};

use crate::signature::fold_words;
use crate::source::Catalogue;

/// The idioms of each concept: its own, and those of every concept that it includes, however far.
pub(super) fn lexicon(catalogue: &Catalogue) -> BTreeMap<&str, BTreeSet<Vec<String>>> {
    let mut idioms: BTreeMap<&str, BTreeSet<Vec<String>>> = BTreeMap::new();
    for entry in &catalogue.concepts {
        let Some(name) = entry.name() else { continue };
        let own = idioms.entry(name.as_str()).or_default();
        own.extend(
            entry
                .idioms
                .values()
                .flat_map(|list| list.iter())
                .map(|text| fold_words(text))
                .filter(|words| !words.is_empty()),
        );
    }
    // Handing idioms on until nothing changes needs no thought about cycles.
    loop {
        let before: usize = idioms.values().map(BTreeSet::len).sum();
        for entry in &catalogue.concepts {
            let Some(name) = entry.name() else { continue };
            for include in entry.head.include.iter().flat_map(|list| list.iter()) {
                let included = idioms.get(include.as_str()).cloned().unwrap_or_default();
                idioms.entry(name.as_str()).or_default().extend(included);
            }
        }
        if idioms.values().map(BTreeSet::len).sum::<usize>() == before {
            return idioms;
        }
    }
}
