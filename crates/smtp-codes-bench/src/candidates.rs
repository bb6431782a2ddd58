//! What is measured: the parts of a diagnosis, and scanners that could stand in for its matcher.

use std::hint::black_box;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use anyhow::{Context as _, Result, bail};
use daachorse::{CharwiseDoubleArrayAhoCorasick, DoubleArrayAhoCorasick};
use regex::bytes::{RegexSet, RegexSetBuilder};
use smtp_codes::lookup::Codes;
use smtp_codes::matcher::{self, Words};
use smtp_codes::{Engine, Query, builtin, extract, reply};

/// Reads one reply; says how much it found.
type Work = dyn FnMut(&[u8]) -> usize;

/// One thing that can be done with a reply. The number it gives keeps the work from being left out.
pub struct Candidate {
    /// What it is called in tables.
    pub name: &'static str,
    /// Bytes on the heap, or in the tables it reads; 0 where that does not apply.
    pub bytes: usize,
    work: Box<Work>,
}

impl Candidate {
    fn new(name: &'static str, bytes: usize, work: impl FnMut(&[u8]) -> usize + 'static) -> Self {
        Self {
            name,
            bytes,
            work: Box::new(work),
        }
    }

    /// Does it once for each reply.
    #[inline(never)]
    pub fn measured_pass(&mut self, replies: &[Vec<u8>]) -> usize {
        replies
            .iter()
            .map(|reply| black_box((self.work)(black_box(reply))))
            .fold(0, usize::wrapping_add)
    }
}

/// The names that [`candidate`] knows.
pub const NAMES: &[&str] = &[
    "diagnose",
    "parse",
    "words",
    "match",
    "infer",
    "extract",
    "nfa",
    "nfa-first",
    "dfa",
    "daachorse",
    "word-automaton",
    "regex-set",
    "regex-set-64",
];

