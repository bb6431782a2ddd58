//! The matcher: which signatures occur in a text.
//!
//! One pass turns the text into word numbers. From each word a trie finds the *atoms* that start
//! there: idioms of concepts and literal pieces of signatures. Atoms drive the *steps* of the
//! signature graph: a step is taken where its prefix has matched close enough before, and a prefix
//! is remembered by the place where it last ended, which is always the best one to go on from.
//! Work per word is bounded by the table, so time is linear in the text whatever it holds.

use crate::code::BasicCode;
use crate::tables::{ANY_GAP, Tables, TrieNode, Vocabulary};
use crate::text::{self, Word};

/// How many words of a text are read; a reply has thirty, a long one two hundred.
pub const MAX_WORDS: usize = 1024;
/// How many patterns a table may have.
pub const MAX_PATTERNS: usize = 16_384;
/// How many remembered prefixes a table may have.
pub const MAX_SLOTS: usize = 6_144;
/// The longest idiom or literal piece, in words.
pub const MAX_ATOM_WORDS: usize = 24;

impl Vocabulary<'_> {
    /// The number of a folded word; 0 for one that is not in the vocabulary.
    #[must_use]
    #[inline]
    pub fn number(&self, folded: &[u8]) -> u16 {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = text::hash(folded) as usize & mask;
        loop {
            match self.slots.get(slot) {
                None | Some(0) => return 0,
                Some(&number) => {
                    if self.word(number) == folded {
                        return number;
                    }
                }
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The folded word of a number.
    #[must_use]
    #[inline]
    pub fn word(&self, number: u16) -> &[u8] {
        let index = usize::from(number);
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or(0) as usize };
        let end = self.ends.get(index).copied().unwrap_or(0) as usize;
        self.bytes.get(start..end).unwrap_or(&[])
    }
}

/// The words of a text as numbers of one vocabulary.
pub struct Words {
    numbers: [u16; MAX_WORDS],
    len: usize,
}

impl Words {
    /// Reads `text`, leaving out the reply's own code where lines repeat it.
    #[must_use]
    pub fn read(text: &[u8], code: Option<BasicCode>, vocabulary: &Vocabulary<'_>) -> Self {
        let mut words = Self { numbers: [0; MAX_WORDS], len: 0 };
        let mut reader = Reader::new(text, code);
        while words.len < MAX_WORDS && reader.next() {
            words.numbers[words.len] = vocabulary.number(reader.word.folded());
            words.len += 1;
        }
        words
    }

    /// The numbers.
    #[must_use]
    #[inline]
    pub fn numbers(&self) -> &[u16] {
        &self.numbers[..self.len]
    }
}

/// Reads the words that count: all but the reply code that lines repeat, and the enhanced code behind it.
pub struct Reader<'t> {
    text: &'t [u8],
    at: usize,
    code: Option<BasicCode>,
    /// The word last read.
    pub word: Word,
}

impl<'t> Reader<'t> {
    /// A reader of `text`, the reply of `code`.
    #[must_use]
    pub fn new(text: &'t [u8], code: Option<BasicCode>) -> Self {
        Self { text, at: 0, code, word: Word::default() }
    }

    /// Moves to the next word that counts; `false` at the end.
    #[allow(clippy::should_implement_trait)]
    #[inline]
    pub fn next(&mut self) -> bool {
        loop {
            if !text::next_word(self.text, self.at, &mut self.word) {
                return false;
            }
            self.at = self.word.end;
            match self.code {
                Some(code) if self.repeats(code) => self.skip_enhanced(),
                _ => return true,
            }
        }
    }

    /// Whether the word is the reply's code, followed by a hyphen, a space or the end, as a line begins.
    #[inline]
    fn repeats(&self, code: BasicCode) -> bool {
        let word = self.word.folded();
        let &[a, b, c] = word else { return false };
        BasicCode::from_digits([a, b, c]) == Some(code)
            && matches!(self.text.get(self.word.end), None | Some(b'-' | b' ' | b'\r' | b'\n'))
            && !(self.word.start > 0 && matches!(self.text[self.word.start - 1], b'.' | b'/' | b'=' | b'_' | b'@'))
    }

    fn skip_enhanced(&mut self) {
        let mut at = self.at;
        while matches!(self.text.get(at), Some(b'-' | b' ' | b'#')) {
            at += 1;
        }
        if let Some((_, width)) = self.text.get(at..).and_then(crate::code::EnhancedCode::read) {
            self.at = at + width;
        }
    }
}

/// The patterns that occur in a text, as bits by rank.
pub struct Matches {
    bits: [u64; MAX_PATTERNS / 64],
}

impl Matches {
    /// Whether a pattern occurs.
    #[must_use]
    #[inline]
    pub fn contains(&self, pattern: u16) -> bool {
        self.bits.get(usize::from(pattern) / 64).is_some_and(|word| word >> (pattern % 64) & 1 == 1)
    }

