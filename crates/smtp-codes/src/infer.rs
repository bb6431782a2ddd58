//! Weighing a reply's words where no rule speaks of it.
//!
//! A linear model over the word numbers and concept atoms that the matcher computes anyway. Weights
//! are small integers, so that every machine adds up the same score; the generator learned them
//! from the catalogue's own vectors.

use crate::lookup::Codes;
use crate::tables::{MARGIN_STEP, Model, Tables};
use crate::vocabulary::Reason;

/// How many reasons there are.
pub const REASONS: usize = Reason::ALL.len();
/// Added to a concept's number where it stands in a pair, to tell it from a word.
pub const CONCEPT_IN_PAIR: u16 = 0x8000;
/// How far apart two concepts of a pair may begin, in words.
const PAIR_REACH: usize = 6;
/// How many concepts of a reply are paired.
const MAX_CONCEPTS: usize = 160;

/// One thing a reply has, for the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// A word of the vocabulary, or one of its code marks.
    Word(u16),
    /// An idiom of a concept.
    Concept(u16),
    /// Two neighbours: words, or concepts marked with [`CONCEPT_IN_PAIR`].
    Pair(u16, u16),
}

/// What the words of a reply say together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inference {
    /// The most likely reason.
    pub reason: Reason,
    /// How likely, in percent, as measured on replies kept apart while learning.
    pub confidence: u8,
    /// The next best reason.
    pub second: Reason,
}

/// Calls `found` with each feature of a reply; a feature may come more than once.
pub fn features(words: &[u16], codes: &Codes, tables: &Tables<'_>, mut found: impl FnMut(Feature)) {
    marks(codes, |mark| {
        let number = tables.vocabulary.number(mark);
        if number != 0 {
            found(Feature::Word(number));
        }
    });
    let mut previous = 0u16;
    for &word in words {
        if word != 0 {
            found(Feature::Word(word));
            if previous != 0 {
                found(Feature::Pair(previous, word));
            }
        }
        previous = word;
    }
    let mut concepts = [(0u16, 0u16); MAX_CONCEPTS];
    let mut len = 0;
    each_atom(words, tables, |atom, start, _| {
        if atom >= tables.graph.concept_count {
            return;
        }
        found(Feature::Concept(atom));
        if let Some(place) = concepts.get_mut(len) {
            *place = (atom, start as u16);
            len += 1;
        }
    });
    for (index, &(first, at)) in concepts[..len].iter().enumerate() {
        for &(second, then) in &concepts[index + 1..len] {
            if usize::from(then - at) > PAIR_REACH {
                break;
            }
            if then > at {
                found(Feature::Pair(first | CONCEPT_IN_PAIR, second | CONCEPT_IN_PAIR));
            }
        }
    }
}

/// Calls `found` with every atom of the words, and the words it covers.
pub fn each_atom(words: &[u16], tables: &Tables<'_>, mut found: impl FnMut(u16, usize, usize)) {
    for start in 0..words.len() {
        tables.trie.walk(words, start, |atom, end| found(atom, start, end));
    }
}

/// The marks that a reply's codes leave in the vocabulary: `=5`, `=550`, `=.7.1`, `=5.7.1`, `=none`.
pub fn marks(codes: &Codes, mut found: impl FnMut(&[u8])) {
    match codes.basic {
        Some(code) => {
            let digits = [code.first_digit(), code.second_digit(), (code.number() % 10) as u8];
            found(Mark::new().digit(digits[0]).bytes());
            found(Mark::new().digit(digits[0]).digit(digits[1]).digit(digits[2]).bytes());
        }
        None => found(b"=none"),
    }
    if let Some(code) = codes.enhanced {
        let (subject, detail) = (code.subject(), code.detail());
        found(Mark::new().part(subject).part(detail).bytes());
        found(Mark::new().digit(code.class()).part(subject).part(detail).bytes());
        found(Mark::new().part(subject).bytes());
    }
}

/// One mark; none is longer than `=5.999.999`.
struct Mark {
    bytes: [u8; 16],
    len: usize,
}

impl Mark {
    const fn new() -> Self {
        Self {
            bytes: [b'='; 16],
            len: 1,
        }
    }

    fn push(mut self, byte: u8) -> Self {
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
        self
    }

    fn digit(self, digit: u8) -> Self {
        self.push(b'0' + digit % 10)
    }

