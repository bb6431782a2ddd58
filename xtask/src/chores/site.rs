//! `site`: the reference as a static site.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Context as _;
use clap::Args;
use smtp_codes_catalog::report::Severity;

use super::catalogue::{Checked, checked, load, show};
use super::root;
use crate::{site, write};

/// Build the reference as a static site, and check it.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Where to write it.
    #[arg(long, default_value = "target/site", value_name = "DIR")]
    out: PathBuf,
    /// Where it will be published, such as <https://example.org/smtp/>. Without it, links name files, so that
    /// the site also works by double click.
    #[arg(long, default_value = "", value_name = "URL")]
    base_url: String,
    /// The engine as WebAssembly.
    #[arg(long, value_name = "FILE")]
    engine: Option<PathBuf>,
    /// Fail where the engine is not there.
    #[arg(long)]
    require_engine: bool,
    /// Open it in the browser.
    #[arg(long)]
    open: bool,
    /// Build in spite of errors in the catalogue.
    #[arg(long)]
    unchecked: bool,
}

/// Where the links to files of the project lead.
const REPOSITORY: &str = env!("CARGO_PKG_REPOSITORY");

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Checked {
        files,
        found,
        model,
        mut times,
    } = checked(|| load(Vec::new()));
    let model = match model {
        Some(model) if arguments.unchecked || !found.has_errors() => model,
        _ => {
            show(&files, &found);
            eprintln!("Nothing was written. `cargo xtask explain E0000` shows the page of an error.");
            return Ok(ExitCode::FAILURE);
        }
    };
    let engine = engine(arguments)?;
    anyhow::ensure!(
        engine.is_some() || !arguments.require_engine,
        "the engine was not built: cargo build --release -p smtp-codes-ffi --target wasm32-unknown-unknown"
    );
    let mut base_url = arguments.base_url.clone();
    if !base_url.is_empty() && !base_url.ends_with('/') {
        base_url.push('/');
    }
    let changes = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap_or_default();
    let moved = std::fs::read_to_string(root().join("xtask/assets/redirects.txt")).unwrap_or_default();
    let options = site::Options {
        base_url: &base_url,
        repository: REPOSITORY,
        engine: engine.as_deref(),
        changes: &changes,
        moved: &moved,
    };
    let (output, summary) = times.measure("site", || site::build(&model, &options));
    let findings = times.measure("check site", || site::check::check(&output));
    println!("{summary}\n{findings}");
    if !findings.faults.is_empty() {
        println!("{} faults; nothing was written.", findings.faults.len());
        if !arguments.unchecked {
            return Ok(ExitCode::FAILURE);
        }
    }
    let out = root().join(&arguments.out);
    std::fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
    // Below the folders of the site, what is left over from before goes; anything else in the place stays.
    let owned: std::collections::BTreeSet<&str> = output
        .keys()
        .filter_map(|path| path.split_once('/'))
        .map(|(folder, _)| folder)
        .collect();
    let owned: Vec<&str> = owned.into_iter().collect();
    let report = times.measure("write", || write::write(&out, &output, &owned, false))?;
    println!(
        "{} files written, {} removed; {times}",
        report.changed.len(),
        report.left_over.len()
    );
    println!("{}", out.join("index.html").display());
    if found.has_errors() {
        println!(
            "The catalogue has {} errors, which were not looked at: see `cargo xtask check`.",
            found.count(Severity::Error)
        );
    }
    if arguments.open {
        open(&out.join("index.html"))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The engine: the file that was named, else what a build for the web left in `target`.
fn engine(arguments: &Arguments) -> anyhow::Result<Option<Vec<u8>>> {
    if let Some(path) = &arguments.engine {
        return std::fs::read(path)
            .map(Some)
            .with_context(|| format!("cannot read the engine {}", path.display()));
    }
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let found = ["wasm", "capi", "release"]
        .iter()
        .map(|profile| {
            target
                .join("wasm32-unknown-unknown")
                .join(profile)
                .join("smtp_codes_ffi.wasm")
        })
        .find_map(|path| std::fs::read(path).ok());
    Ok(found)
}

/// Opens a file with what the system opens such files with.
fn open(path: &Path) -> anyhow::Result<()> {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    Command::new(program)
        .arg(path)
        .spawn()
        .with_context(|| format!("cannot start `{program}`; open {} yourself", path.display()))?;
    Ok(())
}
