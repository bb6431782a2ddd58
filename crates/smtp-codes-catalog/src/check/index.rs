//! Which names and codes there are.

use std::collections::{BTreeMap, BTreeSet};

use crate::files::Span;
use crate::patterns::{BasicPattern, Detail, EnhancedPattern};
use crate::report::suggest::nearest;
use crate::source::{Catalogue, Kind};

/// Names of all records that can be named, and the codes that have an entry.
pub(super) struct Index<'a> {
    names: BTreeMap<Kind, BTreeMap<String, Span>>,
    unreadable: &'a BTreeMap<Kind, BTreeSet<String>>,
    basics: Vec<BasicPattern>,
    enhanced: Vec<EnhancedPattern>,
    families: Vec<EnhancedPattern>,
    /// Whether there may be codes that could not be read.
    codes_incomplete: bool,
}

impl<'a> Index<'a> {
    pub(super) fn new(catalogue: &'a Catalogue) -> Self {
        let mut names: BTreeMap<Kind, BTreeMap<String, Span>> = BTreeMap::new();
        each_name(catalogue, &mut |kind, name, span| {
            names.entry(kind).or_default().entry(name.to_owned()).or_insert(span);
        });
        let enhanced = |code: &str| EnhancedPattern::parse(code).ok();
        let kinds = [Kind::Basic, Kind::Enhanced, Kind::Family];
        Self {
            names,
            unreadable: &catalogue.unreadable,
            basics: catalogue
                .basics
                .iter()
                .filter_map(|entry| BasicPattern::parse(&entry.code).ok())
                .collect(),
            enhanced: catalogue
                .enhanced
                .iter()
                .filter_map(|entry| enhanced(&entry.code))
                .collect(),
            families: catalogue
                .families
                .iter()
                .filter_map(|entry| enhanced(&entry.code))
                .collect(),
            codes_incomplete: kinds.iter().any(|kind| catalogue.unreadable.contains_key(kind)),
        }
    }

    /// Whether there is a record of a name, were it one that could not be read.
    pub(super) fn has(&self, kind: Kind, name: &str) -> bool {
        self.names.get(&kind).is_some_and(|names| names.contains_key(name))
            || self.unreadable.get(&kind).is_some_and(|names| names.contains(name))
    }

    /// The name nearest to one that isn't there.
    pub(super) fn nearest(&self, kind: Kind, name: &str) -> Option<&str> {
        nearest(name, self.names.get(&kind)?.keys().map(String::as_str))
    }

    /// Whether a basic code has an entry.
    pub(super) fn has_basic(&self, code: u16) -> bool {
        self.codes_incomplete || self.basics.iter().any(|pattern| pattern.contains(code))
    }

    /// Whether an enhanced code has an entry: of its own, in a range, or for any class. A code of any
    /// class has one also where there is one for some class.
    pub(super) fn has_enhanced(&self, code: EnhancedPattern) -> bool {
        let (subject, detail) = match (code.subject, code.detail) {
            (Some(subject), Detail::Exact(detail)) => (subject, detail),
            _ => return self.enhanced.contains(&code) || self.has_family(code),
        };
        let classes = code.class.map_or(vec![2, 4, 5], |class| vec![class]);
        let covered = |class: &u8| {
            self.enhanced
                .iter()
                .any(|pattern| pattern.contains(*class, subject, detail))
        };
        self.codes_incomplete || classes.iter().any(covered)
    }

    /// Whether a family has an entry.
    pub(super) fn has_family(&self, code: EnhancedPattern) -> bool {
        self.codes_incomplete || self.families.contains(&code)
    }
}

/// Every name that a record of the catalogue can be named by.
pub(super) fn each_name(catalogue: &Catalogue, visit: &mut dyn FnMut(Kind, &str, Span)) {
    macro_rules! names {
        ($kind:ident, $list:ident, $entry:ident => $name:expr) => {
            for $entry in &catalogue.$list {
                visit(Kind::$kind, &$name, $entry.at(&$name));
            }
        };
    }
    names!(Source, sources, entry => entry.id);
    names!(Reason, reasons, entry => entry.slug);
    names!(Step, steps, entry => entry.slug);
    names!(Schedule, schedules, entry => entry.slug);
    names!(Recurrence, recurrences, entry => entry.slug);
    for concept in &catalogue.concepts {
        if let Some(slug) = &concept.head.slug {
            visit(Kind::Concept, slug, concept.at(slug));
        }
    }
    names!(Phrase, phrases, entry => entry.slug);
    names!(Provider, providers, entry => entry.slug);
    for variant in &catalogue.variants {
        visit(Kind::Variant, &variant.name(), variant.at(&variant.slug));
    }
    names!(Blocklist, blocklists, entry => entry.slug);
    names!(Esp, esps, entry => entry.slug);
    names!(LabelSet, label_sets, entry => entry.slug);
    names!(Portal, portals, entry => entry.slug);
    names!(Wrapper, wrappers, entry => entry.slug);
    names!(Claim, claims, entry => entry.slug);
    names!(Guide, guides, entry => entry.slug);
}
