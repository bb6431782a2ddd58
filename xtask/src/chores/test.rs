//! `test`: everything that must be right before a change goes in.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use clap::Args;

use super::root;

/// Run everything that must be right before a change goes in.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Leave out what a machine cannot do, and say so; without it, that is a failure where `CI` is set.
    #[arg(long)]
    lenient: bool,
    /// What every change must keep, in seconds: the catalogue, what is generated of it, the ledger, the engine's suite.
    #[arg(long)]
    quick: bool,
    /// Stop at the first step that fails.
    #[arg(long)]
    fail_fast: bool,
}

/// A bare target, without an operating system and without an allocator.
const BARE: &str = "thumbv7em-none-eabi";

/// What a step came to.
enum Outcome {
    Passed(Duration),
    Failed(Duration),
    /// It cannot run here, for this reason.
    Left(String),
    /// The same, and nothing is lost.
    Skipped(String),
}

/// One step: its name, and the command without `cargo`.
struct Step {
    name: &'static str,
    arguments: Vec<OsString>,
    environment: Option<(&'static str, &'static str)>,
    /// Why it cannot run on this machine.
    missing: Option<String>,
    /// Whether doing without it is no failure anywhere.
    optional: bool,
}

/// The `cargo` that started this.
pub(crate) fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let strict = !arguments.lenient && std::env::var_os("CI").is_some();
    let mut outcomes: Vec<(&'static str, Outcome)> = Vec::new();
    for step in steps(arguments.quick) {
        let outcome = match &step.missing {
            Some(missing) if step.optional => Outcome::Skipped(missing.clone()),
            Some(missing) => Outcome::Left(missing.clone()),
            None => run_step(&step),
        };
        let failed = matches!(outcome, Outcome::Failed(_));
        outcomes.push((step.name, outcome));
        if failed && arguments.fail_fast {
            break;
        }
    }
    println!("\n== summary");
    let mut failed = false;
    for (name, outcome) in &outcomes {
        match outcome {
            Outcome::Passed(time) => println!("ok      {name} ({:.1} s)", time.as_secs_f64()),
            Outcome::Failed(time) => println!("FAILED  {name} ({:.1} s)", time.as_secs_f64()),
            Outcome::Skipped(why) => println!("skipped {name}: {why}"),
            Outcome::Left(why) => println!("{} {name}: {why}", if strict { "FAILED " } else { "left   " }),
        }
        failed |= matches!(outcome, Outcome::Failed(_)) || (strict && matches!(outcome, Outcome::Left(_)));
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn run_step(step: &Step) -> Outcome {
    let line: Vec<_> = step.arguments.iter().map(|part| part.to_string_lossy()).collect();
    println!("\n== {}: cargo {}", step.name, line.join(" "));
    let start = Instant::now();
    let mut command = Command::new(cargo());
    command.args(&step.arguments).envs(step.environment).current_dir(root());
    match command.status() {
        Ok(status) if status.success() => Outcome::Passed(start.elapsed()),
        Ok(_) => Outcome::Failed(start.elapsed()),
        Err(error) => {
            eprintln!("error: {error}");
            Outcome::Failed(start.elapsed())
        }
    }
}

fn step(name: &'static str, arguments: &str) -> Step {
    let arguments = arguments.split_whitespace().map(OsString::from).collect();
    Step {
        name,
        arguments,
        environment: None,
        missing: None,
        optional: false,
    }
}

/// The steps: what takes longest comes last. With `quick`, what every change must keep: the catalogue, what is
/// generated of it (which diagnoses every vector), and the suite of the engine.
fn steps(quick: bool) -> Vec<Step> {
    let mut steps = vec![
        step("catalogue", "xtask check"),
        step("generated files", "xtask generate --check"),
        step("ledger", "xtask ids --check"),
        step("engine", "test -p smtp-codes --lib"),
    ];
    if !quick {
        steps.extend([
            Step {
                missing: need_subcommand("fmt", "rustup component add rustfmt"),
                ..step("format", "fmt --all --check")
            },
            Step {
                missing: need_subcommand("clippy", "rustup component add clippy"),
                ..step(
                    "lints",
                    "clippy --workspace --all-targets --all-features -- -D warnings",
                )
            },
            Step {
                missing: need_target(BARE),
                ..step("no_std", &format!("build -p smtp-codes --target {BARE}"))
            },
            Step {
                environment: Some(("RUSTDOCFLAGS", "-D warnings")),
                ..step("documentation", "doc --workspace --no-deps --all-features")
            },
            Step {
                missing: need_subcommand("deny", "cargo install cargo-deny"),
                optional: true,
                ..step("licences and advisories", "deny check")
            },
            step("tests", "test --workspace --all-features"),
            step(
                "tests without the built-in tables",
                "test -p smtp-codes --no-default-features",
            ),
        ]);
    }
    steps
}

/// Why `cargo NAME` cannot run here.
fn need_subcommand(name: &str, install: &str) -> Option<String> {
    let works = Command::new(cargo())
        .args([name, "--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    (!works).then(|| format!("`cargo {name}` is not installed (`{install}`)"))
}

/// Why nothing can be built for a target here.
fn need_target(target: &str) -> Option<String> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", target])
        .output();
    let there = output.is_ok_and(|output| {
        output.status.success() && PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()).is_dir()
    });
    (!there).then(|| format!("the target is not installed (`rustup target add {target}`)"))
}
