//! The ledger and the catalogue agree, and no number is used again.

use std::collections::BTreeMap;

use super::Context;
use crate::files::{FileId, Span};
use crate::ids::{Id, IdKind, Ids, Ledger, names};
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(ledger) = &context.catalogue.ledger else {
        return;
    };
    let Some(file) = ledger.file else { return };
    let none = Ids::new();
    for (kind, names) in &names(context.catalogue) {
        let active = ledger.active.get(kind).unwrap_or(&none);
        let retired = ledger.retired.get(kind).unwrap_or(&none);
        entries(*kind, names, [active, retired], ledger.incomplete, file, out);
        if !context.catalogue.incomplete {
            leftovers(*kind, names, active, file, out);
        }
        numbers(*kind, ledger, file, out);
    }
}

fn entries(
    kind: IdKind,
    names: &BTreeMap<String, Span>,
    [active, retired]: [&Ids; 2],
    incomplete: bool,
    file: FileId,
    out: &mut Vec<Diagnostic>,
) {
    for (name, &span) in names {
        if let Some(id) = retired.get(name) {
            let message = format!("the name `{name}` was retired and is used again");
            out.push(
                Diagnostic::new(Code::RetiredReused, span, message)
                    .label("the name is taken for ever")
                    .also(Span::new(file, id.name.range()), "retired here")
                    .help("take another name"),
            );
        } else if !active.contains_key(name) && !incomplete {
            let message = format!("the {} `{name}` has no number in the ledger", kind.key());
            out.push(Diagnostic::new(Code::NoId, span, message).help("give it one with `cargo xtask ids`"));
        }
    }
}

fn leftovers(kind: IdKind, names: &BTreeMap<String, Span>, active: &Ids, file: FileId, out: &mut Vec<Diagnostic>) {
    for (name, id) in active.iter().filter(|(name, _)| !names.contains_key(*name)) {
        let message = format!("the ledger numbers the {} `{name}`, which is not there", kind.key());
        let help = "retire it with `cargo xtask ids`, or give the entry its name back";
        out.push(Diagnostic::new(Code::IdWithoutEntry, Span::new(file, id.name.range()), message).help(help));
    }
}

fn numbers(kind: IdKind, ledger: &Ledger, file: FileId, out: &mut Vec<Diagnostic>) {
    let place = |id: &Id| Span::new(file, id.number.range());
    let mut first: BTreeMap<u16, (&str, Span, bool)> = BTreeMap::new();
    let tables = [(&ledger.retired, true), (&ledger.active, false)];
    for (ids, is_retired) in tables
        .into_iter()
        .filter_map(|(table, retired)| Some((table.get(&kind)?, retired)))
    {
        // In the order of lines, so that the later line is the one at fault.
        let mut lines: Vec<_> = ids.iter().collect();
        lines.sort_by_key(|(_, id)| id.number.range());
        for (name, id) in lines {
            let number = *id.number.get();
            let Some(&(before, span, retired)) = first.get(&number) else {
                first.insert(number, (name, place(id), is_retired));
                continue;
            };
            let (code, label) = match (retired, is_retired) {
                (true, false) => (Code::RetiredReused, "retired here"),
                _ => (Code::DuplicateId, "first given here"),
            };
            let message = format!("the number {number} of `{name}` is also that of `{before}`");
            out.push(
                Diagnostic::new(code, place(id), message)
                    .label("a number is given once, for ever")
                    .also(span, label)
                    .help("take the line out, and let `cargo xtask ids` give another number"),
            );
        }
    }
    let Some(list) = kind.closed_list() else {
        return;
    };
    for (name, id) in ledger.active.get(&kind).into_iter().flatten() {
        let Some(number) = list.iter().position(|slug| slug == name) else {
            continue;
        };
        if usize::from(*id.number.get()) != number {
            let message = format!("`{name}` has the number {number} in the closed list");
            let found = Diagnostic::new(Code::ClosedListNumber, place(id), message);
            out.push(found.label("not this one").help(format!("write {number}")));
        }
    }
}
