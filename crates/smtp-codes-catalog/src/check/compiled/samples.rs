//! Every signature can match: a reply that is made of it shows it.

use std::collections::BTreeMap;

use smtp_codes::matcher::{self, Words};

use super::Context;
use crate::compile::wording::{self, Lexicon};
use crate::report::{Code, Diagnostic};
use crate::signature::{Gap, Item, Signature};
use crate::source::{Entry, List};

/// How many wordings of one signature are tried.
const TRIES: usize = 64;

pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = &context.model.catalogue;
    let lexicon = wording::lexicon_of(catalogue);
    for entry in &catalogue.phrases {
        let name = format!("phrase:{}", entry.slug.as_str());
        entry_signatures(
            context,
            &lexicon,
            &name,
            entry,
            Some(&entry.signatures),
            entry.not.as_ref(),
            out,
        );
    }
    for variant in &catalogue.variants {
        entry_signatures(
            context,
            &lexicon,
            &variant.name(),
            &variant.entry,
            variant.signatures.as_ref(),
            variant.not.as_ref(),
            out,
        );
    }
}

fn entry_signatures<T>(
    context: &Context<'_>,
    lexicon: &Lexicon,
    name: &str,
    entry: &Entry<T>,
    signatures: Option<&List>,
    not: Option<&List>,
    out: &mut Vec<Diagnostic>,
) {
    let Some(&rule) = context.rules.get(name) else { return };
    let patterns = &context.patterns[usize::from(rule)];
    for text in signatures.into_iter().flat_map(|list| list.iter()) {
        let Ok(signature) = Signature::parse(text) else {
            continue;
        };
        // What keeps the last sample from matching; the first one that is free is enough.
        let mut obstacle = Some(Obstacle::Wording);
        for sample in samples(&signature, lexicon) {
            obstacle = try_sample(context, patterns, &sample);
            if obstacle.is_none() {
                break;
            }
        }
        let message = format!("a signature of `{name}` never matches");
        let diagnostic = Diagnostic::new(Code::NeverMatches, entry.at(text), message);
        match obstacle {
            None => {}
            Some(Obstacle::Wording) => out.push(
                diagnostic
                    .label("not even a reply made of these words matches")
                    .help("the words in a row may be too many, or a concept has no idiom"),
            ),
            Some(Obstacle::Excluded(index)) => {
                // Guards stand in the order of the `not` that can be read.
                let mut nots = not
                    .into_iter()
                    .flat_map(|list| list.iter())
                    .filter(|text| Signature::parse(text).is_ok());
                let diagnostic = diagnostic
                    .label("whatever matches it is excluded")
                    .help("narrow the `not`, or take this signature out");
                out.push(match nots.nth(index) {
                    Some(text) => diagnostic.also(entry.at(text), "excluded here"),
                    None => diagnostic,
                });
            }
        }
    }
}

/// What keeps a sample from matching.
enum Obstacle {
    /// No pattern of the entry is in it.
    Wording,
    /// A pattern is, and so is what the entry excludes: its n-th `not`.
    Excluded(usize),
}

/// What keeps every pattern of the entry from matching the text; `None` if one of them does.
fn try_sample(context: &Context<'_>, patterns: &[u16], sample: &str) -> Option<Obstacle> {
    let tables = context.model.tables();
    let words = Words::read(sample.as_bytes(), None, &tables.vocabulary);
    let matches = matcher::find(words.numbers(), &tables);
    let mut obstacle = Obstacle::Wording;
    for &number in patterns.iter().filter(|number| matches.contains(**number)) {
        let Some(pattern) = tables.pattern(number) else {
            continue;
        };
        match pattern.guards.into_iter().position(|guard| matches.contains(guard)) {
            Some(index) => obstacle = Obstacle::Excluded(index),
            None => return None,
        }
    }
    Some(obstacle)
}

/// Texts that the signature matches: each idiom of each concept once, the others at their first.
fn samples(signature: &Signature, lexicon: &Lexicon) -> Vec<String> {
    let idioms: Vec<&[Vec<String>]> = signature
        .concepts()
        .map(|slug| lexicon.get(slug).map_or(&[][..], Vec::as_slice))
        .collect();
    let choices = idioms.iter().map(|list| list.len()).max().unwrap_or(1).clamp(1, TRIES);
    let mut texts = BTreeMap::new();
    for choice in 0..choices {
        let mut concept = idioms.iter();
        let mut words: Vec<&str> = Vec::new();
        for part in &signature.parts {
            if part.gap == Gap::Any {
                words.push("-");
            }
            match &part.item {
                Item::Word(word) => words.push(word),
                Item::Concept(_) => {
                    let list = concept.next().copied().unwrap_or_default();
                    let idiom = list.get(choice % list.len().max(1));
                    words.extend(idiom.into_iter().flatten().map(String::as_str));
                }
            }
        }
        texts.insert(words.join(" "), ());
    }
    texts.into_keys().collect()
}
