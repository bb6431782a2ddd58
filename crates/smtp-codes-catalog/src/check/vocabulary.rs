//! Actions and terms explain values that exist.

use super::Context;
use crate::closed;
use crate::files::Span;
use crate::report::suggest::did_you_mean;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    for entry in &context.catalogue.actions {
        out.extend(look(&entry.axis, &entry.slug, entry.at(&entry.slug)));
    }
    for entry in &context.catalogue.terms {
        out.extend(look(&entry.vocabulary, &entry.slug, entry.at(&entry.slug)));
    }
}

/// The values of a list that `[[action]]` or `[[term]]` records explain.
pub(super) fn list(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "delivery" => Some(closed::DELIVERIES),
        "address" => Some(closed::ADDRESSES),
        "remedy" => Some(closed::REMEDIES),
        "bounce" => Some(closed::BOUNCES),
        "party" => Some(closed::PARTIES),
        "basis" => Some(closed::BASES),
        "standing" => Some(closed::STANDINGS),
        _ => None,
    }
}

fn look(list_name: &str, slug: &str, span: Span) -> Option<Diagnostic> {
    // A list that isn't there was refused when the record was read.
    let values = list(list_name)?;
    if values.contains(&slug) {
        return None;
    }
    let message = format!("`{list_name}` has no value `{slug}`");
    let help = did_you_mean(slug, values.iter().copied());
    Some(
        Diagnostic::new(Code::NotInList, span, message)
            .label("not in the closed list")
            .maybe_help(help),
    )
}
