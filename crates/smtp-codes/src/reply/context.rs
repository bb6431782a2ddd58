//! What the text around a reply says: host, recipient, command.
//!
//! One pass over the text before the reply and one over the text behind it, looking at the few words
//! that introduce such things ([`LABELS`]).

use crate::code::EnhancedCode;
use crate::lanes::{self, Behind, Lanes};
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

/// What stands behind a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A host name.
    Host,
    /// A type, a semicolon, and a host name: a field of a report.
    HostField,
    /// A type, a semicolon, and an address: a field of a report.
    RecipientField,
    /// An address up to a closing angle bracket.
    Recipient,
    /// The name of a command.
    Command,
    /// The name of a command, before the label.
    CommandBefore,
    /// The label itself tells the command.
    Tells(Command),
    /// The label tells the command where the reply stands right behind it.
    Near(Command),
    /// A client's own name for an error, which tells the command on either side of the reply.
    Named(Command),
    /// An enhanced code.
    Enhanced,
}

/// Words that introduce something, in lower case. An address in bare brackets is found last.
const LABELS: &[(&[u8], Kind)] = &[
    (b"relay=", Kind::Host),
    (b"host ", Kind::Host),
    (b"server at ", Kind::Host),
    (b"server ", Kind::Host),
    (b"while talking to ", Kind::Host),
    (b"connected to ", Kind::Host),
    (b"mx ", Kind::Host),
    (b"remote-mta:", Kind::HostField),
    (b"final-recipient:", Kind::RecipientField),
    (b"to=<", Kind::Recipient),
    (b"rcpt to:<", Kind::Recipient),
    (b"<", Kind::Recipient),
    (b"(in reply to ", Kind::Command),
    (b"mail server after ", Kind::Command),
    (b">>> ", Kind::Command),
    (b"command\":\"", Kind::Command),
    (b"command\": \"", Kind::Command),
    (b"command: '", Kind::Command),
    (b"command: \"", Kind::Command),
    (b"mail command failed", Kind::Tells(Command::Mail)),
    (b"rcpt command failed", Kind::Tells(Command::Rcpt)),
    (b"command failed", Kind::CommandBefore),
    (b"sasl authentication failed", Kind::Tells(Command::Auth)),
    (b"smtpauthentication", Kind::Tells(Command::Auth)),
    (b"refused to talk to me", Kind::Tells(Command::Connect)),
    (b"smtprecipientsrefused", Kind::Tells(Command::Rcpt)),
    (b"smtpaddressfailed", Kind::Tells(Command::Rcpt)),
    (b"smtpsenderrefused", Kind::Tells(Command::Mail)),
    (b"smtpsenderfailed", Kind::Tells(Command::Mail)),
    (b"authenticationfailedexception", Kind::Tells(Command::Auth)),
    (b"eauth", Kind::Named(Command::Auth)),
    (b"authenticationexception", Kind::Tells(Command::Auth)),
    (b"invalid login", Kind::Near(Command::Auth)),
    (b"login failed", Kind::Near(Command::Auth)),
    (b"login denied", Kind::Near(Command::Auth)),
    (b"login rejected", Kind::Near(Command::Auth)),
    (b"auth failed", Kind::Near(Command::Auth)),
    (b"auth error", Kind::Near(Command::Auth)),
    (b"auth login", Kind::Near(Command::Auth)),
    (b"auth plain", Kind::Near(Command::Auth)),
    (b"auth cram-md5", Kind::Near(Command::Auth)),
    (b"auth xoauth2", Kind::Near(Command::Auth)),
    (b"authentication failed", Kind::Near(Command::Auth)),
    (b"authentication error", Kind::Near(Command::Auth)),
    (b"authentication failure", Kind::Near(Command::Auth)),
    (b"auth:", Kind::Near(Command::Auth)),
    (b"authentifi", Kind::Near(Command::Auth)),
    (b"autentica", Kind::Near(Command::Auth)),
    (b"anmeldung fehlgeschlagen", Kind::Near(Command::Auth)),
    ("登录失败".as_bytes(), Kind::Near(Command::Auth)),
    ("登入失敗".as_bytes(), Kind::Near(Command::Auth)),
    ("認証に失敗".as_bytes(), Kind::Near(Command::Auth)),
    ("Ошибка входа".as_bytes(), Kind::Near(Command::Auth)),
    ("Ошибка аутентификации".as_bytes(), Kind::Near(Command::Auth)),
    (b"failed to authenticate", Kind::Near(Command::Auth)),
    (b"could not authenticate", Kind::Near(Command::Auth)),
    (b"mail failed", Kind::Near(Command::Mail)),
    (b"mail from failed", Kind::Near(Command::Mail)),
    (b"mail from rejected", Kind::Near(Command::Mail)),
    (b"mail from refused", Kind::Near(Command::Mail)),
    (b"mail from command", Kind::Near(Command::Mail)),
    (b"mail from error", Kind::Near(Command::Mail)),
    (b"mail from:", Kind::Near(Command::Mail)),
    (b"from address failed", Kind::Near(Command::Mail)),
    (b"rcpt failed", Kind::Near(Command::Rcpt)),
    (b"rcpt to failed", Kind::Near(Command::Rcpt)),
    (b"rcpt to rejected", Kind::Near(Command::Rcpt)),
    (b"dsn=", Kind::Enhanced),
    (b"dsn: ", Kind::Enhanced),
    (b"status: ", Kind::Enhanced),
];

