//! The engine for web pages: `smtp-codes-page` as WebAssembly, without imports.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;

use crate::capi::{output, succeed, target_dir};
use crate::chores::test::cargo;

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds the module; `None`, with a word on standard error, where this machine has no way to.
///
/// The target's own `core` is taken where it is installed (`rustup target add wasm32-unknown-unknown`),
/// else `core` and `alloc` are built from the toolchain's sources (`rust-src`, Debian's `rust-src` or `rust-web-src`).
pub(crate) fn build() -> anyhow::Result<Option<Vec<u8>>> {
    let mut command = Command::new(cargo());
    command.current_dir(crate::root()).args([
        "rustc",
        "--quiet",
        "--package",
        "smtp-codes-page",
        "--lib",
        "--profile",
        "page",
        "--target",
        TARGET,
        "--crate-type",
        "cdylib",
    ]);
    if !has_target()? {
        if !has_sources()? {
            eprintln!("no {TARGET} here: rustup target add {TARGET}, or apt-get install rustc-web rust-web-src");
            return Ok(None);
        }
        command.env("RUSTC_BOOTSTRAP", "1").arg("-Zbuild-std=core,alloc");
    }
    succeed(&mut command)?;
    let path = target_dir().join(TARGET).join("page/smtp_codes_page.wasm");
    let module = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Some(module))
}

fn rustc(arguments: &[&str]) -> anyhow::Result<PathBuf> {
    let text = output(
        Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
            .current_dir(crate::root())
            .args(arguments),
    )?;
    Ok(PathBuf::from(text.trim()))
}

fn has_target() -> anyhow::Result<bool> {
    Ok(rustc(&["--print", "target-libdir", "--target", TARGET])?.is_dir())
}

fn has_sources() -> anyhow::Result<bool> {
    Ok(rustc(&["--print", "sysroot"])?
        .join("lib/rustlib/src/rust/library/core")
        .is_dir())
}
