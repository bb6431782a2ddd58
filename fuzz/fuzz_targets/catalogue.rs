//! Any text is read as a catalogue: it is refused with places in it, or it compiles and can be run.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::{Address, Engine, Query};
use smtp_codes_catalog::check::{self, Extent};
use smtp_codes_catalog::compile;
use smtp_codes_catalog::files::SourceFile;
use smtp_codes_catalog::load::load_files;
use smtp_codes_catalog::report::{Colour, render, to_json};

/// What a catalogue of a few lines may name: reasons, sources, a schedule.
const BASE: &str = include_str!("../../crates/smtp-codes-catalog/tests/fixtures/base.toml");

fuzz_target!(|text: &str| {
    let files = vec![SourceFile::new("catalog/base.toml", BASE), SourceFile::new("catalog/a.toml", text)];
    let loaded = load_files(files);
    let found = check::all(&loaded, Extent::Part);
    if found.has_errors() {
        assert!(!render(&loaded.files, &found, Colour::Never).is_empty());
        assert!(to_json(&loaded.files, &found).is_object());
        return;
    }
    let tables = compile::compile(&loaded.catalogue);
    let tables = tables.as_tables();
    let engine = Engine::new(&tables);
    for vector in compile::vectors::collect(&loaded.catalogue) {
        let query = Query { reply: &vector.reply, ..Query::default() };
        let diagnosis = Engine::new(engine.tables()).diagnose(&query);
        if diagnosis.reason.is_sender_fault() {
            assert!(!matches!(diagnosis.address, Address::Suppress | Address::SuppressDomain));
        }
    }
});
