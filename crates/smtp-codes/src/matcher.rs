//! The matcher: which signatures occur in a text.
//!
//! One pass turns the text into word numbers. From each word a trie finds the *atoms* that start
//! there: idioms of concepts and literal pieces of signatures. Atoms drive the *steps* of the
//! signature graph: a step is taken where its prefix has matched close enough before, and a prefix
//! is remembered by the place where it last ended, which is always the best one to go on from.
//! Work per word is bounded by the table, so time is linear in the text whatever it holds.

use crate::code::BasicCode;
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
    pub fn read(text: &[u8], code: Option<BasicCode>, vocabulary: &Vocabulary<'_>) -> Self {
        let mut words = Self {
            numbers: [0; MAX_WORDS],
            len: 0,
        };
        let mut reader = Reader::new(text, code);
        while words.len < MAX_WORDS && reader.next() {
            words.numbers[words.len] = vocabulary.number_of(&reader.word);
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
    code: Option<[u8; 3]>,
    /// The word last read.
    pub word: Word,
}

impl<'t> Reader<'t> {
    /// A reader of `text`, the reply of `code`.
    #[must_use]
    pub fn new(text: &'t [u8], code: Option<BasicCode>) -> Self {
        let digits = |code: BasicCode| {
            let number = code.number();
            [
                b'0' + (number / 100) as u8,
                b'0' + (number / 10 % 10) as u8,
                b'0' + (number % 10) as u8,
            ]
        };
        Self {
            text,
            at: 0,
            code: code.map(digits),
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
        let Some(code) = self.code.filter(|_| end - start == 3) else {
            return false;
        };
        self.text.get(start..end) == Some(&code)
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

/// The patterns that occur in a text.
pub struct Matches(Kept);

/// A reply shows a dozen patterns: a short list is faster to make and to read than a bit for each there is.
#[allow(clippy::large_enum_variant, reason = "there is no heap to put the rare one on")]
enum Kept {
    /// The first so many, in rising order once the text is read.
    Few([u16; FEW], usize),
    /// A bit for each.
    Many([u64; MAX_PATTERNS / 64]),
}

/// How many patterns are kept as a list.
const FEW: usize = 64;

impl Matches {
    const fn new() -> Self {
        Self(Kept::Few([0; FEW], 0))
    }

    #[inline]
    fn insert(&mut self, pattern: u16) {
        match &mut self.0 {
            Kept::Few(list, len) => match list.get_mut(*len) {
                Some(place) => {
                    *place = pattern;
                    *len += 1;
                }
                None => self.overflow(pattern),
            },
            Kept::Many(bits) => set(bits, pattern),
        }
    }

    #[cold]
    fn overflow(&mut self, pattern: u16) {
        self.finish();
        match &mut self.0 {
            // Something came more than once: there is room again.
            Kept::Few(list, len) if *len < FEW => {
                list[*len] = pattern;
                *len += 1;
            }
            Kept::Few(list, _) => {
                let mut bits = [0; MAX_PATTERNS / 64];
                for &known in list.iter() {
                    set(&mut bits, known);
                }
                set(&mut bits, pattern);
                self.0 = Kept::Many(bits);
            }
            Kept::Many(bits) => set(bits, pattern),
        }
    }

    /// Puts the list in order, each pattern once.
    fn finish(&mut self) {
        let Kept::Few(list, len) = &mut self.0 else { return };
        list[..*len].sort_unstable();
        let mut kept = 0;
        for index in 0..*len {
            if index == 0 || list[index] != list[kept - 1] {
                list[kept] = list[index];
                kept += 1;
            }
        }
        *len = kept;
    }

    /// Whether a pattern occurs.
    #[must_use]
    #[inline]
    pub fn contains(&self, pattern: u16) -> bool {
        match &self.0 {
            Kept::Few(list, len) => list[..*len].binary_search(&pattern).is_ok(),
            Kept::Many(bits) => bits
                .get(usize::from(pattern) / 64)
                .is_some_and(|word| word >> (pattern % 64) & 1 == 1),
        }
    }

    /// The patterns that occur, best first.
    pub fn iter(&self) -> impl Iterator<Item = u16> + '_ {
        let (list, bits): (&[u16], &[u64]) = match &self.0 {
            Kept::Few(list, len) => (&list[..*len], &[]),
            Kept::Many(bits) => (&[], bits),
        };
        list.iter()
            .copied()
            .chain(bits.iter().enumerate().flat_map(|(index, word)| {
                let mut rest = *word;
                core::iter::from_fn(move || {
                    if rest == 0 {
                        return None;
                    }
                    let bit = rest.trailing_zeros();
                    rest &= rest - 1;
                    Some((index * 64) as u16 + bit as u16)
                })
            }))
    }
}

#[inline]
fn set(bits: &mut [u64], pattern: u16) {
    if let Some(word) = bits.get_mut(usize::from(pattern) / 64) {
        *word |= 1 << (pattern % 64);
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
    const CAPACITY: usize = 128;

    #[inline]
    fn push(&mut self, slot: u16, end: u16) {
        if let Some(item) = self.items.get_mut(self.len) {
            *item = (slot, end);
            self.len += 1;
        }
    }

    /// Commits what ends before `word` and keeps the rest; `false` where there is no room.
    #[inline]
    fn commit(&mut self, word: u16, ends: &mut impl Ends) -> bool {
        let mut kept = 0;
        let mut room = true;
        for index in 0..self.len {
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

/// Where the prefix of each slot last ended, as the number of the word behind it.
trait Ends {
    /// Calls `found` with the place and the end of each of some slots, in rising order, whose prefix is there.
    fn each_of(&self, slots: &[u16], found: impl FnMut(usize, u16));
    /// Notes an end; ends arrive in no order, and the latest is kept. `false` where there is no room.
    fn put(&mut self, slot: u16, behind: u16) -> bool;
}

/// The ends of the few prefixes that a reply has, and a bit for each slot to pass the others over.
struct FewEnds {
    bits: [u64; MAX_SLOTS / 64],
    list: [(u16, u16); Self::CAPACITY],
    len: usize,
}

impl FewEnds {
    const CAPACITY: usize = 48;
    /// How many comparisons finding one slot among others takes, about.
    const SEARCH: usize = 6;
}

impl Ends for FewEnds {
    #[inline]
    fn each_of(&self, slots: &[u16], mut found: impl FnMut(usize, u16)) {
        // The shorter way: look up what is there in the slots, or the slots in what is there.
        if self.len * Self::SEARCH < slots.len() {
            for &(slot, behind) in &self.list[..self.len] {
                let from = slots.partition_point(|other| *other < slot);
                let same = slots[from..].iter().take_while(|other| **other == slot).count();
                for place in from..from + same {
                    found(place, behind);
                }
            }
            return;
        }
        for (place, slot) in slots.iter().enumerate() {
            let there = self
                .bits
                .get(usize::from(*slot) / 64)
                .is_some_and(|word| word >> (slot % 64) & 1 == 1);
            if there {
                let known = self.list[..self.len].iter().find(|(known, _)| known == slot);
                found(place, known.map_or(0, |(_, behind)| *behind));
            }
        }
    }

    #[inline]
    fn put(&mut self, slot: u16, behind: u16) -> bool {
        if let Some((_, known)) = self.list[..self.len].iter_mut().find(|(known, _)| *known == slot) {
            *known = behind.max(*known);
            return true;
        }
        let Some(place) = self.list.get_mut(self.len) else {
            return false;
        };
        *place = (slot, behind);
        self.len += 1;
        set(&mut self.bits, slot);
        true
    }
}

/// The ends of all slots.
struct AllEnds([u16; MAX_SLOTS]);

impl Ends for AllEnds {
    #[inline]
    fn each_of(&self, slots: &[u16], mut found: impl FnMut(usize, u16)) {
        for (place, slot) in slots.iter().enumerate() {
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
    let few = FewEnds {
        bits: [0; MAX_SLOTS / 64],
        list: [(0, 0); FewEnds::CAPACITY],
        len: 0,
    };
    match run(words, tables, few, &mut ()) {
        Some(matches) => matches,
        None => find_with(words, tables, &mut ()),
    }
}

/// Finds every pattern, telling `observer` of each atom and pattern on the way.
#[must_use]
#[inline(never)]
pub fn find_with<O: Observer>(words: &[u16], tables: &Tables<'_>, observer: &mut O) -> Matches {
    run(words, tables, AllEnds([0; MAX_SLOTS]), observer).unwrap_or(Matches::new())
}

/// One pass over the words; `None` where the ends found no room.
#[inline]
fn run<E: Ends, O: Observer>(words: &[u16], tables: &Tables<'_>, mut ends: E, observer: &mut O) -> Option<Matches> {
    let mut matches = Matches::new();
    let mut pending = Pending {
        items: [(0, 0); Pending::CAPACITY],
        len: 0,
    };
    for start in 0..words.len() {
        if pending.len > 0 && !pending.commit(start as u16, &mut ends) {
            return None;
        }
        tables.trie.walk(words, start, |atom, end| {
            observer.atom(atom, start, end);
            let mut take = |step: Step<'_>| {
                if step.after != 0 {
                    pending.push(step.after, end as u16);
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
    }
    matches.finish();
    Some(matches)
}
