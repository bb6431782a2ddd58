//! The promises of the design, over every vector and over what is made of them.
//!
//! `SMTP_CODES_REPLIES=10000000 cargo test --release -p smtp-codes-catalog --test promises` tries more replies.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};

use smtp_codes::decide::{History, Step};
use smtp_codes::{Address, Basis, Diagnosis, Engine, Query, Reason};
use smtp_codes_catalog::oracle::{Clothes, Generator, Random};
use support::{MODEL, TABLES, on_all_threads, replies};

fn suppresses(address: Address) -> bool {
    matches!(address, Address::Suppress | Address::SuppressDomain)
}

/// Histories at and around every threshold, and beyond all of them.
fn histories() -> Vec<History> {
    let mut histories = Vec::new();
    for failures in [1, 2, 3, 5, 8, 100, u32::MAX] {
        for ever_delivered in [None, Some(false), Some(true)] {
            for share in [None, Some(0), Some(100)] {
                for elapsed_s in [0, 86_400, u32::MAX] {
                    let mut history = History::after_failures(failures);
                    history.ever_delivered = ever_delivered;
                    history.domain_share_percent = share;
                    history.elapsed_s = elapsed_s;
                    histories.push(history);
                }
            }
        }
    }
    histories
}

/// What must hold of any diagnosis.
fn keep_promises(diagnosis: &Diagnosis<'_>, histories: &[History]) {
    let shown = || String::from_utf8_lossy(diagnosis.reply.text).into_owned();
    let spared = diagnosis.reason.is_sender_fault() || diagnosis.reason == Reason::Unknown;
    assert!(
        !(spared && suppresses(diagnosis.address)),
        "{} suppresses: {}",
        diagnosis.reason,
        shown()
    );
    // A code that says no cause ("550" alone) keeps the address; only wording, or an enhanced code about the
    // address, may ask for a look at it.
    let nobody_speaks = matches!(diagnosis.basis, Basis::None | Basis::Class | Basis::Basic);
    if diagnosis.reason == Reason::Unknown {
        let kept = diagnosis.address == Address::Keep
            || (!nobody_speaks && matches!(diagnosis.address, Address::Watch | Address::Verify));
        assert!(
            kept,
            "unknown is to keep the address, not to {}: {}",
            diagnosis.address,
            shown()
        );
    }
    // Weighed words alone suppress only with a wide margin.
    if diagnosis.basis == Basis::Inferred && suppresses(diagnosis.address) {
        assert!(diagnosis.confidence >= 90, "{}", shown());
    }
    assert_eq!(diagnosis.rule.is_some(), diagnosis.basis != Basis::None, "{}", shown());
    if diagnosis.rule.is_some() {
        assert!(
            diagnosis.sources().next().is_some(),
            "a diagnosis without a source: {}",
            shown()
        );
        assert!(
            !diagnosis.summary().is_empty(),
            "a diagnosis without a summary: {}",
            shown()
        );
    }
    for history in histories {
        let decision = diagnosis.decide(history);
        assert!(
            !(spared && (suppresses(decision.address) || decision.step == Step::Suppress)),
            "{} is suppressed after {history:?}: {}",
            diagnosis.reason,
            shown()
        );
        assert!(
            decision.retry_in_s.is_none_or(|(earliest, latest)| earliest <= latest),
            "{}",
            shown()
        );
    }
}

#[test]
fn vectors_keep_every_promise_after_any_history() {
    let (engine, histories) = (Engine::new(&TABLES), histories());
    for vector in &MODEL.vectors {
        keep_promises(&engine.diagnose(&vector.query()), &histories);
        keep_promises(&engine.diagnose(&Query::new(&vector.reply)), &histories);
    }
}

/// Whoever is said to have answered, and to whatever command.
#[test]
fn hints_break_no_promise() {
    let engine = Engine::new(&TABLES);
    let providers: Vec<&str> = TABLES
        .providers
        .iter()
        .map(|provider| TABLES.text(provider.slug))
        .collect();
    let histories = [History::default(), History::after_failures(100)];
    for (index, vector) in MODEL.vectors.iter().enumerate() {
        for offset in 0..8 {
            let provider = providers[(index + offset * 31) % providers.len()];
            let command = smtp_codes::Command::ALL[(index + offset) % smtp_codes::Command::ALL.len()];
            let query = Query {
                provider: Some(provider),
                command: Some(command),
                ..Query::new(&vector.reply)
            };
            keep_promises(&engine.diagnose(&query), &histories);
        }
    }
}

