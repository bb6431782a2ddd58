//! The mistakes: each breaks one value in a way that people do.

use std::ops::Range;

use smtp_codes_catalog::closed;
use smtp_codes_catalog::files::FileId;

use super::random::Random;
use super::values::{Value, Values};

/// A file with one mistake in it.
pub(super) struct Mutant {
    pub(super) kind: &'static str,
    pub(super) file: FileId,
    /// `catalog/phrases/policy.toml:12:3`.
    pub(super) place: String,
    /// `"550" → "551"`.
    pub(super) change: String,
    pub(super) text: String,
}

/// A place, and what stands there afterwards.
type Draw = Option<(FileId, Range<usize>, String)>;

/// A kind of mistake.
pub(super) struct Breaker {
    pub(super) name: &'static str,
    /// Draws a place and says what stands there afterwards.
    draw: fn(&Values<'_>, &mut Random) -> Draw,
}

impl Breaker {
    /// A mutant, unless the place that was drawn cannot be broken in this way.
    pub(super) fn mutant(&self, values: &Values<'_>, random: &mut Random) -> Option<Mutant> {
        let (id, range, after) = (self.draw)(values, random)?;
        let file = values.files.get(id);
        let before = file.text().get(range.clone())?;
        if before == after {
            return None;
        }
        let text = format!("{}{after}{}", &file.text()[..range.start], &file.text()[range.end..]);
        let place = format!("{}:{}", file.path(), file.line_column(range.start));
        Some(Mutant {
            kind: self.name,
            file: id,
            place,
            change: format!("{} → {}", short(before), short(&after)),
            text,
        })
    }
}

fn short(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let cut: String = line.chars().take(70).collect();
    match (line.is_empty(), cut.len() < text.trim().len()) {
        (true, _) => "(nothing)".to_owned(),
        (_, true) => format!("{cut}…"),
        (_, false) => cut,
    }
}

/// Every kind of mistake.
pub(super) const BREAKERS: &[Breaker] = &[
    Breaker {
        name: "source deleted",
        draw: |values, random| delete_record(values, random, "source"),
    },
    Breaker {
        name: "code with another digit",
        draw: other_digit,
    },
    Breaker {
        name: "reason swapped",
        draw: |values, random| other_of_list(values, random, &["reason"]),
    },
    Breaker {
        name: "word of a signature dropped",
        draw: drop_word,
    },
    Breaker {
        name: "word of a signature misspelt",
        draw: |values, random| misspell(values, random, &["signatures"]),
    },
    Breaker {
        name: "advice swapped",
        draw: |values, random| other_of_list(values, random, &["delivery", "address", "bounce", "party", "remedies"]),
    },
    Breaker {
        name: "slug misspelt",
        draw: |values, random| misspell(values, random, &["slug", "id"]),
    },
    Breaker {
        name: "reference misspelt",
        draw: |values, random| {
            misspell(
                values,
                random,
                &[
                    "sources", "provider", "schedule", "winner", "concerns", "set", "include", "extends", "reads-as",
                ],
            )
        },
    },
    Breaker {
        name: "record duplicated",
        draw: duplicate,
    },
    Breaker {
        name: "key misspelt",
        draw: misspell_key,
    },
    Breaker {
        name: "key deleted",
        draw: delete_key,
    },
    Breaker {
        name: "value of another type",
        draw: other_type,
    },
    Breaker {
        name: "quote forgotten",
        draw: unquote,
    },
    Breaker {
        name: "full stop forgotten",
        draw: no_full_stop,
    },
    Breaker {
        name: "address of a page broken",
        draw: broken_url,
    },
    Breaker {
        name: "vectors of an entry deleted",
        draw: no_vectors,
    },
    Breaker {
        name: "vector of another entry",
        draw: foreign_vector,
    },
    Breaker {
        name: "vector with another code",
        draw: vector_code,
    },
    Breaker {
        name: "number out of place",
        draw: wild_number,
    },
    Breaker {
        name: "value of a closed list misspelt",
        draw: misspell_listed,
    },
];

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn draw<'a>(values: &'a Values<'_>, random: &mut Random, condition: impl Fn(&Value) -> bool) -> Option<&'a Value> {
    random.pick(&values.which(condition)).copied()
}

fn replace(value: &Value, text: &str) -> Draw {
    Some((value.file, value.range.clone(), quoted(text)))
}

/// Where the record of an offset starts and ends: from its header to the next one.
fn record(text: &str, at: usize) -> Range<usize> {
    let header = |line: &str| line.starts_with('[');
    let (mut start, mut end, mut offset) = (0, text.len(), 0);
    for line in text.split_inclusive('\n') {
        if header(line) {
            if offset <= at {
                start = offset;
            } else {
                end = offset;
                break;
            }
        }
        offset += line.len();
    }
    start..end
}

/// A record by one of its values; sub-tables (`[reason.transient]`) are left alone.
fn draw_record(
    values: &Values<'_>,
    random: &mut Random,
    condition: impl Fn(&Value) -> bool,
) -> Option<(FileId, Range<usize>)> {
    let value = draw(values, random, |value| {
        matches!(value.key.as_str(), "slug" | "id" | "code" | "reply") && condition(value)
    })?;
    let range = record(values.text(value.file), value.range.start);
    values
        .text(value.file)
        .get(range.clone())?
        .starts_with("[[")
        .then_some((value.file, range))
}

fn delete_record(values: &Values<'_>, random: &mut Random, kind: &str) -> Draw {
    let (file, range) = draw_record(values, random, |value| value.record == kind)?;
    Some((file, range, String::new()))
}

fn duplicate(values: &Values<'_>, random: &mut Random) -> Draw {
    // Equal vectors say the same twice, which harms nobody.
    let (file, range) = draw_record(values, random, |value| value.record != "vector")?;
    let text = values.text(file).get(range.clone())?;
    Some((file, range.end..range.end, format!("\n{text}")))
}

const CODE_RECORDS: &[&str] = &["basic", "enhanced", "family", "pair", "phrase", "variant", "vector"];

fn other_digit(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| {
        CODE_RECORDS.contains(&value.record.as_str()) && matches!(value.key.as_str(), "code" | "basic" | "enhanced")
    })?;
    change_digit(&value.text, random).and_then(|text| replace(value, &text))
}

