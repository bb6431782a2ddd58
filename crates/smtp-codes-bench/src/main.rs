//! `cargo run --release -p smtp-codes-bench`: everything in one run, as the tables of `docs/benchmarks.md`.
//!
//! `… -- prepare` writes what `… -- count CANDIDATE` needs, which runs a candidate over the direct replies for a
//! profiler, once or as often as is said:
//! `valgrind --tool=callgrind --toggle-collect='*measured_pass*' target/release/smtp-codes-bench count diagnose`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};
use smtp_codes_bench::candidates::{Candidate, candidate, matching_bytes};
use smtp_codes_bench::corpus::{self, Set};
use smtp_codes_bench::measure::in_turns;
use smtp_codes_bench::pieces::Pieces;
use smtp_codes_bench::{hostile, lookup};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => all(Duration::from_secs(20)),
        ["quick"] => all(Duration::from_secs(2)),
        ["prepare"] => prepare(),
        ["count", name] => count(name, 1),
        ["count", name, passes] => count(name, passes.parse()?),
        _ => bail!("usage: smtp-codes-bench [quick | prepare | count CANDIDATE [PASSES]]"),
    }
}

/// Where `prepare` leaves its files.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/bench")
}

fn prepare() -> Result<()> {
    let catalogue = corpus::catalogue();
    let [direct, ..] = corpus::sets(&catalogue);
    let pieces = Pieces::of(&catalogue);
    let bytes = |texts: Vec<String>| texts.into_iter().map(String::into_bytes).collect::<Vec<_>>();
    std::fs::create_dir_all(folder())?;
    corpus::write(&folder().join("direct"), &direct.replies)?;
    corpus::write(&folder().join("texts"), &bytes(pieces.texts()))?;
    corpus::write(&folder().join("expressions"), &bytes(pieces.expressions()))?;
    println!("{} replies, {} bytes", direct.replies.len(), direct.bytes());
    Ok(())
}

fn count(name: &str, passes: usize) -> Result<()> {
    let texts = |name: &str| -> Result<Vec<String>> {
        Ok(corpus::read(&folder().join(name))?
            .into_iter()
            .map(|text| String::from_utf8_lossy(&text).into_owned())
            .collect())
    };
    let replies = corpus::read(&folder().join("direct"))?;
    let mut candidate = candidate(name, &texts("texts")?, &texts("expressions")?)?;
    let sum = (0..passes)
        .map(|_| candidate.measured_pass(&replies))
        .fold(0, usize::wrapping_add);
    println!("{}: {} replies, {passes} times, {sum}", candidate.name, replies.len());
    Ok(())
}

fn all(budget: Duration) -> Result<()> {
    let catalogue = corpus::catalogue();
    let sets = corpus::sets(&catalogue);
    let pieces = Pieces::of(&catalogue);
    let (texts, expressions) = (pieces.texts(), pieces.expressions());
    println!(
        "{} literal pieces and idioms, {} expressions; tables for matching and weighing: {} bytes\n",
        texts.len(),
        expressions.len(),
        matching_bytes()
    );
    let make = |names: &[&str]| {
        names
            .iter()
            .map(|name| candidate(name, &texts, &expressions))
            .collect::<Result<Vec<_>>>()
    };
    let names = [
        "nfa",
        "diagnose",
        "parse",
        "words",
        "match",
        "infer",
        "extract",
        "nfa-first",
        "dfa",
        "daachorse",
        "word-automaton",
    ];
    for set in &sets {
        scan(set, make(&names)?, budget);
    }
    // A set this large outgrows its cache: a few replies are enough to see it.
    let few = Set {
        name: "every 100th direct reply",
        replies: sets[0].replies.iter().step_by(100).cloned().collect(),
    };
    scan(
        &few,
        make(&["nfa", "diagnose", "regex-set", "regex-set-64"])?,
        budget / 4,
    );
    lookups(budget / 4);
    hostile_texts(&sets[0], &pieces, make(&["diagnose", "nfa"])?, budget / 20);
    lengths(&sets[0], make(&["diagnose", "nfa"])?);
    Ok(())
}

fn scan(set: &Set, mut candidates: Vec<Candidate>, budget: Duration) {
    let (count, bytes) = (set.replies.len(), set.bytes());
    println!("### {}: {count}, {} bytes each\n", set.name, bytes / count.max(1));
    println!("| what | ns, best round | ns, median round | to the NFA | bytes |\n|---|---:|---:|---:|---:|");
    let took = in_turns(&mut candidates, count, budget, |candidate| {
        candidate.measured_pass(&set.replies)
    });
    let base = took[0].best;
    for (candidate, took) in candidates.iter().zip(&took) {
        let size = if candidate.bytes == 0 {
            String::new()
        } else {
            candidate.bytes.to_string()
        };
        println!(
            "| {} | {:.0} | {:.0} | {:.2} | {size} |",
            candidate.name,
            took.best,
            took.median,
            took.best / base
        );
    }
    println!();
}

fn lookups(budget: Duration) {
    println!("### Looking up codes\n\n| what | ns, best round | ns, median round |\n|---|---:|---:|");
    let mut lookups = lookup::lookups();
    let took = in_turns(&mut lookups, lookup::CODES, budget, |(_, lookup)| lookup());
    for ((name, _), took) in lookups.iter().zip(&took) {
        println!("| {name} | {:.2} | {:.2} |", took.best, took.median);
    }
    println!();
}

fn hostile_texts(direct: &Set, pieces: &Pieces, mut candidates: Vec<Candidate>, budget: Duration) {
    let mut lengths: Vec<usize> = direct.replies.iter().map(Vec::len).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    // Real replies of the median length, give or take a tenth: what a hostile text of that length is held to.
    let usual: Vec<Vec<u8>> = direct
        .replies
        .iter()
        .filter(|reply| reply.len().abs_diff(median) <= median / 10)
        .cloned()
        .collect();
    println!(
        "### Hostile texts of {median} bytes\n\n| text | diagnosis, ns | to a real reply | NFA, ns | to a real reply |\n|---|---:|---:|---:|---:|"
    );
    let base: Vec<f64> = in_turns(&mut candidates, usual.len(), budget, |candidate| {
        candidate.measured_pass(&usual)
    })
    .iter()
    .map(|took| took.best)
    .collect();
    println!(
        "| {} real replies | {:.0} | 1.00 | {:.0} | 1.00 |",
        usual.len(),
        base[0],
        base[1]
    );
    for (name, text) in hostile::texts(pieces, median) {
        let many = vec![text; 64];
        let took = in_turns(&mut candidates, many.len(), budget, |candidate| {
            candidate.measured_pass(&many)
        });
        println!(
            "| {name} | {:.0} | {:.2} | {:.0} | {:.2} |",
            took[0].best,
            took[0].best / base[0],
            took[1].best,
            took[1].best / base[1]
        );
    }
    println!();
}

fn lengths(direct: &Set, mut candidates: Vec<Candidate>) {
    println!(
        "### Long texts: direct replies one behind the other, a line each\n\n| bytes | diagnosis, ns for each byte | NFA, ns for each byte |\n|---:|---:|---:|"
    );
    let longest = 100_000_000;
    let text: Vec<u8> = direct.replies.join(&b'\n').into_iter().cycle().take(longest).collect();
    for length in [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, longest] {
        let piece = vec![text[..length].to_vec()];
        let took = in_turns(&mut candidates, length, Duration::from_millis(300), |candidate| {
            candidate.measured_pass(&piece)
        });
        println!("| {length} | {:.2} | {:.2} |", took[0].best, took[1].best);
    }
    println!();
}
