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
    if is_process_id(&input[start + 3..]) {
        return None;
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

/// Whether the number before `tail` is the process id of a debugging log: `  308   SMTP<< 451 …`.
fn is_process_id(tail: &[u8]) -> bool {
    const SAYINGS: &[&[u8]] = &[
        b"SMTP<<", b"SMTP>>", b"SMTP(", b"LOG:", b"H=", b"<<", b"<-", b">>", b"->",
    ];
    let said = tail.trim_ascii_start();
    tail.first() == Some(&b' ') && SAYINGS.iter().any(|saying| said.starts_with(saying))
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
    b"got",
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

/// What opens the next turn of a session that a library wrote down on one line, and its own comments.
const TURNS: &[&[u8]] = &[
    b"CLIENT -> ",
    b"SMTP -> ",
    b"SERVER -> ",
    b"SMTP ERROR: ",
    b"SMTP NOTICE: ",
    // The settings that Outlook's programs write behind the reply: "Secure(SSL): No".
    b"(SSL):",
    b"(SSL) :",
    b"(ssl):",
    b"(ssl) :",
    TAIL,
];

/// What Postfix appends to a refusal in its log: sender, recipient, protocol and HELO name.
const TAIL: &[u8] = b"; from=<";

/// Where `part` first stands in `text`.
fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut at = 0;
    while let Some(next) = text.get(at..)?.iter().position(|byte| *byte == first) {
        at += next;
        if text[at..].starts_with(part) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Where a reply that begins at `start` inside a longer text ends.
pub(super) fn segment_end(input: &[u8], start: usize, code: BasicCode) -> usize {
    let mut end = line_end(input, start);
    if let Some(turn) = TURNS.iter().filter_map(|turn| find(&input[start..end], turn)).min() {
        return start + turn;
    }
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
        // A turn of the session that begins on a line of its own.
        if let Some(turn) = TURNS.iter().filter_map(|turn| find(&input[next..stop], turn)).min() {
            return next + turn;
        }
        end = stop;
    }
}

/// Whether a session's transcript holds a library's own word that it failed: what the server accepted before is
/// then not the news.
pub(super) fn tells_of_failure(input: &[u8]) -> bool {
    [&b"SMTP Error"[..], b"SMTP ERROR", b"connect() failed"]
        .iter()
        .any(|word| find(input, word).is_some())
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
        // The answer to QUIT.
        b"221",
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

/// The part of a text without a reply code that speaks: not the fields, keys and frames that logs put around it.
pub(super) fn speaking(input: &[u8], start: usize) -> (usize, usize) {
    let text = input.get(start..).unwrap_or(&[]);
    let text = &text[..find(text, TAIL).unwrap_or(text.len())];
    let whole = (start, start + text.len());
    let (from, to) = quoted_response(text)
        .or_else(|| field(text))
        .or_else(|| json_value(text))
        .or_else(|| behind_log_fields(text))
        .or_else(|| beside_frames(text))
        .unwrap_or((0, text.len()));
    if word_count(&text[from..to]) >= 2 {
        (start + from, start + to)
    } else {
        whole
    }
}

/// The part of a text that speaks, where an enhanced code stands in it at `code`.
pub(super) fn quoted_from(input: &[u8], start: usize, code: usize) -> (usize, usize) {
    let start = start.min(input.len());
    match quoted_response(&input[start..]) {
        Some((from, to)) if (start + from..start + to).contains(&code) => (start + from, start + to),
        _ => {
            let tail = find(&input[start..], TAIL).map_or(input.len(), |at| start + at);
            (start, if tail > code { tail } else { input.len() })
        }
    }
}

/// How many words of two letters and more there are, counted up to two.
fn word_count(text: &[u8]) -> usize {
    text.split(|byte| !byte.is_ascii_alphabetic() && *byte < 0x80)
        .filter(|word| word.len() >= 2)
        .take(2)
        .count()
}

/// What stands behind the words by which .NET quotes the server; those before them only name the code's class.
fn quoted_response(text: &[u8]) -> Option<(usize, usize)> {
    const LABEL: &[u8] = b"server response was:";
    let from = find(text, LABEL)? + LABEL.len();
    let to = beside_frames(&text[from..])
        .filter(|(at, _)| *at == 0)
        .map_or(text.len(), |(_, to)| from + to);
    Some((from, to))
}

/// The value of the field of a log line that holds the error: `errormsg='…'`, `err="…"`.
fn field(text: &[u8]) -> Option<(usize, usize)> {
    const FIELDS: &[&[u8]] = &[b"smtpmsg='", b"errormsg='", b" err=\"", b" error=\"", b" errmsg=\""];
    let (at, label) = FIELDS
        .iter()
        .find_map(|label| find(text, label).map(|at| (at, label)))?;
    let from = at + label.len();
    let quote = *label.last()?;
    let to = from
        + (1..=text.len() - from).find(|length| {
            text.get(from + length).is_none_or(|byte| *byte == quote) && text[from + length - 1] != b'\\'
        })?;
    Some((from, to.min(text.len())))
}

/// The value of the key that holds the error in the record of a log in JSON; the longest one, where there are
/// several of one kind. What a service answers or reports in JSON is left whole: its keys say something.
fn json_value(text: &[u8]) -> Option<(usize, usize)> {
    // What a server said goes before what a program says of it.
    const KEYS: &[&[&[u8]]] = &[
        &[
            b"reason",
            b"response",
            b"diagnosticcode",
            b"diagnostic",
            b"diagnostic_code",
            b"smtp_response",
            b"bounce_reason",
            b"raw_reason",
        ],
        &[
            b"message",
            b"error",
            b"errormessage",
            b"error_message",
            b"error_description",
            b"description",
            b"detail",
            b"details",
            b"text",
            b"content",
            b"msg",
        ],
    ];
    // Keys of the record of a log.
    const RECORD: &[&[u8]] = &[
        b"url",
        b"useragent",
        b"level",
        b"time",
        b"timestamp",
        b"ts",
        b"app",
        b"method",
        b"logger",
        b"caller",
        b"service",
        b"reqid",
        b"hostname",
    ];
    let mut best: Option<(usize, usize, usize)> = None;
    let mut is_record = false;
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| find(rest, b"\"")) {
        let open = at + next + 1;
        let Some(close) = closing_quote(text, open) else { break };
        let colon = close + 1 + text[close + 1..].iter().take_while(|byte| **byte == b' ').count();
        at = close + 1;
        if text.get(colon) != Some(&b':') {
            continue;
        }
        let key = &text[open..close];
        if key.eq_ignore_ascii_case(b"event") {
            return None;
        }
        is_record |= RECORD.iter().any(|name| key.eq_ignore_ascii_case(name));
        let value = colon
            + 1
            + text[colon + 1..]
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
        at = colon + 1;
        if text.get(value) != Some(&b'"') {
            continue;
        }
        let end = closing_quote(text, value + 1).unwrap_or(text.len());
        at = end + 1;
        let Some(kind) = KEYS
            .iter()
            .position(|keys| keys.iter().any(|name| key.eq_ignore_ascii_case(name)))
        else {
            continue;
        };
        let said = (value + 1, end);
        let better =
            best.is_none_or(|(known, from, to)| kind < known || (kind == known && said.1 - said.0 > to - from));
        if better && word_count(&text[said.0..said.1]) >= 2 {
            best = Some((kind, said.0, said.1));
        }
    }
    best.filter(|_| is_record).map(|(_, from, to)| (from, to))
}

/// The quote that closes the string that begins at `from`.
fn closing_quote(text: &[u8], from: usize) -> Option<usize> {
    (from..text.len()).find(|at| text[*at] == b'"' && text[at - 1] != b'\\')
}

/// What stands behind the fields of an Exim log line, `H=name [ip] X=TLS1.3:… F=<…>`, or behind the level and
/// the logger's name of another: `ERROR (Thread-2) [package.module] …`.
fn behind_log_fields(text: &[u8]) -> Option<(usize, usize)> {
    let end = line_end(text, 0);
    let line = &text[..end];
    // Of a delivery, the cause stands before the host: "== address R=… T=… defer (113): … H=…".
    let client = find(line, b"H=").filter(|at| *at == 0 || line[at - 1] == b' ');
    if let Some(first) = client.filter(|at| find(&line[..*at], b"R=").is_none()) {
        let mut at = first;
        let mut last = at;
        while at < end {
            let length = line[at..].iter().take_while(|byte| **byte != b' ').count();
            let token = &line[at..at + length];
            let letters = token.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            let is_field = (letters <= 2 && letters > 0 && token.get(letters) == Some(&b'='))
                || matches!(token.first(), None | Some(b'[' | b'('));
            if !is_field {
                break;
            }
            at += length + 1;
            last = at;
        }
        return (last < end).then_some((last, text.len()));
    }
    // Monolog's prefix: "[2026-01-04 10:00:00] production.ERROR: …".
    if line.starts_with(b"[") {
        let rest = line.iter().position(|byte| *byte == b']').map_or(0, |at| at + 2);
        let prefix = line.get(rest..).unwrap_or(&[]);
        let channel = prefix
            .iter()
            .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
            .count();
        let level = prefix.get(channel + 1..).unwrap_or(&[]);
        let length = level.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
        if channel > 0 && length >= 4 && prefix.get(channel) == Some(&b'.') && level.get(length) == Some(&b':') {
            return Some((rest + channel + length + 2, text.len()));
        }
    }
    let open = (0..line.len().min(160)).find(|at| line[*at] == b'[' && *at > 0 && line[at - 1] == b' ')?;
    let name = line[open + 1..].split(|byte| *byte == b']').next()?;
    let is_name = line.get(open + 1 + name.len()) == Some(&b']')
        && name.contains(&b'.')
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'$'))
        && name.iter().any(u8::is_ascii_alphabetic);
    let has_level = [
        &b"ERROR"[..],
        b"WARN",
        b"INFO",
        b"DEBUG",
        b"FATAL",
        b"CRITICAL",
        b"SEVERE",
    ]
    .iter()
    .any(|level| find(&line[..open], level).is_some());
    (is_name && has_level).then(|| {
        let from = open + name.len() + 2;
        let rest = &text[from..];
        let (_, to) = beside_frames(rest)
            .filter(|(at, _)| *at == 0)
            .unwrap_or((0, rest.len()));
        (from, from + to)
    })
}

