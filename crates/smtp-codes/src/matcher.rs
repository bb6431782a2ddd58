//! The matcher: which signatures occur in a text.
//!
//! One pass turns the text into word numbers. From each word a trie finds the *atoms* that start
//! there: idioms of concepts and literal pieces of signatures. Atoms drive the *steps* of the
//! signature graph: a step is taken where its prefix has matched close enough before, and a prefix
//! is remembered by the place where it last ended, which is always the best one to go on from.
//! Work per word is bounded by the table, so time is linear in the text whatever it holds.

use crate::code::BasicCode;
use crate::lanes::{self, Flags, Lanes};
use crate::packed::Ahead;
use crate::tables::{ANY_GAP, Step, Tables, Vocabulary};
use crate::text::{self, Word};

/// How many words of a text are read; a reply has thirty, a long one two hundred.
pub const MAX_WORDS: usize = 768;
/// How many patterns a table may have.
pub const MAX_PATTERNS: usize = 12_288;
/// How many remembered prefixes a table may have.
pub const MAX_SLOTS: usize = 1_536;
/// The longest idiom or literal piece, in words.
pub const MAX_ATOM_WORDS: usize = 24;

/// The words of a text as numbers of one vocabulary.
pub struct Words {
    numbers: [u16; MAX_WORDS],
    len: usize,
}

impl Words {
    /// Reads `text`, leaving out the reply's own code where lines repeat it.
    #[must_use]
    #[inline]
    pub fn read(text: &[u8], code: Option<BasicCode>, vocabulary: &Vocabulary<'_>) -> Self {
        // Made where the caller keeps it: it is too large to be handed on.
        let mut words = Self {
            numbers: [0; MAX_WORDS],
            len: 0,
        };
        words.fill(Reader::new(text, code), vocabulary);
        words
    }

    #[inline(never)]
    fn fill(&mut self, mut reader: Reader<'_>, vocabulary: &Vocabulary<'_>) {
        let mut len = 0;
        for number in &mut self.numbers {
            if !reader.next() {
                break;
            }
            *number = vocabulary.number_of(&reader.word);
            len += 1;
        }
        self.len = len;
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
    /// The digits of the reply's code, as [`Word::head`] gives them; 0 without one, which no word has.
    code: u64,
    /// The word last read.
    pub word: Word,
}

impl<'t> Reader<'t> {
    /// A reader of `text`, the reply of `code`.
    #[must_use]
    pub fn new(text: &'t [u8], code: Option<BasicCode>) -> Self {
        let digits = |code: BasicCode| {
            let number = code.number();
            u64::from_le_bytes([
                (number / 100) as u8,
                (number / 10 % 10) as u8,
                (number % 10) as u8,
                0,
                0,
                0,
                0,
                0,
            ]) + 0x30_3030
        };
        let digits = code.map_or(0, digits);
        // A code with a tag right behind it, "421HL:REP", is no part of the first word.
        let glued = matches!(text, [a, b, c, d, ..] if d.is_ascii_alphabetic()
            && u64::from_le_bytes([*a, *b, *c, 0, 0, 0, 0, 0]) == digits);
        Self {
            text,
            at: if glued { 3 } else { 0 },
            code: digits,
            word: Word::default(),
        }
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
            if self.repeats() {
                self.skip_enhanced();
            } else {
                return true;
            }
        }
    }

    /// Whether the word is the reply's code, followed by a hyphen, a space or the end, as a line begins.
    #[inline]
    fn repeats(&self) -> bool {
        let Word { start, end, .. } = self.word;
        // Full-width digits fold to the same three bytes, but are more of them.
        self.word.head() == self.code
            && end - start == 3
            && matches!(self.text.get(end), None | Some(b'-' | b' ' | b'\r' | b'\n'))
            && !(start > 0 && matches!(self.text[start - 1], b'.' | b'/' | b'=' | b'_' | b'@'))
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

/// The patterns that occur in a text: a bit for each, and one for each 64 of them, so that the dozen that a reply
/// shows are found among thousands without a look at the others.
pub struct Matches {
    bits: [u64; MAX_PATTERNS / 64],
    /// By 64 words of `bits`: which of them are not empty.
    filled: [u64; MAX_PATTERNS / 64 / 64],
}

impl Matches {
    pub(crate) const fn new() -> Self {
        Self {
            bits: [0; MAX_PATTERNS / 64],
            filled: [0; MAX_PATTERNS / 64 / 64],
        }
    }

    #[inline]
    fn insert(&mut self, pattern: u16) {
        let index = usize::from(pattern) / 64;
        if let (Some(bits), Some(filled)) = (self.bits.get_mut(index), self.filled.get_mut(index / 64)) {
            *bits |= 1 << (pattern % 64);
            *filled |= 1 << (index % 64);
        }
    }

    /// Whether a pattern occurs.
    #[must_use]
    #[inline]
    pub fn contains(&self, pattern: u16) -> bool {
        self.bits
            .get(usize::from(pattern) / 64)
            .is_some_and(|bits| bits >> (pattern % 64) & 1 == 1)
    }

    /// The patterns that occur, best first.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        set_bits(&self.filled).flat_map(|index| {
            let bits = self.bits.get(index..).and_then(<[u64]>::first_chunk::<1>);
            set_bits(bits.map_or(&[], |bits| bits)).map(move |bit| (index * 64 + bit) as u16)
        })
    }
}

