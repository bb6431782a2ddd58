//! Holding the built library to its promises.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, bail};

use super::{Built, abi, crate_dir, install, is_there, output, succeed, target_dir};

/// What the shared library may take from outside, beside what the loader itself wants.
const IMPORTS: &[&str] = &["abort"];
/// What the compiler's start files mention, all of it optional.
const LOADER: &[&str] = &[
    "_ITM_deregisterTMCloneTable",
    "_ITM_registerTMCloneTable",
    "__cxa_finalize",
    "__gmon_start__",
];
/// How large the shared library may be when stripped: what it was when this was last set, 1,279,072, and a tenth more.
const MOST_BYTES: u64 = 1_410_000;

/// Checks everything, says what it found.
pub(crate) fn check(built: &Built) -> anyhow::Result<()> {
    let mut missing = BTreeSet::new();
    abi::check(built, &mut missing)?;
    imports(&built.shared)?;
    size(&built.shared)?;
    let prefix = target_dir().join("capi-check");
    install(built, &prefix, None)?;
    programs(&prefix, &mut missing)?;
    tell(&missing)
}

fn imports(shared: &Path) -> anyhow::Result<()> {
    let imported = abi::names(&output(
        Command::new("nm").args(["-D", "--undefined-only"]).arg(shared),
    )?);
    let foreign: Vec<_> = imported
        .iter()
        .filter(|name| !IMPORTS.contains(&name.as_str()) && !LOADER.contains(&name.as_str()))
        .collect();
    if !foreign.is_empty() {
        bail!("the shared library asks its host for {foreign:?}; it may ask for {IMPORTS:?} only");
    }
    println!("imports: {IMPORTS:?} alone");
    Ok(())
}

fn size(shared: &Path) -> anyhow::Result<()> {
    let stripped = target_dir().join("capi/stripped.so");
    succeed(Command::new("strip").arg("-s").arg("-o").arg(&stripped).arg(shared))?;
    let bytes = fs::metadata(&stripped)
        .with_context(|| format!("cannot look at {}", stripped.display()))?
        .len();
    println!("size: {bytes} bytes stripped");
    if bytes > MOST_BYTES {
        bail!("the stripped library has {bytes} bytes, more than {MOST_BYTES}");
    }
    Ok(())
}

/// Compiles and runs the programs of `tests/c` every way there is a compiler for.
fn programs(prefix: &Path, missing: &mut BTreeSet<&'static str>) -> anyhow::Result<()> {
    let folder = crate_dir().join("tests/c");
    let sources = [folder.join("smoke.c"), folder.join("second.c")];
    let program = target_dir().join("capi-check/smoke");
    for (compiler, flags) in WAYS {
        if !is_there(compiler) {
            missing.insert(*compiler);
            continue;
        }
        for shared in [true, false] {
            // A sanitizer watches C's side; what the library itself reads is watched by guard pages and valgrind.
            let mut compile = Command::new(compiler);
            compile
                .args(*flags)
                .args(["-O1", "-g", "-pedantic", "-Wall", "-Wextra", "-Werror"])
                .arg("-I")
                .arg(prefix.join("include"))
                .args(&sources)
                .args(["-x", "none", "-o"])
                .arg(&program);
            if shared {
                compile
                    .arg("-L")
                    .arg(prefix.join("lib"))
                    .arg("-lsmtp_codes")
                    .arg(format!("-Wl,-rpath,{}", prefix.join("lib").display()));
            } else {
                compile.arg(prefix.join("lib/libsmtp_codes.a"));
            }
            compile.arg("-pthread");
            succeed(&mut compile)?;
            succeed(&mut Command::new(&program)).with_context(|| format!("{compiler} {flags:?}, shared: {shared}"))?;
        }
        println!("{compiler} {}: passed", flags.join(" "));
    }
    if is_there("valgrind") {
        // Built again without a sanitizer, which valgrind cannot run.
        let mut compile = Command::new("cc");
        compile
            .args(["-std=c99", "-g", "-I"])
            .arg(prefix.join("include"))
            .args(&sources)
            .arg("-o")
            .arg(&program)
            .arg(prefix.join("lib/libsmtp_codes.a"))
            .arg("-pthread");
        succeed(&mut compile)?;
        succeed(
            Command::new("valgrind")
                .args(["--quiet", "--error-exitcode=3"])
                .arg(&program),
        )?;
        println!("valgrind: passed");
    } else {
        missing.insert("valgrind");
    }
    Ok(())
}

/// Says what could not be run; in CI that is a failure.
fn tell(missing: &BTreeSet<&str>) -> anyhow::Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let list: Vec<_> = missing.iter().copied().collect();
    println!("not run: {} not found (see .ci/languages)", list.join(", "));
    if std::env::var_os("CI").is_some() {
        bail!("in CI every check must run");
    }
    Ok(())
}

/// Compilers and how each is told to read the programs.
const WAYS: &[(&str, &[&str])] = &[
    ("gcc", &["-std=c99"]),
    (
        "gcc",
        &["-std=c11", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"],
    ),
    ("gcc", &["-std=c11", "-fsanitize=thread"]),
    ("clang", &["-std=c99"]),
    ("g++", &["-x", "c++", "-std=c++11"]),
    ("g++", &["-x", "c++", "-std=c++17"]),
    ("g++", &["-x", "c++", "-std=c++20"]),
    ("clang++", &["-x", "c++", "-std=c++11"]),
    ("clang++", &["-x", "c++", "-std=c++17"]),
    ("clang++", &["-x", "c++", "-std=c++20"]),
];
