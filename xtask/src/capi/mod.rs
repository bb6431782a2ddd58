//! The C library: building, checking and installing it.

mod abi;
mod bench;
mod check;
mod install;
mod sanitize;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};

pub(crate) use install::install;

/// Build, check or install the C library.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the library and lay it out below a prefix: header, libraries, pkg-config and CMake files.
    Install {
        /// Where it is to live.
        #[arg(long, default_value = "/usr/local")]
        prefix: PathBuf,
        /// A folder to put before the prefix, for packagers.
        #[arg(long)]
        destdir: Option<PathBuf>,
    },
    /// Build the library and hold it to its promises: symbols, ABI, imports, size, C and C++ programs.
    Check {
        /// Make what is there now the ABI that later checks compare with: after something was added.
        #[arg(long)]
        bless: bool,
    },
    /// Run hostile callers over the library: as shipped, under valgrind, and with sanitizers inside (nightly).
    Sanitize,
    /// Measure what a call costs from each language, and a million rows through the table engines of Python.
    Bench(bench::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.chore {
        Chore::Install { prefix, destdir } => install(&build()?, prefix, destdir.as_deref())?,
        Chore::Check { bless } => {
            let built = build()?;
            if *bless {
                abi::bless(&built)?;
            }
            check::check(&built)?;
        }
        Chore::Sanitize => sanitize::sanitize(&build()?)?,
        Chore::Bench(arguments) => bench::run(arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The library, built as it is shipped.
pub(crate) struct Built {
    /// The shared library.
    pub(crate) shared: PathBuf,
    /// The static library.
    pub(crate) fixed: PathBuf,
    /// The number in the shared library's name.
    pub(crate) abi: u32,
    /// The version of the crate.
    pub(crate) version: String,
}

/// The folder of the crate.
pub(crate) fn crate_dir() -> PathBuf {
    crate::root().join("crates/smtp-codes-ffi")
}

/// Where cargo builds.
pub(crate) fn target_dir() -> PathBuf {
    let told = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let folder = told.unwrap_or_else(|| crate::root().join("target"));
    std::path::absolute(&folder).unwrap_or(folder)
}

/// Builds both libraries, without `std`, with panics that abort.
pub(crate) fn build() -> anyhow::Result<Built> {
    let abi = abi_version()?;
    let soname = format!("link-arg=-Wl,-soname,libsmtp_codes.so.{abi}");
    cargo(&[
        "--features",
        "own-memory",
        "--crate-type",
        "cdylib",
        "--",
        "-C",
        &soname,
    ])?;
    cargo(&["--features", "standalone", "--crate-type", "staticlib"])?;
    let folder = target_dir().join("capi");
    Ok(Built {
        shared: folder.join("libsmtp_codes_ffi.so"),
        fixed: folder.join("libsmtp_codes_ffi.a"),
        abi,
        version: version()?,
    })
}

fn cargo(more: &[&str]) -> anyhow::Result<()> {
    let mut command = Command::new(crate::chores::test::cargo());
    command
        .current_dir(crate::root())
        .args([
            "rustc",
            "--quiet",
            "--package",
            "smtp-codes-ffi",
            "--lib",
            "--profile",
            "capi",
        ])
        .args(more);
    succeed(&mut command)
}

/// Runs a command that must succeed.
pub(crate) fn succeed(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("cannot run {command:?}"))?;
    if !status.success() {
        bail!("{status}: {command:?}");
    }
    Ok(())
}

/// What a command writes to standard output; it must succeed.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command.output().with_context(|| format!("cannot run {command:?}"))?;
    if !output.status.success() {
        bail!(
            "{}: {command:?}\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("what {command:?} writes is not UTF-8"))
}

/// Whether a program can be run on this machine.
pub(crate) fn is_there(program: &str) -> bool {
    let Some(path) = std::env::var_os("PATH") else {
        return false;
    };
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn abi_version() -> anyhow::Result<u32> {
    let path = crate_dir().join("include/smtp_codes.h");
    let header = read(&path)?;
    let number = header
        .lines()
        .find_map(|line| line.strip_prefix("#define SMTP_CODES_ABI_VERSION "));
    number
        .and_then(|number| number.trim().parse().ok())
        .with_context(|| format!("{} states no ABI version: run `cargo xtask generate`", path.display()))
}

fn version() -> anyhow::Result<String> {
    let path = crate::root().join("Cargo.toml");
    let manifest: toml::Table = read(&path)?
        .parse()
        .with_context(|| format!("{} is not TOML", path.display()))?;
    let version = manifest
        .get("workspace")
        .and_then(|v| v.get("package"))
        .and_then(|v| v.get("version"))
        .and_then(toml::Value::as_str);
    Ok(version
        .with_context(|| format!("{} has no workspace.package.version", path.display()))?
        .to_owned())
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
