//! The ABI as callers see it, compared with the one that was released.
//!
//! Two records are committed in `crates/smtp-codes-ffi/abi`: the exported symbols, and what libabigail sees in
//! a library of empty functions that is compiled from the header, which is every signature and every layout,
//! in C's own terms.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, bail};

use super::{Built, crate_dir, is_there, output, read, succeed, target_dir};

fn symbols_path() -> PathBuf {
    crate_dir().join("abi/symbols.txt")
}

fn record_path() -> PathBuf {
    crate_dir().join("abi/smtp_codes.abi")
}

/// How libabigail describes a library without naming the machine.
const PLAIN: &[&str] = &[
    "--no-corpus-path",
    "--no-comp-dir-path",
    "--no-show-locs",
    "--no-elf-needed",
];

/// Makes the ABI of now the one to compare with.
pub(super) fn bless(built: &Built) -> anyhow::Result<()> {
    let mut list: String = exported(&built.shared)?.into_iter().collect::<Vec<_>>().join("\n");
    list.push('\n');
    fs::write(symbols_path(), list).context("cannot write the list of symbols")?;
    let record = output(Command::new("abidw").args(PLAIN).arg(stub()?))?;
    fs::write(record_path(), record).context("cannot write the record of the ABI")
}

/// Compares the ABI of now with the committed one.
pub(super) fn check(built: &Built, missing: &mut BTreeSet<&'static str>) -> anyhow::Result<()> {
    symbols(&built.shared)?;
    if !is_there("abidiff") {
        missing.insert("abidiff");
        return Ok(());
    }
    let mut command = Command::new("abidiff");
    let compared = command
        .arg(record_path())
        .arg(stub()?)
        .output()
        .context("cannot run abidiff")?;
    if !compared.status.success() {
        bail!(
            "the ABI is not the committed one. What callers compiled before must go on working; where this only adds \
             something: cargo xtask capi check --bless\n{}{}",
            String::from_utf8_lossy(&compared.stdout),
            String::from_utf8_lossy(&compared.stderr)
        );
    }
    println!("ABI: as committed");
    Ok(())
}

fn symbols(shared: &Path) -> anyhow::Result<()> {
    let path = symbols_path();
    let committed: BTreeSet<String> = read(&path)?.lines().map(str::to_owned).collect();
    let exported = exported(shared)?;
    let missing: Vec<_> = committed.difference(&exported).collect();
    let new: Vec<_> = exported.difference(&committed).collect();
    if !missing.is_empty() {
        bail!(
            "the library no longer exports {missing:?}: a symbol once released stays; raise the ABI version if it must \
             go, then correct {}",
            path.display()
        );
    }
    if !new.is_empty() {
        bail!("the library exports what {} does not list: {new:?}", path.display());
    }
    println!("symbols: {} exported, as listed", exported.len());
    Ok(())
}

fn exported(shared: &Path) -> anyhow::Result<BTreeSet<String>> {
    Ok(names(&output(
        Command::new("nm").args(["-D", "--defined-only"]).arg(shared),
    )?))
}

/// The last word of each line, without a version.
pub(super) fn names(listing: &str) -> BTreeSet<String> {
    let last = listing.lines().filter_map(|line| line.split_whitespace().last());
    last.map(|name| name.split('@').next().unwrap_or(name).to_owned())
        .collect()
}

/// A library of the header's functions, each empty.
fn stub() -> anyhow::Result<PathBuf> {
    let folder = target_dir().join("capi-abi");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let source = folder.join("stub.c");
    fs::write(&source, bodies(&read(&crate_dir().join("include/smtp_codes.h"))?))
        .with_context(|| format!("cannot write {}", source.display()))?;
    // The record keeps the paths that the compiler is told, so these are bare.
    let mut compile = Command::new("cc");
    compile.current_dir(&folder).args([
        "-std=c99",
        "-w",
        "-g",
        "-O0",
        "-shared",
        "-fPIC",
        "stub.c",
        "-o",
        "libstub.so",
    ]);
    compile.arg(format!("-ffile-prefix-map={}=.", folder.display()));
    succeed(compile.arg("-I").arg(crate_dir().join("include")))?;
    Ok(folder.join("libstub.so"))
}

/// A C file that defines every function which the header declares.
fn bodies(header: &str) -> String {
    let mut text = String::from("#include <smtp_codes.h>\n");
    let mut declaration = String::new();
    for line in header.lines() {
        let starts = !line.starts_with([' ', '*', '/', '#', '}', '\t'])
            && line.contains(" smtp_codes_") | line.contains("*smtp_codes_")
            && line.contains('(');
        if starts || !declaration.is_empty() {
            declaration.push_str(line.trim());
            declaration.push(' ');
            if let Some(head) = declaration.trim_end().strip_suffix(';') {
                text.push_str(&format!("{head} {{ return 0; }}\n"));
                declaration.clear();
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::bodies;

    #[test]
    fn every_declaration_gets_a_body() {
        let header = "/**\n * Counts (all).\n */\nsize_t smtp_codes_a(const char *x,\n                    int y);\n\nconst char *smtp_codes_b(void);\ntypedef struct smtp_codes_c {\n  int x;\n} smtp_codes_c;\n";
        assert_eq!(
            bodies(header),
            "#include <smtp_codes.h>\nsize_t smtp_codes_a(const char *x, int y) { return 0; }\nconst char *smtp_codes_b(void) { return 0; }\n"
        );
    }
}
