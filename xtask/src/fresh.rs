//! Tests of what is generated: it is committed, it is always the same, and its tables stay small.

use std::sync::LazyLock;

use smtp_codes_catalog::files::SourceFile;
use smtp_codes_catalog::load::{Loaded, load_files};
use smtp_codes_catalog::report::{Colour, render};

use crate::chores::catalogue::{Checked, checked, load};
use crate::chores::root;
use crate::emit::{self, Files, fingerprint};
use crate::write::write;

/// The catalogue as it is, checked and compiled once for all tests.
static CATALOGUE: LazyLock<Checked> = LazyLock::new(|| checked(|| load(Vec::new())));

/// What a catalogue makes; its errors where it has some.
fn generated(checked: &Checked) -> Files {
    assert!(
        !checked.found.has_errors(),
        "\n{}",
        render(&checked.files, &checked.found, Colour::Never)
    );
    let model = checked.model.as_ref().expect("a catalogue without errors is compiled");
    emit::all(model).expect("every emitter knows what to do with a checked catalogue")
}

#[test]
fn what_is_committed_is_what_the_catalogue_makes() {
    let report = write(&root(), &generated(&CATALOGUE), emit::OWNED, true).expect("the files can be read");
    assert!(report.is_clean(), "\n{report}");
}

#[test]
fn the_order_of_files_does_not_show_and_a_second_run_gives_the_same() {
    let first = generated(&CATALOGUE);
    let mut files: Vec<SourceFile> = CATALOGUE.files.iter().map(|(_, file)| file.clone()).collect();
    // A fixed shuffle: the last third first, each other third turned around.
    files.reverse();
    let third = files.len() / 3;
    files.rotate_left(third);
    files[..third].reverse();
    let shuffled = checked(|| -> Loaded { load_files(files) });
    let second = generated(&shuffled);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, content) in &first {
        assert!(second.get(path) == Some(content), "{path} differs");
    }
}

#[test]
fn the_tables_that_decide_stay_small() {
    let model = CATALOGUE.model.as_ref().expect("the catalogue is compiled");
    let tables = fingerprint::tables(model);
    let size = fingerprint::size(&tables, fingerprint::Group::Matching);
    assert!(size <= fingerprint::BUDGET, "{size} bytes, of {}", fingerprint::BUDGET);
}