/// How far behind its label a reply may stand where only nearness joins the two, in bytes.
const NEAR: usize = 64;

/// A set of labels, a bit by their place in [`LABELS`]; a label beyond the bits does not compile.
type Labels = u128;

/// The places within a label by which most text is told from it: its first two bytes, and the one by which `mail `
/// differs from `mailbox`.
const PROBES: [usize; 3] = [0, 1, 4];

/// By byte, in either case: its number among those that stand at the probed places of labels; 0 for all others.
const PROBED: [u8; 256] = {
    let mut table = [0; 256];
    let mut count = 0;
    let mut index = 0;
    while index < LABELS.len() {
        let mut probe = 0;
        while probe < PROBES.len() {
            let label = LABELS[index].0;
            if PROBES[probe] < label.len() {
                let byte = label[PROBES[probe]];
                if table[byte as usize] == 0 {
                    count += 1;
                    table[byte.to_ascii_lowercase() as usize] = count;
                    table[byte.to_ascii_uppercase() as usize] = count;
                }
            }
            probe += 1;
        }
        index += 1;
    }
    table
};

/// How many numbers [`PROBED`] gives, with room left.
const NUMBERS: usize = 64;

/// By probe and by number of a byte: the labels that have it there, and those that are too short to have any.
const FITTING: [[Labels; NUMBERS]; PROBES.len()] = {
    let mut table = [[0; NUMBERS]; PROBES.len()];
    let mut probe = 0;
    while probe < PROBES.len() {
        let mut index = 0;
        while index < LABELS.len() {
            let label = LABELS[index].0;
            if PROBES[probe] < label.len() {
                table[probe][PROBED[label[PROBES[probe]] as usize] as usize] |= 1 << index;
            } else {
                let mut number = 0;
                while number < NUMBERS {
                    table[probe][number] |= 1 << index;
                    number += 1;
                }
            }
            index += 1;
        }
        probe += 1;
    }
    table
};

/// The labels that may stand at `at`.
#[inline]
fn fitting(text: &[u8], at: usize) -> Labels {
    let fits = |probe: usize| {
        let number = text
            .get(at + PROBES[probe])
            .map_or(0, |byte| PROBED[usize::from(*byte)]);
        FITTING[probe][usize::from(number) % NUMBERS]
    };
    fits(0) & fits(1) & fits(2)
}

/// The labels that tell something behind a reply.
const AFTER: Labels = {
    let mut labels = 0;
    let mut index = 0;
    while index < LABELS.len() {
        if matches!(
            LABELS[index].1,
            Kind::HostField | Kind::RecipientField | Kind::Command | Kind::Named(_) | Kind::Enhanced
        ) {
            labels |= 1 << index;
        }
        index += 1;
    }
    labels
};

/// The labels that tell the command in an error object.
const INSIDE: Labels = {
    let mut labels = 0;
    let mut index = 0;
    while index < LABELS.len() {
        let (label, kind) = LABELS[index];
        if matches!(kind, Kind::Named(_)) || matches!((label[0], kind), (b'c', Kind::Command)) {
            labels |= 1 << index;
        }
        index += 1;
    }
    labels
};

/// Reads the text around the reply at `start..end` of `input`.
pub(super) fn read(input: &[u8], start: usize, end: usize) -> Context<'_> {
    let before = &input[start.saturating_sub(REACH)..start.min(input.len())];
    let after = &input[end.min(input.len())..input.len().min(end.saturating_add(REACH))];
    let mut context = Context::default();
    // The nearest host and command before the reply are its own; recipients are named first.
    look(before, Labels::MAX, &mut |kind, at, rest| match kind {
        Kind::Host => context.host = host_name(rest.trim_ascii_start()).or(context.host),
        Kind::HostField => context.host = name_after_type(line(rest)).or(context.host),
        Kind::RecipientField => context.recipient = context.recipient.or_else(|| address_after_type(line(rest))),
        Kind::Recipient => context.recipient = context.recipient.or_else(|| address(rest)),
        Kind::Command => {
            context.command = command_at_start(rest.strip_prefix(b"pipelined ").unwrap_or(rest)).or(context.command)
        }
        Kind::CommandBefore => context.command = command_at_end(before[..at].trim_ascii_end()).or(context.command),
        Kind::Tells(command) | Kind::Named(command) => context.command = context.command.or(Some(command)),
        Kind::Near(command) => {
            if before.len() - at <= NEAR {
                context.command = Some(command);
            }
        }
        Kind::Enhanced => {
            context.enhanced = context
                .enhanced
                .or_else(|| EnhancedCode::read(rest).map(|(code, _)| code))
        }
    });
    let mut replied = None;
    let mut named = None;
    look(after, AFTER, &mut |kind, _, rest| match kind {
        Kind::HostField => context.host = context.host.or_else(|| name_after_type(line(rest))),
        Kind::RecipientField => context.recipient = context.recipient.or_else(|| address_after_type(line(rest))),
        Kind::Command => replied = replied.or_else(|| command_at_start(rest)),
        Kind::Named(command) => named = named.or(Some(command)),
        Kind::Enhanced => {
            context.enhanced = context
                .enhanced
                .or_else(|| EnhancedCode::read(rest).map(|(code, _)| code))
        }
        _ => {}
    });
    // "(in reply to RCPT TO command)" behind the reply is the surest word on it.
    context.command = replied.or(context.command).or(named);
    context
}

