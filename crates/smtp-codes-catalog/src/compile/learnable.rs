//! The words that the model may learn from, though no signature has them.

use std::collections::BTreeMap;

use smtp_codes::infer;
use smtp_codes::lookup::Codes;
use smtp_codes::matcher::Reader;
use smtp_codes::reply;

use super::vectors;
use crate::source::Catalogue;

/// In how many vectors a word must stand to be learned from.
const LEAST: u32 = 3;

/// What every made-up address is of: these words tell of our replies, not of servers'.
const ADDRESSED: &[&[u8]] = &[b"example", b"com", b"net", b"org"];

/// The words and code marks that enough vectors repeat, sorted.
pub(super) fn words(catalogue: &Catalogue) -> Vec<String> {
    let mut counts: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    // The words of one reply, which count once each.
    let mut words: Vec<Vec<u8>> = Vec::new();
    for vector in vectors::collect(catalogue) {
        let reply = reply::read(&vector.reply, None);
        words.clear();
        let mut reader = Reader::new(reply.text, reply.code);
        while reader.next() {
            words.push(reader.word.folded().to_vec());
        }
        let codes = Codes {
            basic: reply.code,
            enhanced: reply.enhanced,
            command: None,
        };
        infer::marks(&codes, |mark| words.push(mark.to_vec()));
        words.sort_unstable();
        words.dedup();
        for word in words.drain(..) {
            *counts.entry(word).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(word, count)| {
            let number = word.iter().all(u8::is_ascii_digit);
            *count >= LEAST && !number && !ADDRESSED.contains(&word.as_slice())
        })
        .filter_map(|(word, _)| String::from_utf8(word).ok())
        .collect()
}
