//! Signatures to words, trie and graph.

use std::collections::BTreeMap;

use smtp_codes::matcher::MAX_ATOM_WORDS;
use smtp_codes::tables::ANY_GAP;

use super::pack::{self, Packed};
use crate::signature::{Gap, Item, Signature, fold_words};
use crate::source::Catalogue;

/// Idioms of each concept, folded; includes already resolved.
pub(crate) type Lexicon = BTreeMap<String, Vec<Vec<String>>>;

/// What an atom is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Atom {
    /// Any idiom of the concept.
    Concept(String),
    /// These words, one behind the other.
    Literal(Vec<String>),
}

/// A signature as atoms with the gap before each.
pub(crate) fn atoms_of(signature: &Signature) -> Vec<(u8, Atom)> {
    let mut atoms: Vec<(u8, Atom)> = Vec::new();
    for part in &signature.parts {
        let gap = match part.gap {
            Gap::Adjacent => 0,
            Gap::Within(width) => width,
            Gap::Any => ANY_GAP,
        };
        match (&part.item, atoms.last_mut()) {
            (Item::Word(word), Some((_, Atom::Literal(words)))) if gap == 0 && words.len() < MAX_ATOM_WORDS => {
                words.push(word.clone())
            }
            (Item::Word(word), _) => atoms.push((gap, Atom::Literal(vec![word.clone()]))),
            (Item::Concept(slug), _) => atoms.push((gap, Atom::Concept(slug.clone()))),
        }
    }
    atoms
}

/// Builds words, trie and graph from atoms and signatures.
#[derive(Default)]
pub(super) struct Builder {
    words: BTreeMap<String, u16>,
    word_list: Vec<String>,
    atoms: BTreeMap<Atom, u16>,
    trie: Vec<Node>,
    /// Signature prefixes: what was before, the gap, the atom.
    prefixes: BTreeMap<(u16, u8, u16), u16>,
    steps: Vec<PrefixStep>,
}

/// A node of the trie: a word and all that is behind it.
#[derive(Default)]
pub(super) struct Node {
    pub(super) children: BTreeMap<u16, usize>,
    pub(super) atoms: Vec<u16>,
}

/// An atom's place in a signature prefix.
pub(super) struct PrefixStep {
    /// The step before, counted from 1; 0 for none.
    pub(super) before: u16,
    pub(super) gap: u8,
    pub(super) atom: u16,
    pub(super) goes_on: bool,
    pub(super) completed: Vec<u16>,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            word_list: vec![String::new()],
            trie: vec![Node::default()],
            ..Self::default()
        }
    }

    /// The number of a word, added if it is new.
    pub(super) fn word(&mut self, word: &str) -> u16 {
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        let number = u16::try_from(self.word_list.len()).unwrap_or(u16::MAX);
        self.words.insert(word.to_owned(), number);
        self.word_list.push(word.to_owned());
        number
    }

    /// The number of an atom, added with its word sequences if it is new.
    fn atom(&mut self, atom: &Atom, lexicon: &Lexicon) -> u16 {
        if let Some(&number) = self.atoms.get(atom) {
            return number;
        }
        let number = self.atoms.len() as u16;
        self.atoms.insert(atom.clone(), number);
        match atom {
            Atom::Literal(words) => self.insert(words, number),
            Atom::Concept(slug) => {
                for words in lexicon.get(slug).into_iter().flatten() {
                    self.insert(words, number);
                }
            }
        }
        number
    }

    /// Adds a concept, whether or not a signature uses it: the model may learn from it.
    /// Concepts are added before any signature, so that their atoms have the lowest numbers.
    pub(super) fn concept(&mut self, slug: &str, lexicon: &Lexicon) {
        self.atom(&Atom::Concept(slug.to_owned()), lexicon);
    }

    fn insert(&mut self, words: &[String], atom: u16) {
        if words.is_empty() || words.len() > MAX_ATOM_WORDS {
            return;
        }
        let mut node = 0;
        for word in words {
            let number = self.word(word);
            let next = self.trie.len();
            node = *self.trie[node].children.entry(number).or_insert(next);
            if node == next {
                self.trie.push(Node::default());
            }
        }
        if !self.trie[node].atoms.contains(&atom) {
            self.trie[node].atoms.push(atom);
        }
    }

    /// Adds a signature that completes `pattern`.
    pub(super) fn signature(&mut self, signature: &Signature, pattern: u16, lexicon: &Lexicon) {
        let atoms = atoms_of(signature);
        let mut before = 0u16;
        let last = atoms.len() - 1;
        for (index, (gap, atom)) in atoms.iter().enumerate() {
            let atom = self.atom(atom, lexicon);
            let gap = if index == 0 { 0 } else { *gap };
            let next = self.steps.len() as u16 + 1;
            let step = *self.prefixes.entry((before, gap, atom)).or_insert(next);
            if step == next {
                self.steps.push(PrefixStep {
                    before,
                    gap,
                    atom,
                    goes_on: false,
                    completed: Vec::new(),
                });
            }
            let entry = &mut self.steps[usize::from(step) - 1];
            if index == last {
                if !entry.completed.contains(&pattern) {
                    entry.completed.push(pattern);
                }
            } else {
                entry.goes_on = true;
            }
            before = step;
        }
    }

    /// Lays everything out as the engine reads it.
    pub(super) fn finish(self, concept_count: u16) -> Packed {
        pack::pack(
            &self.word_list,
            &self.trie,
            &self.steps,
            self.atoms.len(),
            usize::from(concept_count),
        )
    }
}

/// The lexicon of a catalogue.
pub(crate) fn lexicon_of(catalogue: &Catalogue) -> Lexicon {
    lexicon(catalogue.concepts.iter().filter_map(|entry| {
        let idioms = entry
            .idioms
            .values()
            .flat_map(|list| list.iter().map(|text| text.as_str()))
            .collect();
        let includes = entry
            .head
            .include
            .iter()
            .flat_map(|list| list.iter().map(|text| text.as_str()))
            .collect();
        Some((entry.name()?.as_str(), idioms, includes))
    }))
}

/// The idioms of every concept, with those of the concepts it includes.
pub(crate) fn lexicon<'a>(concepts: impl Iterator<Item = (&'a str, Vec<&'a str>, Vec<&'a str>)>) -> Lexicon {
    let mut own: BTreeMap<String, (Vec<Vec<String>>, Vec<String>)> = BTreeMap::new();
    for (slug, idioms, includes) in concepts {
        let entry = own.entry(slug.to_owned()).or_default();
        entry
            .0
            .extend(idioms.into_iter().map(fold_words).filter(|words| !words.is_empty()));
        entry.1.extend(includes.into_iter().map(str::to_owned));
    }
    own.keys()
        .map(|slug| {
            let mut seen = vec![slug.clone()];
            let mut idioms = Vec::new();
            let mut next = 0;
            while let Some(current) = seen.get(next).cloned() {
                next += 1;
                if let Some((words, includes)) = own.get(&current) {
                    idioms.extend(words.iter().cloned());
                    for include in includes {
                        if !seen.contains(include) {
                            seen.push(include.clone());
                        }
                    }
                }
            }
            idioms.sort();
            idioms.dedup();
            (slug.clone(), idioms)
        })
        .collect()
}
