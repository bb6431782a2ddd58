//! `docs/fingerprint.txt`: what reviewers read in place of the tables.
//!
//! One line for each table: how many entries, how many bytes, and a hash that changes when anything in
//! it does. The sizes are those of the static data in the library.

use std::fmt::{Debug, Write as _};

use smtp_codes_catalog::model::Model;

use super::{Files, MARK};

const PATH: &str = "docs/fingerprint.txt";

/// The most that the tables which decide may weigh, in bytes.
pub(crate) const BUDGET: usize = 350_000;

/// What a table is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    /// It decides which entry wins.
    Matching,
    /// It holds codes and what they advise.
    Codes,
    /// It names providers, blocklists and sources.
    Parties,
    /// It is read by people.
    Text,
}

impl Group {
    /// Every group, in the order of the file.
    pub(crate) const ALL: [Self; 4] = [Self::Matching, Self::Codes, Self::Parties, Self::Text];

    /// The name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Matching => "matching",
            Self::Codes => "codes",
            Self::Parties => "parties",
            Self::Text => "text",
        }
    }
}

/// One table.
pub(crate) struct Table {
    pub(crate) group: Group,
    pub(crate) name: &'static str,
    pub(crate) entries: usize,
    pub(crate) bytes: usize,
    pub(crate) hash: u64,
}

/// How many bytes the tables of a group take.
pub(crate) fn size(tables: &[Table], group: Group) -> usize {
    tables
        .iter()
        .filter(|table| table.group == group)
        .map(|table| table.bytes)
        .sum()
}

/// Every table of the library.
pub(crate) fn tables(model: &Model) -> Vec<Table> {
    let t = &model.tables;
    let m = &t.model;
    use Group::{Codes, Matching, Parties, Text};
    vec![
        bytes(Matching, "words", &t.word_bytes),
        table(Matching, "words.buckets", &t.word_buckets),
        table(Matching, "words.starts", &t.word_starts),
        table(Matching, "words.marks", &t.word_marks),
        table(Matching, "words.lens", &t.word_lens),
        table(Matching, "trie.roots", &t.roots),
        table(Matching, "trie.nodes", &t.nodes),
        table(Matching, "graph.starts", &t.atom_starts),
        table(Matching, "graph.program", &t.program),
        table(Matching, "graph.simple", &t.simple),
        table(Matching, "patterns", &t.patterns),
        table(Matching, "patterns.ranks", &t.ranks),
        table(Matching, "patterns.guarded", &t.guarded),
        table(Matching, "patterns.guards", &t.guards),
        table(Matching, "rules", &t.rules),
        table(Matching, "rules.limits", &t.limits),
        table(Matching, "rules.conditions", &t.conditions),
        table(Matching, "model.bias", &m.bias),
        table(Matching, "model.word-runs", &m.word_runs),
        table(Matching, "model.concept-runs", &m.concept_runs),
        table(Matching, "model.pair-slots", &m.pair_slots),
        table(Matching, "model.pairs", &m.pairs),
        table(Matching, "model.pair-runs", &m.pair_runs),
        table(Matching, "model.weights", &m.weights),
        table(Matching, "model.calibration", &m.calibration),
        table(Codes, "advice", &t.advice),
        table(Codes, "remedies", &t.remedies),
        table(Codes, "reasons", &t.reasons),
        table(Codes, "classes", &t.classes),
        table(Codes, "basic.index", &t.basic_index),
        table(Codes, "basic", &t.basics),
        table(Codes, "enhanced.index", &t.enhanced_index),
        table(Codes, "enhanced", &t.enhanced),
        table(Codes, "families", &t.families),
        table(Codes, "exceptions", &t.exceptions),
        table(Codes, "pairs", &t.pairs),
        table(Codes, "schedules", &t.schedules),
        table(Codes, "recurrences", &t.recurrences),
        table(Parties, "providers", &t.providers),
        table(Parties, "providers.by-code", &t.by_code),
        table(Parties, "providers.mx", &t.mx_hosts),
        table(Parties, "providers.domains", &t.domains),
        table(Parties, "blocklists", &t.blocklists),
        table(Parties, "sources", &t.sources),
        table(Parties, "sources.lists", &t.source_lists),
        table(Parties, "wrappers", &t.wrappers),
        table(Text, "rules.text", &t.rule_texts),
        bytes(Text, "pool", t.pool.as_bytes()),
    ]
}

fn table<T: Debug>(group: Group, name: &'static str, values: &[T]) -> Table {
    let mut hash = Fnv::default();
    for value in values {
        // Hashing does not fail.
        let _ = write!(hash, "{value:?};");
    }
    Table {
        group,
        name,
        entries: values.len(),
        bytes: size_of_val(values),
        hash: hash.0,
    }
}

fn bytes(group: Group, name: &'static str, values: &[u8]) -> Table {
    let mut hash = Fnv::default();
    hash.add(values);
    Table {
        group,
        name,
        entries: values.len(),
        bytes: values.len(),
        hash: hash.0,
    }
}

/// FNV-1a, 64 bits: it tells changes apart, and protects from nobody.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Fnv {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
}

impl std::fmt::Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.add(text.as_bytes());
        Ok(())
    }
}

/// The file.
pub(crate) fn emit(model: &Model) -> Files {
    let tables = tables(model);
    let head = model.tables();
    let mut text = format!(
        "# {MARK}\n# The tables of the crate `smtp-codes`: entries, bytes, and a hash that changes when anything in them does.\n\
         # `matching` is what decides; it may weigh {BUDGET} bytes at most.\n\ncatalogue {} of {}\n",
        head.text(head.version),
        head.text(head.date)
    );
    for group in Group::ALL {
        let _ = writeln!(text, "\n{:<20} {:>8} {:>9}", group.name(), "entries", "bytes");
        for table in tables.iter().filter(|table| table.group == group) {
            let _ = writeln!(
                text,
                "{:<20} {:>8} {:>9}  {:016x}",
                table.name, table.entries, table.bytes, table.hash
            );
        }
        let _ = writeln!(text, "{:<20} {:>8} {:>9}", "total", "", size(&tables, group));
    }
    Files::from([(PATH.to_owned(), text.into_bytes())])
}
