//! Every fact has a source, every source is used, and a provider's source bears its name.

use std::collections::BTreeSet;

use super::Context;
use super::records::sourced;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = context.catalogue;
    let mut used = BTreeSet::new();
    for record in sourced(catalogue) {
        used.extend(record.sources.iter().map(|source| source.as_str()));
        if record.sources.is_empty() {
            let message = format!("the {} `{}` has no source", record.kind, record.name);
            out.push(
                Diagnostic::new(Code::NoSource, record.at(record.sources), message)
                    .label("where does this stand?")
                    .help("name one with `sources = [\"…\"]`; where nothing better is found, one of kind `general-knowledge`"),
            );
        }
    }
    for source in &catalogue.sources {
        // What could not be read may well have named it.
        if !used.contains(source.id.as_str()) && !catalogue.incomplete {
            let message = format!("no record names the source `{}`", *source.id);
            out.push(Diagnostic::new(Code::UnusedSource, source.at(&source.id), message));
        }
        let provider = catalogue.providers.iter().find(|provider| provider.file == source.file);
        if let Some(provider) = provider.filter(|provider| !source.id.starts_with(provider.slug.as_str())) {
            let message = format!("the source `{}` does not begin with its provider's name", *source.id);
            out.push(
                Diagnostic::new(Code::ForeignSourceId, source.at(&source.id), message)
                    .also(provider.at(&provider.slug), "the provider of this file")
                    .help(format!("call it `{}-…`, or put it into `sources/`", *provider.slug)),
            );
        }
    }
}