    /// The patterns that occur, best first.
    pub fn iter(&self, count: usize) -> impl Iterator<Item = u16> + '_ {
        self.bits[..count.div_ceil(64).min(self.bits.len())].iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            core::iter::from_fn(move || {
                if rest == 0 {
                    return None;
                }
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                Some((index * 64) as u16 + bit as u16)
            })
        })
    }
}

/// Watches a run of the matcher.
pub trait Observer {
    /// An atom occurs at the words `start..=end`.
    #[inline]
    fn atom(&mut self, _atom: u16, _start: usize, _end: usize) {}
    /// A pattern is complete with the atom at the words `start..=end`.
    #[inline]
    fn pattern(&mut self, _pattern: u16, _start: usize, _end: usize) {}
}

impl Observer for () {}

/// Remembered prefixes that end at a word not yet passed.
struct Pending {
    items: [(u16, u16); Self::CAPACITY],
    len: usize,
}

impl Pending {
    /// More than the steps any table takes from the atoms of [`MAX_ATOM_WORDS`] words.
    const CAPACITY: usize = 256;

    #[inline]
    fn push(&mut self, slot: u16, end: u16) {
        if let Some(item) = self.items.get_mut(self.len) {
            *item = (slot, end);
            self.len += 1;
        }
    }

    /// Commits what ends before `word` and keeps the rest.
    #[inline]
    fn commit(&mut self, word: u16, last_end: &mut [u16; MAX_SLOTS]) {
        let mut kept = 0;
        for index in 0..self.len {
            let (slot, end) = self.items[index];
            if end < word {
                if let Some(place) = last_end.get_mut(usize::from(slot)) {
                    // Stored plus one, so that 0 says never. Ends arrive in no order: keep the latest.
                    *place = (*place).max(end + 1);
                }
            } else {
                self.items[kept] = (slot, end);
                kept += 1;
            }
        }
        self.len = kept;
    }
}

/// Finds every pattern of `tables` in `words`.
#[must_use]
pub fn find(words: &[u16], tables: &Tables<'_>) -> Matches {
    find_with(words, tables, &mut ())
}

/// Finds every pattern, telling `observer` of each atom and pattern on the way.
#[must_use]
pub fn find_with<O: Observer>(words: &[u16], tables: &Tables<'_>, observer: &mut O) -> Matches {
    let mut matches = Matches { bits: [0; MAX_PATTERNS / 64] };
    let mut last_end = [0u16; MAX_SLOTS];
    let mut pending = Pending { items: [(0, 0); Pending::CAPACITY], len: 0 };
    for (start, &word) in words.iter().enumerate() {
        if pending.len > 0 {
            pending.commit(start as u16, &mut last_end);
        }
        let Some(&root) = tables.trie.roots.get(usize::from(word)) else { continue };
        if word == 0 || root == 0 {
            continue;
        }
        let mut node_number = root;
        let mut end = start;
        while let Some(node) = tables.trie.nodes.get(usize::from(node_number)) {
            let first = node.atoms as usize;
            for &atom in tables.trie.atoms.get(first..first + usize::from(node.atom_count)).unwrap_or(&[]) {
                observer.atom(atom, start, end);
                take_steps(atom, start, end, tables, &last_end, &mut pending, &mut matches, observer);
            }
            end += 1;
            let Some(&next) = words.get(end) else { break };
            match follow(node, next, tables) {
                Some(child) => node_number = child,
                None => break,
            }
        }
    }
    matches
}

/// The node behind `word`, if the node has such an edge.
#[inline]
fn follow(node: &TrieNode, word: u16, tables: &Tables<'_>) -> Option<u16> {
    let first = node.edges as usize;
    let edges = tables.trie.edges.get(first..first + usize::from(node.edge_count))?;
    if edges.len() <= 8 {
        return edges.iter().find(|(label, _)| *label == word).map(|(_, child)| *child);
    }
    edges.binary_search_by_key(&word, |(label, _)| *label).ok().map(|index| edges[index].1)
}

#[allow(clippy::too_many_arguments)]
#[inline]
fn take_steps<O: Observer>(
    atom: u16,
    start: usize,
    end: usize,
    tables: &Tables<'_>,
    last_end: &[u16; MAX_SLOTS],
    pending: &mut Pending,
    matches: &mut Matches,
    observer: &mut O,
) {
    let Some(run) = tables.graph.atoms.get(usize::from(atom)) else { return };
    for step in run.of(tables.graph.steps) {
        if step.before != 0 {
            let before = usize::from(last_end.get(usize::from(step.before)).copied().unwrap_or(0));
            // `before` is the word behind the prefix, which is also how many words precede the gap.
            if before == 0 || (step.gap != ANY_GAP && start - before > usize::from(step.gap)) {
                continue;
            }
        }
        if step.after != 0 {
            pending.push(step.after, end as u16);
        }
        let first = usize::from(step.completed);
        for &pattern in tables.graph.completed.get(first..first + usize::from(step.completed_count)).unwrap_or(&[]) {
            if let Some(word) = matches.bits.get_mut(usize::from(pattern) / 64) {
                *word |= 1 << (pattern % 64);
            }
            observer.pattern(pattern, start, end);
        }
    }
}
