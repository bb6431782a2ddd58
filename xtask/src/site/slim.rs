//! The engine without the texts that a diagnosis in the page never shows.
//!
//! Titles, sources' addresses and what a sender does stand on the pages themselves. In the engine's pool of
//! text they become blanks of the same length, so that nothing moves, and pack to nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Keys of the records whose texts no diagnosis shows.
const UNSHOWN: &[&str] = &["title", "fix", "reference", "postmaster", "delisting", "name"];

/// Blanks them. A module with no such pool, or with another one, comes out as it went in.
pub(super) fn slim(engine: &[u8], pool: &str, records: &BTreeMap<String, Value>) -> Vec<u8> {
    let mut slim = engine.to_vec();
    let Some(start) = find(engine, pool.as_bytes()) else {
        return slim;
    };
    let (mut unshown, mut shown) = (BTreeSet::new(), BTreeSet::new());
    for (entry, record) in records {
        let source = entry.starts_with("source:");
        sort(record, source, &mut unshown, &mut shown);
    }
    let mut at = start;
    for piece in pool.split_inclusive('\0') {
        let text = piece.trim_end_matches('\0');
        // What has no blank and is no address may be a slug or a word besides.
        let plain = !text.contains(' ') && !text.contains("://");
        if !plain && unshown.contains(text) && !shown.contains(text) {
            slim[at..at + text.len()].fill(0);
        }
        at += piece.len();
    }
    slim
}

/// Sorts the texts of a record by whether a diagnosis may show them.
fn sort<'r>(record: &'r Value, source: bool, unshown: &mut BTreeSet<&'r str>, shown: &mut BTreeSet<&'r str>) {
    match record {
        Value::Object(members) => {
            for (key, value) in members {
                match value.as_str() {
                    Some(text) if UNSHOWN.contains(&key.as_str()) || (source && key == "url") => {
                        unshown.insert(text);
                    }
                    _ => sort(value, source, unshown, shown),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| sort(value, source, unshown, shown)),
        // Of a source only its id is shown, which is no text with blanks.
        Value::String(text) if !source => {
            shown.insert(text);
        }
        _ => {}
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    // The pool is large, and its beginning is rare.
    let head = wanted.get(..16)?;
    (0..bytes.len().checked_sub(wanted.len())? + 1)
        .find(|at| bytes[*at..].starts_with(head) && bytes[*at..].starts_with(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_never_shown_is_blanked_and_nothing_moves() {
        let pool =
            "\x000.1.0\0Its long title\0a summary\0Do it so\0both here\0https://a.example/\0https://b.example/\0";
        let records = BTreeMap::from([
            (
                "variant:a/b".to_owned(),
                serde_json::json!({ "title": "both here", "fix": "Do it so", "summary": "a summary", "url": "https://b.example/", "seen": ["both here"] }),
            ),
            (
                "source:s".to_owned(),
                serde_json::json!({ "title": "Its long title", "url": "https://a.example/" }),
            ),
        ]);
        let engine = [b"head".as_slice(), pool.as_bytes(), b"tail"].concat();
        let slim = slim(&engine, pool, &records);
        let text = String::from_utf8(slim.clone()).unwrap();
        assert_eq!(slim.len(), engine.len());
        for gone in ["Its long title", "Do it so", "a.example"] {
            assert!(!text.contains(gone), "{gone}");
        }
        for kept in ["a summary", "both here", "b.example", "0.1.0", "head", "tail"] {
            assert!(text.contains(kept), "{kept}");
        }
        assert_eq!(super::slim(b"another engine", pool, &records), b"another engine");
    }
}
