//! Finding codes in bytes.

use crate::code::{BasicCode, Class, EnhancedCode};
use crate::tables::Tables;

/// Where a reply begins, and its codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Offset of the first digit of the code.
    pub(super) start: usize,
    /// Offset behind the codes.
    pub(super) after: usize,
    pub(super) code: BasicCode,
    pub(super) enhanced: Option<EnhancedCode>,
}

/// The first offset from `at` on that holds no blank, byte order mark or quote prefix.
pub(super) fn skip_blank(input: &[u8], mut at: usize) -> usize {
    if input[at.min(input.len())..].starts_with(b"\xEF\xBB\xBF") {
        at += 3;
    }
    while input.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == 0) {
        at += 1;
    }
    at
}

/// Three digits at `at` that nothing alphanumeric follows.
fn three_digits(input: &[u8], at: usize) -> Option<BasicCode> {
    let digits = input.get(at..at + 3)?;
    if input.get(at + 3).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    BasicCode::from_digits([digits[0], digits[1], digits[2]])
}

/// The enhanced code behind a basic code: after a few separators, `#`, brackets and quotes.
fn enhanced_after(input: &[u8], at: usize) -> Option<(EnhancedCode, usize)> {
    let mut here = at;
    while here < at + 6 {
        match input.get(here)? {
            b' ' | b'-' | b'#' | b'(' | b'\'' | b'"' | b',' | b'\t' | b':' | b'[' | b';' | b'<' => here += 1,
            // A line break between the code and its enhanced code, as wrapped text has it.
            b'\n' | b'\r' => here += 1,
            b'b' if matches!(input.get(here + 1), Some(b'\'' | b'"')) => here += 2,
            _ => break,
        }
    }
    let (code, width) = EnhancedCode::read(input.get(here..)?)?;
    Some((code, here + width))
}

/// A reply that stands at the very start of the input.
pub(super) fn direct(input: &[u8], start: usize) -> Option<Found> {
    let code = three_digits(input, start)?;
    match input.get(start + 3) {
        None | Some(b' ' | b'-' | b'\t' | b'\r' | b'\n' | b':' | b',' | b'#' | b'_' | b'=' | b'(' | b';' | 0) => {}
        // "500.0" is no SMTP; "550. Text" is.
        Some(b'.') if input.get(start + 4).is_none_or(|b| !b.is_ascii_digit()) => {}
        Some(byte) if *byte >= 0x80 => {}
        _ => return None,
    }
    // A year or a time of a log line ("2026-11-21", "500-504") is no code.
    if code.class().is_none() && matches!(input.get(start + 3), Some(b'-' | b':')) {
        return None;
    }
    Some(doubled(
        input,
        Found {
            start,
            after: start + 3,
            code,
            enhanced: None,
        },
    ))
}

