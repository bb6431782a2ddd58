//! Which of the numbers in a longer text is the reply code: every run of three digits is weighed by what stands
//! around it.

use super::bytes::{ends_with_word, trim_end, trim_marks};
use super::codes::{Found, doubled, enhanced_after, is_process_id, three_digits};
use crate::code::{BasicCode, Class};
use crate::lanes::{self, Lanes};
use crate::tables::Tables;

/// The candidate that most looks like a reply, or `None` where no number does.
pub(super) fn best_candidate(input: &[u8], tables: Option<&Tables<'_>>) -> Option<Found> {
    let mut best: Option<(i32, Found)> = None;
    let mut at = 0;
    while let Some(digit) = lanes::first_flagged(input, at, Lanes::digits) {
        at = digit;
        let run = input[at..].iter().take_while(|b| b.is_ascii_digit()).count();
        if run == 3 {
            if let Some((score, found)) = weigh(input, at, tables) {
                let better = match &best {
                    None => true,
                    // Of two with the same code the first, unless only the later one has the enhanced code too:
                    // the others repeat it, line by line, or quote it.
                    Some((_, first))
                        if first.code == found.code && (first.enhanced.is_some() || found.enhanced.is_none()) =>
                    {
                        false
                    }
                    Some((highest, _)) => score > *highest,
                };
                if better {
                    best = Some((score, found));
                }
            }
        }
        at += run;
    }
    best.map(|(_, found)| found)
}

/// How much the three digits at `at` look like a reply code; `None` where they cannot be one.
fn weigh(input: &[u8], at: usize, tables: Option<&Tables<'_>>) -> Option<(i32, Found)> {
    let code = three_digits(input, at)?;
    let class = code.class()?;
    // The answer to QUIT ends every session: inside a longer text it is never the news.
    if code.number() == 221 {
        return None;
    }
    let before = &input[..at];
    let escaped_break = before.ends_with(b"\\n") || before.ends_with(b"\\r");
    // qmail's logs write blanks as underscores: "said:_550_".
    let underscored = before.ends_with(b":_");
    if !escaped_break
        && !underscored
        && before.last().is_some_and(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'@' | b'/' | b'+' | b'%' | b'&' | b'$')
        })
    {
        return None;
    }
    // A process id: "postfix/smtp[229]:".
    if let [.., name, b'['] = before {
        if name.is_ascii_alphanumeric() && input.get(at + 3) == Some(&b']') {
            return None;
        }
    }
    if before.ends_with(b"-") && !(before.len() >= 4 && before[before.len() - 4].is_ascii_digit()) {
        return None;
    }
    let tail = &input[at + 3..];
    let mut score = 0;
    match tail.first() {
        None | Some(b'\r' | b'\n') => {}
        Some(b' ' | b'-' | b'\t') => score += 1,
        Some(
            b',' | b'"' | b'\'' | b')' | b']' | b':' | b';' | b'#' | b'\\' | b'>' | b'(' | b'<' | b'}' | b'|' | b'_'
            | b'`',
        ) => {}
        Some(b'.') if tail.get(1).is_none_or(|b| !b.is_ascii_digit()) => {}
        _ => return None,
    }
    let after_blank = tail.trim_ascii_start();
    if is_process_id(tail) {
        return None;
    }
    if is_quantity(after_blank)
        || (tail.first() == Some(&b'-')
            && tail.get(1).is_some_and(u8::is_ascii_digit)
            && enhanced_after(input, at + 3).is_none()
            && three_digits(input, at + 4).is_none_or(|c| c.class().is_none()))
    {
        return None;
    }
    // "2026-11-21", "12:30:550", "[192.0.2.1]:587".
    let trimmed = trim_end(before);
    if before.last() == Some(&b':')
        && trimmed.len() >= 2
        && (trimmed[trimmed.len() - 2].is_ascii_digit() || trimmed[trimmed.len() - 2] == b']')
    {
        return None;
    }
    let words_before = trim_marks(before);
    if OTHER_NUMBERS.end(words_before) || in_source_file(before, tail) || is_http_status(words_before, code) {
        return None;
    }
    let found = doubled(input, Found::at(at, code));
    match found.enhanced {
        Some(enhanced) if enhanced.class() == found.code.first_digit() => score += 6,
        Some(_) => score += 5,
        None => {}
    }
    if introduced(words_before, tables) {
        score += 5;
    }
    if at == 0
        || matches!(before.last(), Some(b'\n' | b'\r'))
        || escaped_break
        || trimmed.last().is_none_or(|b| *b == b'\n')
    {
        score += 3;
    } else if before
        .last()
        .is_some_and(|b| *b >= 0x80 || matches!(b, b'"' | b'\'' | b'`' | b'(' | b'<' | b'[' | b'>' | b';' | b'|'))
    {
        score += 2;
    } else if matches!(trimmed.last(), Some(b':' | b'>' | b'<' | b';' | b'=' | b'-')) || underscored {
        score += 3;
    }
    // What the remote host said goes before what the reporting host makes of it.
    if trimmed.ends_with(b"<<<") {
        score += 5;
    }
    // A Python tuple, (550, b'…'), and a gateway's quotation, 550-'…'.
    if tail.starts_with(b"-'")
        || tail.starts_with(b"-\"")
        || tail.starts_with(b", b'")
        || tail.starts_with(b", b\"")
        || tail.starts_with(b", '")
        || tail.starts_with(b", \"")
    {
        score += 3;
    }
    if after_blank
        .first()
        .is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80 || matches!(b, b'<' | b'\'' | b'"' | b'['))
    {
        score += 1;
    }
    match class {
        Class::Transient | Class::Permanent => {
            if tables.is_none_or(|tables| {
                tables
                    .basic_index
                    .get(usize::from(found.code.number()))
                    .is_some_and(|index| *index != 0)
            }) {
                score += 1;
            }
            (score >= 4).then_some((score, found))
        }
        // "250 OK" in a log is the answer to an earlier command more often than the news.
        Class::Success | Class::Intermediate => (score >= 6).then_some((score - 4, found)),
    }
}

