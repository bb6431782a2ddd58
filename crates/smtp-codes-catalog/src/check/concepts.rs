//! Concepts have a name and idioms, are used, and don't include themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use crate::compile::is_cue;
use crate::report::{Code, Diagnostic};
use crate::signature::Signature;
use crate::source::{Concept, Entry, Kind, Text};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let concepts = &context.catalogue.concepts;
    names(concepts, out);
    let parts = parts(concepts);
    cycles(&parts, out);
    idioms(context, &parts, out);
    unused(context, out);
}

/// All records of a concept: where it begins, and where it goes on.
type Parts<'a> = BTreeMap<&'a str, Vec<&'a Entry<Concept>>>;

fn parts(concepts: &[Entry<Concept>]) -> Parts<'_> {
    let mut parts: Parts<'_> = BTreeMap::new();
    for entry in concepts {
        if let Some(name) = entry.name() {
            parts.entry(name.as_str()).or_default().push(entry);
        }
    }
    parts
}

/// The concepts that a concept includes, with the record that says so.
fn included<'a>(parts: &Parts<'a>, name: &str) -> Vec<(&'a str, &'a Entry<Concept>)> {
    let records = parts.get(name).into_iter().flatten();
    let names = |entry: &&'a Entry<Concept>| {
        let entry: &'a Entry<Concept> = entry;
        entry
            .record
            .head
            .include
            .iter()
            .flat_map(|names| names.iter())
            .map(move |name| (name.as_str(), entry))
    };
    records.flat_map(names).collect()
}

fn names(concepts: &[Entry<Concept>], out: &mut Vec<Diagnostic>) {
    for entry in concepts {
        let head = &entry.head;
        match (&head.slug, &head.extends) {
            (None, None) => {
                let message = "a concept has neither `slug` nor `extends`";
                let help = "give it a `slug`, or say with `extends` which concept goes on here";
                out.push(Diagnostic::new(Code::ConceptName, entry.span(), message).help(help));
            }
            (Some(slug), Some(extends)) => {
                let message = "a concept begins or goes on, not both";
                out.push(
                    Diagnostic::new(Code::ConceptName, entry.at(extends), message)
                        .label("`extends` goes on with another")
                        .also(entry.at(slug), "`slug` begins one"),
                );
            }
            (Some(slug), None) if head.title.is_none() => {
                let message = format!("the concept `{}` has no title", slug.as_str());
                let help = "where a concept begins it has a `title`";
                out.push(Diagnostic::new(Code::ConceptName, entry.at(slug), message).help(help));
            }
            (None, Some(_)) => {
                for text in [&head.title, &head.summary].into_iter().flatten() {
                    let message = "title and summary stand where a concept begins";
                    out.push(Diagnostic::new(Code::ConceptName, entry.at(text), message));
                }
            }
            (Some(_), None) => {}
        }
    }
}

fn cycles(parts: &Parts<'_>, out: &mut Vec<Diagnostic>) {
    for &name in parts.keys() {
        // Every concept that can be reached; a circle is told at its first name only.
        let mut seen = BTreeSet::new();
        let mut next = included(parts, name);
        while let Some((inner, entry)) = next.pop() {
            if inner == name {
                let first = seen
                    .iter()
                    .all(|other: &&str| *other > name || !reaches(parts, other, name));
                if first {
                    let message = format!("the concept `{name}` includes itself");
                    let place = entry.head.include.as_ref().map_or(entry.span(), |list| entry.at(list));
                    out.push(Diagnostic::new(Code::ConceptCycle, place, message).label("leads back to it"));
                }
                break;
            }
            if seen.insert(inner) {
                next.extend(included(parts, inner));
            }
        }
    }
}

fn reaches(parts: &Parts<'_>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(name) = next.pop() {
        for (inner, _) in included(parts, name) {
            if inner == to {
                return true;
            }
            if seen.insert(inner) {
                next.push(inner);
            }
        }
    }
    false
}

fn idioms(context: Context<'_>, parts: &Parts<'_>, out: &mut Vec<Diagnostic>) {
    for (name, records) in parts {
        let own = records
            .iter()
            .any(|entry| entry.idioms.values().any(|list| !list.is_empty()));
        let begins = records.iter().find(|entry| entry.head.slug.is_some());
        let unread = context
            .catalogue
            .unreadable
            .get(&Kind::Concept)
            .is_some_and(|names| names.contains(*name));
        if let Some(entry) = begins
            && !own
            && !unread
            && included(parts, name).is_empty()
        {
            let place = entry.head.slug.as_ref().map_or(entry.span(), |slug| entry.at(slug));
            let message = format!("the concept `{name}` has no idioms");
            let help = "list them by language: `en = [\"mailbox\", \"mail box\"]`";
            out.push(Diagnostic::new(Code::NoIdiom, place, message).help(help));
        }
    }
}

fn unused(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = context.catalogue;
    // What could not be read may well have named it; and a lexicon alone has no phrases yet.
    if catalogue.incomplete || catalogue.phrases.is_empty() {
        return;
    }
    let mut used = BTreeSet::new();
    for phrase in &catalogue.phrases {
        for text in phrase
            .signatures
            .iter()
            .chain(phrase.not.iter().flat_map(|not| not.iter()))
        {
            if let Ok(signature) = Signature::parse(text) {
                used.extend(signature.concepts().map(str::to_owned));
            }
        }
    }
    for entry in &catalogue.concepts {
        used.extend(
            entry
                .head
                .include
                .iter()
                .flat_map(|names| names.iter())
                .map(|name| name.to_string()),
        );
    }
    for entry in &catalogue.concepts {
        let unused = |slug: &&Text| !used.contains(slug.as_str()) && !is_cue(slug);
        if let Some(slug) = entry.head.slug.as_ref().filter(unused) {
            let message = format!("nothing uses the concept `{}`", slug.as_str());
            out.push(Diagnostic::new(Code::UnusedConcept, entry.at(slug), message));
        }
    }
}
