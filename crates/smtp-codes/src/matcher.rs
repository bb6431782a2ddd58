//! The matcher: which signatures occur in a text.
//!
//! One pass turns the text into word numbers. From each word a trie finds the *atoms* that start
//! there: idioms of concepts and literal pieces of signatures. Atoms drive the *steps* of the
//! signature graph: a step is taken where its prefix has matched close enough before, and a prefix
//! is remembered by the place where it last ended, which is always the best one to go on from.
//! Work per word is bounded by the table, so time is linear in the text whatever it holds.

use crate::code::BasicCode;
use crate::tables::{ANY_GAP, Tables, Vocabulary};
use crate::text::{self, Token, Word};

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
            words.numbers[words.len] = vocabulary.number_of(text, &reader.token);
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
    pub token: Token,
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
            token: Token::default(),
        }
    }

    /// Moves to the next word that counts; `false` at the end.
    #[allow(clippy::should_implement_trait)]
    #[inline]
    pub fn next(&mut self) -> bool {
        loop {
            match text::next_token(self.text, self.at) {
                None => return false,
                Some(token) => self.token = token,
            }
            self.at = self.token.end;
            if self.repeats() {
                self.skip_enhanced();
            } else {
                return true;
            }
        }
    }

    /// The word last read, folded.
    #[must_use]
    pub fn word(&self) -> Word {
        let mut word = Word::default();
        text::next_word(self.text, self.token.start, &mut word);
        word
    }

    /// Whether the word is the reply's code, followed by a hyphen, a space or the end, as a line begins.
    #[inline]
    fn repeats(&self) -> bool {
        let Token { start, end, .. } = self.token;
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

/// The patterns that occur in a text, as bits by rank.
pub struct Matches {
    bits: [u64; MAX_PATTERNS / 64],
}

impl Matches {
    /// Whether a pattern occurs.
    #[must_use]
    #[inline]
    pub fn contains(&self, pattern: u16) -> bool {
        self.bits
            .get(usize::from(pattern) / 64)
            .is_some_and(|word| word >> (pattern % 64) & 1 == 1)
    }

    /// The patterns that occur, best first.
    pub fn iter(&self, count: usize) -> impl Iterator<Item = u16> + '_ {
        self.bits[..count.div_ceil(64).min(self.bits.len())]
            .iter()
            .enumerate()
            .flat_map(|(index, word)| {
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
    const CAPACITY: usize = 128;

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
    let mut matches = Matches {
        bits: [0; MAX_PATTERNS / 64],
    };
    let mut last_end = [0u16; MAX_SLOTS];
    let mut pending = Pending {
        items: [(0, 0); Pending::CAPACITY],
        len: 0,
    };
    for start in 0..words.len() {
        if pending.len > 0 {
            pending.commit(start as u16, &mut last_end);
        }
        tables.trie.walk(words, start, |atom, end| {
            observer.atom(atom, start, end);
            take_steps(
                atom,
                start,
                end,
                tables,
                &last_end,
                &mut pending,
                &mut matches,
                observer,
            );
        });
    }
    matches
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
    for step in tables.graph.steps(atom) {
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
        for &pattern in step.completed {
            if let Some(word) = matches.bits.get_mut(usize::from(pattern) / 64) {
                *word |= 1 << (pattern % 64);
            }
            observer.pattern(pattern, start, end);
        }
    }
}
