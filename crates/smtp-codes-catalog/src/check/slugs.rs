//! No name is given twice.

use std::collections::BTreeMap;

use super::Context;
use super::index::each_name;
use crate::files::Span;
use crate::report::{Code, Diagnostic};
use crate::source::Kind;

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(Kind, String), Span> = BTreeMap::new();
    each_name(context.catalogue, &mut |kind, name, span| {
        let Some(&before) = first.get(&(kind, name.to_owned())) else {
            first.insert((kind, name.to_owned()), span);
            return;
        };
        let message = format!("there are two `{kind}` records with the name `{name}`");
        out.push(
            Diagnostic::new(Code::DuplicateName, span, message)
                .label("the same name again")
                .also(before, "first given here"),
        );
    });
}
