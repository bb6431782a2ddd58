//! Tables on the heap.

use smtp_codes::tables::*;
use smtp_codes::{Remedy, Tables};

/// Everything that [`Tables`] borrows.
#[derive(Clone, Debug, Default)]
#[expect(
    missing_docs,
    reason = "each field is what the field of `Tables` of its name borrows"
)]
pub struct OwnedTables {
    pub pool: String,
    pub word_buckets: Vec<u16>,
    pub word_starts: Vec<u32>,
    pub word_marks: Vec<u8>,
    pub word_lens: Vec<u8>,
    pub word_bytes: Vec<u8>,
    pub roots: Vec<u16>,
    pub nodes: Vec<u16>,
    /// The most edges of any node; not a table.
    pub most_edges: usize,
    pub atom_starts: Vec<u16>,
    pub program: Vec<u16>,
    pub simple: Vec<u16>,
    pub slot_count: u16,
    pub concept_count: u16,
    pub patterns: Vec<u16>,
    pub ranks: Vec<(u16, u32)>,
    pub guarded: Vec<(u16, u16)>,
    pub guards: Vec<u16>,
    pub rules: Vec<Rule>,
    pub rule_texts: Vec<RuleText>,
    pub limits: Vec<Limits>,
    pub conditions: Vec<Condition>,
    pub advice: Vec<Advice>,
    pub remedies: Vec<Remedy>,
    pub cues: Vec<(u16, Cues)>,
    pub reasons: Vec<u16>,
    pub classes: Vec<u16>,
    pub basic_index: Vec<u16>,
    pub basics: Vec<Basic>,
    pub enhanced_index: Vec<u16>,
    pub enhanced: Vec<Enhanced>,
    pub families: Vec<Family>,
    pub exceptions: Vec<(u16, u16)>,
    pub pairs: Vec<Pair>,
    pub providers: Vec<Provider>,
    pub by_code: Vec<u16>,
    pub mx_hosts: Vec<HostName>,
    pub domains: Vec<HostName>,
    pub blocklists: Vec<Blocklist>,
    pub sources: Vec<Source>,
    pub source_lists: Vec<u16>,
    pub schedules: Vec<Schedule>,
    pub recurrences: Vec<Recurrence>,
    pub wrappers: Vec<Wrapper>,
    pub model: OwnedModel,
    pub version: Text,
    pub date: Text,
}

/// Everything that [`Model`] borrows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "each field is what the field of `Model` of its name borrows")]
pub struct OwnedModel {
    pub bias: Vec<i16>,
    pub word_runs: Vec<u16>,
    pub concept_runs: Vec<u16>,
    pub pair_slots: Vec<u16>,
    pub pairs: Vec<(u16, u16)>,
    pub pair_runs: Vec<u16>,
    pub weights: Vec<(u8, i8)>,
    pub calibration: Vec<u8>,
    pub threshold: u8,
}

impl OwnedModel {
    /// The model as the engine reads it.
    #[must_use]
    pub fn as_model(&self) -> Model<'_> {
        Model {
            bias: &self.bias,
            word_runs: &self.word_runs,
            concept_runs: &self.concept_runs,
            pair_slots: &self.pair_slots,
            pairs: &self.pairs,
            pair_runs: &self.pair_runs,
            weights: &self.weights,
            calibration: &self.calibration,
            threshold: self.threshold,
        }
    }
}

impl OwnedTables {
    /// The tables as the engine reads them.
    #[must_use]
    pub fn as_tables(&self) -> Tables<'_> {
        Tables {
            pool: &self.pool,
            vocabulary: Vocabulary {
                buckets: &self.word_buckets,
                starts: &self.word_starts,
                marks: &self.word_marks,
                lens: &self.word_lens,
                bytes: &self.word_bytes,
            },
            trie: Trie {
                roots: &self.roots,
                nodes: &self.nodes,
            },
            graph: Graph {
                starts: &self.atom_starts,
                program: &self.program,
                simple: &self.simple,
                slot_count: self.slot_count,
                concept_count: self.concept_count,
            },
            patterns: &self.patterns,
            ranks: &self.ranks,
            guarded: &self.guarded,
            guards: &self.guards,
            rules: &self.rules,
            rule_texts: &self.rule_texts,
            limits: &self.limits,
            conditions: &self.conditions,
            advice: &self.advice,
            remedies: &self.remedies,
            cues: &self.cues,
            reasons: &self.reasons,
            classes: &self.classes,
            basic_index: &self.basic_index,
            basics: &self.basics,
            enhanced_index: &self.enhanced_index,
            enhanced: &self.enhanced,
            families: &self.families,
            exceptions: &self.exceptions,
            pairs: &self.pairs,
            providers: &self.providers,
            by_code: &self.by_code,
            mx_hosts: &self.mx_hosts,
            domains: &self.domains,
            blocklists: &self.blocklists,
            sources: &self.sources,
            source_lists: &self.source_lists,
            schedules: &self.schedules,
            recurrences: &self.recurrences,
            wrappers: &self.wrappers,
            model: self.model.as_model(),
            version: self.version,
            date: self.date,
        }
    }
}