/// The command that the fields of an error object tell, where the reply stands between them on one line.
pub(super) fn command_inside(text: &[u8]) -> Option<Command> {
    let text = &text[..text.len().min(REACH)];
    let (mut told, mut named) = (None, None);
    look(text, INSIDE, &mut |kind, _, rest| match kind {
        Kind::Command => told = told.or_else(|| command_at_start(rest)),
        Kind::Named(command) => named = named.or(Some(command)),
        _ => {}
    });
    told.or(named)
}

/// Calls `found` with each of some labels in the text, its place, and what stands behind it.
///
/// No label begins like another that says something else, so labels can be left out without changing what is found.
#[inline]
fn look<'t>(text: &'t [u8], wanted: Labels, found: &mut impl FnMut(Kind, usize, &'t [u8])) {
    let mut joining = Behind::default();
    let mut base = 0;
    while base < text.len() {
        let eight = Lanes::load(text, base);
        let letters = eight.letters();
        // Letters begin a label only where they begin a word.
        let joined = joining.add(letters.or(eight.digits())).behind(1);
        let marks = eight.equal(b'<').or(eight.equal(b'(')).or(eight.equal(b'>'));
        for place in letters.and(joined.not()).or(marks).or(eight.wide()) {
            let at = base + place;
            let mut labels = fitting(text, at) & wanted;
            while labels != 0 {
                let (label, kind) = LABELS[labels.trailing_zeros() as usize % LABELS.len()];
                labels &= labels - 1;
                if starts_with(&text[at..], label) {
                    found(kind, at, &text[at + label.len()..]);
                    break;
                }
            }
        }
        base += lanes::WIDTH;
    }
}

fn starts_with(text: &[u8], label: &[u8]) -> bool {
    text.get(..label.len())
        .is_some_and(|head| head[0].eq_ignore_ascii_case(&label[0]) && head.eq_ignore_ascii_case(label))
}

/// What is left of the line.
fn line(text: &[u8]) -> &[u8] {
    text[..text.iter().position(|b| *b == b'\n').unwrap_or(text.len())].trim_ascii()
}

fn name_after_type(value: &[u8]) -> Option<&[u8]> {
    let name = value
        .iter()
        .position(|b| *b == b';')
        .map_or(value, |at| value[at + 1..].trim_ascii_start());
    host_name(name)
}

fn address_after_type(value: &[u8]) -> Option<&[u8]> {
    let address = value
        .iter()
        .position(|b| *b == b';')
        .map_or(value, |at| value[at + 1..].trim_ascii());
    address.contains(&b'@').then_some(address)
}

/// An address that a closing angle bracket ends.
fn address(text: &[u8]) -> Option<&[u8]> {
    let len = text.iter().position(|b| matches!(b, b'>' | b' ' | b'\n'))?;
    (text[len] == b'>' && text[..len].contains(&b'@')).then(|| &text[..len])
}

/// A host name at the start of `text`: labels and points, with at least one point.
fn host_name(text: &[u8]) -> Option<&[u8]> {
    let len = text
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        .count();
    let name = text[..len].strip_suffix(b".").unwrap_or(&text[..len]);
    (name.contains(&b'.') && name.iter().any(u8::is_ascii_alphabetic)).then_some(name)
}

/// Names of commands as wrappers write them, the more special first.
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
    COMMANDS
        .iter()
        .find(|(name, _)| starts_with(text, name))
        .map(|(_, command)| *command)
}

fn command_at_end(text: &[u8]) -> Option<Command> {
    COMMANDS
        .iter()
        .find(|(name, _)| text.len() >= name.len() && text[text.len() - name.len()..].eq_ignore_ascii_case(name))
        .map(|(_, command)| *command)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What [`look`] and its callers rely on.
    #[test]
    fn labels_begin_where_they_are_looked_for_and_hide_none() {
        for (index, (label, kind)) in LABELS.iter().enumerate() {
            let first = label[0];
            assert!(first.is_ascii_alphabetic() || first >= 0x80 || matches!(first, b'<' | b'(' | b'>'));
            assert_ne!(fitting(label, 0) & 1 << index, 0, "{index}");
            for (other, (longer, its_kind)) in LABELS.iter().enumerate() {
                let hides = other != index && longer.starts_with(label);
                assert!(!hides || kind == its_kind, "{index} and {other}");
            }
        }
        assert!(PROBED.iter().all(|number| usize::from(*number) < NUMBERS));
    }
}
