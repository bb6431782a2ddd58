//! Texts that are made to be slow.

use crate::pieces::Pieces;

/// Hostile texts of about `length` bytes, each with a name.
#[must_use]
pub fn texts(pieces: &Pieces, length: usize) -> Vec<(&'static str, Vec<u8>)> {
    let repeat = |unit: &str| unit.bytes().cycle().take(length).collect::<Vec<u8>>();
    let behind = |head: &str, unit: &str| {
        head.bytes()
            .chain(unit.bytes().cycle())
            .take(length)
            .collect::<Vec<u8>>()
    };
    // Idioms that most others begin like, and the first words of the longest pieces, one behind the other.
    let idioms: Vec<&String> = pieces.concepts.values().flatten().collect();
    let mut long: Vec<&String> = pieces.literals.iter().collect();
    long.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let near_miss = |text: &&String| text.rsplit_once(' ').map_or("", |(head, _)| head).to_owned();
    let near: Vec<String> = long.iter().take(200).map(near_miss).collect();
    let dense: Vec<&str> = idioms
        .iter()
        .map(|text| text.as_str())
        .filter(|text| text.len() <= 12)
        .collect();
    vec![
        ("one letter", repeat("a")),
        ("letters, one to a word", behind("550 ", "a ")),
        ("one word of a concept", behind("550 ", "user ")),
        ("two concepts in turn", behind("550 ", "user unknown ")),
        ("every short idiom", behind("550 ", &dense.join(" "))),
        ("pieces, all but their last word", behind("550 ", &near.join(" "))),
        ("enhanced codes", behind("550 ", "5.1.1 ")),
        ("numbers with points", behind("550 ", "5.5.5.5.5.")),
        ("codes", behind("x ", "550 ")),
        ("codes in brackets", behind("x ", "(550 (450 <550 ")),
        ("brackets", behind("550 ", "(<'\"([")),
        ("waiting times", behind("450 ", "in 5 after 10 wait 3 ")),
        ("beginnings of URLs", behind("550 ", "http https:/ hhttp:// ")),
        ("line breaks", behind("550-", "\r\n")),
        ("blanks", repeat(" ")),
        ("Chinese", behind("550 ", "用户不存在邮箱已满")),
        (
            "Latin-1",
            (0..length).map(|at| if at % 7 == 6 { b' ' } else { 0xE9 }).collect(),
        ),
        (
            "bytes that are no UTF-8",
            (0..length).map(|at| [0xFF, 0xC3, 0x80, 0xE2][at % 4]).collect(),
        ),
        ("hosts", behind("x ", "host a.b said relay=c.d mx ")),
    ]
}
