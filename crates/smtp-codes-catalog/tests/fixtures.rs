//! Broken catalogues, each with the exact errors that it gives.
//!
//! Each folder of `tests/fixtures` is a catalogue. `expected.txt` beside its files holds the messages;
//! `BLESS=1 cargo test -p smtp-codes-catalog` writes it anew. A folder without an `ids.toml` may name
//! what `base.toml` has. The name of a folder that must be a whole catalogue starts with `complete`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use smtp_codes_catalog::check::{Extent, all};
use smtp_codes_catalog::files::SourceFile;
use smtp_codes_catalog::load::{Loaded, load_dir, load_files};
use smtp_codes_catalog::report::{Code, Colour, Severity, codes, render, to_json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// Every fixture, by name.
fn fixtures() -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(root()).expect("the fixtures are there");
    entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), path))
        .collect()
}

/// The files of a fixture, with the base where it has no ledger of its own.
fn files(folder: &Path) -> Vec<SourceFile> {
    let loaded = load_dir(folder, "catalog");
    let mut files: Vec<SourceFile> = loaded.files.iter().map(|(_, file)| file.clone()).collect();
    let complete = folder
        .file_name()
        .is_some_and(|name| name.to_string_lossy().starts_with("complete"));
    if !complete && !files.iter().any(|file| file.path().ends_with("/ids.toml")) {
        let base = fs::read_to_string(root().join("base.toml")).expect("the base is there");
        files.push(SourceFile::new("catalog/base.toml", base));
    }
    files
}

fn extent(name: &str) -> Extent {
    if name.starts_with("complete") {
        Extent::Complete
    } else {
        Extent::Part
    }
}

fn show(loaded: &Loaded, extent: Extent) -> String {
    render(&loaded.files, &all(loaded, extent), Colour::Never)
}

#[test]
fn every_broken_catalogue_gives_its_errors() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut failures = String::new();
    for (name, folder) in fixtures() {
        let files = files(&folder);
        let found = show(&load_files(files.clone()), extent(&name));
        let mut turned = files;
        turned.reverse();
        assert_eq!(
            show(&load_files(turned), extent(&name)),
            found,
            "{name}: the order of files shows"
        );
        assert!(!found.is_empty(), "{name} is not broken");

        let path = folder.join("expected.txt");
        if bless {
            fs::write(&path, &found).expect("expected.txt can be written");
            continue;
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if expected != found {
            let _ = write!(failures, "== {name}: expected\n{expected}\n== {name}: found\n{found}\n");
        }
    }
    assert!(
        failures.is_empty(),
        "{failures}\nIf this is right: BLESS=1 cargo test -p smtp-codes-catalog"
    );
}

#[test]
fn there_are_enough_of_them_and_every_code_of_the_checks_is_met() {
    let mut met = String::new();
    let fixtures = fixtures();
    assert!(fixtures.len() >= 45, "{} fixtures", fixtures.len());
    for folder in fixtures.values() {
        met.push_str(&fs::read_to_string(folder.join("expected.txt")).expect("expected.txt is there"));
    }
    // Files that are not UTF-8 are met below; from E0200 on the compiler speaks.
    let checks = Code::ALL
        .iter()
        .filter(|code| code.slug() < "E0200" && **code != Code::Unreadable);
    let unmet: Vec<_> = checks
        .filter(|code| !met.contains(&format!("[{}]", code.slug())))
        .collect();
    assert!(unmet.is_empty(), "no fixture shows {unmet:?}");
}

#[test]
fn json_tells_the_same_as_the_text() {
    for (name, folder) in fixtures() {
        let loaded = load_files(files(&folder));
        let found = all(&loaded, extent(&name));
        let json = to_json(&loaded.files, &found);
        assert_eq!(json["errors"], found.count(Severity::Error), "{name}");
        assert_eq!(json["warnings"], found.count(Severity::Warning), "{name}");
        let codes: Vec<_> = found.iter().map(|found| found.code.slug()).collect();
        let told: Vec<_> = json["diagnostics"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| one["code"].clone())
            .collect();
        assert_eq!(told, codes, "{name}");
    }
}

#[test]
fn the_base_is_right() {
    let base = fs::read_to_string(root().join("base.toml")).expect("the base is there");
    let loaded = load_files(vec![SourceFile::new("catalog/base.toml", base)]);
    assert_eq!(show(&loaded, Extent::Part), "");
}

#[test]
fn files_that_cannot_be_read_are_told() {
    let folder = std::env::temp_dir().join(format!("smtp-codes-catalog-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a temporary folder");
    fs::write(folder.join("latin.toml"), b"# fine\nx = \"\xe4\"\n").expect("a temporary file");
    let loaded = load_dir(&folder, "catalog");
    let text = show(&loaded, Extent::Part);
    fs::remove_dir_all(&folder).expect("the temporary folder goes");
    assert!(text.starts_with("catalog/latin.toml:1:1: error[E0006]"), "{text}");
    assert!(text.contains("line 2 is not UTF-8"), "{text}");
    let text = show(&load_dir(&folder, "catalog"), Extent::Part);
    assert!(text.starts_with("catalog:1:1: error[E0006]"), "{text}");
}

/// Anything at all may stand in a file: reading it ends, and points into the text.
#[test]
fn cut_and_damaged_files_are_read_without_a_panic() {
    let text = fs::read_to_string(root().join("base.toml")).expect("the base is there");
    let mut cuts = 0;
    for (at, _) in text.char_indices().step_by(7) {
        let (head, tail) = text.split_at(at);
        for damaged in [
            head.to_owned(),
            tail.to_owned(),
            format!("{head}\"{tail}"),
            format!("{head}]]\u{0}ß{tail}"),
        ] {
            let loaded = load_files(vec![SourceFile::new("catalog/damaged.toml", damaged)]);
            let found = all(&loaded, Extent::Part);
            let _ = (
                render(&loaded.files, &found, Colour::Always),
                to_json(&loaded.files, &found),
            );
            cuts += 1;
        }
    }
    assert!(cuts > 500, "{cuts}");
}

/// `docs/errors` has one page for each code, and nothing else.
#[test]
fn every_code_has_its_page() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors");
    // A package on its own has no docs beside it.
    if !folder.parent().is_some_and(Path::is_dir) {
        return;
    }
    let mut pages: BTreeMap<String, String> = Code::ALL
        .iter()
        .map(|&code| (format!("{}.md", code.slug()), codes::explain(code)))
        .collect();
    pages.insert("README.md".to_owned(), codes::index());
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(&folder).expect("docs/errors can be made");
        for (name, page) in &pages {
            fs::write(folder.join(name), page).expect("a page can be written");
        }
    }
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&folder).expect("docs/errors is there") {
        let path = entry.expect("a readable file").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        found.insert(name, fs::read_to_string(&path).expect("a page of text"));
    }
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&found), names(&pages), "pages that are left over or missing");
    for (name, page) in &pages {
        assert_eq!(
            &found[name], page,
            "docs/errors/{name} is stale: BLESS=1 cargo test -p smtp-codes-catalog"
        );
    }
}