/// The words before the frames of a stack trace; those behind them, where they are the exception's own.
fn beside_frames(text: &[u8]) -> Option<(usize, usize)> {
    let mut first = None;
    let mut behind = 0;
    let mut at = 0;
    while at < text.len() {
        let end = line_end(text, at);
        let line = text[at..end].trim_ascii();
        let indented = text[at..end].first().is_some_and(u8::is_ascii_whitespace);
        if is_frame(line) {
            first = first.or(Some(at));
            behind = end + 1;
        } else if first.is_some() && (indented || line.starts_with(b"raise ")) && behind == at {
            // The line of the program that a frame shows.
            behind = end + 1;
        }
        at = end + 1;
    }
    let first = first?;
    let rest = text.get(behind..).unwrap_or(&[]);
    // What an object holds beside its frames tells as much as its message.
    if [&b"code:"[..], b"errno", b"Caused by", b"Inner Exception"]
        .iter()
        .any(|word| find(&text[first..], word).is_some())
    {
        return None;
    }
    let head = rest.split(|byte| matches!(byte, b' ' | b'\n')).next().unwrap_or(&[]);
    let names_exception = [
        &b"Error"[..],
        b"Exception",
        b"Disconnected",
        b"Refused",
        b"timeout",
        b"error:",
    ]
    .iter()
    .any(|word| find(head, word).is_some());
    if names_exception {
        Some((behind, text.len()))
    } else if word_count(&text[..first]) >= 2 {
        Some((0, first))
    } else {
        None
    }
}

/// Whether a line is a frame of a stack trace.
fn is_frame(line: &[u8]) -> bool {
    (line.starts_with(b"at ") && (line.ends_with(b")") || find(line, b":line ").is_some()))
        || line.starts_with(b"File \"")
        || line.starts_with(b"Traceback (")
        || (line.first() == Some(&b'#') && line.get(1).is_some_and(u8::is_ascii_digit))
}
