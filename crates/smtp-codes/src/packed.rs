//! Reading the packed tables: words, word sequences, the graph of signatures, and patterns.
//!
//! What decides is read for every reply and has to stay in the processor's caches, so these tables are
//! streams of 16-bit units and not records. The compiler of the catalogue writes them; this is the
//! other half, and the place where each layout is written down.

use crate::lanes::{self, Flags, Lanes};
use crate::tables::{Graph, Pattern, Step, Tables, Target, Trie, Vocabulary};
use crate::text::{self, Word};

/// Marks a [`Trie`] link that is an atom, and the last element of a list.
pub const LAST: u16 = 0x8000;

/// The head of a trie node: how many words its tail has (5 bits), whether atoms are completed at it
/// (1 bit), and how many edges leave it (10 bits).
///
/// Behind the head stand the words of the tail, the atoms (the last one marked with [`LAST`]), the words
/// of the edges in rising order, and the links of the edges in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeHead {
    /// Words that must follow on the way into the node.
    pub tail: u16,
    /// Whether atoms are completed at the node.
    pub atoms: bool,
    /// Edges that leave it.
    pub edges: u16,
}

impl NodeHead {
    /// The most words in a tail.
    pub const MAX_TAIL: u16 = 0x1F;
    /// The most edges.
    pub const MAX_EDGES: u16 = 0x3FF;

    /// The head of a node that is an atom and no more.
    const END: Self = Self {
        tail: 0,
        atoms: true,
        edges: 0,
    };

    /// The head as a unit.
    #[must_use]
    pub const fn pack(self) -> u16 {
        self.tail << 11 | (self.atoms as u16) << 10 | self.edges
    }

    /// What a unit says.
    #[must_use]
    #[inline]
    pub const fn read(unit: u16) -> Self {
        Self {
            tail: unit >> 11,
            atoms: unit & 0x400 != 0,
            edges: unit & Self::MAX_EDGES,
        }
    }
}

/// The head of a step: the gap (8 bits), whether its values stand elsewhere and whether a prefix is remembered
/// (1 bit each), and how many patterns it completes (6 bits).
///
/// The program of an atom begins with how many of its steps need a prefix before them. Then come the slots of
/// those prefixes in rising order, and for each of them a head and one value: the slot after or the one pattern
/// that is complete, or else where these stand in the program. Behind them stand the steps that need no prefix:
/// a head, then the slot after and the completed patterns, as far as they are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepHead {
    /// Words that may lie between the prefix and the atom.
    pub gap: u8,
    /// Whether the one value is the place of the values.
    pub elsewhere: bool,
    /// Whether the prefix with this atom is remembered.
    pub after: bool,
    /// How many patterns are complete.
    pub completed: u16,
}

impl StepHead {
    /// The most patterns that one step completes; more of them take more steps.
    pub const MAX_COMPLETED: usize = 0x3F;

    /// The head as a unit.
    #[must_use]
    pub const fn pack(self) -> u16 {
        self.gap as u16 | (self.elsewhere as u16) << 8 | (self.after as u16) << 9 | self.completed << 10
    }

    /// What a unit says.
    #[must_use]
    #[inline]
    pub const fn read(unit: u16) -> Self {
        Self {
            gap: unit as u8,
            elsewhere: unit & 0x100 != 0,
            after: unit & 0x200 != 0,
            completed: unit >> 10,
        }
    }

    /// The step whose slot after and completed patterns stand at the start of `values`, and what is behind them.
    #[inline]
    fn step(self, before: u16, values: &[u16]) -> Option<(Step<'_>, &[u16])> {
        let (after, rest) = if self.after {
            let (&slot, rest) = values.split_first()?;
            (slot, rest)
        } else {
            (0, values)
        };
        let (completed, rest) = rest.split_at_checked(usize::from(self.completed))?;
        let step = Step {
            before,
            after,
            gap: self.gap,
            completed,
        };
        Some((step, rest))
    }
}

impl Target {
    /// The most that a target's number may be.
    pub const MAX_NUMBER: u16 = 0x1FFF;
    const GUARDED: u16 = 0x2000;

