//! What speaks in a text without a reply code: the words between the fields, keys and frames of logs and programs.

use super::bytes::{Needle, find, holds_any, line_end, word_count};
use super::extent::TAIL;
use crate::lanes::{self, Lanes, each_flagged};

/// The part of a text without a reply code that speaks: not the fields, keys and frames that logs put around it.
pub(super) fn speaking(input: &[u8], start: usize) -> (usize, usize) {
    let text = input.get(start..).unwrap_or(&[]);
    let seen = Seen::of(text);
    let text = &text[..seen
        .any(b";")
        .then(|| find(text, &TAIL))
        .flatten()
        .unwrap_or(text.len())];
    let whole = (start, start + text.len());
    // Each of them looks only where the marks are that it cannot do without.
    let (from, to) = (seen.any(b":").then(|| quoted_response(text)).flatten())
        .or_else(|| seen.any(b"=").then(|| field(text)).flatten())
        .or_else(|| seen.any(b"\"").then(|| json_value(text)).flatten())
        .or_else(|| seen.any(b"=[").then(|| behind_log_fields(text)).flatten())
        .or_else(|| seen.any(b"):\"(#").then(|| beside_frames(text)).flatten())
        .unwrap_or((0, text.len()));
    if word_count(&text[from..to]) >= 2 {
        (start + from, start + to)
    } else {
        whole
    }
}

/// Which marks a text has, of those that logs and programs put around what they tell.
struct Seen(u64);

impl Seen {
    fn of(text: &[u8]) -> Self {
        let marks = |eight: Lanes| {
            eight
                .within(b'"', b'#')
                .or(eight.within(b'(', b')'))
                .or(eight.within(b':', b'='))
                .or(eight.equal(b'['))
        };
        let mut seen = 0;
        each_flagged(text, 0, marks, |at| {
            seen |= Self::bit(text[at]);
            true
        });
        Self(seen)
    }

    /// A mark's own bit: they are all between the blank and the underscore.
    const fn bit(mark: u8) -> u64 {
        1 << (mark.wrapping_sub(b' ') % 64)
    }

    /// Whether the text has any of some marks.
    fn any(&self, marks: &[u8]) -> bool {
        marks.iter().any(|mark| self.0 & Self::bit(*mark) != 0)
    }
}

/// The part of a text that speaks, where an enhanced code stands in it at `code`.
pub(super) fn quoted_from(input: &[u8], start: usize, code: usize) -> (usize, usize) {
    let start = start.min(input.len());
    match quoted_response(&input[start..]) {
        Some((from, to)) if (start + from..start + to).contains(&code) => (start + from, start + to),
        _ => {
            let tail = find(&input[start..], &TAIL).map_or(input.len(), |at| start + at);
            (start, if tail > code { tail } else { input.len() })
        }
    }
}

/// What stands behind the words by which .NET quotes the server; those before them only name the code's class.
fn quoted_response(text: &[u8]) -> Option<(usize, usize)> {
    const LABEL: Needle = Needle::new(b"server response was:");
    let from = find(text, &LABEL)? + LABEL.len();
    let to = beside_frames(&text[from..])
        .filter(|(at, _)| *at == 0)
        .map_or(text.len(), |(_, to)| from + to);
    Some((from, to))
}

/// The value of the field of a log line that holds the error: `errormsg='…'`, `err="…"`.
fn field(text: &[u8]) -> Option<(usize, usize)> {
    const FIELDS: &[(Needle, u8)] = &[
        (Needle::new(b"smtpmsg='"), b'\''),
        (Needle::new(b"errormsg='"), b'\''),
        (Needle::new(b" err=\""), b'"'),
        (Needle::new(b" error=\""), b'"'),
        (Needle::new(b" errmsg=\""), b'"'),
    ];
    let (from, quote) = FIELDS
        .iter()
        .find_map(|(label, quote)| find(text, label).map(|at| (at + label.len(), *quote)))?;
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
    while let Some(next) = lanes::position(text, at, b'"') {
        let open = next + 1;
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
    const CLIENT: Needle = Needle::new(b"H=");
    const ROUTER: Needle = Needle::new(b"R=");
    const LEVELS: &[Needle] = &[
        Needle::new(b"ERROR"),
        Needle::new(b"WARN"),
        Needle::new(b"INFO"),
        Needle::new(b"DEBUG"),
        Needle::new(b"FATAL"),
        Needle::new(b"CRITICAL"),
        Needle::new(b"SEVERE"),
    ];
    let end = line_end(text, 0);
    let line = &text[..end];
    // Of a delivery, the cause stands before the host: "== address R=… T=… defer (113): … H=…".
    let client = find(line, &CLIENT).filter(|at| *at == 0 || line[at - 1] == b' ');
    if let Some(first) = client.filter(|at| find(&line[..*at], &ROUTER).is_none()) {
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
    let has_level = holds_any(&line[..open], LEVELS);
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
    const OWN: &[Needle] = &[
        Needle::new(b"code:"),
        Needle::new(b"errno"),
        Needle::new(b"Caused by"),
        Needle::new(b"Inner Exception"),
    ];
    const EXCEPTIONS: &[Needle] = &[
        Needle::new(b"Error"),
        Needle::new(b"Exception"),
        Needle::new(b"Disconnected"),
        Needle::new(b"Refused"),
        Needle::new(b"timeout"),
        Needle::new(b"error:"),
    ];
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
    if holds_any(&text[first..], OWN) {
        return None;
    }
    let head = rest.split(|byte| matches!(byte, b' ' | b'\n')).next().unwrap_or(&[]);
    let names_exception = holds_any(head, EXCEPTIONS);
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
    const LINE: Needle = Needle::new(b":line ");
    (line.starts_with(b"at ") && (line.ends_with(b")") || find(line, &LINE).is_some()))
        || line.starts_with(b"File \"")
        || line.starts_with(b"Traceback (")
        || (line.first() == Some(&b'#') && line.get(1).is_some_and(u8::is_ascii_digit))
}
