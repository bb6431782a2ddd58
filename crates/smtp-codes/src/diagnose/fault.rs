//! Whose fault it is: what the place in the dialogue and the words say against laying it to the recipient.

use super::{Reading, Verdict};
use crate::code::Class;
use crate::lanes;
use crate::matcher::Words;
use crate::reply::Reply;
use crate::tables::{Cue, Cues, Rule, Strength, Tables};
use crate::vocabulary::{Basis, Command, Reason};

/// How sure a fault is that the place in the dialogue lays to the sender, against the wording.
const TURNED: u8 = 80;

impl Reading<'_> {
    /// The fault that a refusal of the address or the account is in this place of the dialogue: nobody has named a
    /// recipient yet, so the account is the one that logs in, and the address is the sender's.
    fn senders_fault(&self) -> Option<Reason> {
        match self.command {
            Some(Command::Auth) => return Some(Reason::Credentials),
            Some(Command::Mail) => return Some(Reason::SenderRejected),
            Some(Command::Rcpt | Command::Data | Command::DataEnd | Command::Bdat) => return None,
            _ => {}
        }
        let login = self
            .codes
            .basic
            .is_some_and(|code| matches!(code.number(), 530 | 534 | 535 | 538))
            || self
                .codes
                .enhanced
                .is_some_and(|code| code.subject() == 7 && matches!(code.detail(), 8 | 11));
        login.then_some(Reason::Credentials)
    }

    /// Lays a fault that sounds like the recipient's to the sender, where the dialogue had named no recipient.
    pub(super) fn turn_to_sender(&self, tables: &Tables<'_>, verdict: &mut Verdict) {
        let unsent = matches!(
            verdict.reason,
            Reason::SpamContent | Reason::Virus | Reason::ContentMalformed | Reason::MailboxFull | Reason::Policy
        );
        let recipients = matches!(
            verdict.reason,
            Reason::RecipientUnknown
                | Reason::RecipientDisabled
                | Reason::RecipientMoved
                | Reason::RecipientRestricted
                | Reason::DomainInvalid
        );
        // Codes alone keep the meaning that the standards give them, unless the wrapping tells the command.
        let by_codes = !matches!(
            verdict.basis,
            Basis::Variant | Basis::VariantCode | Basis::Phrase | Basis::Inferred
        );
        if !recipients && !unsent || by_codes && self.command.is_none() {
            return;
        }
        let Some(reason) = self
            .senders_fault()
            // No content was sent before a login either.
            .filter(|reason| recipients || *reason == Reason::Credentials && verdict.basis != Basis::Variant)
        else {
            return;
        };
        if let Some(&rule) = tables.reasons.get(usize::from(reason.number())) {
            let heard = verdict.reason;
            verdict.accept(tables, rule, Basis::Inferred, None);
            verdict.reason = reason;
            verdict.confidence = TURNED;
            verdict.runner_up = Some(heard);
        }
    }

    /// Whether the text bears out that a fault is the recipient's: a wording alone may speak of the sender's
    /// address, of an account of his own or of his settings.
    ///
    /// A check of the sender never speaks of the recipient. Wording without a code for a permanent failure has to
    /// name the recipient, and nothing that is the sender's own.
    #[cold]
    pub(super) fn blames_recipient(
        &self,
        tables: &Tables<'_>,
        words: &Words,
        verdict: &Verdict,
        rule: Option<&Rule>,
    ) -> bool {
        // Nobody has named a recipient yet when these are answered.
        let before_recipient = matches!(
            self.command,
            Some(Command::Connect | Command::Ehlo | Command::Helo | Command::StartTls | Command::Auth | Command::Mail)
        );
        if before_recipient || self.senders_fault().is_some() {
            return false;
        }
        let said = Said::read(&self.reply, words, tables);
        if said.contains(Cue::SenderCheck) || self.asks_for_relay() {
            return false;
        }
        // A code is often the wrong one: words of the sender's own faults speak against it.
        if matches!(
            verdict.basis,
            Basis::Enhanced | Basis::Pair | Basis::Family | Basis::Basic
        ) {
            return !said.contains(Cue::SendersFault) && !said.contains(Cue::Login);
        }
        if !matches!(verdict.basis, Basis::Phrase | Basis::Inferred) {
            return true;
        }
        let wrapping_names = self.reply.recipient.is_some() || self.command == Some(Command::Rcpt);
        let permanent = self.class() == Some(Class::Permanent)
            || self
                .codes
                .enhanced
                .is_some_and(|code| code.class() == Class::Permanent.digit());
        if permanent {
            // A rule that the recipient is said to have set may be the server's as well.
            let own_words = rule.is_some_and(|rule| rule.strength() == Strength::Specific);
            return !said.contains(Cue::Login)
                && (verdict.reason != Reason::RecipientRestricted
                    || own_words
                    || wrapping_names
                    || said.contains(Cue::Recipient));
        }
        self.class() != Some(Class::Transient)
            && !said.contains(Cue::SendersOwn)
            && !said.contains(Cue::Login)
            && (wrapping_names || said.names_recipient_surely)
    }

    /// Whether the name that the DNS does not know is that of the host which the sender relays through, not the
    /// recipient's: Postfix tells it as `name=smtp.example.com`.
    fn asks_for_relay(&self) -> bool {
        let text = self.reply.text;
        let Some(at) = text.windows(5).position(|bytes| bytes == b"name=") else {
            return false;
        };
        let name = text.get(at + 5..).unwrap_or(&[]);
        [&b"smtp"[..], b"relay", b"out", b"submission"].iter().any(|label| {
            name.get(..label.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(label))
        })
    }
}

/// What the words of a reply say about whose fault it is.
#[derive(Default)]
struct Said {
    cues: Cues,
    /// Whether a noun names the recipient that is not as often the sender's.
    names_recipient_surely: bool,
}

impl Said {
    fn read(reply: &Reply<'_>, words: &Words, tables: &Tables<'_>) -> Self {
        let mut said = Self::default();
        if lanes::position(reply.text, 0, b'@').is_none() {
            said.read_words(words, tables);
            return said;
        }
        for piece in beside_addresses(reply.text) {
            said.read_words(&Words::read(piece, reply.code, &tables.vocabulary), tables);
        }
        said
    }

    fn read_words(&mut self, words: &Words, tables: &Tables<'_>) {
        for start in 0..words.numbers().len() {
            // What one word alone says, and what longer wording that begins with it says.
            let (mut alone, mut longer) = (Cues::default(), Cues::default());
            tables.trie.walk(words.numbers(), start, |atom, end| {
                let cues = if end == start { &mut alone } else { &mut longer };
                *cues = cues.and(tables.cues_of(atom));
            });
            self.names_recipient_surely |=
                longer.contains(Cue::Recipient) || alone.contains(Cue::Recipient) && !alone.contains(Cue::UnsureNoun);
            self.cues = self.cues.and(alone).and(longer);
        }
    }

    const fn contains(&self, cue: Cue) -> bool {
        self.cues.contains(cue)
    }
}

/// The parts of a text beside the e-mail addresses in it: a word inside an address names nobody's role.
fn beside_addresses(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    core::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'=' | b'@');
        let Some(at) = rest.iter().position(|byte| *byte == b'@') else {
            return Some(core::mem::take(&mut rest));
        };
        let start = rest[..at]
            .iter()
            .rposition(|byte| !part(byte))
            .map_or(0, |before| before + 1);
        let end = rest[at..]
            .iter()
            .position(|byte| !part(byte))
            .map_or(rest.len(), |behind| at + behind);
        let piece = &rest[..start];
        rest = &rest[end..];
        Some(piece)
    })
}
