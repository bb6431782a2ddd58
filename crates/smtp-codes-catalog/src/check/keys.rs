//! No two records speak about the same thing.

use std::collections::BTreeMap;

use super::Context;
use crate::files::Span;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = context.catalogue;
    let mut keys = Keys {
        first: BTreeMap::new(),
        out,
    };
    for entry in &catalogue.actions {
        keys.add("action", &[&entry.axis, &entry.slug], entry.at(&entry.slug));
    }
    for entry in &catalogue.terms {
        keys.add("term", &[&entry.vocabulary, &entry.slug], entry.at(&entry.slug));
    }
    for entry in &catalogue.digits {
        keys.add("digit", &[&entry.place, &entry.digit], entry.at(&entry.digit));
    }
    for entry in &catalogue.basics {
        keys.add("basic", &[&entry.code], entry.at(&entry.code));
    }
    for entry in &catalogue.enhanced {
        keys.add("enhanced", &[&entry.code], entry.at(&entry.code));
    }
    for entry in &catalogue.families {
        keys.add("family", &[&entry.code], entry.at(&entry.code));
    }
    for entry in &catalogue.pairs {
        keys.add("pair", &[&entry.basic, &entry.enhanced], entry.at(&entry.enhanced));
    }
    for entry in &catalogue.labels {
        keys.add("label", &[&entry.set, &entry.label], entry.at(&entry.label));
    }
}

struct Keys<'a> {
    first: BTreeMap<(&'static str, Vec<String>), Span>,
    out: &'a mut Vec<Diagnostic>,
}

impl Keys<'_> {
    fn add(&mut self, kind: &'static str, key: &[&str], span: Span) {
        let owned = (kind, key.iter().map(|&part| part.to_owned()).collect());
        let Some(&before) = self.first.get(&owned) else {
            self.first.insert(owned, span);
            return;
        };
        let message = format!("there are two `{kind}` records for `{}`", key.join(" "));
        self.out.push(
            Diagnostic::new(Code::DuplicateKey, span, message)
                .label("the same again")
                .also(before, "first spoken of here")
                .help("put what both say into one of them"),
        );
    }
}
