//! `site`: the reference as a static site.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Context as _;
use clap::Args;
use smtp_codes_catalog::report::Severity;

use super::catalogue::{Checked, checked, load, show};
use super::root;
use crate::emit::Files;
use crate::pages::Beside;
use crate::{site, wasm, write};

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
    /// The engine as WebAssembly, instead of building it.
    #[arg(long, value_name = "FILE")]
    engine: Option<PathBuf>,
    /// Leave the engine out: pages cannot read pasted bounces.
    #[arg(long, conflicts_with = "engine")]
    without_engine: bool,
    /// Fail where the engine cannot be built; so it is too where `CI` is set.
    #[arg(long, conflicts_with = "without_engine")]
    require_engine: bool,
    /// Pack the site, as a copy to read by double click, into this file too.
    #[arg(long, value_name = "FILE")]
    zip: Option<PathBuf>,
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
    let engine = times.measure("engine", || engine(arguments))?;
    let required = arguments.require_engine || (std::env::var_os("CI").is_some() && !arguments.without_engine);
    anyhow::ensure!(
        engine.is_some() || !required,
        "the engine was not built: rustup target add wasm32-unknown-unknown"
    );
    let mut base_url = arguments.base_url.clone();
    if !base_url.is_empty() && !base_url.ends_with('/') {
        base_url.push('/');
    }
    let changes = std::fs::read_to_string(root().join("CHANGELOG.md")).unwrap_or_default();
    let moved = std::fs::read_to_string(root().join("xtask/assets/redirects.txt")).unwrap_or_default();
    let languages = languages();
    let options = site::Options {
        base_url: &base_url,
        repository: REPOSITORY,
        engine: engine.as_deref(),
        beside: Beside {
            changes: &changes,
            languages: &languages,
        },
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
    if let Some(path) = &arguments.zip {
        // The copy to read by double click names files, whatever the published one does.
        let copy = if base_url.is_empty() {
            output
        } else {
            let options = site::Options {
                base_url: "",
                ..options
            };
            site::build(&model, &options).0
        };
        let packed = times.measure("zip", || pack(&copy))?;
        std::fs::write(root().join(path), &packed).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{}: {} KB", path.display(), packed.len().div_ceil(1024));
    }
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

/// What each folder of `bindings` says of itself, links made whole.
fn languages() -> Vec<(String, String)> {
    let Ok(folders) = std::fs::read_dir(root().join("bindings")) else {
        return Vec::new();
    };
    let mut languages: Vec<(String, String)> = folders
        .flatten()
        .filter_map(|folder| {
            let text = std::fs::read_to_string(folder.path().join("README.md")).ok()?;
            let name = folder.file_name().into_string().ok()?;
            let text = whole_links(&text, &name);
            Some((name, text))
        })
        .collect();
    languages.sort();
    languages
}

/// The text of a folder of `bindings` with its links to other files made links into the repository.
fn whole_links(text: &str, folder: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for (index, part) in text.split("](").enumerate() {
        if index > 0 {
            whole.push_str("](");
        }
        let outside = part.starts_with("http") || part.starts_with('#');
        let path = part
            .strip_prefix("../../")
            .map(|rest| (String::new(), rest))
            .or_else(|| part.strip_prefix("../").map(|rest| ("bindings/".to_owned(), rest)))
            .unwrap_or_else(|| (format!("bindings/{folder}/"), part));
        if index == 0 || outside {
            whole.push_str(part);
        } else {
            whole.push_str(&format!("{REPOSITORY}/blob/main/{}{}", path.0, path.1));
        }
    }
    whole
}

/// The site in one file, the same for the same site.
fn pack(files: &Files) -> anyhow::Result<Vec<u8>> {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for (path, content) in files {
        zip.start_file(format!("smtp-codes/{path}"), options)?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The engine: the file that was named, else one that is built now, where this machine has what it takes.
fn engine(arguments: &Arguments) -> anyhow::Result<Option<Vec<u8>>> {
    match &arguments.engine {
        Some(path) => std::fs::read(path)
            .map(Some)
            .with_context(|| format!("cannot read the engine {}", path.display())),
        None if arguments.without_engine => Ok(None),
        None => wasm::build(),
    }
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

#[cfg(test)]
mod tests {
    use super::{REPOSITORY, whole_links};

    #[test]
    fn links_of_a_readme_lead_into_the_repository() {
        let text = "[a](../../docs/x.md) [b](../c/README.md) [d](recipes) [e](https://example.org/) [f](#g) h";
        let blob = format!("{REPOSITORY}/blob/main");
        let whole = format!(
            "[a]({blob}/docs/x.md) [b]({blob}/bindings/c/README.md) [d]({blob}/bindings/python/recipes) [e](https://example.org/) [f](#g) h"
        );
        assert_eq!(whole_links(text, "python"), whole);
    }
}