/// Looks past a code that is written twice, or that wraps the true one ("550 550 5.7.1", "558-450-…").
fn doubled(input: &[u8], mut found: Found) -> Found {
    for _ in 0..3 {
        if let Some((enhanced, after)) = enhanced_after(input, found.after) {
            return Found {
                after,
                enhanced: Some(enhanced),
                ..found
            };
        }
        let mut next = found.after;
        while matches!(input.get(next), Some(b' ' | b'-')) && next < found.after + 2 {
            next += 1;
        }
        let Some(inner) = three_digits(input, next) else {
            return found;
        };
        let wraps = inner == found.code
            || (found.code.first_digit() >= 4
                && matches!(inner.class(), Some(Class::Transient | Class::Permanent))
                && (input.get(next + 3) == Some(&b'-') || enhanced_after(input, next + 3).is_some()));
        if !wraps {
            return found;
        }
        found = Found {
            start: next,
            after: next + 3,
            code: inner,
            enhanced: None,
        };
    }
    found
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

/// Words before a number that make it something else than a reply code.
const OTHER_NUMBERS: &[&[u8]] = &[
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
];

/// The candidate that most looks like a reply, or `None` where no number does.
pub(super) fn best_candidate(input: &[u8], tables: Option<&Tables<'_>>) -> Option<Found> {
    let mut best: Option<(i32, Found)> = None;
    let mut at = 0;
    while at + 3 <= input.len() {
        if !input[at].is_ascii_digit() {
            at += 1;
            continue;
        }
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
            b',' | b'"' | b'\'' | b')' | b']' | b':' | b';' | b'#' | b'\\' | b'>' | b'(' | b'<' | b'}' | b'|' | b'_',
        ) => {}
        Some(b'.') if tail.get(1).is_none_or(|b| !b.is_ascii_digit()) => {}
        _ => return None,
    }
    let after_blank = tail.trim_ascii_start();
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
    if OTHER_NUMBERS
        .iter()
        .any(|word| ends_with_word(trim_marks(before), word))
        || in_source_file(before, tail)
        || is_http_status(before, code)
    {
        return None;
    }
    let found = doubled(
        input,
        Found {
            start: at,
            after: at + 3,
            code,
            enhanced: None,
        },
    );
    match found.enhanced {
        Some(enhanced) if enhanced.class() == found.code.first_digit() => score += 6,
        Some(_) => score += 5,
        None => {}
    }
    if introduced(before, tables) {
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
        .is_some_and(|b| *b >= 0x80 || matches!(b, b'"' | b'\'' | b'(' | b'<' | b'[' | b'>' | b';' | b'|'))
    {
        score += 2;
    } else if matches!(trimmed.last(), Some(b':' | b'>' | b'<' | b';' | b'=' | b'-')) || underscored {
        score += 3;
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

/// Whether the number is the status of an HTTP answer: `"statusCode": 400`.
fn is_http_status(before: &[u8], code: BasicCode) -> bool {
    matches!(code.number(), 400..=420 | 422..=429)
        && [
            &b"statuscode"[..],
            b"status code",
            b"status_code",
            b"http code",
            b"http status",
            b"status",
        ]
        .iter()
        .any(|label| ends_with_word(trim_marks(before), label))
}

/// Whether nothing but marks and numbers follows the codes up to the end of the reply, or the words before them
/// say that only a code comes: then the words of the reply stand before it.
pub(super) fn words_stand_before(input: &[u8], found: &Found, end: usize) -> bool {
    let before = trim_marks(&input[..found.start]);
    if [&b"code"[..], b"responsecode", b"statuscode", b"errorcode"]
        .iter()
        .any(|label| ends_with_word(before, label))
    {
        return true;
    }
    let after = input.get(found.after..end).unwrap_or(&[]);
    !after
        .windows(2)
        .any(|pair| pair.iter().all(|b| b.is_ascii_alphabetic() || *b >= 0x80))
}

/// The refusal in a session's transcript that begins with replies of success: the last line that begins with
/// a 4yz or 5yz code, and the first line of that reply.
pub(super) fn refusal_in_transcript(input: &[u8]) -> Option<Found> {
    let mut last: Option<Found> = None;
    let mut at = 0;
    while at < input.len() {
        let end = line_end(input, at);
        let mut start = at;
        // Blanks, arrows, and the lines and corners of boxes.
        while start < end
            && (input[start].is_ascii_whitespace()
                || input[start] >= 0x80
                || matches!(input[start], b'<' | b'-' | b'*' | b'>' | b'|' | b'~'))
        {
            start += 1;
        }
        if input[start..end].starts_with(b"S:") {
            start = skip_blank(input, start + 2).min(end);
        }
        if let Some(code) =
            three_digits(input, start).filter(|code| matches!(code.class(), Some(Class::Transient | Class::Permanent)))
        {
            let continues = last.is_some_and(|found| {
                found.code == code && input[found.start..at].iter().filter(|b| **b == b'\n').count() < 12
            });
            if matches!(input.get(start + 3), None | Some(b' ' | b'-' | b'\r' | b'\n')) && !continues {
                last = Some(doubled(
                    input,
                    Found {
                        start,
                        after: start + 3,
                        code,
                        enhanced: None,
                    },
                ));
            }
        }
        at = end + 1;
    }
    last
}

/// Words that introduce a reply wherever they stand, beside those of the catalogue's wrappers.
const INTROS: &[&[u8]] = &[
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
];

/// Whether the words before a reply are such as introduce one.
fn introduced(before: &[u8], tables: Option<&Tables<'_>>) -> bool {
    let before = trim_marks(before);
    let Some(last) = before.last().map(u8::to_ascii_lowercase) else {
        return false;
    };
    let ends = |intro: &[u8]| intro.last() == Some(&last) && ends_with_word(before, intro);
    // The catalogue's intros come without the marks at their end: those were cut off here too.
    INTROS.iter().any(|intro| ends(intro))
        || tables.is_some_and(|tables| {
            tables
                .wrappers
                .iter()
                .any(|wrapper| ends(tables.text(wrapper.intro).as_bytes()))
        })
}

/// Cuts blanks, quotes and marks off the end.
pub(crate) fn trim_marks(mut bytes: &[u8]) -> &[u8] {
    while let [
        rest @ ..,
        b' ' | b'\t' | b'\r' | b'\n' | b':' | b';' | b'\'' | b'"' | b'(' | b'[' | b',' | b'=' | b'`' | b'{' | b'<'
        | b'>' | b'-' | b'#',
    ] = bytes
    {
        bytes = rest;
    }
    // Python's bytes literal: b'…
    if let [rest @ .., b'(' | b' ' | b',', b'b'] = bytes {
        return trim_marks(rest);
    }
    bytes
}

fn trim_end(mut bytes: &[u8]) -> &[u8] {
    while let [rest @ .., b' ' | b'\t' | b'"' | b'\''] = bytes {
        bytes = rest;
    }
    bytes
}

fn starts_with(bytes: &[u8], word: &[u8]) -> bool {
    bytes
        .get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// Whether `bytes` ends with `word`, with nothing alphanumeric before it.
fn ends_with_word(bytes: &[u8], word: &[u8]) -> bool {
    let Some(start) = bytes.len().checked_sub(word.len()) else {
        return false;
    };
    bytes[start..].eq_ignore_ascii_case(word) && (start == 0 || !bytes[start - 1].is_ascii_alphanumeric())
}

/// Where a reply that begins at `start` inside a longer text ends.
pub(super) fn segment_end(input: &[u8], start: usize, code: BasicCode) -> usize {
    let mut end = line_end(input, start);
    loop {
        let next = match input.get(end) {
            Some(b'\n') => end + 1,
            _ => return end,
        };
        let stop = line_end(input, next);
        let line = input[next..stop].trim_ascii();
        let quoted = line.strip_prefix(b"<<<").map_or(line, <[u8]>::trim_ascii_start);
        let repeats = quoted.len() >= 3 && three_digits(quoted, 0) == Some(code);
        if !repeats && (line.is_empty() || ends_reply(line)) {
            return end;
        }
        end = stop;
    }
}

fn line_end(input: &[u8], from: usize) -> usize {
    input[from..]
        .iter()
        .position(|b| *b == b'\n')
        .map_or(input.len(), |length| from + length)
}

/// Whether a line belongs to the text behind a reply, not to the reply.
fn ends_reply(line: &[u8]) -> bool {
    if line.starts_with(b"--")
        || line.starts_with(b"==")
        || line.starts_with(b">>>")
        || line.starts_with(b"at ")
        || line.starts_with(b"Traceback")
        || line.starts_with(b"Giving up on")
    {
        return true;
    }
    // A header field of the report or of the returned message: "Reporting-MTA: …".
    let name = line
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-')
        .count();
    name >= 2
        && line.get(name) == Some(&b':')
        && line[0].is_ascii_uppercase()
        && !starts_with(line, b"http")
        && line.get(name + 1).is_none_or(|b| *b == b' ')
        && (line[..name].contains(&b'-')
            || [
                &b"From"[..],
                b"To",
                b"Subject",
                b"Date",
                b"Received",
                b"Message",
                b"Status",
                b"Action",
                b"Return",
            ]
            .iter()
            .any(|field| line[..name].eq_ignore_ascii_case(field)))
}

/// What one pass over a reply's text finds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Survey {
    /// Where the reply's own text ends.
    pub(super) end: usize,
    /// The enhanced code, wherever it stands.
    pub(super) enhanced: Option<EnhancedCode>,
    /// A reply quoted inside this one that tells the cause.
    pub(super) inner: Option<Inner>,
}

/// A quoted reply, by offsets in the outer one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inner {
    pub(super) start: usize,
    pub(super) after: usize,
    pub(super) code: BasicCode,
    pub(super) enhanced: Option<EnhancedCode>,
}

/// Bytes at which something of interest to [`survey`] may begin.
const MARKS: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"(<'\"245";
    let mut index = 0;
    while index < marks.len() {
        table[marks[index] as usize] = true;
        index += 1;
    }
    table
};

/// Looks through a reply's text: for an enhanced code in brackets or behind `#`, for the words that
/// close a wrapped reply, and for a quoted reply inside.
pub(super) fn survey(segment: &[u8], after: usize, code: BasicCode, enhanced: Option<EnhancedCode>) -> Survey {
    let mut result = Survey {
        end: segment.len(),
        enhanced,
        inner: None,
    };
    // Only a reply that tells no cause of its own gives way to the one it quotes.
    let says_little =
        enhanced.is_none_or(|e| e.subject() == 0 || (e.subject() == 4 && e.detail() != 6) || e.detail() == 0);
    let mut at = after.min(segment.len());
    let mut loose: Option<EnhancedCode> = None;
    while let Some(&byte) = segment.get(at) {
        if !MARKS[usize::from(byte)] {
            at += 1;
            continue;
        }
        match byte {
            b'(' if starts_with(&segment[at + 1..], b"in reply to") => {
                result.end = at;
                break;
            }
            b'(' | b'<' | b'\'' | b'"' if says_little && result.inner.is_none() && code.first_digit() >= 4 => {
                if let Some(inner) = quoted(segment, at + 1, byte == b'<', code) {
                    result.inner = Some(inner);
                }
            }
            b'2' | b'4' | b'5' if result.enhanced.is_none() && segment.get(at + 1) == Some(&b'.') => {
                let joined = at > 0
                    && (segment[at - 1].is_ascii_alphanumeric()
                        || matches!(segment[at - 1], b'.' | b'_' | b'/' | b'-' | b'@'));
                if !joined {
                    if let Some((found, width)) = EnhancedCode::read(&segment[at..]) {
                        if found.subject() <= 7 && found.class() == code.first_digit() {
                            result.enhanced = Some(found);
                        } else if found.subject() <= 7
                            && loose.is_none()
                            && at > 0
                            && matches!(segment[at - 1], b'#' | b'(')
                        {
                            loose = Some(found);
                        }
                        at += width;
                        continue;
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
    result.enhanced = result.enhanced.or(loose);
    result
}

/// A reply quoted at `at`: with an enhanced code, or between angle brackets.
fn quoted(segment: &[u8], at: usize, angle: bool, outer: BasicCode) -> Option<Inner> {
    let code = three_digits(segment, at)?;
    if !matches!(code.class(), Some(Class::Transient | Class::Permanent)) {
        return None;
    }
    let found = doubled(
        segment,
        Found {
            start: at,
            after: at + 3,
            code,
            enhanced: None,
        },
    );
    if found.enhanced.is_none() && !(angle && matches!(segment.get(at + 3), Some(b' ' | b'\r' | b'\n'))) {
        return None;
    }
    if found.code == outer && found.enhanced.is_none() {
        return None;
    }
    Some(Inner {
        start: found.start,
        after: found.after,
        code: found.code,
        enhanced: found.enhanced,
    })
}

/// The first enhanced code that stands alone in a text without a basic code; a specific one is
/// taken before one that says nothing.
pub(super) fn first_enhanced(input: &[u8]) -> Option<(usize, EnhancedCode)> {
    let mut vague = None;
    let mut at = 0;
    while at < input.len() {
        let byte = input[at];
        if matches!(byte, b'2' | b'4' | b'5') && input.get(at + 1) == Some(&b'.') {
            let joined = at > 0
                && (input[at - 1].is_ascii_alphanumeric() || matches!(input[at - 1], b'.' | b'_' | b'/' | b'-' | b'@'));
            if !joined {
                if let Some((code, width)) = EnhancedCode::read(&input[at..]) {
                    if code.subject() <= 7 && !is_version(input, at, at + width, code) {
                        if code.subject() != 0 {
                            return Some((at, code));
                        }
                        vague = vague.or(Some((at, code)));
                    }
                    at += width;
                    continue;
                }
            }
        }
        at += 1;
    }
    vague
}

/// Whether a number of three parts is a program's version, not a status: success is never the news of a text
/// without a reply code unless the text begins with it or labels it, and `Name: 2.7.0` alone on its line names a version.
fn is_version(input: &[u8], at: usize, end: usize, code: EnhancedCode) -> bool {
    let before = trim_marks(&input[..at]);
    const LABELS: &[&[u8]] = &[
        b"dsn",
        b"status",
        b"said",
        b"code",
        b"error",
        b"reason",
        b"response",
        b"reply",
        b"was",
    ];
    const PROGRAMS: &[&[u8]] = &[
        b"version",
        b"exim",
        b"postfix",
        b"sendmail",
        b"python",
        b"php",
        b"node",
        b"phpmailer",
        b"nodemailer",
        b"ruby",
        b"laravel",
        b"django",
        b"v",
        b"ver",
        b"release",
        b"package",
        b"wordpress",
    ];
    let ends = |list: &[&[u8]]| list.iter().any(|word| ends_with_word(before, word));
    if ends(PROGRAMS) {
        return true;
    }
    let labelled =
        before.is_empty() || ends(LABELS) || matches!(at.checked_sub(1).map(|i| input[i]), Some(b'(' | b'#'));
    if labelled {
        return false;
    }
    let alone =
        input.get(end).is_none_or(|b| matches!(b, b'\n' | b'\r')) && input[..at].trim_ascii_end().last() == Some(&b':');
    code.class() == 2 || alone
}
