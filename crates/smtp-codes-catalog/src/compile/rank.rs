//! The rank of a signature: how specific it is. File order never decides.

use smtp_codes::tables::{Condition, Strength};

use super::wording::Atom;

/// Words that part of any sentence: they tell little.
const COMMON: &[&str] = &[
    "a", "an", "the", "is", "are", "was", "be", "been", "has", "have", "had", "to", "of", "in", "on", "for", "from",
    "by", "at", "and", "or", "this", "that", "your", "you", "it", "its", "with", "as", "we", "our", "will", "can", "t",
    "s", "not", "no", "please", "message", "mail", "email", "server", "error", "address", "http", "https", "www",
    "com", "net", "org", "see", "smtp",
];

/// What a signature matches on.
pub(super) struct Specificity<'a> {
    pub(super) variant: bool,
    pub(super) strength: Strength,
    pub(super) atoms: &'a [(u8, Atom)],
    pub(super) conditions: &'a [Condition],
    pub(super) command: bool,
    pub(super) guarded: bool,
}

/// The rank: tier, then how much the words say, then how narrow the conditions are.
pub(super) fn rank(of: &Specificity<'_>) -> u32 {
    let tier = match (of.variant, of.strength) {
        (true, Strength::Specific) => 7,
        (true, Strength::Normal) => 6,
        (false, Strength::Specific) => 5,
        (false, Strength::Normal) => 4,
        (true, Strength::Generic) => 3,
        (false, Strength::Generic) => 2,
    };
    let words: u32 = of
        .atoms
        .iter()
        .map(|(_, atom)| match atom {
            Atom::Concept(_) => 5,
            Atom::Literal(words) => words
                .iter()
                .map(|word| {
                    if COMMON.contains(&word.as_str()) || word.len() == 1 {
                        1
                    } else {
                        4
                    }
                })
                .sum(),
        })
        .sum();
    let narrow = of.conditions.iter().map(narrowness).min().unwrap_or(0)
        + if of.command { 3 } else { 0 }
        + u32::from(of.guarded);
    tier << 24 | (words.min(0x3FF)) << 8 | narrow.min(0xFF)
}

fn narrowness(condition: &Condition) -> u32 {
    let basic = match condition.basic.1 - condition.basic.0 {
        0 => 8,
        1..=9 => 5,
        10..=99 => 3,
        _ => 0,
    };
    let enhanced = if condition.classes == 0 {
        0
    } else {
        let class = if condition.classes.count_ones() == 1 { 2 } else { 0 };
        let detail = match condition.detail.1 - condition.detail.0 {
            0 => 10,
            1..=99 => 6,
            _ => 2,
        };
        class + detail
    };
    basic + enhanced
}
