//! A new user's path: what the README of a language says, done in an empty folder.
//!
//! The library is installed below a prefix of its own. Beside the empty folder lies `smtp-codes`, as a clone
//! would: a copy of what is committed or about to be, so that nothing that was built here helps. A block after
//! a line that names a file becomes that file; every block of shell before the first heading is run, with the
//! prefix for `/usr/local`; what is printed must hold the first diagnosis.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context as _, bail};

use super::Outcome;
use super::languages::{self, LANGUAGES, Language};
use crate::capi;

/// What the first diagnosis must say.
const DIAGNOSIS: &str = "recipient-unknown";

pub(super) fn run(names: &[String]) -> anyhow::Result<ExitCode> {
    let home = capi::target_dir().join("readme");
    if home.exists() {
        fs::remove_dir_all(&home).with_context(|| format!("cannot clear {}", home.display()))?;
    }
    fs::create_dir_all(&home).with_context(|| format!("cannot make {}", home.display()))?;
    let prefix = home.join("prefix");
    capi::install(&capi::build()?, &prefix, None)?;
    copy_committed(&home.join("smtp-codes"))?;
    let mut failed = false;
    for language in LANGUAGES {
        if language.name == languages::WASM || !(names.is_empty() || names.iter().any(|name| name == language.name)) {
            continue;
        }
        failed |= one(language, &home, &prefix).tell(language.name);
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The bindings, without what was built in their folders.
fn copy_committed(clone: &Path) -> anyhow::Result<()> {
    let list = capi::output(
        Command::new("git")
            .args(["ls-files", "--cached", "--others", "--exclude-standard", "bindings"])
            .current_dir(crate::root()),
    )?;
    for path in list.lines() {
        let (from, to) = (crate::root().join(path), clone.join(path));
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        // What was deleted and not yet committed is still listed.
        if from.exists() {
            fs::copy(&from, &to).with_context(|| format!("cannot copy {}", from.display()))?;
        }
    }
    Ok(())
}

fn one(language: &Language, home: &Path, prefix: &Path) -> Outcome {
    if let Some(why) = languages::lacks(language.needs).or_else(|| languages::lacks(more(language.name))) {
        return Outcome::NotRun(why);
    }
    match follow(language.name, home, prefix) {
        Ok(steps) => Outcome::Passed(format!("{steps} steps, first diagnosis printed")),
        Err(error) => Outcome::Failed(format!("{error:#}")),
    }
}

/// What a README needs beyond the adapter.
fn more(language: &str) -> &'static [(&'static str, &'static str)] {
    match language {
        "node" => &[("npm", "npm")],
        "python" => &[("python3", "python3-venv")],
        _ => &[],
    }
}

fn follow(language: &str, home: &Path, prefix: &Path) -> anyhow::Result<usize> {
    let readme = capi::read(&home.join("smtp-codes/bindings").join(language).join("README.md"))?;
    let steps = steps(&readme);
    let folder = home.join(language);
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut printed = String::new();
    for step in &steps {
        match step {
            Step::File(name, text) => {
                let path = folder.join(name);
                fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            }
            Step::Shell(commands) => {
                let commands = commands.replace("/usr/local", &prefix.display().to_string());
                printed = shell(&commands, &folder, prefix)?;
                if !printed.contains(DIAGNOSIS) {
                    bail!("no first diagnosis: {DIAGNOSIS} is not in what was printed:\n{printed}\n{commands}");
                }
            }
        }
    }
    if printed.is_empty() {
        bail!("the README has no commands");
    }
    Ok(steps.len())
}

fn shell(commands: &str, folder: &Path, prefix: &Path) -> anyhow::Result<String> {
    let mut command = Command::new("sh");
    command.args(["-e", "-c", commands]).current_dir(folder);
    // What `ldconfig` and the compiler's own folders do for /usr/local.
    command
        .env("LD_LIBRARY_PATH", prefix.join("lib"))
        .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"))
        .env_remove("SMTP_CODES_LIBRARY")
        .env("GOFLAGS", "-mod=mod")
        .env("GOPROXY", "off");
    if let Some(headers) = node_headers() {
        command.env("npm_config_nodedir", headers);
    }
    let output = command.output().context("cannot run sh")?;
    if !output.status.success() {
        bail!(
            "{}\n{commands}\n{}{}",
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The folder above Node's headers, so that node-gyp need not fetch any.
fn node_headers() -> Option<PathBuf> {
    let output = Command::new("node").args(["-p", "process.execPath"]).output().ok()?;
    let program = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    let folder = program.parent()?.parent()?;
    let candidates = [folder.to_path_buf(), PathBuf::from("/usr")];
    candidates
        .into_iter()
        .find(|folder| folder.join("include/node/node_api.h").exists())
}

#[derive(Debug, PartialEq)]
enum Step {
    File(String, String),
    Shell(String),
}

/// What a README says to do before its first heading below the title.
fn steps(readme: &str) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut named = None;
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            break;
        }
        if let Some(kind) = line.strip_prefix("```") {
            let block: String = lines
                .by_ref()
                .take_while(|line| *line != "```")
                .map(|line| format!("{line}\n"))
                .collect();
            match (named.take(), kind) {
                (Some(name), _) => steps.push(Step::File(name, block)),
                (None, "sh") => steps.push(Step::Shell(block)),
                _ => {}
            }
        } else if !line.is_empty() {
            named = line
                .strip_suffix("`:")
                .and_then(|line| line.rsplit('`').next())
                .map(str::to_owned);
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::{Step, steps};

    #[test]
    fn files_and_commands_are_steps_and_illustrations_are_not() {
        let readme = "# A\n\nIn a folder, `a.c`:\n\n```c\nint x;\n```\n\n```sh\ncc a.c\n./a\n```\n\nOr so:\n\n```c\nint y;\n```\n\n## B\n\n```sh\nrm -r x\n```\n";
        assert_eq!(
            steps(readme),
            [
                Step::File("a.c".into(), "int x;\n".into()),
                Step::Shell("cc a.c\n./a\n".into())
            ]
        );
    }
}
