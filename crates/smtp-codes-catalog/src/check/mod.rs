//! Checks: does what was read fit together?
//!
//! One small module for each. `text` looks at single texts while they are loaded; the others look at
//! the whole catalogue. None of them stops another.

mod claims;
mod codes;
mod compiled;
mod complete;
mod concepts;
mod families;
mod hints;
mod index;
mod keys;
mod ledger;
mod numbers;
mod overlap;
mod promise;
mod records;
mod recurrences;
mod references;
mod schedules;
mod signatures;
mod slugs;
mod sources;
pub(crate) mod text;
mod vectors;
mod vocabulary;

pub use compiled::{compiled, worth_compiling};
pub use hints::hints;

use index::Index;

use crate::files::Files;
use crate::load::Loaded;
use crate::report::{Diagnostic, Diagnostics};
use crate::source::Catalogue;

/// How much of a catalogue there must be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All: `[catalog]`, the ledger, and a record for every value of a closed list.
    #[default]
    Complete,
    /// A part, such as one file or an example: what isn't there is not missed, as long as nothing
    /// names it.
    Part,
}

/// What a check gets to see.
#[derive(Clone, Copy)]
struct Context<'a> {
    files: &'a Files,
    catalogue: &'a Catalogue,
    index: &'a Index<'a>,
}

/// Everything that is wrong with a catalogue that was read, apart from what reading it found. Not sorted.
#[must_use]
pub fn check(loaded: &Loaded, extent: Extent) -> Diagnostics {
    let index = Index::new(&loaded.catalogue);
    let context = Context {
        files: &loaded.files,
        catalogue: &loaded.catalogue,
        index: &index,
    };
    let mut out = Vec::new();
    let checks: &[fn(Context<'_>, &mut Vec<Diagnostic>)] = &[
        slugs::check,
        keys::check,
        overlap::check,
        references::check,
        sources::check,
        vocabulary::check,
        families::check,
        codes::check,
        signatures::check,
        concepts::check,
        vectors::check,
        promise::check,
        schedules::check,
        recurrences::check,
        numbers::check,
        claims::check,
        ledger::check,
    ];
    for check in checks {
        check(context, &mut out);
    }
    if extent == Extent::Complete {
        complete::check(context, &mut out);
    }
    out.into_iter().collect()
}

/// Reads nothing more: what loading found and what the checks find, sorted.
#[must_use]
pub fn all(loaded: &Loaded, extent: Extent) -> Diagnostics {
    let mut diagnostics = loaded.diagnostics.clone();
    diagnostics.extend(check(loaded, extent));
    diagnostics.sorted()
}