    /// A point and a number of up to three digits.
    fn part(self, number: u16) -> Self {
        let mut mark = self.push(b'.');
        for unit in [100, 10, 1] {
            if number >= unit || unit == 1 {
                mark = mark.digit((number / unit % 10) as u8);
            }
        }
        mark
    }

    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

impl<'a> Model<'a> {
    /// The weights of a feature, as reason numbers and weights.
    #[must_use]
    pub fn weights_of(&self, feature: Feature) -> &'a [(u8, i8)] {
        let run = |runs: &[u16], index: usize| match (runs.get(index), runs.get(index + 1)) {
            (Some(start), Some(end)) => self.weights.get(usize::from(*start)..usize::from(*end)).unwrap_or(&[]),
            _ => &[],
        };
        match feature {
            Feature::Word(word) => run(self.word_runs, usize::from(word)),
            Feature::Concept(concept) => run(self.concept_runs, usize::from(concept)),
            Feature::Pair(first, second) => match self.pair(first, second) {
                Some(index) => run(self.pair_runs, index),
                None => &[],
            },
        }
    }

    fn pair(&self, first: u16, second: u16) -> Option<usize> {
        let mask = self.pair_slots.len().checked_sub(1)?;
        let mut slot = pair_hash(first, second) as usize & mask;
        loop {
            let index = usize::from(*self.pair_slots.get(slot)?).checked_sub(1)?;
            if self.pairs.get(index) == Some(&(first, second)) {
                return Some(index);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// The score of every reason.
    #[must_use]
    pub fn scores(&self, words: &[u16], codes: &Codes, tables: &Tables<'_>) -> [i32; REASONS] {
        let mut scores = [0i32; REASONS];
        for (score, bias) in scores.iter_mut().zip(self.bias) {
            *score = i32::from(*bias);
        }
        let mut seen = Seen::default();
        features(words, codes, tables, |feature| {
            let weights = self.weights_of(feature);
            // What a reply says twice counts once.
            if weights.is_empty() || !seen.insert(feature) {
                return;
            }
            for &(reason, weight) in weights {
                if let Some(score) = scores.get_mut(usize::from(reason)) {
                    *score += i32::from(weight);
                }
            }
        });
        scores
    }

    /// The most likely reason with its confidence; `None` without a model.
    #[must_use]
    pub fn infer(&self, words: &[u16], codes: &Codes, tables: &Tables<'_>) -> Option<Inference> {
        if self.bias.is_empty() {
            return None;
        }
        let scores = self.scores(words, codes, tables);
        let (mut best, mut second) = (0, usize::MAX);
        for index in 1..REASONS {
            if scores[index] > scores[best] {
                second = best;
                best = index;
            } else if second == usize::MAX || scores[index] > scores[second] {
                second = index;
            }
        }
        let margin = scores[best] - scores[second.min(REASONS - 1)];
        let step = usize::try_from(margin / MARGIN_STEP)
            .unwrap_or(0)
            .min(self.calibration.len().saturating_sub(1));
        Some(Inference {
            reason: Reason::from_number(best as u8)?,
            confidence: self.calibration.get(step).copied().unwrap_or(0),
            second: Reason::from_number(second as u8).unwrap_or(Reason::Unknown),
        })
    }
}

/// The hash by which a word pair is found.
#[must_use]
pub fn pair_hash(first: u16, second: u16) -> u32 {
    let mut h = (u32::from(first) << 16 | u32::from(second)).wrapping_mul(0x9E37_79B1);
    h ^= h >> 15;
    h = h.wrapping_mul(0x85EB_CA6B);
    h ^ (h >> 13)
}

/// The weighted features of one reply seen so far.
struct Seen {
    features: [Feature; Self::CAPACITY],
    len: usize,
    /// A bit by the hash of each: most features are new, and need not be compared with the others.
    hashes: [u64; Self::WORDS],
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            features: [Feature::Word(0); Self::CAPACITY],
            len: 0,
            hashes: [0; Self::WORDS],
        }
    }
}

impl Seen {
    /// More weighted features than any reply of sensible length has; what is beyond does not count.
    const CAPACITY: usize = 512;
    /// How many words of 64 bits the hashes have.
    const WORDS: usize = 16;

    fn insert(&mut self, feature: Feature) -> bool {
        let hash = match feature {
            Feature::Word(word) => usize::from(word),
            Feature::Concept(concept) => usize::from(concept) + 512,
            Feature::Pair(first, second) => pair_hash(first, second) as usize,
        };
        let bit = 1 << (hash % 64);
        let Some(bits) = self.hashes.get_mut(hash / 64 % Self::WORDS) else {
            return false;
        };
        let known = *bits & bit != 0 && self.features.iter().take(self.len).any(|known| *known == feature);
        *bits |= bit;
        let Some(place) = self.features.get_mut(self.len).filter(|_| !known) else {
            return false;
        };
        *place = feature;
        self.len += 1;
        true
    }
}