    /// The target as a unit: its kind (2 bits), whether other patterns speak against it (1 bit), its number.
    #[must_use]
    pub const fn pack(self, guarded: bool) -> u16 {
        let (kind, number) = match self {
            Self::Rule(rule) => (0, rule),
            Self::Provider(provider) => (1, provider),
            Self::Blocklist(blocklist) => (2, blocklist),
            Self::Guard => (3, 0),
        };
        let guarded = if guarded { Self::GUARDED } else { 0 };
        kind << 14 | guarded | number & Self::MAX_NUMBER
    }

    /// What a unit says: the target, and whether other patterns speak against it.
    #[must_use]
    #[inline]
    pub const fn read(unit: u16) -> (Self, bool) {
        let number = unit & Self::MAX_NUMBER;
        let target = match unit >> 14 {
            0 => Self::Rule(number),
            1 => Self::Provider(number),
            2 => Self::Blocklist(number),
            _ => Self::Guard,
        };
        (target, unit & Self::GUARDED != 0)
    }
}

impl Vocabulary<'_> {
    /// How many words there are; word 0, which is none, included.
    #[must_use]
    #[inline]
    pub const fn len(&self) -> usize {
        self.lens.len()
    }

    /// Whether no word is known.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lens.len() <= 1
    }

    /// The number of a folded word; 0 for one that is not in the vocabulary.
    #[must_use]
    #[inline]
    pub fn number(&self, folded: &[u8]) -> u16 {
        if folded.is_empty() {
            return 0;
        }
        self.find(text::hash(folded), folded.len(), |start| self.stands(folded, start))
    }

    /// The number of a word of a text; 0 for one that is not in the vocabulary.
    #[must_use]
    #[inline]
    pub fn number_of(&self, word: &Word) -> u16 {
        match word.short() {
            // Most words: they are compared as one number.
            Some((bytes, len)) => self.find(word.hash(), len, |start| {
                Lanes::load(self.bytes, start).0 & lanes::first_bytes(len) == bytes
            }),
            None => self.find(word.hash(), word.folded().len(), |start| {
                self.stands(word.folded(), start)
            }),
        }
    }

    /// Whether a folded word stands at `start` of the bytes.
    fn stands(&self, folded: &[u8], start: usize) -> bool {
        self.bytes.get(start..start + folded.len()) == Some(folded)
    }

    /// The bucket of a hash, one of `count`: buckets rise with their hashes.
    #[must_use]
    #[inline]
    pub const fn bucket(hash: u32, count: usize) -> usize {
        ((hash as u64 * count as u64) >> 32) as usize
    }

    /// The word of a hash and a length of which `same` says that it stands at its start.
    #[inline]
    fn find(&self, hash: u32, len: usize, same: impl Fn(usize) -> bool) -> u16 {
        let bucket = Self::bucket(hash, self.starts.len());
        let (Some(&[first, behind]), Some(&start)) = (
            self.buckets.get(bucket..bucket + 2).and_then(<[u16]>::first_chunk),
            self.starts.get(bucket),
        ) else {
            return 0;
        };
        // The marks of eight words are compared at once: a bucket has three words, in no order that could be foreseen.
        let mut start = start as usize;
        let mut number = usize::from(first);
        while number < usize::from(behind) {
            let lens = Lanes::load(self.lens, number);
            let mut marked = Lanes::load(self.marks, number).same(hash as u8);
            marked = marked.and(Flags::first_places(usize::from(behind) - number));
            for place in marked {
                let its_start = start + lens.sum_of_first(place);
                if lens.byte(place) == len && same(its_start) {
                    return (number + place) as u16;
                }
            }
            start += lens.sum_of_first(lanes::WIDTH);
            number += lanes::WIDTH;
        }
        0
    }

    /// Word `number` of a bucket whose first word is `first`.
    #[inline]
    fn word_of(&self, bucket: usize, first: u16, number: u16) -> &[u8] {
        let before = self.lens.get(usize::from(first)..usize::from(number)).unwrap_or(&[]);
        let start = self.starts.get(bucket).map_or(0, |start| *start as usize)
            + before.iter().map(|len| usize::from(*len)).sum::<usize>();
        let len = self.lens.get(usize::from(number)).map_or(0, |len| usize::from(*len));
        self.bytes.get(start..start + len).unwrap_or(&[])
    }

    /// The folded word of a number; empty for 0 and for a number that is none.
    #[must_use]
    pub fn word(&self, number: u16) -> &[u8] {
        let bucket = self.buckets.partition_point(|first| *first <= number).wrapping_sub(1);
        match self.buckets.get(bucket) {
            Some(&first) if bucket < self.starts.len() => self.word_of(bucket, first, number),
            _ => &[],
        }
    }
}

