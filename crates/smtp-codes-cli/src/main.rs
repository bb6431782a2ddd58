//! The command `smtp-codes`: explain one reply, classify a million, look up codes.

mod args;
mod check;
mod classify;
mod codes;
mod decision;
mod evidence;
mod explain;
#[rustfmt::skip]
mod generated;
mod hints;
mod overlay;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Arguments, Task};

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// All done.
    Done,
    /// Some rows or records could not be read.
    SomeUnreadable,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    arguments.color.write_global();
    match run(arguments.task) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeUnreadable) => ExitCode::from(1),
        // Who reads no further wants no more: `smtp-codes codes | head`.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(task: Task) -> anyhow::Result<Outcome> {
    match task {
        Task::Explain(task) => explain::run(&task),
        Task::Classify(task) => classify::run(&task),
        Task::Codes(task) => codes::run(&task),
        Task::Providers(task) => codes::providers(&task),
        Task::Reasons(task) => codes::reasons(&task),
        Task::Check { files } => check::run(&files),
        Task::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "smtp-codes", &mut script);
            io::stdout().write_all(&script)?;
            Ok(Outcome::Done)
        }
        Task::Man => {
            clap_mangen::Man::new(Arguments::command()).render(&mut io::stdout())?;
            Ok(Outcome::Done)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
