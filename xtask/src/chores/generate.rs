//! `generate`: everything that is made of the catalogue.

use std::process::ExitCode;

use clap::Args;
use smtp_codes_catalog::model::Model;
use smtp_codes_catalog::report::Severity;

use super::catalogue::{Checked, checked, load, show};
use super::root;
use crate::emit::{self, Files};
use crate::write;

/// Make everything that is made of the catalogue.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Write nothing; fail where a file is stale, missing or left over.
    #[arg(long)]
    check: bool,
    /// Generate in spite of errors, as long as the catalogue can be compiled: for work on the engine
    /// while the catalogue is in work too.
    #[arg(long, conflicts_with = "check")]
    unchecked: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Checked {
        files,
        found,
        model,
        mut times,
    } = checked(|| load(Vec::new()));
    let model = match model {
        Some(model) if arguments.unchecked || !found.has_errors() => {
            if !arguments.unchecked {
                show(&files, &found);
            }
            model
        }
        _ => {
            show(&files, &found);
            eprintln!("Nothing was written. `cargo xtask explain E0000` shows the page of an error.");
            return Ok(ExitCode::FAILURE);
        }
    };
    let output = times.measure("emit", || emit::all(&model))?;
    let report = times.measure("write", || write::write(&root(), &output, emit::OWNED, arguments.check))?;
    print!("{}", overview(&model, &output));
    println!("{report}");
    println!("{} files read; {times}", files.len());
    if arguments.unchecked && found.has_errors() {
        println!(
            "The catalogue has {} errors, which were not looked at: see `cargo xtask check`.",
            found.count(Severity::Error)
        );
    }
    Ok(if arguments.check && !report.is_clean() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// What was made, how many of each, and where to look.
fn overview(model: &Model, output: &Files) -> String {
    let catalogue = &model.catalogue;
    let codes = catalogue.basics.len() + catalogue.enhanced.len() + catalogue.families.len() + catalogue.pairs.len();
    let mut text = format!(
        "smtp-codes {}: {codes} codes and pairs, {} providers with {} variants, {} phrases, {} blocklists, {} sources, {} vectors\n",
        model.tables.as_tables().text(model.tables.version),
        catalogue.providers.len(),
        catalogue.variants.len(),
        catalogue.phrases.len(),
        catalogue.blocklists.len(),
        catalogue.sources.len(),
        model.vectors.len(),
    );
    let mut folders: Vec<(&str, usize, usize)> = Vec::new();
    for (path, content) in output {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match folders.last_mut() {
            Some((last, files, bytes)) if *last == folder => {
                *files += 1;
                *bytes += content.len();
            }
            _ => folders.push((folder, 1, content.len())),
        }
    }
    for (folder, files, bytes) in folders {
        let plural = if files == 1 { "file" } else { "files" };
        text.push_str(&format!("  {folder}/: {files} {plural}, {} KB\n", bytes.div_ceil(1000)));
    }
    text.push_str("Look first at docs/fingerprint.txt: what each table holds, and whether it changed.\n");
    text
}
