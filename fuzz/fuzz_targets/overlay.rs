//! Any text is read as a user's overlay: it is refused, or it lies above the built-in tables and keeps the promises.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::{Address, Engine, Query, builtin};
use smtp_codes_catalog::check::{self, Extent};
use smtp_codes_catalog::files::SourceFile;
use smtp_codes_catalog::load::load_files;
use smtp_codes_catalog::{compile, overlay};

/// What an overlay of a few lines may name: reasons, sources, a schedule.
const BASE: &str = include_str!("../../crates/smtp-codes-catalog/tests/fixtures/base.toml");

/// Replies that the built-in tables know, from the most to the least specific.
const KNOWN: [&str; 4] = [
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated. gsmtp",
    "550 5.1.1 <user@example.org>: Recipient address rejected: User unknown",
    "452 4.2.2 Mailbox full",
    "554 Transaction failed",
];

fuzz_target!(|text: &str| {
    let files = vec![SourceFile::new("base.toml", BASE), SourceFile::new("own.toml", text)];
    let loaded = load_files(files);
    if check::all(&loaded, Extent::Part).has_errors() {
        return;
    }
    let mut tables = compile::compile(&loaded.catalogue);
    overlay::fit(&mut tables, builtin());
    let tables = tables.as_tables();
    let engine = Engine::with_overlay(builtin(), &tables);
    let own = compile::vectors::collect(&loaded.catalogue);
    let replies = own.iter().map(|vector| &vector.reply[..]).chain(KNOWN.iter().map(|reply| reply.as_bytes()));
    for reply in replies {
        let diagnosis = engine.diagnose(&Query { reply, ..Query::default() });
        assert!(diagnosis.confidence <= 100);
        if diagnosis.reason.is_sender_fault() {
            assert!(!matches!(diagnosis.address, Address::Suppress | Address::SuppressDomain), "{}", diagnosis.reason);
        }
        let mut json = String::new();
        diagnosis.write_json(&mut json, None).expect("a string takes everything");
        serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
    }
});
