//! The literal pieces of all signatures, for scanners that know neither words nor gaps.

use std::collections::{BTreeMap, BTreeSet};

use smtp_codes_catalog::compile::compile_with_signatures;
use smtp_codes_catalog::signature::{Gap, Item, fold_words};
use smtp_codes_catalog::source::Catalogue;

/// What a signature is made of: literal pieces, and concepts with their idioms.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    /// Runs of words that follow one another.
    pub literals: BTreeSet<String>,
    /// Idioms of the concepts that signatures name.
    pub concepts: BTreeMap<String, BTreeSet<String>>,
}

impl Pieces {
    /// The pieces of a catalogue's signatures: variants, phrases, fingerprints, blocklists, and what speaks
    /// against them.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let (_, signatures) = compile_with_signatures(catalogue);
        let idioms = idioms(catalogue);
        let mut pieces = Self::default();
        for signature in &signatures {
            let mut literal: Vec<&str> = Vec::new();
            for part in &signature.parts {
                match &part.item {
                    Item::Word(word) if part.gap == Gap::Adjacent => literal.push(word),
                    Item::Word(word) => {
                        pieces.literal(&mut literal);
                        literal.push(word);
                    }
                    Item::Concept(slug) => {
                        pieces.literal(&mut literal);
                        pieces
                            .concepts
                            .entry(slug.clone())
                            .or_insert_with(|| idioms.get(slug.as_str()).cloned().unwrap_or_default());
                    }
                }
            }
            pieces.literal(&mut literal);
        }
        pieces
    }

    fn literal(&mut self, words: &mut Vec<&str>) {
        if !words.is_empty() {
            self.literals.insert(words.join(" "));
            words.clear();
        }
    }

    /// Every piece and every idiom once.
    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.literals.iter().chain(self.concepts.values().flatten()).collect();
        all.into_iter().cloned().collect()
    }

    /// One expression for each piece, and one for each concept, its idioms as alternatives.
    #[must_use]
    pub fn expressions(&self) -> Vec<String> {
        let concepts = self.concepts.values().map(|idioms| {
            idioms
                .iter()
                .map(|idiom| regex::escape(idiom))
                .collect::<Vec<_>>()
                .join("|")
        });
        self.literals
            .iter()
            .map(|literal| regex::escape(literal))
            .chain(concepts)
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// The idioms of each concept, with those of the concepts it includes.
fn idioms(catalogue: &Catalogue) -> BTreeMap<&str, BTreeSet<String>> {
    let mut idioms: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let mut includes: Vec<(&str, &str)> = Vec::new();
    for entry in &catalogue.concepts {
        let Some(name) = entry.name() else { continue };
        let own = entry
            .idioms
            .values()
            .flat_map(|list| list.iter())
            .map(|text| fold_words(text).join(" "))
            .filter(|text| !text.is_empty());
        idioms.entry(name.as_str()).or_default().extend(own);
        includes.extend(
            entry
                .head
                .include
                .iter()
                .flat_map(|list| list.iter())
                .map(|include| (name.as_str(), include.as_str())),
        );
    }
    // No chain of includes is longer than there are includes.
    for _ in 0..includes.len() {
        for &(name, include) in &includes {
            let included = idioms.get(include).cloned().unwrap_or_default();
            idioms.entry(name).or_default().extend(included);
        }
    }
    idioms
}