/// The text with one of its first digits changed.
fn change_digit(text: &str, random: &mut Random) -> Option<String> {
    let places: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| c.is_ascii_digit())
        .map(|(at, _)| at)
        .take(6)
        .collect();
    let at = *random.pick(&places)?;
    let old = text.as_bytes()[at] - b'0';
    let new = (old + 1 + random.below(9) as u8) % 10;
    Some(format!("{}{new}{}", &text[..at], &text[at + 1..]))
}

/// The closed list that a key takes its values from.
fn list_of(key: &str) -> Option<&'static [&'static str]> {
    match key {
        "reason" => Some(closed::REASONS),
        "delivery" => Some(closed::DELIVERIES),
        "address" => Some(closed::ADDRESSES),
        "remedies" => Some(closed::REMEDIES),
        "bounce" => Some(closed::BOUNCES),
        "party" => Some(closed::PARTIES),
        _ => None,
    }
}

fn other_of_list(values: &Values<'_>, random: &mut Random, keys: &[&str]) -> Draw {
    let value = draw(values, random, |value| {
        keys.contains(&value.key.as_str()) && value.is_string
    })?;
    let others: Vec<&str> = list_of(&value.key)?
        .iter()
        .copied()
        .filter(|slug| *slug != value.text)
        .collect();
    random.pick(&others).and_then(|slug| replace(value, slug))
}

fn misspell_listed(values: &Values<'_>, random: &mut Random) -> Draw {
    misspell(
        values,
        random,
        &[
            "reason",
            "delivery",
            "address",
            "remedies",
            "bounce",
            "party",
            "kind",
            "standing",
            "strength",
            "confidence",
        ],
    )
}

/// Drops one word of a signature that has several.
fn drop_word(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| {
        value.key == "signatures" && words(&value.text).len() > 1
    })?;
    let words = words(&value.text);
    let gone = random.pick(&words)?.clone();
    let text = format!("{}{}", &value.text[..gone.start], &value.text[gone.end..]);
    replace(value, text.split_whitespace().collect::<Vec<_>>().join(" ").as_str())
}