/// The places of the bits that are set, in rising order.
#[inline]
fn set_bits(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    let mut index = 0;
    let mut rest = words.first().copied().unwrap_or(0);
    core::iter::from_fn(move || {
        while rest == 0 {
            index += 1;
            rest = *words.get(index)?;
        }
        let bit = rest.trailing_zeros() as usize;
        rest &= rest - 1;
        Some(index * 64 + bit)
    })
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
struct Pending<const ROOM: usize> {
    items: [(u16, u16); ROOM],
    len: usize,
}

impl<const ROOM: usize> Pending<ROOM> {
    const fn new() -> Self {
        Self {
            items: [(0, 0); ROOM],
            len: 0,
        }
    }

    /// Remembers a prefix; `false` where there is no room.
    #[inline]
    fn push(&mut self, slot: u16, end: u16) -> bool {
        let Some(item) = self.items.get_mut(self.len) else {
            return false;
        };
        *item = (slot, end);
        self.len += 1;
        true
    }

    /// Commits what ends before `word` and keeps the rest; `false` where there is no room.
    #[inline]
    fn commit(&mut self, word: u16, ends: &mut impl Ends) -> bool {
        let mut kept = 0;
        let mut room = true;
        for index in 0..self.len.min(ROOM) {
            let (slot, end) = self.items[index];
            if end < word {
                room &= ends.put(slot, end + 1);
            } else {
                self.items[kept] = (slot, end);
                kept += 1;
            }
        }
        self.len = kept;
        room
    }
}

/// More than the steps any table takes from the atoms of [`MAX_ATOM_WORDS`] words.
const MOST_PENDING: usize = 128;
/// More than any but a few replies ever have.
const FEW_PENDING: usize = 24;

/// Where the prefix of each slot last ended, as the number of the word behind it.
trait Ends {
    /// Calls `found` with the place and the end of each of some slots whose prefix is there.
    fn each_of(&mut self, slots: Ahead<'_>, found: impl FnMut(usize, u16));
    /// Notes an end; ends arrive in no order, and the latest is kept. `false` where there is no room.
    fn put(&mut self, slot: u16, behind: u16) -> bool;
}

/// The ends of the few prefixes that a reply has, and a byte for each slot, or two of them, that leads to its end:
/// most slots that are asked for are not there, and so little is sooner cleared and read than an end of each.
struct FewEnds {
    /// By the lowest bits of a slot: the place of its end, the first is none.
    places: [u8; Self::PLACES],
    /// By place: the slot, the word behind its end, and the place of another one whose slot has the same lowest
    /// bits; 0 for none.
    slots: [u16; Self::CAPACITY],
    behind: [u16; Self::CAPACITY],
    next: [u8; Self::CAPACITY],
    len: usize,
}

impl FewEnds {
    /// A power of two: the places of slots need no check.
    const PLACES: usize = 1024;
    const CAPACITY: usize = 48;

    const fn new() -> Self {
        Self {
            places: [0; Self::PLACES],
            slots: [0; Self::CAPACITY],
            behind: [0; Self::CAPACITY],
            next: [0; Self::CAPACITY],
            len: 1,
        }
    }

    #[inline]
    fn place(&self, slot: u16) -> u8 {
        self.places[usize::from(slot) % Self::PLACES]
    }

    /// The end of a slot, beginning at `place`.
    #[inline]
    fn find(&mut self, slot: u16, place: u8) -> Option<&mut u16> {
        let mut place = usize::from(place);
        while place != 0 {
            if *self.slots.get(place)? == slot {
                return self.behind.get_mut(place);
            }
            place = usize::from(*self.next.get(place)?);
        }
        None
    }
}

impl Ends for FewEnds {
    #[inline]
    fn each_of(&mut self, slots: Ahead<'_>, mut found: impl FnMut(usize, u16)) {
        if self.len == 1 {
            return;
        }
        for from in (0..slots.len()).step_by(lanes::WIDTH) {
            // Eight at once; what stands behind the last slot does not count.
            let eight = slots.eight(from);
            if eight.iter().fold(0, |any, slot| any | self.place(*slot)) == 0 {
                continue;
            }
            let places = eight
                .iter()
                .rev()
                .fold(0, |places, slot| places << 8 | u64::from(self.place(*slot)));
            let there = Lanes(places).same(0).not();
            for index in there.and(Flags::first_places(slots.len() - from)) {
                let slot = eight[index % lanes::WIDTH];
                if let Some(behind) = self.find(slot, self.place(slot)) {
                    found(from + index, *behind);
                }
            }
        }
    }

    #[inline]
    fn put(&mut self, slot: u16, behind: u16) -> bool {
        let first = self.place(slot);
        if let Some(end) = self.find(slot, first) {
            *end = behind.max(*end);
            return true;
        }
        let place = self.len;
        if place == Self::CAPACITY {
            return false;
        }
        self.slots[place] = slot;
        self.behind[place] = behind;
        self.next[place] = first;
        self.places[usize::from(slot) % Self::PLACES] = self.len as u8;
        self.len += 1;
        true
    }
}

/// The ends of all slots.
struct AllEnds([u16; MAX_SLOTS]);

impl Ends for AllEnds {
    #[inline]
    fn each_of(&mut self, slots: Ahead<'_>, mut found: impl FnMut(usize, u16)) {
        for (place, slot) in slots.units().iter().enumerate() {
            let behind = self.0.get(usize::from(*slot)).copied().unwrap_or(0);
            if behind != 0 {
                found(place, behind);
            }
        }
    }

    #[inline]
    fn put(&mut self, slot: u16, behind: u16) -> bool {
        if let Some(place) = self.0.get_mut(usize::from(slot)) {
            *place = behind.max(*place);
        }
        true
    }
}

/// Finds every pattern of `tables` in `words`.
#[must_use]
pub fn find(words: &[u16], tables: &Tables<'_>) -> Matches {
    let mut matches = Matches::new();
    find_into(words, tables, &mut matches);
    matches
}

/// Finds every pattern of `tables` in `words`; `matches` is empty, and too large to be handed on.
pub(crate) fn find_into(words: &[u16], tables: &Tables<'_>, matches: &mut Matches) {
    let mut pending = Pending::<FEW_PENDING>::new();
    if !run(words, tables, FewEnds::new(), &mut pending, matches, &mut ()) {
        find_again(words, tables, matches);
    }
}

/// Finds every pattern of a text that outgrew the short lists.
#[cold]
fn find_again(words: &[u16], tables: &Tables<'_>, matches: &mut Matches) {
    *matches = find_with(words, tables, &mut ());
}

/// Finds every pattern, telling `observer` of each atom and pattern on the way.
#[must_use]
#[inline(never)]
pub fn find_with<O: Observer>(words: &[u16], tables: &Tables<'_>, observer: &mut O) -> Matches {
    let mut matches = Matches::new();
    let mut pending = Pending::<MOST_PENDING>::new();
    run(
        words,
        tables,
        AllEnds([0; MAX_SLOTS]),
        &mut pending,
        &mut matches,
        observer,
    );
    matches
}

/// One pass over the words; `false` where a list was too short.
#[inline]
fn run<E: Ends, O: Observer, const ROOM: usize>(
    words: &[u16],
    tables: &Tables<'_>,
    mut ends: E,
    pending: &mut Pending<ROOM>,
    matches: &mut Matches,
    observer: &mut O,
) -> bool {
    let mut room = true;
    for start in 0..words.len() {
        if pending.len > 0 {
            room &= pending.commit(start as u16, &mut ends);
        }
        tables.trie.walk(words, start, |atom, end| {
            observer.atom(atom, start, end);
            let mut take = |step: Step<'_>| {
                if step.after != 0 {
                    room &= pending.push(step.after, end as u16);
                }
                for &pattern in step.completed {
                    matches.insert(pattern);
                    observer.pattern(pattern, start, end);
                }
            };
            let program = tables.graph.program(atom);
            ends.each_of(program.before, |place, before| {
                // `before` is the word behind the prefix, which is also how many words precede the gap.
                let Some(step) = program.behind_prefix(place) else {
                    return;
                };
                if step.gap == ANY_GAP || start - usize::from(before) <= usize::from(step.gap) {
                    take(step);
                }
            });
            program.alone().for_each(&mut take);
        });
        if !room && ROOM < MOST_PENDING {
            return false;
        }
    }
    true
}
