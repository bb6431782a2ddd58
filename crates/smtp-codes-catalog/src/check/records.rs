//! The same view on records of different kinds.

use crate::files::{FileId, Span};
use crate::source::{Advice, Catalogue, ClassAdvice, Entry, Kind, List, Spanned, Text};

/// A record that rests on sources.
pub(super) struct Sourced<'a> {
    pub(super) kind: Kind,
    /// What it is called in a message.
    pub(super) name: String,
    pub(super) header: Span,
    pub(super) sources: &'a List,
}

impl Sourced<'_> {
    /// The place of a value of the record.
    pub(super) fn at<T>(&self, value: &Spanned<T>) -> Span {
        let range = value.range();
        if range.is_empty() {
            self.header
        } else {
            Span { range, ..self.header }
        }
    }
}

/// Every record that must have sources, kind by kind.
pub(super) fn sourced(catalogue: &Catalogue) -> Vec<Sourced<'_>> {
    let mut all = Vec::new();
    macro_rules! add {
        ($kind:ident, $list:ident, $entry:ident => $name:expr) => {
            for $entry in &catalogue.$list {
                let (name, sources) = ($name.to_string(), &$entry.sources);
                all.push(Sourced {
                    kind: Kind::$kind,
                    name,
                    header: $entry.span(),
                    sources,
                });
            }
        };
    }
    add!(Reason, reasons, entry => entry.slug);
    add!(Action, actions, entry => entry.slug);
    add!(Term, terms, entry => entry.slug);
    add!(Digit, digits, entry => entry.digit);
    add!(Basic, basics, entry => entry.code);
    add!(Enhanced, enhanced, entry => entry.code);
    add!(Family, families, entry => entry.code);
    add!(Pair, pairs, entry => format!("{} {}", *entry.basic, *entry.enhanced));
    add!(Step, steps, entry => entry.slug);
    add!(Schedule, schedules, entry => entry.slug);
    add!(Recurrence, recurrences, entry => entry.slug);
    add!(Phrase, phrases, entry => entry.slug);
    add!(Provider, providers, entry => entry.slug);
    add!(Variant, variants, entry => entry.name());
    add!(Blocklist, blocklists, entry => entry.slug);
    add!(Esp, esps, entry => entry.slug);
    add!(Label, labels, entry => entry.label);
    add!(LabelSet, label_sets, entry => entry.slug);
    add!(Portal, portals, entry => entry.slug);
    add!(Wrapper, wrappers, entry => entry.slug);
    add!(Claim, claims, entry => entry.slug);
    add!(Guide, guides, entry => entry.slug);
    all
}

/// A record with advice keys.
pub(super) struct Advised<'a> {
    pub(super) file: FileId,
    pub(super) advice: Advice<'a>,
    /// The same for 4.x and 5.x replies, where the record says so.
    pub(super) classes: [Option<Advice<'a>>; 2],
}

impl<'a> Advised<'a> {
    fn new<T>(entry: &Entry<T>, advice: Advice<'a>) -> Self {
        Self {
            file: entry.file,
            advice,
            classes: [None, None],
        }
    }

    /// Every set of advice keys that stands by itself.
    pub(super) fn each(&self) -> impl Iterator<Item = Advice<'a>> {
        std::iter::once(self.advice).chain(self.classes.into_iter().flatten())
    }
}

/// Every record with advice keys, kind by kind.
pub(super) fn advised(catalogue: &Catalogue) -> Vec<Advised<'_>> {
    let mut all = Vec::new();
    all.extend(catalogue.basics.iter().map(|entry| Advised::new(entry, entry.advice())));
    for entry in &catalogue.enhanced {
        let transient = entry.transient.as_ref().map(ClassAdvice::advice);
        let permanent = entry.permanent.as_ref().map(ClassAdvice::advice);
        all.push(Advised {
            classes: [transient, permanent],
            ..Advised::new(entry, entry.advice())
        });
    }
    all.extend(
        catalogue
            .families
            .iter()
            .map(|entry| Advised::new(entry, entry.advice())),
    );
    all.extend(catalogue.pairs.iter().map(|entry| Advised::new(entry, entry.advice())));
    all.extend(
        catalogue
            .phrases
            .iter()
            .map(|entry| Advised::new(entry, entry.advice())),
    );
    all.extend(
        catalogue
            .variants
            .iter()
            .map(|entry| Advised::new(&entry.entry, entry.advice())),
    );
    all
}

/// An entry of wording: signatures, and the replies it must win.
pub(super) struct Worded<'a> {
    pub(super) name: String,
    pub(super) header: Span,
    /// The provider that is known when the entry's own vectors are read.
    pub(super) provider: Option<&'a str>,
    pub(super) reason: Option<&'a Text>,
    pub(super) signatures: Option<&'a List>,
    pub(super) not: Option<&'a List>,
    pub(super) vectors: &'a List,
    pub(super) near: Option<&'a List>,
}

impl Worded<'_> {
    /// The place of a value of the record.
    pub(super) fn at<T>(&self, value: &Spanned<T>) -> Span {
        let range = value.range();
        if range.is_empty() {
            self.header
        } else {
            Span { range, ..self.header }
        }
    }
}

/// Phrases, variants and blocklists.
pub(super) fn worded(catalogue: &Catalogue) -> Vec<Worded<'_>> {
    let phrases = catalogue.phrases.iter().map(|entry| Worded {
        name: format!("the phrase `{}`", *entry.slug),
        header: entry.span(),
        provider: None,
        reason: Some(&entry.reason),
        signatures: Some(&entry.signatures),
        not: entry.not.as_ref(),
        vectors: &entry.vectors,
        near: entry.near.as_ref(),
    });
    let variants = catalogue.variants.iter().map(|entry| Worded {
        name: format!("the variant `{}`", entry.name()),
        header: entry.span(),
        provider: Some(&entry.provider),
        reason: Some(&entry.reason),
        signatures: entry.signatures.as_ref(),
        not: entry.not.as_ref(),
        vectors: &entry.vectors,
        near: entry.near.as_ref(),
    });
    let blocklists = catalogue.blocklists.iter().map(|entry| Worded {
        name: format!("the blocklist `{}`", *entry.slug),
        header: entry.span(),
        provider: None,
        reason: None,
        signatures: Some(&entry.signatures),
        not: None,
        vectors: &entry.vectors,
        near: None,
    });
    phrases.chain(variants).chain(blocklists).collect()
}
