//! What the text around a reply says: host, recipient, command.

use crate::code::EnhancedCode;
use crate::vocabulary::Command;

/// How far around a reply the text is searched, in bytes to either side.
const REACH: usize = 2048;

/// What was found around a reply.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context<'t> {
    pub(super) host: Option<&'t [u8]>,
    pub(super) recipient: Option<&'t [u8]>,
    pub(super) command: Option<Command>,
    pub(super) enhanced: Option<EnhancedCode>,
}

/// Reads the text around the reply at `start..end` of `input`.
pub(super) fn read(input: &[u8], start: usize, end: usize) -> Context<'_> {
    let before = &input[start.saturating_sub(REACH)..start.min(input.len())];
    let after = &input[end.min(input.len())..input.len().min(end.saturating_add(REACH))];
    Context {
        host: host(before).or_else(|| field(after, b"remote-mta:").and_then(name_after_type)),
        recipient: recipient(before).or_else(|| field(after, b"final-recipient:").and_then(address_after_type)),
        command: command(after, before),
        enhanced: labelled_enhanced(before).or_else(|| labelled_enhanced(after)),
    }
}

/// Case-insensitive search.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let first = needle.first()?.to_ascii_lowercase();
    (0..haystack.len().checked_sub(needle.len())? + 1)
        .find(|&at| haystack[at].to_ascii_lowercase() == first && haystack[at..at + needle.len()].eq_ignore_ascii_case(needle))
}

fn find_last(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    (0..haystack.len().checked_sub(needle.len())? + 1).rev().find(|&at| haystack[at..at + needle.len()].eq_ignore_ascii_case(needle))
}

/// The value of a report's field.
fn field<'t>(text: &'t [u8], name: &[u8]) -> Option<&'t [u8]> {
    let at = find(text, name)? + name.len();
    let rest = &text[at..];
    Some(rest[..rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())].trim_ascii())
}

fn name_after_type(value: &[u8]) -> Option<&[u8]> {
    let name = value.iter().position(|b| *b == b';').map_or(value, |at| value[at + 1..].trim_ascii_start());
    host_name(name)
}

fn address_after_type(value: &[u8]) -> Option<&[u8]> {
    let address = value.iter().position(|b| *b == b';').map_or(value, |at| value[at + 1..].trim_ascii());
    address.contains(&b'@').then_some(address)
}

/// A host name at the start of `text`: labels and points, with at least one point.
fn host_name(text: &[u8]) -> Option<&[u8]> {
    let len = text.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')).count();
    let name = text[..len].strip_suffix(b".").unwrap_or(&text[..len]);
    (name.contains(&b'.') && name.iter().any(u8::is_ascii_alphabetic)).then_some(name)
}

fn host(before: &[u8]) -> Option<&[u8]> {
    const INTROS: &[&[u8]] = &[b"relay=", b"host ", b"server at ", b"server ", b"while talking to ", b"remote-mta: dns; ", b"remote-mta: dns;", b"connected to ", b"mx "];
    let mut best: Option<(usize, &[u8])> = None;
    for intro in INTROS {
        if let Some(at) = find_last(before, intro) {
            if let Some(name) = host_name(before[at + intro.len()..].trim_ascii_start()) {
                if best.is_none_or(|(place, _)| at > place) {
                    best = Some((at, name));
                }
            }
        }
    }
    best.map(|(_, name)| name)
}

fn recipient(before: &[u8]) -> Option<&[u8]> {
    if let Some(address) = field(before, b"final-recipient:").and_then(address_after_type) {
        return Some(address);
    }
    for intro in [&b" to=<"[..], b"rcpt to:<", b"<"] {
        let mut rest = before;
        while let Some(at) = find(rest, intro) {
            rest = &rest[at + intro.len()..];
            let len = rest.iter().position(|b| matches!(b, b'>' | b' ' | b'\n')).unwrap_or(0);
            if rest.get(len) == Some(&b'>') && rest[..len].contains(&b'@') {
                return Some(&rest[..len]);
            }
        }
    }
    None
}

/// Names of commands as wrappers write them, longest first.
const COMMANDS: &[(&[u8], Command)] = &[
    (b"end of data", Command::DataEnd),
    (b"end_of_data", Command::DataEnd),
    (b"data end", Command::DataEnd),
    (b"sending message body", Command::DataEnd),
    (b"message body", Command::DataEnd),
    (b"final data", Command::DataEnd),
    (b"initial connection", Command::Connect),
    (b"greeting", Command::Connect),
    (b"starttls", Command::StartTls),
    (b"mail from", Command::Mail),
    (b"mail_from", Command::Mail),
    (b"rcpt to", Command::Rcpt),
    (b"rcpt_to", Command::Rcpt),
    (b"ehlo", Command::Ehlo),
    (b"helo", Command::Helo),
    (b"bdat", Command::Bdat),
    (b"auth", Command::Auth),
    (b"data", Command::Data),
    (b"vrfy", Command::Vrfy),
    (b"rset", Command::Rset),
];

fn command_at_start(text: &[u8]) -> Option<Command> {
    COMMANDS.iter().find(|(name, _)| text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))).map(|(_, command)| *command)
}

fn command(after: &[u8], before: &[u8]) -> Option<Command> {
    if let Some(at) = find(after, b"(in reply to ") {
        return command_at_start(&after[at + 13..]);
    }
    if let Some(at) = find_last(before, b"remote mail server after ") {
        let rest = &before[at + 25..];
        let rest = rest.strip_prefix(b"pipelined ").unwrap_or(rest);
        return command_at_start(rest);
    }
    if let Some(at) = find_last(before, b">>> ") {
        return command_at_start(&before[at + 4..]);
    }
    if let Some(at) = find_last(before, b" command failed") {
        let head = &before[..at];
        return COMMANDS.iter().find(|(name, _)| head.len() >= name.len() && head[head.len() - name.len()..].eq_ignore_ascii_case(name)).map(|(_, command)| *command);
    }
    if find(before, b"sasl authentication failed").is_some() || find(before, b"smtpauthentication").is_some() {
        return Some(Command::Auth);
    }
    if find(before, b"refused to talk to me").is_some() {
        return Some(Command::Connect);
    }
    if find(before, b"smtprecipientsrefused").is_some() {
        return Some(Command::Rcpt);
    }
    if find(before, b"smtpsenderrefused").is_some() {
        return Some(Command::Mail);
    }
    None
}

/// The enhanced code of a log's `dsn=` or a report's `Status:`.
fn labelled_enhanced(text: &[u8]) -> Option<EnhancedCode> {
    for label in [&b"dsn="[..], b"dsn: ", b"status: "] {
        if let Some(at) = find(text, label) {
            if let Some((code, _)) = EnhancedCode::read(&text[at + label.len()..]) {
                return Some(code);
            }
        }
    }
    None
}
