//! The catalogue is whole: it says what it is, has its ledger, and explains every value of the closed lists.

use super::Context;
use super::vocabulary::list;
use crate::closed;
use crate::report::{Code, Diagnostic};
use crate::source::Kind;

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = context.catalogue;
    let unread = |kind: Kind, name: &str| {
        catalogue
            .unreadable
            .get(&kind)
            .is_some_and(|names| names.contains(name))
    };
    if catalogue.head.is_none() && !catalogue.incomplete {
        let help = "write it into `catalog.toml`, with `version`, `date` and `title`";
        out.push(Diagnostic::nowhere(Code::CatalogHead, "there is no `[catalog]` record").help(help));
    }
    if catalogue.ledger.is_none() && !catalogue.incomplete {
        let found = Diagnostic::nowhere(Code::NoLedger, "there is no `ids.toml`");
        out.push(found.help("write it with `cargo xtask ids`"));
    }
    let mut missing = |record: &str, name: &str| {
        let message = format!("`{name}` has no `{record}` record");
        out.push(Diagnostic::nowhere(Code::ListIncomplete, message));
    };
    for &slug in closed::REASONS {
        if !catalogue.reasons.iter().any(|entry| entry.slug.as_str() == slug) && !unread(Kind::Reason, slug) {
            missing("[[reason]]", slug);
        }
    }
    for &axis in closed::AXES {
        for &slug in list(axis).into_iter().flatten() {
            let found = catalogue
                .actions
                .iter()
                .any(|entry| *entry.axis == axis && *entry.slug == slug);
            if !found && !unread(Kind::Action, slug) {
                missing("[[action]]", &format!("{axis}:{slug}"));
            }
        }
    }
    for &vocabulary in closed::VOCABULARIES {
        for &slug in list(vocabulary).into_iter().flatten() {
            let found = catalogue
                .terms
                .iter()
                .any(|entry| *entry.vocabulary == vocabulary && *entry.slug == slug);
            if !found && !unread(Kind::Term, slug) {
                missing("[[term]]", &format!("{vocabulary}:{slug}"));
            }
        }
    }
}