impl Trie<'_> {
    /// Calls `found` with each atom that starts at the word `start`, and the last word it covers.
    #[inline]
    pub fn walk(&self, words: &[u16], start: usize, mut found: impl FnMut(u16, usize)) {
        let mut link = match words.get(start) {
            None | Some(0) => return,
            Some(&word) => self.roots.get(usize::from(word)).copied().unwrap_or(0),
        };
        let mut end = start;
        while link != 0 {
            let ends_here = [link];
            let (head, mut rest) = if link & LAST != 0 {
                // A node with no more than one atom, which stands in the link to it.
                (NodeHead::END, &ends_here[..])
            } else {
                match self.nodes.get(usize::from(link) * 2..).and_then(<[u16]>::split_first) {
                    Some((&head, rest)) => (NodeHead::read(head), rest),
                    None => return,
                }
            };
            if head.tail > 0 {
                let count = usize::from(head.tail);
                let Some((tail, behind)) = rest.split_at_checked(count) else {
                    return;
                };
                if words.get(end + 1..=end + count) != Some(tail) {
                    return;
                }
                end += count;
                rest = behind;
            }
            if head.atoms {
                while let Some((&atom, behind)) = rest.split_first() {
                    rest = behind;
                    found(atom & !LAST, end);
                    if atom & LAST != 0 {
                        break;
                    }
                }
            }
            if head.edges == 0 {
                return;
            }
            end += 1;
            let Some(&word) = words.get(end) else { return };
            link = follow(rest, usize::from(head.edges), word);
        }
    }
}

/// The link of the edge labelled `word`; 0 where there is none.
#[inline]
fn follow(edges: &[u16], count: usize, word: u16) -> u16 {
    let place = if count <= 2 * Quad::WIDTH {
        let place = Quad::load(edges, 0).place_of(word);
        if place == Quad::WIDTH && count > Quad::WIDTH {
            place + Quad::load(edges, Quad::WIDTH).place_of(word)
        } else {
            place
        }
    } else {
        let labels = edges.get(..count).unwrap_or(&[]);
        labels.binary_search(&word).unwrap_or(count)
    };
    if place < count {
        edges.get(count + place).copied().unwrap_or(0)
    } else {
        0
    }
}

/// Four units, the first one lowest: four labels are compared at once, where none is foreseen.
struct Quad(u64);

impl Quad {
    const WIDTH: usize = 4;

    /// The four units of `units` from `at` on; zeros where they end before.
    #[inline]
    fn load(units: &[u16], at: usize) -> Self {
        let quad = |units: &[u16]| units.iter().rev().fold(0, |quad, unit| quad << 16 | u64::from(*unit));
        let rest = units.get(at..).unwrap_or(&[]);
        Self(match rest.first_chunk::<{ Self::WIDTH }>() {
            Some(four) => quad(four),
            None => quad(rest),
        })
    }

    /// The place of the first unit that is `unit`; [`Quad::WIDTH`] where there is none.
    #[inline]
    const fn place_of(&self, unit: u16) -> usize {
        const LOW: u64 = 0x7FFF_7FFF_7FFF_7FFF;
        let differs = self.0 ^ (unit as u64 * 0x0001_0001_0001_0001);
        let same = !(((differs & LOW) + LOW) | differs) & !LOW;
        same.trailing_zeros() as usize / 16
    }
}