/// Makes the candidate of a name, from the literal pieces and expressions of the signatures.
///
/// # Errors
///
/// Where there is no such candidate, or its library refuses the pieces.
pub fn candidate(name: &str, texts: &[String], expressions: &[String]) -> Result<Candidate> {
    let tables = builtin();
    let automaton = |kind| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(kind))
            .match_kind(MatchKind::Standard)
            .build(texts)
            .context("aho-corasick takes the pieces")
    };
    Ok(match name {
        "diagnose" => {
            let engine = Engine::new(tables);
            Candidate::new("complete diagnosis", matching_bytes(), move |reply| {
                usize::from(engine.diagnose(&Query::new(reply)).reason.number())
            })
        }
        "parse" => Candidate::new("· read the reply", 0, move |reply| {
            reply::read(reply, Some(tables)).text.len()
        }),
        "words" => Candidate::new("· cut and look up words", 0, move |reply| {
            Words::read(reply, None, &tables.vocabulary).numbers().len()
        }),
        "match" => Candidate::new("· cut words and match", matching_bytes(), move |reply| {
            let words = Words::read(reply, None, &tables.vocabulary);
            usize::from(matcher::find(words.numbers(), tables).iter().next().unwrap_or(0))
        }),
        "infer" => Candidate::new("· cut words and weigh them", 0, move |reply| {
            let words = Words::read(reply, None, &tables.vocabulary);
            tables
                .model
                .infer(words.numbers(), &Codes::default(), tables)
                .map_or(0, |inference| usize::from(inference.reason.number()))
        }),
        "extract" => Candidate::new("· extract", 0, move |reply| {
            extract::extract(reply).retry_after_s.unwrap_or(0) as usize
        }),
        "nfa" => {
            let automaton = automaton(AhoCorasickKind::ContiguousNFA)?;
            Candidate::new(
                "aho-corasick, contiguous NFA, all matches",
                automaton.memory_usage(),
                move |reply| automaton.find_overlapping_iter(reply).count(),
            )
        }
        "nfa-first" => {
            let automaton = automaton(AhoCorasickKind::ContiguousNFA)?;
            Candidate::new(
                "aho-corasick, contiguous NFA, matches that do not overlap",
                automaton.memory_usage(),
                move |reply| automaton.find_iter(reply).count(),
            )
        }
        "dfa" => {
            let automaton = automaton(AhoCorasickKind::DFA)?;
            Candidate::new(
                "aho-corasick, DFA, all matches",
                automaton.memory_usage(),
                move |reply| automaton.find_overlapping_iter(reply).count(),
            )
        }
        "daachorse" => {
            let automaton = DoubleArrayAhoCorasick::<u32>::new(texts)
                .ok()
                .context("daachorse takes the pieces")?;
            let mut lower = Vec::new();
            Candidate::new(
                "daachorse over bytes, with a lower-case copy",
                automaton.heap_bytes(),
                move |reply| {
                    lower.clear();
                    lower.extend(reply.iter().map(u8::to_ascii_lowercase));
                    automaton.find_overlapping_iter(&lower).count()
                },
            )
        }
        "word-automaton" => {
            // A word is a character of its own: its number above the Basic Multilingual Plane.
            let letter = |number: u16| char::from_u32(0x1_0000 + u32::from(number)).unwrap_or('?');
            let number = |word: &str| tables.vocabulary.number(word.as_bytes());
            let mut rows: Vec<String> = texts
                .iter()
                .map(|text| text.split(' ').map(|word| letter(number(word))).collect())
                .collect();
            rows.sort_unstable();
            rows.dedup();
            let automaton = CharwiseDoubleArrayAhoCorasick::<u32>::new(rows)
                .ok()
                .context("daachorse takes the pieces")?;
            let mut row = String::new();
            Candidate::new(
                "Aho-Corasick over word numbers (daachorse)",
                automaton.heap_bytes(),
                move |reply| {
                    let words = Words::read(reply, None, &tables.vocabulary);
                    row.clear();
                    row.extend(words.numbers().iter().map(|number| letter(*number)));
                    automaton.find_overlapping_iter(&row).count()
                },
            )
        }
        "regex-set" => set("RegexSet, default cache", None, expressions)?,
        "regex-set-64" => set("RegexSet, 64 MB cache", Some(64 << 20), expressions)?,
        _ => bail!("there is no candidate `{name}`; there are {}", NAMES.join(", ")),
    })
}

fn set(name: &'static str, cache: Option<usize>, expressions: &[String]) -> Result<Candidate> {
    let mut builder = RegexSetBuilder::new(expressions);
    builder.case_insensitive(true).unicode(false).size_limit(1 << 30);
    if let Some(bytes) = cache {
        builder.dfa_size_limit(bytes);
    }
    let set: RegexSet = builder.build()?;
    Ok(Candidate::new(name, 0, move |reply| set.matches(reply).iter().count()))
}

/// The bytes of the tables that matching and weighing read.
#[must_use]
pub fn matching_bytes() -> usize {
    let tables = builtin();
    let (trie, graph, model) = (&tables.trie, &tables.graph, &tables.model);
    [
        size_of_val(tables.vocabulary.buckets),
        size_of_val(tables.vocabulary.starts),
        size_of_val(tables.vocabulary.marks),
        size_of_val(tables.vocabulary.lens),
        size_of_val(tables.vocabulary.bytes),
        size_of_val(trie.roots),
        size_of_val(trie.nodes),
        size_of_val(graph.starts),
        size_of_val(graph.program),
        size_of_val(graph.simple),
        size_of_val(tables.patterns),
        size_of_val(tables.ranks),
        size_of_val(tables.guarded),
        size_of_val(tables.guards),
        size_of_val(tables.rules),
        size_of_val(tables.limits),
        size_of_val(tables.conditions),
        size_of_val(model.bias),
        size_of_val(model.word_runs),
        size_of_val(model.concept_runs),
        size_of_val(model.pair_slots),
        size_of_val(model.pairs),
        size_of_val(model.pair_runs),
        size_of_val(model.weights),
        size_of_val(model.calibration),
    ]
    .into_iter()
    .sum()
}