#[test]
fn generated_replies_keep_every_promise() {
    let vectors: Vec<&[u8]> = MODEL.vectors.iter().map(|vector| vector.reply.as_slice()).collect();
    let tried = AtomicU64::new(0);
    let total = replies(1_000_000);
    on_all_threads(total, |seed, count| {
        let engine = Engine::new(&TABLES);
        let histories = [
            History::default(),
            History::after_failures(3),
            History::after_failures(u32::MAX),
        ];
        let mut generator = Generator::new(seed, vectors.clone());
        let mut reply = Vec::new();
        for _ in 0..count {
            generator.next_into(&mut reply);
            keep_promises(&engine.diagnose(&Query::new(&reply)), &histories);
        }
        tried.fetch_add(count, Ordering::Relaxed);
    });
    assert_eq!(tried.into_inner(), total);
}

/// Every prefix of every vector, as a column of a database cuts it.
#[test]
fn prefixes_keep_every_promise() {
    let (engine, histories) = (Engine::new(&TABLES), [History::after_failures(100)]);
    for vector in MODEL.vectors.iter().step_by(4) {
        for end in 0..vector.reply.len() {
            keep_promises(&engine.diagnose(&Query::new(&vector.reply[..end])), &histories);
        }
    }
}

/// Binary data spells known words by chance; nothing may be inferred from them.
#[test]
fn chance_says_no_reason() {
    let engine = Engine::new(&TABLES);
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let noise: Vec<u8> = (0..500).flat_map(|_| random.number().to_le_bytes()).collect();
        let diagnosis = engine.diagnose(&Query::new(&noise));
        assert_ne!(diagnosis.basis, Basis::Inferred, "{:?}", diagnosis.reason);
        assert!(!suppresses(diagnosis.address));
    }
}

/// The diagnoses of many replies, as JSON.
fn answers(seed: u64, count: usize) -> Vec<String> {
    let vectors: Vec<&[u8]> = MODEL.vectors.iter().map(|vector| vector.reply.as_slice()).collect();
    let engine = Engine::new(&TABLES);
    let mut generator = Generator::new(seed, vectors);
    let mut reply = Vec::new();
    (0..count)
        .map(|_| {
            generator.next_into(&mut reply);
            let mut json = String::new();
            engine
                .diagnose(&Query::new(&reply))
                .write_json(&mut json, None)
                .expect("a string takes everything");
            json
        })
        .collect()
}

#[test]
fn threads_do_not_change_the_answer() {
    let alone = answers(7, 20_000);
    std::thread::scope(|scope| {
        let together: Vec<_> = (0..8).map(|_| scope.spawn(|| answers(7, 20_000))).collect();
        for thread in together {
            assert!(thread.join().expect("a thread that ends") == alone);
        }
    });
}

/// What the crate ships answers as the catalogue that it was made of.
#[test]
fn the_built_in_tables_answer_as_the_model() {
    let (model, shipped) = (Engine::new(&TABLES), Engine::new(smtp_codes::builtin()));
    let json = |diagnosis: Diagnosis<'_>| {
        let mut json = String::new();
        diagnosis
            .write_json(&mut json, None)
            .expect("a string takes everything");
        json
    };
    let mut differ = String::new();
    for vector in &MODEL.vectors {
        let (ours, theirs) = (
            json(model.diagnose(&vector.query())),
            json(shipped.diagnose(&vector.query())),
        );
        if ours != theirs {
            let _ = writeln!(
                differ,
                "{}\n  {ours}\n  {theirs}",
                String::from_utf8_lossy(&vector.reply)
            );
        }
    }
    assert!(differ.is_empty(), "run `cargo xtask generate`; these differ:\n{differ}");
}

/// Case, line ends and foldings change no reason, in every vector of an entry.
#[test]
fn clothes_do_not_change_the_reason() {
    let engine = Engine::new(&TABLES);
    let mut tried = 0;
    let mut changed: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for vector in MODEL.vectors.iter().filter(|vector| !vector.owner.is_empty()) {
        let plain = engine.diagnose(&vector.query());
        for clothes in Clothes::all(&vector.reply) {
            let dressed = clothes.put_on(&vector.reply);
            let diagnosis = engine.diagnose(&Query {
                reply: &dressed,
                ..vector.query()
            });
            tried += 1;
            if diagnosis.reason != plain.reason {
                let what = format!(
                    "{} ({} by {}) is {} ({})",
                    vector.owner, plain.reason, plain.basis, diagnosis.reason, diagnosis.basis
                );
                let entry = changed
                    .entry(what)
                    .or_insert_with(|| (0, format!("{clothes}: {:?}", String::from_utf8_lossy(&dressed))));
                entry.0 += 1;
            }
        }
    }
    assert!(tried > 10_000, "only {tried} were tried");
    let mut report = String::new();
    for (what, (count, example)) in &changed {
        let _ = writeln!(report, "{count} times {what}\n    {example}");
    }
    assert!(changed.is_empty(), "of {tried}:\n{report}");
}