/// Units of a table, of which more are read at once than there may be: what is behind them is read along.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ahead<'a> {
    /// The units, and the table behind them.
    rest: &'a [u16],
    len: usize,
}

impl<'a> Ahead<'a> {
    /// The first `len` units of `rest`; `None` where there are not so many.
    #[inline]
    fn of(rest: &'a [u16], len: usize) -> Option<Self> {
        (len <= rest.len()).then_some(Self { rest, len })
    }

    /// How many units there are.
    #[must_use]
    #[inline]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The units.
    #[must_use]
    #[inline]
    pub fn units(&self) -> &'a [u16] {
        self.rest.get(..self.len).unwrap_or(&[])
    }

    /// Eight of them from `at` on; what is beyond the last is anything.
    #[inline]
    pub(crate) fn eight(&self, at: usize) -> [u16; lanes::WIDTH] {
        let rest = self.rest.get(at..).unwrap_or(&[]);
        match rest.first_chunk() {
            Some(eight) => *eight,
            None => {
                let mut eight = [0; lanes::WIDTH];
                for (to, from) in eight.iter_mut().zip(rest) {
                    *to = *from;
                }
                eight
            }
        }
    }
}

impl<'a> Graph<'a> {
    /// How many atoms there are.
    #[must_use]
    pub const fn atom_count(&self) -> usize {
        self.starts.len().saturating_sub(1) + self.simple.len()
    }

    /// The steps that an atom can take.
    #[must_use]
    #[inline]
    pub fn program(&self, atom: u16) -> Program<'a> {
        let atom = usize::from(atom);
        match (self.starts.get(atom), self.starts.get(atom + 1)) {
            (Some(start), Some(end)) => {
                let rest = self.program.get(usize::from(*start)..).unwrap_or(&[]);
                let len = usize::from(*end).saturating_sub(usize::from(*start));
                let Some((&count, rest)) = rest.split_first().filter(|_| len > 0) else {
                    return Program::default();
                };
                let count = usize::from(count);
                let (Some(before), Some(units)) = (Ahead::of(rest, count), rest.get(count..len - 1)) else {
                    return Program::default();
                };
                let (bodies, plain) = units.split_at_checked(2 * count).unwrap_or((&[], &[]));
                Program {
                    whole: self.program,
                    before,
                    bodies,
                    plain,
                    simple: &[],
                }
            }
            _ => {
                let simple = (atom + 1).wrapping_sub(self.starts.len());
                Program {
                    simple: self.simple.get(simple..=simple).unwrap_or(&[]),
                    ..Program::default()
                }
            }
        }
    }

    /// The steps that an atom can take, one after the other.
    pub fn steps(&self, atom: u16) -> impl Iterator<Item = Step<'a>> + use<'a> {
        let program = self.program(atom);
        (0..program.before.len())
            .filter_map(move |place| program.behind_prefix(place))
            .chain(program.alone())
    }
}

/// The steps of one atom.
#[derive(Clone, Copy, Debug, Default)]
pub struct Program<'a> {
    whole: &'a [u16],
    /// The slots of the prefixes that steps need before them.
    pub before: Ahead<'a>,
    bodies: &'a [u16],
    plain: &'a [u16],
    /// The one pattern that the atom completes by itself.
    simple: &'a [u16],
}

impl<'a> Program<'a> {
    /// The step behind the prefix at `place` in [`Program::before`].
    #[must_use]
    #[inline]
    pub fn behind_prefix(&self, place: usize) -> Option<Step<'a>> {
        let before = *self.before.units().get(place)?;
        let body = self.bodies.get(2 * place..2 * place + 2)?;
        let head = StepHead::read(body[0]);
        let values = if head.elsewhere {
            self.whole.get(usize::from(body[1])..)?
        } else {
            &body[1..]
        };
        Some(head.step(before, values)?.0)
    }

    /// The steps that need no prefix.
    #[inline]
    pub fn alone(self) -> impl Iterator<Item = Step<'a>> {
        let simple = (!self.simple.is_empty()).then_some(Step {
            before: 0,
            after: 0,
            gap: 0,
            completed: self.simple,
        });
        let mut plain = self.plain;
        simple.into_iter().chain(core::iter::from_fn(move || {
            let (&head, values) = plain.split_first()?;
            let (step, rest) = StepHead::read(head).step(0, values)?;
            plain = rest;
            Some(step)
        }))
    }
}

