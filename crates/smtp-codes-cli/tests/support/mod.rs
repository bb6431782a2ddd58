//! Running the command as people do.

use std::io::Write;
use std::process::{Command, Output, Stdio};

/// What a run gave.
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the command with arguments and something on standard input.
pub(crate) fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    spawn(Command::new(env!("CARGO_BIN_EXE_smtp-codes")).args(arguments), input)
}

/// Runs the command with arguments and nothing on standard input.
pub(crate) fn run(arguments: &[&str]) -> Run {
    run_with(arguments, b"")
}

/// Runs a prepared command.
pub(crate) fn spawn(command: &mut Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("standard input is a pipe");
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A command that ends early closes the pipe: that is its right.
            let _ = stdin.write_all(input);
        });
        let Output { status, stdout, stderr } = child.wait_with_output().expect("the command ends");
        Run {
            code: status.code(),
            out: String::from_utf8(stdout).expect("output is UTF-8"),
            err: String::from_utf8(stderr).expect("messages are UTF-8"),
        }
    })
}

impl Run {
    /// The output as JSON, a value for each line.
    pub(crate) fn rows(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }
}
