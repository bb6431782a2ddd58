//! Words, trie and graph as the engine reads them; the layouts are those of [`smtp_codes::packed`].
//!
//! A place that its 16 bits cannot hold is cut here; the check of the tables' room says so before
//! anything is written.

use smtp_codes::packed::{LAST, NodeHead, StepHead};
use smtp_codes::tables::Vocabulary;
use smtp_codes::text;

use super::wording::{Node, PrefixStep};

/// The finished parts, as the fields of the tables.
#[derive(Default)]
pub(super) struct Packed {
    pub(super) buckets: Vec<u16>,
    pub(super) starts: Vec<u32>,
    pub(super) marks: Vec<u8>,
    pub(super) lens: Vec<u8>,
    pub(super) bytes: Vec<u8>,
    pub(super) roots: Vec<u16>,
    pub(super) nodes: Vec<u16>,
    pub(super) atom_starts: Vec<u16>,
    pub(super) program: Vec<u16>,
    pub(super) simple: Vec<u16>,
    pub(super) slot_count: u16,
    /// The widest node, in edges.
    pub(super) most_edges: usize,
}

/// How many words a bucket holds on average.
const WORDS_IN_BUCKET: usize = 3;

/// Packs words, the trie over them, and the steps that its atoms take.
pub(super) fn pack(
    words: &[String],
    trie: &[Node],
    steps: &[PrefixStep],
    atom_count: usize,
    concept_count: usize,
) -> Packed {
    let mut packed = Packed::default();
    let word_numbers = packed.words(words);
    let atom_numbers = packed.graph(steps, atom_count, concept_count);
    packed.trie(trie, &word_numbers, &atom_numbers);
    packed
}