impl<'a> Tables<'a> {
    /// The pattern of a number.
    #[must_use]
    #[inline]
    pub fn pattern(&self, number: u16) -> Option<Pattern<'a>> {
        let (target, guarded) = Target::read(*self.patterns.get(usize::from(number))?);
        let guards = match target {
            Target::Rule(rule) if guarded => self.guards_of(rule),
            _ => Guards(&[]),
        };
        Some(Pattern { target, guards })
    }

    /// How specific a pattern is: higher beats lower, also across tables.
    #[must_use]
    pub fn rank(&self, pattern: u16) -> u32 {
        let place = self.ranks.partition_point(|(first, _)| *first <= pattern);
        self.ranks.get(place.wrapping_sub(1)).map_or(0, |(_, rank)| *rank)
    }

    #[cold]
    fn guards_of(&self, rule: u16) -> Guards<'a> {
        let list = self
            .guarded
            .binary_search_by_key(&rule, |(guarded, _)| *guarded)
            .ok()
            .and_then(|place| self.guarded.get(place))
            .and_then(|(_, first)| self.guards.get(usize::from(*first)..));
        Guards(list.unwrap_or(&[]))
    }
}

/// The patterns that speak against one, in the order of the entry's `not`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guards<'a>(&'a [u16]);

impl Iterator for Guards<'_> {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        let (&guard, rest) = self.0.split_first()?;
        self.0 = if guard & LAST == 0 { rest } else { &[] };
        Some(guard & !LAST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_targets_read_as_they_were_packed() {
        for tail in [0, 1, NodeHead::MAX_TAIL] {
            for atoms in [false, true] {
                for edges in [0, 1, 511, NodeHead::MAX_EDGES] {
                    let head = NodeHead { tail, atoms, edges };
                    assert_eq!(NodeHead::read(head.pack()), head);
                }
            }
        }
        for gap in [0, 3, 255] {
            for (elsewhere, after) in [(false, false), (true, false), (false, true), (true, true)] {
                for completed in [0, 1, StepHead::MAX_COMPLETED as u16] {
                    let head = StepHead {
                        gap,
                        elsewhere,
                        after,
                        completed,
                    };
                    assert_eq!(StepHead::read(head.pack()), head);
                }
            }
        }
        for guarded in [false, true] {
            for number in [0, 1, Target::MAX_NUMBER] {
                for target in [
                    Target::Rule(number),
                    Target::Provider(number),
                    Target::Blocklist(number),
                ] {
                    assert_eq!(Target::read(target.pack(guarded)), (target, guarded));
                }
            }
            assert_eq!(Target::read(Target::Guard.pack(guarded)), (Target::Guard, guarded));
        }
    }

    #[test]
    fn tables_that_end_early_are_read_without_panic() {
        let words = [1u16, 2, 3];
        for nodes in [
            &[][..],
            &[0, 0],
            &[0, 0, 0xFFFF],
            &[0, 0, 0x0403, 1],
            &[0, 0, 0x0801, 2],
        ] {
            Trie {
                roots: &[0, 1, 1, 1],
                nodes,
            }
            .walk(&words, 0, |_, _| {});
        }
        let graph = Graph {
            starts: &[0, 1, 9],
            program: &[0xFFFF, 3, 0x0300],
            simple: &[7],
            slot_count: 0,
            concept_count: 0,
        };
        assert_eq!(
            graph.steps(0).count() + graph.steps(1).count() + graph.steps(9).count(),
            0
        );
        assert_eq!(graph.steps(2).next().map(|step| step.completed), Some(&[7u16][..]));
    }
}
