//! Signatures to words, trie and graph.

use std::collections::BTreeMap;

use smtp_codes::matcher::MAX_ATOM_WORDS;
use smtp_codes::tables::{ANY_GAP, Run, Step, TrieNode};
use smtp_codes::text;

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
    trie: Vec<BuildNode>,
    /// Signature prefixes: what was before, the gap, the atom.
    prefixes: BTreeMap<(u16, u8, u16), u16>,
    steps: Vec<BuildStep>,
}

#[derive(Default)]
struct BuildNode {
    children: BTreeMap<u16, usize>,
    atoms: Vec<u16>,
}

struct BuildStep {
    before: u16,
    gap: u8,
    atom: u16,
    goes_on: bool,
    completed: Vec<u16>,
}

/// The finished parts, as the fields of the tables.
pub(super) struct Built {
    pub(super) word_slots: Vec<u32>,
    pub(super) word_ends: Vec<u32>,
    pub(super) word_bytes: Vec<u8>,
    pub(super) roots: Vec<u16>,
    pub(super) nodes: Vec<TrieNode>,
    pub(super) tails: Vec<u16>,
    pub(super) edges: Vec<(u16, u16)>,
    pub(super) node_atoms: Vec<u16>,
    pub(super) atoms: Vec<Run>,
    pub(super) steps: Vec<Step>,
    pub(super) completed: Vec<u16>,
    pub(super) slot_count: u16,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            word_list: vec![String::new()],
            trie: vec![BuildNode::default()],
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
                self.trie.push(BuildNode::default());
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
                self.steps.push(BuildStep {
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

    pub(super) fn finish(self) -> Built {
        // Slots only for prefixes that go on; step numbers are turned into slots.
        let mut slots = vec![0u16; self.steps.len() + 1];
        let mut slot_count = 1u16;
        for (index, step) in self.steps.iter().enumerate() {
            if step.goes_on {
                slots[index + 1] = slot_count;
                slot_count += 1;
            }
        }
        let mut by_atom: Vec<Vec<usize>> = vec![Vec::new(); self.atoms.len()];
        for (index, step) in self.steps.iter().enumerate() {
            by_atom[usize::from(step.atom)].push(index);
        }
        let mut completed = Vec::new();
        let mut steps = Vec::new();
        let mut atoms = Vec::new();
        for indices in &by_atom {
            atoms.push(Run {
                start: steps.len() as u32,
                len: indices.len() as u16,
            });
            for &index in indices {
                let step = &self.steps[index];
                steps.push(Step {
                    before: slots[usize::from(step.before)],
                    after: slots[index + 1],
                    gap: step.gap,
                    completed_count: step.completed.len() as u8,
                    completed: completed.len() as u16,
                });
                completed.extend(&step.completed);
            }
        }
        let mut packed = Packed {
            nodes: vec![TrieNode::default()],
            ..Packed::default()
        };
        let mut roots = vec![0u16; self.word_list.len()];
        for (&word, &node) in &self.trie[0].children {
            roots[usize::from(word)] = packed.pack(&self.trie, node);
        }
        let (word_slots, word_ends, word_bytes) = finish_words(&self.word_list);
        Built {
            word_slots,
            word_ends,
            word_bytes,
            roots,
            nodes: packed.nodes,
            tails: packed.tails,
            edges: packed.edges,
            node_atoms: packed.atoms,
            atoms,
            steps,
            completed,
            slot_count,
        }
    }
}

/// The trie with chains of words drawn together into tails.
#[derive(Default)]
struct Packed {
    nodes: Vec<TrieNode>,
    tails: Vec<u16>,
    edges: Vec<(u16, u16)>,
    atoms: Vec<u16>,
}

impl Packed {
    /// Packs the node that `start` leads to, and all behind it; returns its number.
    fn pack(&mut self, trie: &[BuildNode], start: usize) -> u16 {
        let number = self.nodes.len() as u16;
        self.nodes.push(TrieNode::default());
        let tail = self.tails.len() as u16;
        let mut tail_count = 0u8;
        let mut at = start;
        while let (true, Some((&word, &child)), 1) = (
            trie[at].atoms.is_empty(),
            trie[at].children.first_key_value(),
            trie[at].children.len(),
        ) {
            self.tails.push(word);
            tail_count += 1;
            at = child;
        }
        let node = &trie[at];
        let atoms = self.atoms.len() as u16;
        self.atoms.extend(&node.atoms);
        // Edges of one node stand together: places first, children after.
        let edges = self.edges.len();
        self.edges.extend(node.children.keys().map(|&word| (word, 0)));
        for (index, &child) in node.children.values().enumerate() {
            self.edges[edges + index].1 = self.pack(trie, child);
        }
        self.nodes[usize::from(number)] = TrieNode {
            tail,
            atoms,
            edges: edges as u16,
            edge_count: node.children.len() as u16,
            tail_count,
            atom_count: node.atoms.len() as u8,
        };
        number
    }
}

fn finish_words(words: &[String]) -> (Vec<u32>, Vec<u32>, Vec<u8>) {
    let mut ends = Vec::with_capacity(words.len());
    let mut bytes = Vec::new();
    for word in words {
        bytes.extend(word.as_bytes());
        ends.push(bytes.len() as u32);
    }
    // At most four slots in five are taken: fuller, and words that are not there take long to miss.
    let size = (words.len() * 5 / 4).next_power_of_two().max(2);
    let mut slots = vec![0u32; size];
    for (number, word) in words.iter().enumerate().skip(1) {
        let hash = text::hash(word.as_bytes());
        let mut slot = hash as usize & (size - 1);
        while slots[slot] != 0 {
            slot = (slot + 1) & (size - 1);
        }
        slots[slot] = hash & 0xFFFF_0000 | number as u32;
    }
    (slots, ends, bytes)
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
