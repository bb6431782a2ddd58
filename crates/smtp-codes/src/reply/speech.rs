//! What speaks in a text without a reply code: the words between the fields, keys and frames of logs and programs.

use super::bytes::{find, line_end, word_count};
use super::extent::TAIL;

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
