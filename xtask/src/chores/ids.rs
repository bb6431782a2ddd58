//! `ids`: numbers for what is new, in the append-only ledger.

use std::fs;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use smtp_codes_catalog::check::{self, Extent};
use smtp_codes_catalog::ids::{IdKind, Ledger};
use smtp_codes_catalog::report::{Code, Diagnostics};

use super::catalogue::{load, show};
use super::{CATALOGUE, root};

/// Give public numbers to what is new, and retire those of what is gone.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail where the ledger is behind the catalogue.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let loaded = load(Vec::new());
    // What cannot be read would look as if it were gone, and its number would be retired for ever.
    let mut unsafe_to_number: Diagnostics = loaded.diagnostics.clone();
    unsafe_to_number.extend(check::check(&loaded, Extent::Part).into_iter().filter(|found| {
        matches!(
            found.code,
            Code::BadSlug | Code::DuplicateName | Code::RetiredReused | Code::DuplicateId | Code::ClosedListNumber
        )
    }));
    if unsafe_to_number.has_errors() {
        show(&loaded.files, &unsafe_to_number.sorted());
        eprintln!("No number was given: mend these first.");
        return Ok(ExitCode::FAILURE);
    }
    let before = loaded.catalogue.ledger.clone().unwrap_or_default();
    let after = before.updated(&loaded.catalogue);
    let changes = changes(&before, &after);
    let path = root().join(CATALOGUE).join("ids.toml");
    let text = after.render();
    let stale = fs::read(&path).ok().as_deref() != Some(text.as_bytes());
    for change in &changes {
        println!("{change}");
    }
    if stale && !arguments.check {
        fs::write(&path, text).context("cannot write catalog/ids.toml")?;
    }
    println!(
        "catalog/ids.toml: {}",
        match (stale, arguments.check) {
            (false, _) => "up to date",
            (true, true) => "stale; run `cargo xtask ids`",
            (true, false) => "written",
        }
    );
    Ok(if stale && arguments.check {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// One line for each kind that changes, with the names that are retired.
fn changes(before: &Ledger, after: &Ledger) -> Vec<String> {
    let mut lines = Vec::new();
    for kind in IdKind::ALL {
        let names = |ledger: &Ledger| {
            ledger
                .active
                .get(kind)
                .map(|ids| ids.keys().cloned().collect::<Vec<_>>())
                .unwrap_or_default()
        };
        let (old, new) = (names(before), names(after));
        let added = new.iter().filter(|name| old.binary_search(name).is_err()).count();
        if added > 0 {
            lines.push(format!("{}: {added} new", kind.key()));
        }
        for name in old.iter().filter(|name| new.binary_search(name).is_err()) {
            lines.push(format!("{}: `{name}` is gone, its number is retired", kind.key()));
        }
    }
    lines
}
