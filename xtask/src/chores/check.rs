//! `check`: what is wrong with the catalogue, all at once.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;
use smtp_codes_catalog::check;
use smtp_codes_catalog::files::{Files, SourceFile, Span};
use smtp_codes_catalog::report::{Diagnostic, Diagnostics, to_json};

use super::catalogue::{Checked, checked, load, show};
use super::stats::Stats;
use super::{CATALOGUE, root};

/// Look for everything that is wrong with the catalogue, and write nothing.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Show only what concerns these files. A file outside `catalog/` is checked as a part of it.
    files: Vec<PathBuf>,
    /// Print the findings (and the figures) as JSON on standard output.
    #[arg(long)]
    json: bool,
    /// Show hints as well: what is right by every rule, and yet looks like a slip of the pen.
    #[arg(long)]
    hints: bool,
    /// Print figures about the catalogue as well.
    #[arg(long)]
    stats: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (shown, extra) = asked(&arguments.files)?;
    let Checked {
        files,
        mut found,
        model,
        times,
    } = checked(|| load(extra));
    let hints = model.as_ref().map(check::hints).unwrap_or_default();
    let unseen = if arguments.hints { 0 } else { hints.iter().count() };
    if arguments.hints {
        found.extend(hints);
        found = found.sorted();
    }
    let found = if shown.is_empty() {
        found
    } else {
        concerning(&files, found, &shown)
    };
    let stats = model
        .as_ref()
        .filter(|_| arguments.stats)
        .map(|model| Stats::new(model, &files));
    if arguments.json {
        let mut report = to_json(&files, &found);
        if let (Some(report), Some(stats)) = (report.as_object_mut(), &stats) {
            report.insert("stats".to_owned(), serde_json::to_value(stats)?);
        }
        println!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        show(&files, &found);
        if let Some(stats) = &stats {
            print!("{stats}");
        } else if arguments.stats {
            eprintln!("No figures: they need a catalogue that can be compiled.");
        }
        let vectors = model.as_ref().map_or_else(
            || "vectors not tried before the rest is mended".to_owned(),
            |model| format!("{} vectors", model.vectors.len()),
        );
        eprintln!("{} files, {vectors}; {times}", files.len());
        if unseen > 0 {
            eprintln!("{unseen} hints: `cargo xtask check --hints`");
        }
        if !found.is_empty() {
            eprintln!("`cargo xtask explain E0000` shows the page of an error.");
        }
    }
    Ok(if found.has_errors() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The files that were asked for, by the paths that messages show; and those outside the catalogue.
fn asked(paths: &[PathBuf]) -> anyhow::Result<(Vec<String>, Vec<SourceFile>)> {
    let folder = root()
        .join(CATALOGUE)
        .canonicalize()
        .context("there is no folder `catalog`")?;
    let (mut shown, mut extra) = (Vec::new(), Vec::new());
    for path in paths {
        let full = path
            .canonicalize()
            .with_context(|| format!("cannot find {}", path.display()))?;
        if let Ok(inside) = full.strip_prefix(&folder) {
            shown.push(format!("{CATALOGUE}/{}", slashes(inside)));
        } else {
            let name = slashes(path);
            let text = std::fs::read_to_string(&full).with_context(|| format!("cannot read {name}"))?;
            extra.push(SourceFile::new(name.clone(), text));
            shown.push(name);
        }
    }
    Ok((shown, extra))
}

fn slashes(path: &Path) -> String {
    path.components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

/// What has a place in one of the files, or in a folder of that name.
fn concerning(files: &Files, found: Diagnostics, shown: &[String]) -> Diagnostics {
    let here = |span: Span| {
        let path = files.get(span.file).path();
        shown.iter().any(|name| {
            path == name
                || path
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
        })
    };
    let concerns = |diagnostic: &Diagnostic| {
        diagnostic
            .primary
            .iter()
            .chain(&diagnostic.secondary)
            .any(|label| here(label.span))
    };
    found.into_iter().filter(concerns).collect()
}
