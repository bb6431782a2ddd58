//! Chores of smtp-codes. `cargo xtask --help` lists them.

mod emit;
mod write;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use smtp_codes_catalog::load;
use smtp_codes_catalog::model::Model;

/// Chores of smtp-codes: everything that is made of the catalogue.
#[derive(Parser)]
#[command(name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Make everything that is made of the catalogue.
    Generate {
        /// Write nothing; fail where a file is stale, missing or left over.
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.chore {
        Chore::Generate { check } => generate(check),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

fn generate(check: bool) -> anyhow::Result<ExitCode> {
    let loaded = load::load_dir(&root().join("catalog"), "catalog");
    let model = Model::new(loaded.catalogue);
    let files = emit::all(&model);
    let report = write::write(&root(), &files, emit::OWNED, check)?;
    println!("{report}");
    Ok(if check && !report.is_clean() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
