//! What a call costs from each language.
//!
//! Every program is run over all vectors and prints a name and nanoseconds a reply, one on a line. All of them
//! take turns for some rounds, and of each line the best counts.

use std::path::Path;
use std::process::Command;

use anyhow::Context as _;
use clap::Args;

use super::{build, install, is_there, output, succeed, target_dir};
use crate::chores::test::cargo;
use crate::conformance::{self, python};

/// How many rounds to run.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How often all programs are run; of each figure the best counts.
    #[arg(long, default_value_t = 3)]
    rounds: u32,
}

/// What figures are compared with: the engine in Rust, over as many rows.
const RUST: &str = "Rust";
const RUST_MILLION: &str = "Rust, a million";

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let folder = target_dir().join("conformance");
    let prefix = folder.join("prefix");
    install(&build()?, &prefix, None)?;
    let vectors = conformance::write_feed(&folder)?;
    let mut programs = vec![in_rust(&prefix, &vectors)?];
    let environment = python::environment()?;
    let mut measured = python::command(&environment, &prefix);
    measured.arg("cost.py").arg(&vectors);
    programs.push(measured);
    let bindings = crate::root().join("bindings");
    if is_there("go") {
        programs.push(go(&bindings.join("go"), &folder, &prefix, &vectors)?);
    } else {
        println!("not run: go not found (apt-get install golang-go)");
    }
    if is_there("node") {
        let addon = folder.join("node/smtp_codes.node");
        // The adapter's script builds the addon, and has nothing to do without vectors.
        let mut adapter = Command::new("sh");
        adapter
            .args(["conformance.sh", "json"])
            .current_dir(bindings.join("node"));
        succeed(
            environment_of(&mut adapter, &prefix)
                .env("SMTP_CODES_BUILD", folder.join("node"))
                .stdin(std::process::Stdio::null()),
        )?;
        let mut measured = Command::new("node");
        measured.arg("cost.js").arg(&vectors).current_dir(bindings.join("node"));
        environment_of(&mut measured, &prefix).env("SMTP_CODES_ADDON", addon);
        programs.push(measured);
    } else {
        println!("not run: node not found (apt-get install nodejs)");
    }
    let mut best: Vec<(String, f64)> = Vec::new();
    for _ in 0..arguments.rounds.max(1) {
        for program in &mut programs {
            for line in output(program)?.lines() {
                let (name, figure) = line.split_once('\t').with_context(|| format!("no figure: {line}"))?;
                let figure: f64 = figure.parse().with_context(|| format!("no figure: {line}"))?;
                match best.iter_mut().find(|(known, _)| known == name) {
                    Some((_, least)) => *least = least.min(figure),
                    None => best.push((name.to_owned(), figure)),
                }
            }
        }
    }
    print!("{}", table(&best));
    Ok(())
}

fn in_rust(prefix: &Path, vectors: &Path) -> anyhow::Result<Command> {
    succeed(
        Command::new(cargo())
            .args([
                "build",
                "--quiet",
                "--release",
                "--package",
                "smtp-codes-ffi",
                "--example",
                "cost",
            ])
            .current_dir(crate::root()),
    )?;
    let mut program = Command::new(target_dir().join("release/examples/cost"));
    program.arg(prefix.join("lib/libsmtp_codes.so")).arg(vectors);
    Ok(program)
}

fn go(home: &Path, folder: &Path, prefix: &Path, vectors: &Path) -> anyhow::Result<Command> {
    let program = folder.join("go/cost");
    let mut build = Command::new("go");
    build
        .args(["build", "-o"])
        .arg(&program)
        .arg("./cost")
        .current_dir(home);
    succeed(
        environment_of(&mut build, prefix)
            .env("GOFLAGS", "-mod=mod")
            .env("GOCACHE", folder.join("go/cache")),
    )?;
    let mut measured = Command::new(program);
    environment_of(&mut measured, prefix).arg(vectors);
    Ok(measured)
}

fn environment_of<'c>(command: &'c mut Command, prefix: &Path) -> &'c mut Command {
    command
        .env("LD_LIBRARY_PATH", prefix.join("lib"))
        .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"))
}

/// The table as it stands in `docs/benchmarks.md`.
fn table(figures: &[(String, f64)]) -> String {
    let of = |wanted: &str| {
        figures
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, figure)| *figure)
    };
    let mut text = String::from("| what | ns a reply | to Rust | replies a second |\n|---|---:|---:|---:|\n");
    for (name, figure) in figures {
        let rust = if name.contains("a million") {
            of(RUST_MILLION)
        } else {
            of(RUST)
        };
        let times = rust.map(|rust| format!("{:.2}", figure / rust)).unwrap_or_default();
        text.push_str(&format!(
            "| {name} | {figure:.0} | {times} | {} |\n",
            thousands((1e9 / figure) as u64)
        ));
    }
    text
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{table, thousands};

    #[test]
    fn figures_stand_beside_rust_over_as_many_rows() {
        let figures = [
            ("Rust", 1000.0),
            ("Rust, a million", 2000.0),
            ("Polars, a million", 3000.0),
        ];
        let table = table(&figures.map(|(name, figure)| (name.to_owned(), figure)));
        assert!(
            table.contains("| Polars, a million | 3000 | 1.50 | 333,333 |"),
            "{table}"
        );
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(thousands),
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
