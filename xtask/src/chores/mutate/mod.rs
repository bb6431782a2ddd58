//! `mutate`: breaks one value of the catalogue at a time, and reports what nobody notices.
//!
//! It measures how safe an edit of the catalogue is. Each mutant is one small mistake in the text of
//! one file, such as people make; it counts as caught when the checks or a vector say something that
//! they do not say about the catalogue as it is.

mod breakers;
mod random;
mod values;

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context as _;
use clap::Args;
use smtp_codes_catalog::check::{self, Extent};
use smtp_codes_catalog::files::{Files, SourceFile};
use smtp_codes_catalog::load::{Loaded, load_files};
use smtp_codes_catalog::model::Model;
use smtp_codes_catalog::report::{Code, Diagnostics, Label, Severity};

use super::catalogue::{Checked, checked, load};
use breakers::{BREAKERS, Mutant};
use random::Random;
use values::Values;

/// Break the catalogue one value at a time, and list what no check and no vector notices.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many mutants to try.
    #[arg(long, default_value_t = 500)]
    count: usize,
    /// Where the series of mutants starts: the same seed gives the same mutants.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Try only mistakes of this kind.
    #[arg(long)]
    kind: Option<String>,
    /// Fail below this share, in percent.
    #[arg(long, default_value_t = 95.0)]
    at_least: f64,
}

/// What is said about a catalogue: the code, the message, and the value it points at with the word about it.
/// Lines do not count, since a mistake moves them.
type Findings = BTreeSet<(Code, String, String)>;

fn findings(files: &Files, found: &Diagnostics) -> Findings {
    let place = |label: &Label| format!("{} {}", files.text(label.span), label.text);
    found
        .iter()
        .map(|one| {
            (
                one.code,
                one.message.clone(),
                one.primary.as_ref().map(place).unwrap_or_default(),
            )
        })
        .collect()
}

/// A mutant and what came of it: the first thing that was said, if anything was.
struct Result {
    mutant: Mutant,
    caught: Option<Code>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let Checked {
        files, found, model, ..
    } = checked(|| load(Vec::new()));
    let model = model.context("the catalogue is too broken to be compiled: see `cargo xtask check`")?;
    if found.has_errors() {
        eprintln!(
            "The catalogue has {} errors already; only others count.",
            found.count(Severity::Error)
        );
    }
    let mut base = findings(&files, &found);
    base.extend(findings(&files, &check::hints(&model)));
    let mutants = mutants(&files, arguments)?;
    let results = try_all(mutants, &files, &model, &base);
    report(&results);
    let caught = results.iter().filter(|result| result.caught.is_some()).count();
    let share = caught as f64 * 100.0 / results.len().max(1) as f64;
    println!(
        "\n{caught} of {} mutants caught: {share:.1} % (seed {}, {:.0} s)",
        results.len(),
        arguments.seed,
        start.elapsed().as_secs_f64()
    );
    Ok(if share < arguments.at_least {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The mutants of a seed: kinds of mistakes take turns, places are drawn.
fn mutants(files: &Files, arguments: &Arguments) -> anyhow::Result<Vec<Mutant>> {
    let values = Values::of(files);
    let kinds: Vec<_> = BREAKERS
        .iter()
        .filter(|breaker| arguments.kind.as_deref().is_none_or(|kind| kind == breaker.name))
        .collect();
    if kinds.is_empty() {
        let names: Vec<_> = BREAKERS.iter().map(|breaker| breaker.name).collect();
        anyhow::bail!("there is no such kind of mistake; one of: {}", names.join(", "));
    }
    let mut random = Random::new(arguments.seed);
    let mut mutants = Vec::new();
    // A draw may find nothing to break; that many in a row means that there is nothing.
    let mut misses = 0;
    while mutants.len() < arguments.count && misses < 1000 {
        let breaker = kinds[mutants.len() % kinds.len()];
        match breaker.mutant(&values, &mut random) {
            Some(mutant) => {
                mutants.push(mutant);
                misses = 0;
            }
            None => misses += 1,
        }
    }
    Ok(mutants)
}

/// Tries every mutant, on as many threads as the machine has.
fn try_all(mutants: Vec<Mutant>, files: &Files, model: &Model, base: &Findings) -> Vec<Result> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let verdicts = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(mutant) = mutants.get(index) else { return };
                    let verdict = notice(mutant, files, model, base);
                    verdicts
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .insert(index, verdict);
                }
            });
        }
    });
    let mut verdicts = verdicts.into_inner().unwrap_or_else(PoisonError::into_inner);
    let verdict = |(index, mutant)| Result {
        mutant,
        caught: verdicts.remove(&index).flatten(),
    };
    mutants.into_iter().enumerate().map(verdict).collect()
}

/// What is said about a mutant that is not said about the catalogue as it is.
fn notice(mutant: &Mutant, files: &Files, model: &Model, base: &Findings) -> Option<Code> {
    let texts = files.iter().map(|(id, file)| {
        if id == mutant.file {
            SourceFile::new(file.path(), mutant.text.as_str())
        } else {
            file.clone()
        }
    });
    let loaded = load_files(texts.collect());
    let found = check::all(&loaded, Extent::Complete);
    let Loaded { files, catalogue, .. } = loaded;
    let first_new = |found: &Diagnostics| findings(&files, found).difference(base).next().map(|(code, ..)| *code);
    if let Some(code) = first_new(&found) {
        return Some(code);
    }
    // What was learned stays: a vector more or less hardly moves it, and learning takes longest.
    let mutated = Model::with_learned(catalogue, model);
    first_new(&check::compiled(&mutated)).or_else(|| first_new(&check::hints(&mutated)))
}

fn report(results: &[Result]) {
    println!("{:<32} {:>7} {:>7}", "kind of mistake", "mutants", "caught");
    for breaker in BREAKERS {
        let of_kind: Vec<_> = results
            .iter()
            .filter(|result| result.mutant.kind == breaker.name)
            .collect();
        if !of_kind.is_empty() {
            let caught = of_kind.iter().filter(|result| result.caught.is_some()).count();
            println!("{:<32} {:>7} {:>7}", breaker.name, of_kind.len(), caught);
        }
    }
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for code in results.iter().filter_map(|result| result.caught) {
        *by_code.entry(code.slug()).or_default() += 1;
    }
    let codes: Vec<_> = by_code.iter().map(|(code, count)| format!("{code} {count}")).collect();
    let hints = results
        .iter()
        .filter_map(|result| result.caught)
        .filter(|code| code.is_hint())
        .count();
    println!("caught by: {}", codes.join(", "));
    println!("of these, only by hints (`cargo xtask check --hints`): {hints}");
    println!("\nnot caught:");
    for result in results.iter().filter(|result| result.caught.is_none()) {
        println!(
            "  {}: {}: {}",
            result.mutant.place, result.mutant.kind, result.mutant.change
        );
    }
}
