//! Entries have vectors, escapes are escapes, and no two vectors contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use super::Context;
use super::records::worded;
use crate::escape::unescape;
use crate::files::Span;
use crate::report::{Code, Diagnostic};
use crate::source::Text;

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = context.catalogue;
    let mut verdicts = Verdicts {
        first: BTreeMap::new(),
        out,
    };
    for record in worded(catalogue) {
        if record.vectors.is_empty() {
            let message = format!("{} has no vector", record.name);
            verdicts.out.push(
                Diagnostic::new(Code::NoVector, record.at(record.vectors), message)
                    .label("no reply shows that it works")
                    .help("add a real reply that it must win: `vectors = [\"550 …\"]`"),
            );
        }
        for reply in record.near.into_iter().flat_map(|near| near.iter()) {
            if let Some(same) = record.vectors.iter().find(|vector| ***vector == **reply) {
                let message = format!("{} must win this reply, and must not", record.name);
                verdicts.out.push(
                    Diagnostic::new(Code::VectorAndNear, record.at(reply), message)
                        .label("must not win it")
                        .also(record.at(same), "must win it"),
                );
            }
        }
        if let Some(reason) = record.reason {
            let hints = [record.provider, None, None, None].map(|hint| hint.unwrap_or_default().to_owned());
            for reply in record.vectors.iter() {
                verdicts.add(reply.as_bytes().to_vec(), hints.clone(), &[reason], record.at(reply));
            }
        }
    }
    for entry in &catalogue.vectors {
        let bytes = if entry.unescape.as_ref().is_some_and(|unescape| **unescape) {
            match unescape(&entry.reply) {
                Ok(bytes) => bytes,
                Err(error) => {
                    let found = entry.reply.as_str().get(error.range).unwrap_or_default();
                    let message = format!("`{found}` is not an escape");
                    let help = "write `\\xNN`, `\\n`, `\\r`, `\\t` or `\\\\`";
                    let place = entry.at(&entry.reply);
                    verdicts
                        .out
                        .push(Diagnostic::new(Code::BadEscape, place, message).help(help));
                    continue;
                }
            }
        } else {
            entry.reply.as_bytes().to_vec()
        };
        let hints = [&entry.provider, &entry.mx, &entry.recipient, &entry.command];
        let hints = hints.map(|hint| hint.as_ref().map(|hint| hint.to_string()).unwrap_or_default());
        let reasons: Vec<&Text> = std::iter::once(&entry.reason)
            .chain(entry.also.iter().flat_map(|also| also.iter()))
            .collect();
        verdicts.add(bytes, hints, &reasons, entry.at(&entry.reply));
    }
    for entry in &catalogue.vector_groups {
        let provider = entry
            .provider
            .as_ref()
            .map(|provider| provider.to_string())
            .unwrap_or_default();
        let reasons: Vec<&Text> = std::iter::once(&entry.reason)
            .chain(entry.also.iter().flat_map(|also| also.iter()))
            .collect();
        for reply in entry.replies.iter() {
            let hints = [provider.clone(), String::new(), String::new(), String::new()];
            verdicts.add(reply.as_bytes().to_vec(), hints, &reasons, entry.at(reply));
        }
        if entry.replies.is_empty() {
            let message = "a `[[vectors]]` record has no replies";
            verdicts
                .out
                .push(Diagnostic::new(Code::NoVector, entry.at(&entry.replies), message));
        }
    }
}

/// What is told with a reply: provider, MX, recipient, command.
type Hints = [String; 4];

struct Verdicts<'a> {
    first: BTreeMap<(Vec<u8>, Hints), (BTreeSet<String>, Span)>,
    out: &'a mut Vec<Diagnostic>,
}

impl Verdicts<'_> {
    fn add(&mut self, reply: Vec<u8>, hints: Hints, reasons: &[&Text], span: Span) {
        let reasons: BTreeSet<String> = reasons.iter().map(|reason| reason.to_string()).collect();
        let Some((before, place)) = self.first.get(&(reply.clone(), hints.clone())) else {
            self.first.insert((reply, hints), (reasons, span));
            return;
        };
        if before.is_disjoint(&reasons) {
            let list = |reasons: &BTreeSet<String>| reasons.iter().cloned().collect::<Vec<_>>().join(" or ");
            let message = "the same reply is expected to have two different reasons";
            self.out.push(
                Diagnostic::new(Code::ContradictoryVectors, span, message)
                    .label(format!("here {}", list(&reasons)))
                    .also(*place, format!("there {}", list(before)))
                    .help("if both are as good, say so with `also`"),
            );
        }
    }
}
