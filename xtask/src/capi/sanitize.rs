//! Hostile callers, watched from both sides of the interface.
//!
//! `tests/c/hostile.c` is run over the library as it ships under valgrind, and over a library that the
//! nightly compiler builds with AddressSanitizer or ThreadSanitizer inside: what C does is watched by
//! UndefinedBehaviorSanitizer, too. The suite in Rust runs with AddressSanitizer beside them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::bail;

use super::{Built, crate_dir, install, is_there, succeed, target_dir};

/// Where the nightly compiler builds for.
const TARGET: &str = "x86_64-unknown-linux-gnu";
/// The longest text, in megabytes: valgrind is some forty times slower.
const LONGEST: &str = "100";
const LONGEST_UNDER_VALGRIND: &str = "4";

pub(super) fn sanitize(built: &Built) -> anyhow::Result<()> {
    let prefix = target_dir().join("capi-check");
    install(built, &prefix, None)?;
    let mut missing = Vec::new();
    let plain = compile(&prefix.join("lib/libsmtp_codes.a"), "plain", &[])?;
    timed("as shipped", Command::new(&plain).arg(LONGEST))?;
    if is_there("valgrind") {
        let mut command = Command::new("valgrind");
        command.args(["--quiet", "--error-exitcode=3", "--leak-check=full"]);
        timed("valgrind", command.arg(&plain).arg(LONGEST_UNDER_VALGRIND))?;
    } else {
        missing.push("valgrind (apt-get install valgrind)");
    }
    if nightly() {
        for (name, rust, c) in [
            ("address, undefined", "address", "-fsanitize=address,undefined"),
            ("thread", "thread", "-fsanitize=thread"),
        ] {
            let library = instrumented(rust)?;
            let program = compile(&library, rust, &[c, "-fno-sanitize-recover=all"])?;
            let longest = if rust == "thread" {
                LONGEST_UNDER_VALGRIND
            } else {
                LONGEST
            };
            timed(name, Command::new(&program).arg(longest))?;
        }
        let mut suite = on_nightly("address");
        suite.args(["test", "--quiet", "--package", "smtp-codes-ffi", "--test", "hostile"]);
        timed("address, the suite in Rust", &mut suite)?;
    } else {
        missing.push("a nightly toolchain (rustup toolchain install nightly)");
    }
    if !missing.is_empty() {
        println!("not run: {}", missing.join(", "));
        if std::env::var_os("CI").is_some() {
            bail!("in CI every check must run");
        }
    }
    Ok(())
}

fn timed(name: &str, command: &mut Command) -> anyhow::Result<()> {
    let start = Instant::now();
    succeed(command)?;
    println!("{name}: clean ({:.0} s)", start.elapsed().as_secs_f64());
    Ok(())
}

fn nightly() -> bool {
    let rustc = Command::new("rustup")
        .args(["run", "nightly", "rustc", "--version"])
        .output();
    rustc.is_ok_and(|output| output.status.success())
}

/// Cargo of the nightly toolchain, with a sanitizer. Its own folder keeps what is built usually as it is.
fn on_nightly(sanitizer: &str) -> Command {
    let mut command = Command::new("rustup");
    command
        .current_dir(crate::root())
        .args(["run", "nightly", "cargo"])
        // What this program inherited from `cargo xtask` names the other toolchain.
        .env_remove("CARGO")
        .env_remove("RUSTC")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("CARGO_TARGET_DIR", target_dir().join("sanitize"))
        .env("CARGO_BUILD_TARGET", TARGET)
        .env(
            "RUSTFLAGS",
            format!("-Zsanitizer={sanitizer} -Cunsafe-allow-abi-mismatch=sanitizer"),
        );
    command
}

fn instrumented(sanitizer: &str) -> anyhow::Result<PathBuf> {
    let mut command = on_nightly(sanitizer);
    command.args(["rustc", "--quiet", "--package", "smtp-codes-ffi", "--lib"]);
    command.args([
        "--profile",
        "capi",
        "--features",
        "standalone",
        "--crate-type",
        "staticlib",
    ]);
    succeed(&mut command)?;
    let library = target_dir().join(format!("sanitize/{TARGET}/capi/libsmtp_codes_ffi.a"));
    // The next one is built in the same place.
    let kept = target_dir().join(format!("sanitize/{sanitizer}.a"));
    std::fs::copy(&library, &kept)?;
    Ok(kept)
}

fn compile(library: &Path, name: &str, flags: &[&str]) -> anyhow::Result<PathBuf> {
    let program = target_dir().join(format!("capi-check/hostile-{name}"));
    let mut command = Command::new("gcc");
    command
        .args(["-std=c11", "-O1", "-g", "-Wall", "-Wextra", "-Werror"])
        .args(flags)
        .arg("-I")
        .arg(crate_dir().join("include"))
        .arg(crate_dir().join("tests/c/hostile.c"));
    if name == "thread" {
        command.arg("-fno-builtin").arg(crate_dir().join("tests/c/tsan.c"));
    }
    command.arg(library).arg("-pthread").arg("-o").arg(&program);
    succeed(&mut command)?;
    Ok(program)
}