/// The words of a signature, without its gaps.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut end = 0;
    for word in text.split_whitespace() {
        // Found from where the last one ended, so it is this one.
        let Some(at) = text[end..].find(word) else { continue };
        let start = end + at;
        end = start + word.len();
        if !word.starts_with('~') && word != "..." {
            words.push(start..end);
        }
    }
    words
}

/// Turns two letters around, or doubles one.
fn misspell(values: &Values<'_>, random: &mut Random, keys: &[&str]) -> Draw {
    let value = draw(values, random, |value| {
        keys.contains(&value.key.as_str()) && value.is_string
    })?;
    typo(&value.text, random).and_then(|text| replace(value, &text))
}

fn typo(text: &str, random: &mut Random) -> Option<String> {
    let letters: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| c.is_alphabetic())
        .map(|(at, _)| at)
        .collect();
    let at = *random.pick(&letters)?;
    let mut rest = text[at..].chars();
    let (first, second) = (rest.next()?, rest.next());
    Some(
        match second.filter(|second| second.is_alphabetic() && *second != first) {
            Some(second) => format!("{}{second}{first}{}", &text[..at], rest.as_str()),
            None => format!("{}{first}{}", &text[..at], &text[at..]),
        },
    )
}

fn misspell_key(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |_| true)?;
    Some((value.file, value.key_range.clone(), typo(&value.key, random)?))
}

/// Deletes a key that records of the kind must have.
fn delete_key(values: &Values<'_>, random: &mut Random) -> Draw {
    const NEEDED: &[&str] = &[
        "slug",
        "id",
        "code",
        "title",
        "summary",
        "reason",
        "sources",
        "confidence",
        "fix",
        "standing",
        "kind",
        "name",
        "reply",
    ];
    let value = draw(values, random, |value| {
        NEEDED.contains(&value.key.as_str()) && !value.in_array
    })?;
    Some((value.file, value.key_range.start..value.range.end, String::new()))
}

fn other_type(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| value.is_string)?;
    Some((value.file, value.range.clone(), "550".to_owned()))
}

fn unquote(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| value.is_string)?;
    Some((value.file, value.range.end - 1..value.range.end, String::new()))
}

fn no_full_stop(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| {
        matches!(
            value.key.as_str(),
            "summary" | "fix" | "admin" | "said" | "right" | "covers"
        ) && value.text.ends_with('.')
    })?;
    replace(value, value.text.trim_end_matches('.'))
}

fn broken_url(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| {
        matches!(value.key.as_str(), "url" | "removal" | "postmaster" | "delisting") && value.text.contains("://")
    })?;
    let broken = match random.below(3) {
        0 => value.text.replacen("://", ":/", 1),
        1 => value.text.replacen('.', " ", 1),
        _ => value.text.replacen("http", "htp", 1),
    };
    replace(value, &broken)
}

fn no_vectors(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| value.key == "vectors" && value.in_array)?;
    let text = values.text(value.file);
    let line_end = text[value.range.end..].find("\n]").map(|at| value.range.end + at + 2);
    let same_line = text[value.range.end..].find(']').map(|at| value.range.end + at + 1);
    let one_line = !text[value.key_range.end..value.range.end].contains('\n');
    let end = if one_line { same_line } else { line_end }?;
    Some((value.file, value.key_range.start..end, "vectors = []".to_owned()))
}

fn foreign_vector(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| value.key == "vectors" && value.in_array)?;
    let other = draw(values, random, |other| {
        other.key == "vectors" && other.in_array && other.file != value.file
    })?;
    replace(value, &other.text)
}

fn vector_code(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| {
        value.record == "vector" && matches!(value.key.as_str(), "code" | "enhanced")
    })?;
    change_digit(&value.text, random).and_then(|text| replace(value, &text))
}

fn wild_number(values: &Values<'_>, random: &mut Random) -> Draw {
    let value = draw(values, random, |value| {
        matches!(
            value.key.as_str(),
            "first-delay-s"
                | "factor"
                | "ceiling-s"
                | "give-up-s"
                | "max-tries"
                | "jitter-percent"
                | "count"
                | "year"
                | "order"
                | "retry-after-s"
        )
    })?;
    let number = *random.pick(&["-1", "0", "99999999999"])?;
    Some((value.file, value.range.clone(), number.to_owned()))
}
