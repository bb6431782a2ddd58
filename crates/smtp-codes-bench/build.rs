//! Writes the perfect hash tables that lookups are compared with.

use std::fs;
use std::path::PathBuf;

use smtp_codes::{BasicCode, EnhancedCode, builtin};

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let tables = builtin();
    let mut basic = phf_codegen::Map::new();
    for code in (0..=999).filter_map(BasicCode::new) {
        if let Some(entry) = tables.basic(code) {
            basic.entry(code.number(), &entry.rule.to_string());
        }
    }
    let mut enhanced = phf_codegen::Map::new();
    for (class, subject, detail) in codes() {
        if let Some(entry) = EnhancedCode::new(class, subject, detail).and_then(|code| tables.enhanced(code)) {
            enhanced.entry(key(class, subject, detail), &entry.rule_for(class).to_string());
        }
    }
    let text = format!(
        "static BASIC: phf::Map<u16, u16> = {};\nstatic ENHANCED: phf::Map<u32, u16> = {};\n",
        basic.build(),
        enhanced.build()
    );
    let folder = std::env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(folder.join("phf.rs"), text)
}

fn codes() -> impl Iterator<Item = (u8, u16, u16)> {
    [2, 4, 5]
        .into_iter()
        .flat_map(|class| (0..=7).flat_map(move |subject| (0..=999).map(move |detail| (class, subject, detail))))
}

fn key(class: u8, subject: u16, detail: u16) -> u32 {
    u32::from(class) << 24 | u32::from(subject) << 12 | u32::from(detail)
}
