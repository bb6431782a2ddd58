//! All records together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use super::{
    Action, Basic, Blocklist, Claim, Concept, Digit, Enhanced, Esp, Family, Guide, Head, Kind, Label, LabelSet, Pair,
    Phrase, Portal, Provider, Reason, Recurrence, Schedule, Source, Spanned, Step, Term, Variant, Vector, Vectors,
    Wrapper,
};
use crate::files::{ByteRange, FileId, Span};
use crate::ids::Ledger;

/// A record, with the file it stands in and the place of its header.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The record.
    pub record: T,
    /// The file.
    pub file: FileId,
    /// The place of the header: `[[basic]]`.
    pub header: ByteRange,
}

impl<T> Entry<T> {
    /// The place of the header.
    pub const fn span(&self) -> Span {
        Span {
            file: self.file,
            range: self.header,
        }
    }

    /// The place of a value of this record; the header where the value isn't written in the file.
    pub fn at<U>(&self, value: &Spanned<U>) -> Span {
        let range = value.range();
        Span {
            file: self.file,
            range: if range.is_empty() { self.header } else { range },
        }
    }
}

impl<T> Deref for Entry<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.record
    }
}

impl Catalogue {
    /// The path of the file that a record stands in, from the root of the repository; empty where it is not known.
    #[must_use]
    pub fn path_of<T>(&self, entry: &Entry<T>) -> &str {
        self.paths.get(entry.file.index()).map_or("", String::as_str)
    }
}

/// A variant and its provider.
#[derive(Clone, Debug)]
pub struct VariantEntry {
    /// Slug of the provider of the file.
    pub provider: String,
    /// The record.
    pub entry: Entry<Variant>,
}

impl VariantEntry {
    /// The full name of the variant: `google/over-quota`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}", self.provider, self.entry.slug.as_str())
    }
}

impl Deref for VariantEntry {
    type Target = Entry<Variant>;

    fn deref(&self) -> &Entry<Variant> {
        &self.entry
    }
}

/// The records of all files, each kind in the order of paths and lines.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "each field holds the records of the kind it is named after")]
pub struct Catalogue {
    pub head: Option<Entry<Head>>,
    pub sources: Vec<Entry<Source>>,
    pub reasons: Vec<Entry<Reason>>,
    pub actions: Vec<Entry<Action>>,
    pub terms: Vec<Entry<Term>>,
    pub digits: Vec<Entry<Digit>>,
    pub basics: Vec<Entry<Basic>>,
    pub enhanced: Vec<Entry<Enhanced>>,
    pub families: Vec<Entry<Family>>,
    pub pairs: Vec<Entry<Pair>>,
    pub steps: Vec<Entry<Step>>,
    pub schedules: Vec<Entry<Schedule>>,
    pub recurrences: Vec<Entry<Recurrence>>,
    pub concepts: Vec<Entry<Concept>>,
    pub phrases: Vec<Entry<Phrase>>,
    pub providers: Vec<Entry<Provider>>,
    pub variants: Vec<VariantEntry>,
    pub blocklists: Vec<Entry<Blocklist>>,
    pub esps: Vec<Entry<Esp>>,
    pub labels: Vec<Entry<Label>>,
    pub label_sets: Vec<Entry<LabelSet>>,
    pub portals: Vec<Entry<Portal>>,
    pub wrappers: Vec<Entry<Wrapper>>,
    pub claims: Vec<Entry<Claim>>,
    pub guides: Vec<Entry<Guide>>,
    pub vectors: Vec<Entry<Vector>>,
    pub vector_groups: Vec<Entry<Vectors>>,
    /// The ledger of public numbers, where the catalogue has an `ids.toml`.
    pub ledger: Option<Ledger>,
    /// Names of records that could not be read. A reference to one of them is not called dangling.
    pub unreadable: BTreeMap<Kind, BTreeSet<String>>,
    /// Whether anything could not be read, so that what seems unused may well be used.
    pub incomplete: bool,
    /// Paths of the files, by the number of the file.
    pub paths: Vec<String>,
}
