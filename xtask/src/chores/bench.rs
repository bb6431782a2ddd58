//! `bench`: every benchmark of the workspace.

use std::process::{Command, ExitCode};

use anyhow::Context as _;
use clap::Args;

use super::root;
use super::test::cargo;

/// Run the benchmarks.
#[derive(Args)]
pub(crate) struct Arguments {
    /// What is handed on to `cargo bench`, such as the name of one benchmark.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let status = Command::new(cargo())
        .args(["bench", "--workspace", "--benches"])
        .args(&arguments.rest)
        .current_dir(root())
        .status()
        .context("cannot start `cargo bench`")?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
