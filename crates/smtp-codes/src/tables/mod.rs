//! The compiled catalogue as borrowed slices of plain values.
//!
//! The generator writes one such table as static data; an overlay compiles another onto the heap.
//! Both look the same from here, and nothing is computed when a table comes into use. Text stands in
//! one pool and is referred to by offset, so that the static table needs no relocation.

mod codes;
mod matching;
mod parties;
mod policy;
mod rules;

pub use codes::{Basic, Enhanced, Family, Pair};
pub use matching::{ANY_GAP, Cue, Cues, Graph, MARGIN_STEP, MAX_GAP, Model, Pattern, Step, Target, Trie, Vocabulary};
pub use parties::{Blocklist, HostName, Provider, ProviderKind, Source, Wrapper};
pub use policy::{Escalation, Recurrence, Schedule, Scope, Unit};
pub use rules::{Advice, Condition, Limits, NO_SCHEDULE, Rule, RuleKind, RuleText, Strength, Traits};

use crate::vocabulary::Remedy;

/// A piece of the pool: `len` bytes from `start`, followed by a NUL byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Byte offset in the pool.
    pub start: u32,
    /// Length in bytes, without the NUL.
    pub len: u16,
}

/// A run of elements of a companion array.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Index of the first element.
    pub start: u32,
    /// Number of elements.
    pub len: u16,
}

impl Run {
    /// The elements of `array` that the run covers; none where it lies outside.
    #[must_use]
    #[inline]
    pub fn of<T>(self, array: &[T]) -> &[T] {
        let start = self.start as usize;
        array.get(start..start + usize::from(self.len)).unwrap_or(&[])
    }
}

/// Everything a diagnosis needs.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'a> {
    /// All text, each piece followed by a NUL byte.
    pub pool: &'a str,
    /// Words.
    pub vocabulary: Vocabulary<'a>,
    /// Word sequences.
    pub trie: Trie<'a>,
    /// Signatures.
    pub graph: Graph<'a>,
    /// Patterns by rank, packed as [`Target::pack`] does; read them with [`Tables::pattern`].
    pub patterns: &'a [u16],
    /// Ranks: the first pattern that has it, and the rank.
    pub ranks: &'a [(u16, u32)],
    /// Rules that patterns speak against, in rising order, and where the list of those starts in `guards`.
    pub guarded: &'a [(u16, u16)],
    /// Lists of patterns, the last of each marked with [`crate::packed::LAST`].
    pub guards: &'a [u16],
    /// Rules.
    pub rules: &'a [Rule],
    /// Their text, by the same index.
    pub rule_texts: &'a [RuleText],
    /// What rules are limited to; the first is no limit.
    pub limits: &'a [Limits],
    /// Codes that rules are limited to.
    pub conditions: &'a [Condition],
    /// Advice.
    pub advice: &'a [Advice],
    /// Remedies of advice.
    pub remedies: &'a [Remedy],
    /// Concepts that tell whose fault is told of, in rising order, and what they tell.
    pub cues: &'a [(u16, Cues)],
    /// By reason: the rule that stands for it where wording alone was weighed.
    pub reasons: &'a [u16],
    /// Rules for the first digits 0 to 9.
    pub classes: &'a [u16],
    /// By code 0 to 999: index into `basics` plus one, 0 for none.
    pub basic_index: &'a [u16],
    /// Basic codes.
    pub basics: &'a [Basic],
    /// In the order of [`indexed`](crate::lookup::indexed): index into `enhanced` plus one, 0 for none.
    pub enhanced_index: &'a [u16],
    /// Enhanced codes, sorted by subject and first detail.
    pub enhanced: &'a [Enhanced],
    /// Families.
    pub families: &'a [Family],
    /// Codes that families do not hold for.
    pub exceptions: &'a [(u16, u16)],
    /// Pairs, most specific first.
    pub pairs: &'a [Pair],
    /// Providers; number 0 is none.
    pub providers: &'a [Provider],
    /// Variants by code, of all providers.
    pub by_code: &'a [u16],
    /// Host name suffixes of MX hosts, sorted by name.
    pub mx_hosts: &'a [HostName],
    /// Recipient domains, sorted by name.
    pub domains: &'a [HostName],
    /// Blocklists; number 0 is none.
    pub blocklists: &'a [Blocklist],
    /// Sources.
    pub sources: &'a [Source],
    /// Indices into `sources`.
    pub source_lists: &'a [u16],
    /// Retry schedules.
    pub schedules: &'a [Schedule],
    /// Recurrence rules, most pressing first.
    pub recurrences: &'a [Recurrence],
    /// Words before quoted replies.
    pub wrappers: &'a [Wrapper],
    /// The linear model.
    pub model: Model<'a>,
    /// Version of the catalogue.
    pub version: Text,
    /// Date of the catalogue.
    pub date: Text,
}

impl<'a> Tables<'a> {
    /// The text that `text` refers to; empty where it lies outside the pool.
    #[must_use]
    #[inline]
    pub fn text(&self, text: Text) -> &'a str {
        let start = text.start as usize;
        self.pool.get(start..start + usize::from(text.len)).unwrap_or("")
    }

    /// The rule of a number.
    #[must_use]
    #[inline]
    pub fn rule(&self, rule: u16) -> Option<&'a Rule> {
        self.rules.get(usize::from(rule))
    }

    /// What an atom tells about whose fault it is.
    #[must_use]
    pub fn cues_of(&self, atom: u16) -> Cues {
        if atom >= self.graph.concept_count {
            return Cues::default();
        }
        let found = self.cues.binary_search_by_key(&atom, |(concept, _)| *concept).ok();
        found
            .and_then(|place| self.cues.get(place))
            .map_or(Cues::default(), |(_, cues)| *cues)
    }

    /// The codes that a rule is limited to, any of them; none for any code.
    #[must_use]
    #[inline]
    pub fn conditions_of(&self, rule: &Rule) -> &'a [Condition] {
        let Some(limits) = self.limits.get(usize::from(rule.limits)) else {
            return &[];
        };
        let first = usize::from(limits.conditions.0);
        self.conditions
            .get(first..first + usize::from(limits.conditions.1))
            .unwrap_or(&[])
    }

    /// The sources of a run of [`Tables::source_lists`].
    pub fn sources_of(&self, run: Run) -> impl Iterator<Item = &'a Source> + use<'a> {
        let sources = self.sources;
        run.of(self.source_lists)
            .iter()
            .filter_map(move |index| sources.get(usize::from(*index)))
    }
}