/// Words behind a number that make it a quantity. In lower case only: "550 Message refused" begins a sentence.
const UNITS: &[&[u8]] = &[
    b"second",
    b"seconds",
    b"sec",
    b"secs",
    b"minute",
    b"minutes",
    b"min",
    b"mins",
    b"hour",
    b"hours",
    b"day",
    b"days",
    b"bytes",
    b"byte",
    b"kb",
    b"mb",
    b"gb",
    b"bits",
    b"bit",
    b"ms",
    b"recipients",
    b"messages",
    b"mails",
    b"emails",
    b"connections",
    b"users",
    b"lines",
    b"per",
    b"times",
    b"kilobytes",
    b"megabytes",
    b"attempts",
    b"characters",
    b"octets",
];

/// Whether the text behind a number makes it a quantity.
fn is_quantity(after: &[u8]) -> bool {
    let len = after.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    after.first() == Some(&b'%') || UNITS.contains(&&after[..len])
}

/// Words that may end a text, with the bytes they end with, by which other texts are passed over.
struct Endings {
    words: &'static [&'static [u8]],
    /// By last byte, all of them ASCII: whether a word ends with it.
    last: u128,
}

impl Endings {
    const fn new(words: &'static [&'static [u8]]) -> Self {
        let mut last = 0;
        let mut index = 0;
        while index < words.len() {
            last |= 1 << words[index][words[index].len() - 1].to_ascii_lowercase();
            index += 1;
        }
        Self { words, last }
    }

    /// Whether any of them ends `text`.
    fn end(&self, text: &[u8]) -> bool {
        let Some(last) = text.last().map(u8::to_ascii_lowercase).filter(u8::is_ascii) else {
            return false;
        };
        self.last >> last & 1 == 1
            && self
                .words
                .iter()
                .any(|word| word.last() == Some(&last) && ends_with_word(text, word))
    }
}

/// Words before a number that make it something else than a reply code.
const OTHER_NUMBERS: Endings = Endings::new(&[
    b"port",
    b"line",
    b"size",
    b"length",
    b"limit",
    b"than",
    b"maximum",
    b"max",
    b"exceeds",
    b"uid",
    b"pid",
    b"http",
    b"rule",
    b"version",
    b"expected",
    b"expecting",
    b"expected response code",
    b"expected code",
    b"at most",
    b"http/1.1",
    b"http/2",
    b"page",
    b"error code 0",
]);

/// Whether the number is a line of a source file: `future.js:449:15`, `Transport.java:450)`, `/www/mail.php:431`.
fn in_source_file(before: &[u8], tail: &[u8]) -> bool {
    const ENDINGS: &[&[u8]] = &[
        b".js", b".ts", b".mjs", b".cjs", b".php", b".py", b".rb", b".java", b".go", b".cs", b".c", b".cpp", b".rs",
        b".ex", b".pl", b".lua", b".swift", b".kt", b".scala", b".html",
    ];
    let Some(name) = before.strip_suffix(b":") else {
        return false;
    };
    if tail.first() == Some(&b':') && tail.get(1).is_some_and(u8::is_ascii_digit) {
        return true;
    }
    let start = name
        .iter()
        .rposition(|b| b.is_ascii_whitespace() || matches!(b, b'"' | b'\'' | b'(' | b'['))
        .map_or(0, |at| at + 1);
    let token = &name[start..];
    token.iter().any(|b| matches!(b, b'/' | b'\\'))
        || ENDINGS
            .iter()
            .any(|ending| token.len() > ending.len() && token.ends_with(ending))
}

/// Whether the number behind `words` is the status of an HTTP answer: `"statusCode": 400`.
fn is_http_status(words: &[u8], code: BasicCode) -> bool {
    const LABELS: Endings = Endings::new(&[
        b"statuscode",
        b"status code",
        b"status_code",
        b"http code",
        b"http status",
        b"status",
    ]);
    matches!(code.number(), 400..=420 | 422..=429) && LABELS.end(words)
}

/// Words that introduce a reply wherever they stand, beside those of the catalogue's wrappers.
const INTROS: Endings = Endings::new(&[
    b"said",
    b"smtp",
    b"<<<",
    b"returned",
    b"response",
    b"reply",
    b"reason",
    b"error",
    b"diagnostic-code",
    b"message",
    b"code",
    b"was",
    b"status",
    b"exception",
    b"failed",
    b"got",
]);

/// Whether the words before a reply are such as introduce one; the marks at their end are cut off already.
fn introduced(before: &[u8], tables: Option<&Tables<'_>>) -> bool {
    let Some(last) = before.last().map(u8::to_ascii_lowercase) else {
        return false;
    };
    // The catalogue's intros come without the marks at their end, too.
    INTROS.end(before)
        || tables.is_some_and(|tables| {
            let pool = tables.pool.as_bytes();
            tables.wrappers.iter().any(|wrapper| {
                let start = wrapper.intro.start as usize;
                let end = start + usize::from(wrapper.intro.len);
                // Of a hundred intros a few end with the same byte.
                end > start
                    && pool.get(end - 1) == Some(&last)
                    && pool.get(start..end).is_some_and(|intro| ends_with_word(before, intro))
            })
        })
}
