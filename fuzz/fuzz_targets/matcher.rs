//! The fast matcher finds what the naive one finds.
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use smtp_codes::matcher::{self, Words};
use smtp_codes::reply;
use smtp_codes_catalog::compile::{self, OwnedTables};
use smtp_codes_catalog::load::load_dir;
use smtp_codes_catalog::oracle::Oracle;

static BOTH: LazyLock<(OwnedTables, Oracle)> = LazyLock::new(|| {
    let loaded = load_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog"), "catalog");
    (compile::compile(&loaded.catalogue), Oracle::new(&loaded.catalogue))
});

fuzz_target!(|input: &[u8]| {
    let (tables, oracle) = &*BOTH;
    let tables = tables.as_tables();
    let reply = reply::read(input, Some(&tables));
    let words = Words::read(reply.text, reply.code, &tables.vocabulary);
    let found: Vec<u16> = matcher::find(words.numbers(), &tables).iter().collect();
    assert_eq!(found, oracle.find(reply.text, reply.code));
});
