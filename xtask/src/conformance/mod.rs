//! Every binding over every vector: the same JSON, to the byte, as the engine gives in Rust.
//!
//! A language brings a script, `bindings/LANG/conformance.sh`, that builds what there is to build and runs
//! an adapter: vectors come in on standard input, one JSON object on a line (`n`, `reply_b64` and, where
//! told, `provider`, `mx`, `recipient`, `command`; no text needs an escape), diagnoses go out on standard
//! output, one on a line. The adapter is run twice. With `json` it writes what the library composes, with
//! `id` set to `n`: these must be the engine's bytes. With `fields` it composes the same object out of its
//! own values, which proves that the binding reads every member as it is: these must be the same JSON.

mod languages;
pub(crate) mod python;
mod readme;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use anyhow::{Context as _, bail};
use clap::Args;
use smtp_codes_catalog::compile::vectors::Vector;
use smtp_codes_catalog::model::Model;

use crate::capi;
use crate::chores::catalogue::{Checked, checked, load};
use crate::site::engine;
use crate::{wasm, write};
use languages::{LANGUAGES, Language};

/// Run every vector through the bindings of every language.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The languages, by the names of their folders in `bindings`; all of them where none is named.
    languages: Vec<String>,
    /// Instead of the vectors: what the README of each language says to do in an empty folder.
    #[arg(long)]
    readme: bool,
    /// Instead of the vectors: Python's own tests, the recipes for table engines, and ClickHouse's protocol.
    #[arg(long, conflicts_with_all = ["readme", "languages"])]
    recipes: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let names = &arguments.languages;
    if let Some(name) = names
        .iter()
        .find(|name| !LANGUAGES.iter().any(|language| language.name == name.as_str()))
    {
        let known: Vec<_> = LANGUAGES.iter().map(|language| language.name).collect();
        bail!("there is no binding for {name}; there are {}", known.join(", "));
    }
    if arguments.recipes {
        return python::recipes();
    }
    if arguments.readme {
        return readme::run(names);
    }
    let chosen = |name: &str| names.is_empty() || names.iter().any(|chosen| chosen == name);
    let built = capi::build()?;
    let folder = capi::target_dir().join("conformance");
    let prefix = folder.join("prefix");
    capi::install(&built, &prefix, None)?;
    let model = model()?;
    if chosen(languages::WASM)
        && let Some(module) = wasm::build()?
    {
        write::write(
            &prefix.join(languages::PAGE),
            &engine::emit(&module, &model),
            &[],
            false,
        )
        .context("cannot write the scripts for web pages")?;
    }
    let (feed, expected) = vectors(&model)?;
    let feed_path = keep(&feed, &folder)?;
    println!("{} vectors: {}", expected.len(), feed_path.display());
    let mut failed = false;
    for language in LANGUAGES.iter().filter(|language| chosen(language.name)) {
        let outcome = one(language, &folder, &prefix, &feed, &expected);
        failed |= outcome.tell(language.name);
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

enum Outcome {
    /// What was done.
    Passed(String),
    Failed(String),
    NotRun(String),
}

impl Outcome {
    /// Says how it ended, and whether that is a failure.
    fn tell(&self, name: &str) -> bool {
        match self {
            Self::Passed(what) => println!("{name}: {what}"),
            Self::Failed(why) => println!("{name}: failed: {why}"),
            Self::NotRun(why) => println!("{name}: not run: {why}"),
        }
        match self {
            Self::Passed(_) => false,
            Self::Failed(_) => true,
            Self::NotRun(_) => std::env::var_os("CI").is_some(),
        }
    }
}

fn model() -> anyhow::Result<Model> {
    let Checked { model: Some(model), .. } = checked(|| load(Vec::new())) else {
        bail!("the catalogue cannot be compiled: see `cargo xtask check`");
    };
    Ok(model)
}

/// What goes in, and the lines that must come out.
fn vectors(model: &Model) -> anyhow::Result<(Vec<u8>, Vec<String>)> {
    let mut feed = Vec::new();
    let mut expected = Vec::new();
    let tables = model.tables();
    let engine = smtp_codes::Engine::new(&tables);
    for (number, vector) in model.vectors.iter().enumerate() {
        feed.extend(line(number, vector)?);
        let mut json = String::new();
        engine
            .diagnose(&vector.query())
            .write_json(&mut json, Some(&number.to_string()))
            .context("a string takes everything")?;
        expected.push(json);
    }
    Ok((feed, expected))
}

/// Writes what adapters read into a folder, and says where it is.
pub(crate) fn write_feed(folder: &Path) -> anyhow::Result<PathBuf> {
    keep(&vectors(&model()?)?.0, folder)
}

fn keep(feed: &[u8], folder: &Path) -> anyhow::Result<PathBuf> {
    let path = folder.join("vectors.jsonl");
    fs::write(&path, feed).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

fn line(number: usize, vector: &Vector) -> anyhow::Result<Vec<u8>> {
    let mut text = format!("{{\"n\":{number},\"reply_b64\":\"{}\"", base64(&vector.reply));
    let told = [
        ("provider", vector.provider.as_deref()),
        ("mx", vector.mx.as_deref()),
        ("recipient", vector.recipient.as_deref()),
        ("command", vector.command.map(smtp_codes::Command::slug)),
    ];
    for (key, value) in told {
        if let Some(value) = value {
            if value.bytes().any(|byte| byte == b'"' || byte == b'\\' || byte < b' ') {
                bail!(
                    "the {key} of the vector at number {number} needs an escape, which adapters do not read: {value:?}"
                );
            }
            text.push_str(&format!(",\"{key}\":\"{value}\""));
        }
    }
    text.push_str("}\n");
    Ok(text.into_bytes())
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            if place <= chunk.len() {
                text.push(char::from(LETTERS[(bits >> (18 - 6 * place) & 63) as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

fn one(language: &Language, folder: &Path, prefix: &Path, feed: &[u8], expected: &[String]) -> Outcome {
    if let Some(why) = languages::lacks(language.needs) {
        return Outcome::NotRun(why);
    }
    if language.name == languages::WASM && !prefix.join(languages::PAGE).exists() {
        return Outcome::NotRun("no target wasm32-unknown-unknown (rustup target add wasm32-unknown-unknown, or apt-get install rustc-web rust-web-src)".into());
    }
    for mode in ["json", "fields"] {
        let lines = match adapter(language, mode, folder, prefix, feed) {
            Ok(lines) => lines,
            Err(error) => return Outcome::Failed(format!("{mode}: {error:#}")),
        };
        if let Some(why) = difference(mode, &lines, expected) {
            return Outcome::Failed(format!("{mode}: {why}"));
        }
    }
    Outcome::Passed(format!("{} passed, 0 failed", expected.len()))
}

/// The lines that an adapter writes.
fn adapter(language: &Language, mode: &str, folder: &Path, prefix: &Path, feed: &[u8]) -> anyhow::Result<Vec<String>> {
    let home = crate::root().join("bindings").join(language.name);
    let build = folder.join(language.name);
    fs::create_dir_all(&build).with_context(|| format!("cannot make {}", build.display()))?;
    let mut command = Command::new("sh");
    command.arg("conformance.sh").arg(mode).current_dir(&home);
    command
        .env("SMTP_CODES_PREFIX", prefix)
        .env("SMTP_CODES_LIBRARY", prefix.join("lib/libsmtp_codes.so"))
        .env("SMTP_CODES_BUILD", &build);
    command
        .env("LD_LIBRARY_PATH", prefix.join("lib"))
        .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("cannot run {command:?}"))?;
    let mut input = child.stdin.take().context("the adapter has no standard input")?;
    let output = thread::scope(|scope| {
        // An adapter that ends early says why itself; that it no longer reads is not the news.
        scope.spawn(move || input.write_all(feed).ok());
        child.wait_with_output()
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let tail: Vec<&str> = said.lines().rev().take(12).collect();
        bail!(
            "{}\n{}",
            output.status,
            tail.into_iter().rev().collect::<Vec<_>>().join("\n")
        );
    }
    let text = String::from_utf8(output.stdout).context("the output is not UTF-8")?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// What differs; `None` where nothing does.
fn difference(mode: &str, lines: &[String], expected: &[String]) -> Option<String> {
    if lines.len() != expected.len() {
        return Some(format!(
            "{} vectors went in, {} lines came out",
            expected.len(),
            lines.len()
        ));
    }
    let same = |line: &String, expected: &String| {
        if mode == "json" {
            return line == expected;
        }
        let parsed: Result<(serde_json::Value, serde_json::Value), _> =
            serde_json::from_str(line).and_then(|line| Ok((line, serde_json::from_str(expected)?)));
        parsed.is_ok_and(|(line, expected)| line == expected)
    };
    let pairs = lines.iter().zip(expected).enumerate();
    let wrong: Vec<usize> = pairs
        .filter(|(_, (line, expected))| !same(line, expected))
        .map(|(number, _)| number)
        .collect();
    let first = *wrong.first()?;
    Some(format!(
        "{} passed, {} failed; the first is vector {first}\n  expected {}\n  found    {}",
        expected.len() - wrong.len(),
        wrong.len(),
        expected[first],
        lines[first]
    ))
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_as_in_the_rfc() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
