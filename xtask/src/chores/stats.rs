//! Figures about the catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;
use smtp_codes_catalog::files::Files;
use smtp_codes_catalog::model::Model;
use smtp_codes_catalog::source::{Catalogue, List};

use crate::emit::fingerprint::{self, Group};

/// Figures about the catalogue.
#[derive(Serialize)]
pub(crate) struct Stats {
    files: usize,
    /// Records of each kind.
    records: BTreeMap<&'static str, usize>,
    vectors: Vectors,
    sources: Sources,
    wording: Wording,
    /// How often inference was right on replies it had not learned from, by stated confidence.
    reliability: Vec<Reliability>,
    /// Bytes of the tables, by what they are for.
    table_bytes: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Vectors {
    total: usize,
    /// Entries must win them.
    of_entries: usize,
    /// Entries must not win them.
    near_misses: usize,
    /// They stand alone and expect `unknown`, no winner, or another winner than the one they name.
    negative: usize,
    /// They stand alone.
    alone: usize,
}

#[derive(Serialize)]
struct Sources {
    by_kind: BTreeMap<String, usize>,
    variants: usize,
    /// Variants with a source of the kind `vendor`.
    variants_by_vendor: usize,
    /// Variants with a source of the kind `vendor` or `product-source`.
    variants_by_vendor_or_product: usize,
    /// Entries all of whose sources are general knowledge.
    general_knowledge_only: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct Wording {
    signatures: usize,
    concepts: usize,
    /// Idioms by language.
    idioms: BTreeMap<String, usize>,
}

#[derive(Serialize)]
struct Reliability {
    stated_from: u8,
    replies: u32,
    right: u32,
}

impl Stats {
    pub(crate) fn new(model: &Model, files: &Files) -> Self {
        let catalogue = &model.catalogue;
        let tables = fingerprint::tables(model);
        Self {
            files: files.len(),
            records: records(catalogue),
            vectors: vectors(model),
            sources: sources(catalogue),
            wording: wording(catalogue),
            reliability: model
                .reliability
                .iter()
                .map(|band| Reliability {
                    stated_from: band.from,
                    replies: band.replies,
                    right: band.right,
                })
                .collect(),
            table_bytes: Group::ALL
                .iter()
                .map(|&group| (group.name(), fingerprint::size(&tables, group)))
                .collect(),
        }
    }
}

fn records(catalogue: &Catalogue) -> BTreeMap<&'static str, usize> {
    BTreeMap::from([
        ("source", catalogue.sources.len()),
        ("reason", catalogue.reasons.len()),
        ("action", catalogue.actions.len()),
        ("term", catalogue.terms.len()),
        ("digit", catalogue.digits.len()),
        ("basic", catalogue.basics.len()),
        ("enhanced", catalogue.enhanced.len()),
        ("family", catalogue.families.len()),
        ("pair", catalogue.pairs.len()),
        ("step", catalogue.steps.len()),
        ("schedule", catalogue.schedules.len()),
        ("recurrence", catalogue.recurrences.len()),
        ("concept", concepts(catalogue)),
        ("phrase", catalogue.phrases.len()),
        ("provider", catalogue.providers.len()),
        ("variant", catalogue.variants.len()),
        ("blocklist", catalogue.blocklists.len()),
        ("esp", catalogue.esps.len()),
        ("label", catalogue.labels.len()),
        ("label-set", catalogue.label_sets.len()),
        ("portal", catalogue.portals.len()),
        ("wrapper", catalogue.wrappers.len()),
        ("claim", catalogue.claims.len()),
        ("guide", catalogue.guides.len()),
    ])
}

fn concepts(catalogue: &Catalogue) -> usize {
    catalogue
        .concepts
        .iter()
        .filter_map(|entry| entry.name())
        .map(|name| name.as_str())
        .collect::<BTreeSet<_>>()
        .len()
}

fn vectors(model: &Model) -> Vectors {
    let owned = model.vectors.iter().filter(|vector| !vector.owner.is_empty());
    let near_misses = owned
        .clone()
        .filter(|vector| vector.expected.not_winner.is_some())
        .count();
    let negative = model
        .vectors
        .iter()
        .filter(|vector| vector.owner.is_empty())
        .filter(|vector| {
            let expected = &vector.expected;
            expected.not_winner.is_some()
                || expected.winner.as_deref() == Some("none")
                || expected
                    .reasons
                    .first()
                    .is_some_and(|reason| reason.slug() == "unknown")
        })
        .count();
    Vectors {
        total: model.vectors.len(),
        of_entries: owned.count() - near_misses,
        near_misses,
        negative,
        alone: model.vectors.iter().filter(|vector| vector.owner.is_empty()).count(),
    }
}

fn sources(catalogue: &Catalogue) -> Sources {
    let kinds: BTreeMap<&str, &str> = catalogue
        .sources
        .iter()
        .map(|source| (source.id.as_str(), source.kind.as_str()))
        .collect();
    let mut by_kind: BTreeMap<String, usize> = BTreeMap::new();
    for kind in kinds.values() {
        *by_kind.entry((*kind).to_owned()).or_default() += 1;
    }
    let has = |sources: &List, wanted: &[&str]| {
        sources
            .iter()
            .any(|id| kinds.get(id.as_str()).is_some_and(|kind| wanted.contains(kind)))
    };
    let only_general = |sources: &List| {
        !sources.is_empty()
            && sources
                .iter()
                .all(|id| kinds.get(id.as_str()) == Some(&"general-knowledge"))
    };
    let mut general = BTreeMap::new();
    macro_rules! count {
        ($( $name:literal: $list:ident ),+ $(,)?) => {
            $( general.insert($name, catalogue.$list.iter().filter(|entry| only_general(&entry.sources)).count()); )+
        };
    }
    count!(
        "reason": reasons, "action": actions, "term": terms, "digit": digits, "basic": basics, "enhanced": enhanced,
        "family": families, "pair": pairs, "step": steps, "schedule": schedules, "recurrence": recurrences,
        "phrase": phrases, "provider": providers, "variant": variants, "blocklist": blocklists, "esp": esps,
        "label": labels, "label-set": label_sets, "portal": portals, "wrapper": wrappers, "claim": claims, "guide": guides,
    );
    general.retain(|_, count| *count > 0);
    let variants = |wanted: &[&str]| {
        catalogue
            .variants
            .iter()
            .filter(|entry| has(&entry.sources, wanted))
            .count()
    };
    Sources {
        by_kind,
        variants: catalogue.variants.len(),
        variants_by_vendor: variants(&["vendor"]),
        variants_by_vendor_or_product: variants(&["vendor", "product-source"]),
        general_knowledge_only: general,
    }
}

fn wording(catalogue: &Catalogue) -> Wording {
    let mut idioms: BTreeMap<String, usize> = BTreeMap::new();
    for concept in &catalogue.concepts {
        for (language, list) in &concept.idioms {
            *idioms.entry(language.clone()).or_default() += list.len();
        }
    }
    let phrases = catalogue.phrases.iter().map(|entry| entry.signatures.len());
    let variants = catalogue
        .variants
        .iter()
        .map(|entry| entry.signatures.as_ref().map_or(0, |list| list.len()) + usize::from(entry.tag.is_some()));
    Wording {
        signatures: phrases.chain(variants).sum(),
        concepts: concepts(catalogue),
        idioms,
    }
}

impl fmt::Display for Stats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Records in {} files", self.files)?;
        for (kind, count) in &self.records {
            writeln!(f, "  {kind:<12} {count:>6}")?;
        }
        let vectors = &self.vectors;
        writeln!(f, "\nVectors          {:>6}", vectors.total)?;
        writeln!(f, "  won by entries {:>6}", vectors.of_entries)?;
        writeln!(f, "  near misses    {:>6}", vectors.near_misses)?;
        writeln!(
            f,
            "  standing alone {:>6}, negative {}",
            vectors.alone, vectors.negative
        )?;
        let wording = &self.wording;
        writeln!(
            f,
            "\nWording: {} signatures, {} concepts; idioms by language",
            wording.signatures, wording.concepts
        )?;
        let languages: Vec<_> = wording
            .idioms
            .iter()
            .map(|(language, count)| format!("{language} {count}"))
            .collect();
        writeln!(f, "  {}", languages.join(", "))?;
        let sources = &self.sources;
        writeln!(f, "\nSources by kind")?;
        for (kind, count) in &sources.by_kind {
            writeln!(f, "  {kind:<17} {count:>5}")?;
        }
        writeln!(
            f,
            "  variants documented by the vendor: {}",
            share(sources.variants_by_vendor, sources.variants)
        )?;
        writeln!(
            f,
            "  … or by the product's own source:  {}",
            share(sources.variants_by_vendor_or_product, sources.variants)
        )?;
        let general: usize = sources.general_knowledge_only.values().sum();
        let kinds: Vec<_> = sources
            .general_knowledge_only
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        let kinds = if kinds.is_empty() {
            String::new()
        } else {
            format!(" ({})", kinds.join(", "))
        };
        writeln!(f, "  entries on general knowledge only: {general}{kinds}")?;
        writeln!(f, "\nReliability of inference, on replies kept apart")?;
        writeln!(f, "  stated from  replies  right")?;
        for band in &self.reliability {
            let right = percent(band.right as usize, band.replies as usize);
            writeln!(f, "  {:>9} %  {:>7}  {right:>5.1} %", band.stated_from, band.replies)?;
        }
        writeln!(f, "\nTables, in bytes")?;
        for (group, bytes) in &self.table_bytes {
            writeln!(f, "  {group:<9} {bytes:>8}")?;
        }
        writeln!(f, "  matching may weigh {} at most", fingerprint::BUDGET)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 * 100.0 / whole as f64
    }
}

fn share(part: usize, whole: usize) -> String {
    format!("{part} of {whole} ({:.1} %)", percent(part, whole))
}
