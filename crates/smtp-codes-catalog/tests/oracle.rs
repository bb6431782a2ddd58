//! The fast matcher finds exactly what the naive one finds.
//!
//! `SMTP_CODES_REPLIES=10000000 cargo test --release -p smtp-codes-catalog --test oracle` tries more replies.

mod support;

use std::collections::BTreeMap;

use smtp_codes::matcher::{self, Words};
use smtp_codes::{Tables, reply};
use smtp_codes_catalog::oracle::{Clothes, Generator, Oracle};
use support::{MODEL, TABLES, on_all_threads, replies};

/// The patterns that the fast matcher finds in a reply.
fn found(text: &[u8], tables: &Tables<'_>) -> Vec<u16> {
    let reply = reply::read(text, Some(tables));
    let words = Words::read(reply.text, reply.code, &tables.vocabulary);
    matcher::find(words.numbers(), tables).iter().collect()
}

/// Panics with what differs.
fn compare(text: &[u8], oracle: &Oracle) {
    let tables = &*TABLES;
    let reply = reply::read(text, Some(tables));
    let (fast, naive) = (found(text, tables), oracle.find(reply.text, reply.code));
    if fast != naive {
        let only = |these: &[u16], those: &[u16]| {
            these
                .iter()
                .filter(|pattern| !those.contains(pattern))
                .copied()
                .collect::<Vec<_>>()
        };
        panic!(
            "{:?}\nonly fast: {:?}\nonly naive: {:?}",
            String::from_utf8_lossy(text),
            only(&fast, &naive),
            only(&naive, &fast)
        );
    }
}

#[test]
fn every_signature_has_a_pattern() {
    assert_eq!(Oracle::new(&MODEL.catalogue).len(), TABLES.patterns.len());
}

#[test]
fn vectors_match_alike_in_all_clothes() {
    let oracle = Oracle::new(&MODEL.catalogue);
    for vector in &MODEL.vectors {
        compare(&vector.reply, &oracle);
        // One folding in seven is enough here; the reasons of all are looked at elsewhere.
        for clothes in Clothes::all(&vector.reply).into_iter().step_by(7) {
            compare(&clothes.put_on(&vector.reply), &oracle);
        }
    }
}

#[test]
fn generated_replies_match_alike() {
    let oracle = Oracle::new(&MODEL.catalogue);
    let vectors: Vec<&[u8]> = MODEL.vectors.iter().map(|vector| vector.reply.as_slice()).collect();
    on_all_threads(replies(40_000), |seed, count| {
        let mut generator = Generator::new(seed, vectors.clone());
        let mut reply = Vec::new();
        for _ in 0..count {
            generator.next_into(&mut reply);
            compare(&reply, &oracle);
        }
    });
}

/// Replies that are all idioms: many prefixes pend at once, and gaps are as wide as they may be.
#[test]
fn crowded_replies_match_alike() {
    let oracle = Oracle::new(&MODEL.catalogue);
    let mut idioms: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for (index, concept) in MODEL.catalogue.concepts.iter().enumerate() {
        idioms.entry(index).or_default().extend(
            concept
                .idioms
                .values()
                .flat_map(|list| list.iter())
                .map(|text| text.as_str()),
        );
    }
    let idioms: Vec<&str> = idioms.into_values().flatten().collect();
    on_all_threads(replies(40_000) / 20, |seed, count| {
        let mut random = smtp_codes_catalog::oracle::Random::new(seed ^ 0xC0FF_EE00);
        for _ in 0..count {
            let mut text = String::from("550 ");
            for _ in 0..random.below(120) {
                text += random.pick(&idioms).copied().unwrap_or_default();
                text += [" ", ", ", " x ", " x x x x x "][random.below(4)];
            }
            compare(text.as_bytes(), &oracle);
        }
    });
}
