//! Python at scale: the recipes, and ClickHouse's protocol.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::Context as _;

use super::Outcome;
use crate::capi;
use crate::chores::test::cargo;

fn home() -> PathBuf {
    crate::root().join("bindings/python")
}

/// Python with everything that the recipes need, in an environment of its own below `target`.
pub(crate) fn environment() -> anyhow::Result<PathBuf> {
    let list = home().join("recipes/requirements.txt");
    let wanted = capi::read(&list)?;
    let folder = capi::target_dir().join("venv");
    let python = folder.join("bin/python");
    let stamp = folder.join("requirements.txt");
    if python.exists() && fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    capi::succeed(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    capi::succeed(
        Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "--requirement"])
            .arg(&list),
    )?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(python)
}

/// A command of that Python's, over the package in the tree and an installed library.
pub(crate) fn command(python: &Path, prefix: &Path) -> Command {
    let mut command = Command::new(python);
    command
        .current_dir(home())
        .env("PYTHONPATH", home().join("src"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("SMTP_CODES_LIBRARY", prefix.join("lib/libsmtp_codes.so"))
        // Spark starts Pythons of its own, and asks for a name that a machine without a network may not know.
        .env("PYSPARK_PYTHON", python)
        .env("SPARK_LOCAL_IP", "127.0.0.1");
    command
}

/// Runs the tests of the package with all recipes, and the protocol's harness over the command line.
pub(super) fn recipes() -> anyhow::Result<ExitCode> {
    let folder = capi::target_dir().join("conformance");
    let prefix = folder.join("prefix");
    capi::install(&capi::build()?, &prefix, None)?;
    let python = environment()?;
    let mut failed = outcome(
        command(&python, &prefix)
            .args(["-m", "unittest", "discover", "--start-directory", "tests"])
            .env("SMTP_CODES_ALL", "1"),
        "its own tests, pandas, Polars, DuckDB, PySpark",
    )
    .tell("python");
    for recipe in ["with_pandas", "with_polars", "with_duckdb", "with_pyspark"] {
        let mut example = command(&python, &prefix);
        example.arg(format!("recipes/{recipe}.py"));
        failed |= outcome(&mut example, "runs as it stands").tell(recipe);
    }
    capi::succeed(
        Command::new(cargo())
            .args(["build", "--quiet", "--package", "smtp-codes-cli"])
            .current_dir(crate::root()),
    )?;
    let program = capi::target_dir().join("debug");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&path)))?;
    let mut harness = Command::new(&python);
    harness
        .arg("protocol.py")
        .current_dir(crate::root().join("bindings/clickhouse"))
        .env("PATH", path);
    failed |= outcome(&mut harness, "rows out as rows in, chunk by chunk").tell("clickhouse");
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn outcome(command: &mut Command, what: &str) -> Outcome {
    match command.output() {
        Ok(output) if output.status.success() => Outcome::Passed(format!("{what}: passed")),
        Ok(output) => Outcome::Failed(format!(
            "{}\n{}{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )),
        Err(error) => Outcome::NotRun(error.to_string()),
    }
}
