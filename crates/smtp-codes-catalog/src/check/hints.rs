//! Hints: what is right by every rule, and yet looks like a slip of the pen.
//!
//! They are shown when they are asked for, and stop nothing: an odd provider is odd, and its entry
//! right all the same.

use std::collections::{BTreeMap, BTreeSet};

use super::records::advised;
use crate::compile::vectors::Vector;
use crate::files::Span;
use crate::model::Model;
use crate::report::{Code, Diagnostic, Diagnostics};
use crate::signature::{Item, Signature, fold_words};
use crate::source::{Advice, Entry, List, Text};

/// How sure other wording must be of another reason, in percent.
const SURE: u8 = 70;

/// The same for a reply that stands alone: it says less than all replies of an entry together.
const VERY_SURE: u8 = 85;

/// Advice that no more entries of a reason give than these looks like a slip in each of them.
const FEW: usize = 2;

/// Everything that looks odd. Not sorted.
#[must_use]
pub fn hints(model: &Model) -> Diagnostics {
    let mut out = Vec::new();
    unseen_words(model, &mut out);
    odd_reasons(model, &mut out);
    odd_vectors(model, &mut out);
    odd_advice(model, &mut out);
    out.into_iter().collect()
}

/// Words of one signature that no reply of the catalogue has.
fn unseen_words(model: &Model, out: &mut Vec<Diagnostic>) {
    let catalogue = &model.catalogue;
    let mut seen = BTreeSet::new();
    for vector in &model.vectors {
        seen.extend(fold_words(&String::from_utf8_lossy(&vector.reply)));
    }
    let mut places: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut look = |text: &Text, span: Span| {
        let Ok(signature) = Signature::parse(text) else { return };
        for part in signature.parts {
            if let Item::Word(word) = part.item {
                if !seen.contains(&word) {
                    places.entry(word).or_default().push(span);
                }
            }
        }
    };
    for entry in &catalogue.phrases {
        each(entry, Some(&entry.signatures), &mut look);
    }
    for variant in &catalogue.variants {
        each(&variant.entry, variant.signatures.as_ref(), &mut look);
    }
    for entry in &catalogue.blocklists {
        each(entry, Some(&entry.signatures), &mut look);
    }
    for (word, spans) in places {
        if let [span] = spans.as_slice() {
            let message = format!("no reply of the catalogue has the word `{word}`");
            let help = "if it is spelt right, add a vector that has it";
            out.push(
                Diagnostic::new(Code::WordUnseen, *span, message)
                    .label(format!("`{word}` stands here alone"))
                    .help(help),
            );
        }
    }
}

fn each<T>(entry: &Entry<T>, list: Option<&List>, look: &mut impl FnMut(&Text, Span)) {
    for text in list.into_iter().flat_map(|list| list.iter()) {
        look(text, entry.at(text));
    }
}

/// What an entry's vectors read like, as long as they agree: one of them, and the reason with its confidence.
type Reading<'m> = (&'m Vector, Option<(&'static str, u8)>);

/// Entries all of whose vectors read like another reason.
fn odd_reasons(model: &Model, out: &mut Vec<Diagnostic>) {
    let mut readings: BTreeMap<&str, Reading<'_>> = BTreeMap::new();
    for (vector, held_out) in model.vectors.iter().zip(&model.held_out) {
        let (false, Some(own)) = (vector.owner.is_empty(), vector.reason()) else {
            continue;
        };
        let told = held_out
            .filter(|told| told.confidence >= SURE && told.reason != own)
            .map(|told| (told.reason.slug(), told.confidence));
        let entry = readings.entry(&vector.owner).or_insert((vector, told));
        entry.1 = match (entry.1, told) {
            (Some((before, sure)), Some((now, also))) if before == now => Some((now, sure.min(also))),
            _ => None,
        };
    }
    let mut places: BTreeMap<String, Span> = BTreeMap::new();
    for entry in &model.catalogue.phrases {
        places.insert(format!("phrase:{}", entry.slug.as_str()), entry.at(&entry.reason));
    }
    for entry in &model.catalogue.variants {
        places.insert(entry.name(), entry.at(&entry.reason));
    }
    for (name, (vector, told)) in readings {
        let (Some((reason, sure)), Some(span)) = (told, places.get(name)) else {
            continue;
        };
        let own = vector.reason().map_or("", |reason| reason.slug());
        let message = format!("`{name}` means `{own}`, and its vectors read like `{reason}`");
        let label = format!("other entries with such wording mean `{reason}` ({sure} %)");
        out.push(
            Diagnostic::new(Code::OddReason, *span, message)
                .label(label)
                .also(vector.span, "such as this one"),
        );
    }
}

/// Replies of no entry that read like another reason than the one they state.
fn odd_vectors(model: &Model, out: &mut Vec<Diagnostic>) {
    for (vector, held_out) in model.vectors.iter().zip(&model.held_out) {
        let (true, Some(own), Some(told)) = (vector.owner.is_empty(), vector.reason(), held_out) else {
            continue;
        };
        if told.confidence < VERY_SURE || vector.expected.reasons.contains(&told.reason) {
            continue;
        }
        let (own, reason, sure) = (own.slug(), told.reason.slug(), told.confidence);
        out.push(
            Diagnostic::new(
                Code::OddReason,
                vector.span,
                format!("this reply means `{own}`, and reads like `{reason}`"),
            )
            .label(format!("others with such wording mean `{reason}` ({sure} %)")),
        );
    }
}

/// Advice keys whose value no other entry of the reason gives, or hardly another.
fn odd_advice(model: &Model, out: &mut Vec<Diagnostic>) {
    let mut places: BTreeMap<(&str, &str, &str), Vec<Span>> = BTreeMap::new();
    for record in advised(&model.catalogue) {
        for advice in record.each() {
            let Some(reason) = advice.reason.or(record.advice.reason) else {
                continue;
            };
            keys(&advice, |key, value| {
                let span = Span {
                    file: record.file,
                    range: value.range(),
                };
                places
                    .entry((reason.as_str(), key, value.as_str()))
                    .or_default()
                    .push(span);
            });
        }
    }
    for entry in &model.catalogue.labels {
        if let (Some(reason), Some(bounce)) = (entry.reasons.first(), &entry.bounce) {
            places
                .entry((reason.as_str(), "bounce of a label", bounce.as_str()))
                .or_default()
                .push(entry.at(bounce));
        }
    }
    for ((reason, key, value), spans) in places {
        if spans.len() > FEW {
            continue;
        }
        for span in &spans {
            let (message, label) = if spans.len() == 1 {
                (
                    format!("no other entry with the reason `{reason}` has the {key} `{value}`"),
                    "alone with it",
                )
            } else {
                (
                    format!("hardly an entry with the reason `{reason}` has the {key} `{value}`"),
                    "almost alone with it",
                )
            };
            out.push(Diagnostic::new(Code::OddAdvice, *span, message).label(label));
        }
    }
}

/// Every advice key that stands, with its value.
fn keys<'a>(advice: &Advice<'a>, mut visit: impl FnMut(&'static str, &'a Text)) {
    let single = [
        ("bounce type", advice.bounce),
        ("party", advice.party),
        ("delivery advice", advice.delivery),
        ("address advice", advice.address),
        ("schedule", advice.schedule),
    ];
    for (key, value) in single {
        if let Some(value) = value {
            visit(key, value);
        }
    }
    for value in advice.remedies.into_iter().flat_map(|list| list.iter()) {
        visit("remedy", value);
    }
}