impl Packed {
    /// Numbers the words by hash and lays them out in buckets; returns the new number of each.
    fn words(&mut self, words: &[String]) -> Vec<u16> {
        let count = (words.len() / WORDS_IN_BUCKET).max(1);
        let mut order: Vec<(u32, usize)> = words
            .iter()
            .enumerate()
            .skip(1)
            .map(|(old, word)| (text::hash(word.as_bytes()), old))
            .collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| words[a.1].cmp(&words[b.1])));
        let mut numbers = vec![0u16; words.len()];
        // Word 0 is none.
        self.marks.push(0);
        self.lens.push(0);
        for (number, (hash, old)) in order.into_iter().enumerate() {
            while self.starts.len() <= Vocabulary::bucket(hash, count) {
                self.begin_bucket();
            }
            let word = words[old].as_bytes();
            numbers[old] = number as u16 + 1;
            self.marks.push(hash as u8);
            self.lens.push(word.len() as u8);
            self.bytes.extend(word);
        }
        while self.starts.len() < count {
            self.begin_bucket();
        }
        self.buckets.push(self.lens.len() as u16);
        numbers
    }

    fn begin_bucket(&mut self) {
        self.buckets.push(self.lens.len() as u16);
        self.starts.push(self.bytes.len() as u32);
    }

    /// Lays out the steps; returns the new number of each atom: concepts keep theirs, and atoms that do no
    /// more than complete one pattern by themselves come last.
    fn graph(&mut self, steps: &[PrefixStep], atom_count: usize, concept_count: usize) -> Vec<u16> {
        // Slots only for prefixes that go on; step numbers are turned into slots.
        let mut slots = vec![0u16; steps.len() + 1];
        self.slot_count = 1;
        for (index, step) in steps.iter().enumerate() {
            if step.goes_on {
                slots[index + 1] = self.slot_count;
                self.slot_count += 1;
            }
        }
        let mut by_atom: Vec<Vec<usize>> = vec![Vec::new(); atom_count];
        for (index, step) in steps.iter().enumerate() {
            by_atom[usize::from(step.atom)].push(index);
        }
        let simple = |atom: usize| match by_atom[atom][..] {
            [only] => {
                let step = &steps[only];
                (atom >= concept_count && step.before == 0 && !step.goes_on && step.completed.len() == 1)
                    .then(|| step.completed[0])
            }
            _ => None,
        };
        let mut numbers = vec![0u16; atom_count];
        // What did not fit beside a step: where its place is to be written, and the values.
        let mut elsewhere: Vec<(usize, Vec<u16>)> = Vec::new();
        self.atom_starts.push(0);
        for atom in (0..atom_count).filter(|atom| simple(*atom).is_none()) {
            numbers[atom] = self.atom_starts.len() as u16 - 1;
            let mut gated: Vec<(u16, StepHead, Vec<u16>)> = Vec::new();
            let mut plain: Vec<u16> = Vec::new();
            for &index in &by_atom[atom] {
                let step = &steps[index];
                let before = slots[usize::from(step.before)];
                for (head, values) in split(slots[index + 1], step) {
                    if before == 0 {
                        plain.push(head.pack());
                        plain.extend(values);
                    } else {
                        gated.push((before, head, values));
                    }
                }
            }
            gated.sort_by_key(|(before, ..)| *before);
            self.program.push(gated.len() as u16);
            self.program.extend(gated.iter().map(|(before, ..)| before));
            for (_, mut head, values) in gated {
                head.elsewhere = values.len() != 1;
                self.program.push(head.pack());
                if head.elsewhere {
                    elsewhere.push((self.program.len(), values));
                    self.program.push(0);
                } else {
                    self.program.extend(values);
                }
            }
            self.program.extend(plain);
            self.atom_starts.push(self.program.len() as u16);
        }
        for (place, values) in elsewhere {
            self.program[place] = self.program.len() as u16;
            self.program.extend(values);
        }
        let complex = self.atom_starts.len() - 1;
        for (atom, number) in numbers.iter_mut().enumerate() {
            if let Some(pattern) = simple(atom) {
                *number = (complex + self.simple.len()) as u16;
                self.simple.push(pattern);
            }
        }
        numbers
    }

    fn trie(&mut self, trie: &[Node], words: &[u16], atoms: &[u16]) {
        self.roots = vec![0; words.len()];
        // Link 0 leads nowhere, so nothing stands at the first place.
        self.nodes = vec![0; 2];
        for (&word, &node) in &trie[0].children {
            let link = self.link(trie, node, words, atoms);
            self.roots[usize::from(words[usize::from(word)])] = link;
        }
    }

    /// Packs the node that `start` leads to, and all behind it; returns the link to it.
    fn link(&mut self, trie: &[Node], start: usize, words: &[u16], atoms: &[u16]) -> u16 {
        let mut tail = Vec::new();
        let mut at = start;
        while let (true, Some((&word, &child)), 1) = (
            trie[at].atoms.is_empty(),
            trie[at].children.first_key_value(),
            trie[at].children.len(),
        ) {
            tail.push(words[usize::from(word)]);
            at = child;
        }
        let node = &trie[at];
        let mut here: Vec<u16> = node.atoms.iter().map(|atom| atoms[usize::from(*atom)]).collect();
        here.sort_unstable();
        if let ([], [atom], true) = (&tail[..], &here[..], node.children.is_empty()) {
            return atom | LAST;
        }
        let mut edges: Vec<(u16, u16)> = node
            .children
            .iter()
            .map(|(&word, &child)| (words[usize::from(word)], self.link(trie, child, words, atoms)))
            .collect();
        edges.sort_unstable();
        self.most_edges = self.most_edges.max(edges.len());
        if self.nodes.len() % 2 == 1 {
            self.nodes.push(0);
        }
        let link = (self.nodes.len() / 2) as u16;
        let head = NodeHead {
            tail: tail.len() as u16,
            atoms: !here.is_empty(),
            edges: edges.len() as u16,
        };
        self.nodes.push(head.pack());
        self.nodes.extend(tail);
        if let Some(last) = here.last_mut() {
            *last |= LAST;
        }
        self.nodes.extend(here);
        self.nodes.extend(edges.iter().map(|(word, _)| word));
        self.nodes.extend(edges.iter().map(|(_, link)| link));
        link
    }
}

/// The heads and values of a step: more than one where it completes more patterns than a head can count.
fn split(after: u16, step: &PrefixStep) -> Vec<(StepHead, Vec<u16>)> {
    let head = |after: u16, completed: &[u16]| {
        let head = StepHead {
            gap: step.gap,
            elsewhere: false,
            after: after != 0,
            completed: completed.len() as u16,
        };
        let slot = (after != 0).then_some(after);
        (head, slot.into_iter().chain(completed.iter().copied()).collect())
    };
    let mut chunks = step.completed.chunks(StepHead::MAX_COMPLETED);
    let mut parts = vec![head(after, chunks.next().unwrap_or(&[]))];
    parts.extend(chunks.map(|chunk| head(0, chunk)));
    parts
}
