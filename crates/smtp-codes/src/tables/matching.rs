//! What finds wording: words, the trie of atoms, the graph of signatures, and the weights.

use crate::packed::Guards;

/// Words known to the catalogue, found by hash and numbered by hash; word 0 is none.
#[derive(Clone, Copy, Debug)]
pub struct Vocabulary<'a> {
    /// By bucket of hashes: its first word; one more than there are buckets.
    pub buckets: &'a [u16],
    /// By bucket: where its words start in `bytes`.
    pub starts: &'a [u32],
    /// By word: eight bits of its hash, by which other words are passed over unread.
    pub marks: &'a [u8],
    /// By word: its length in bytes.
    pub lens: &'a [u8],
    /// The folded words, one behind the other.
    pub bytes: &'a [u8],
}

/// Word sequences (idioms of concepts, and literal pieces of signatures), matched at each word.
///
/// A *link* leads on: 0 nowhere, an atom's number with the highest bit set to the end of a sequence,
/// anything else to the node at twice that place. A run of words in which nothing branches or ends is
/// not a chain of nodes but the *tail* of one. See [`crate::packed::NodeHead`] for the layout of a node.
#[derive(Clone, Copy, Debug)]
pub struct Trie<'a> {
    /// By word number: the link behind that first word.
    pub roots: &'a [u16],
    /// The nodes, each at an even place.
    pub nodes: &'a [u16],
}

/// How atoms follow one another in signatures.
#[derive(Clone, Copy, Debug)]
pub struct Graph<'a> {
    /// By atom: where its steps start in `program`; one more than there are such atoms.
    pub starts: &'a [u16],
    /// The steps; see [`crate::packed::StepHead`] for their layout.
    pub program: &'a [u16],
    /// By atom above those: the one pattern that it completes by itself.
    pub simple: &'a [u16],
    /// How many slots the steps use, slot 0 included.
    pub slot_count: u16,
    /// Atoms below this number are concepts, the others literal pieces of signatures.
    pub concept_count: u16,
}

/// The widest gap that is still a number; [`ANY_GAP`] is unlimited.
pub const MAX_GAP: u8 = 254;

/// A gap of any length.
pub const ANY_GAP: u8 = 255;

/// One atom's place in one signature prefix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step<'a> {
    /// Slot of the prefix that must have matched before; 0 for none.
    pub before: u16,
    /// Slot that remembers the prefix including this atom; 0 where nothing goes on from here.
    pub after: u16,
    /// Words that may lie between the prefix and this atom.
    pub gap: u8,
    /// Completed patterns.
    pub completed: &'a [u16],
}

/// One alternative signature; patterns are numbered by rank, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pattern<'a> {
    /// What a match means.
    pub target: Target,
    /// Patterns none of which may match as well.
    pub guards: Guards<'a>,
}

/// What a pattern stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A rule of the catalogue.
    Rule(u16),
    /// A provider's fingerprint.
    Provider(u16),
    /// A blocklist.
    Blocklist(u16),
    /// Nothing by itself: it speaks against other patterns.
    Guard,
}

/// What wording tells about whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Cue {
    /// It names the recipient.
    Recipient = 1,
    /// A noun that is as often the sender's as the recipient's.
    UnsureNoun = 2,
    /// A check of the sender's address.
    SenderCheck = 4,
    /// A login, or the settings of a program that sends.
    Login = 8,
    /// A fault that is never the recipient's.
    SendersFault = 16,
    /// The sender's own affairs.
    SendersOwn = 32,
}

/// A set of [`Cue`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cues(pub u8);

impl Cues {
    /// Whether a cue is one of them.
    #[must_use]
    pub const fn contains(self, cue: Cue) -> bool {
        self.0 & cue as u8 != 0
    }

    /// All of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The linear model that reads what no rule speaks of.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    /// Score of each reason before any feature.
    pub bias: &'a [i16],
    /// By word number: where its weights start; one more than there are words.
    pub word_runs: &'a [u16],
    /// By concept: where its weights start; one more than there are concepts.
    pub concept_runs: &'a [u16],
    /// Hash table of word pairs, a power of two long: index of the pair plus one.
    pub pair_slots: &'a [u16],
    /// The word pairs.
    pub pairs: &'a [(u16, u16)],
    /// By pair: where its weights start; one more than there are pairs.
    pub pair_runs: &'a [u16],
    /// Weights: number of the reason, and the weight.
    pub weights: &'a [(u8, i8)],
    /// Margin in score units to confidence in percent, by steps of [`MARGIN_STEP`].
    pub calibration: &'a [u8],
    /// Least confidence that still gives a reason.
    pub threshold: u8,
}

/// How wide one step of [`Model::calibration`] is.
pub const MARGIN_STEP: i32 = 8;
