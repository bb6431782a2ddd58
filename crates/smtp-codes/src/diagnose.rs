//! From a reply to a diagnosis: which rule speaks, and what it advises.

use crate::code::{BasicCode, Class, EnhancedCode};
use crate::extract::{self, Extract};
use crate::infer::{self, Inference};
use crate::lookup::Codes;
use crate::matcher::{self, Matches, Words};
use crate::recognise::{self, How};
use crate::reply::{self, Reply};
use crate::tables::{
    Advice, Blocklist, Cue, Cues, Provider, Rule, RuleKind, RuleText, Schedule, Source, Strength, Tables, Target,
};
use crate::vocabulary::{Address, Basis, BounceType, Command, Delivery, Party, Reason, Remedy};

/// A reply, and what the caller knows about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'q> {
    /// The reply, as it was found: any bytes.
    pub reply: &'q [u8],
    /// Slug of the provider that gave it.
    pub provider: Option<&'q str>,
    /// The MX host that gave it.
    pub mx: Option<&'q [u8]>,
    /// The recipient's address or domain.
    pub recipient: Option<&'q [u8]>,
    /// The command it answers.
    pub command: Option<Command>,
}

impl<'q> Query<'q> {
    /// A reply of which nothing more is known.
    #[must_use]
    pub const fn new(reply: &'q [u8]) -> Self {
        Self {
            reply,
            provider: None,
            mx: None,
            recipient: None,
            command: None,
        }
    }
}

impl<'q> From<&'q str> for Query<'q> {
    fn from(reply: &'q str) -> Self {
        Self::new(reply.as_bytes())
    }
}

/// What we make of one reply.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Diagnosis<'a> {
    /// The basic code.
    pub code: Option<BasicCode>,
    /// The enhanced code.
    pub enhanced: Option<EnhancedCode>,
    /// Whether the two are of different classes.
    pub class_mismatch: bool,
    /// Why the message was refused.
    pub reason: Reason,
    /// How sure that is, 0 to 100.
    pub confidence: u8,
    /// What kind of rule it rests on.
    pub basis: Basis,
    /// Kind of bounce.
    pub bounce: BounceType,
    /// Who must act.
    pub party: Party,
    /// What to do with this message.
    pub delivery: Delivery,
    /// What to do with the address.
    pub address: Address,
    /// Steps towards mending the cause, first things first.
    pub remedies: &'a [Remedy],
    /// When to retry.
    pub schedule: Option<&'a Schedule>,
    /// Who answered.
    pub provider: Option<&'a Provider>,
    /// How that was recognised.
    pub provider_by: Option<How>,
    /// Whether the text shows another provider than the caller said.
    pub hint_contradicted: bool,
    /// The blocklist that the reply names.
    pub blocklist: Option<&'a Blocklist>,
    /// What the text says beside its cause.
    pub extract: Extract<'a>,
    /// The reply as it was read.
    pub reply: Reply<'a>,
    /// The rule that won; `None` where nothing was recognised.
    pub rule: Option<&'a Rule>,
    /// What that rule says to people.
    pub text: Option<&'a RuleText>,
    /// The second most likely reason, where wording alone was weighed.
    pub runner_up: Option<Reason>,
    /// The table that the rule stands in.
    pub tables: &'a Tables<'a>,
}

impl<'a> Diagnosis<'a> {
    /// One sentence on what happened.
    #[must_use]
    pub fn summary(&self) -> &'a str {
        self.text
            .map_or("Nothing in this text was recognised as an SMTP reply.", |text| {
                self.tables.text(text.summary)
            })
    }

    /// What the sender does, in the words of the entry; empty where it says no more than the remedies.
    #[must_use]
    pub fn fix(&self) -> &'a str {
        self.text.map_or("", |text| self.tables.text(text.fix))
    }

    /// Slug of the provider that answered.
    #[must_use]
    pub fn provider_slug(&self) -> Option<&'a str> {
        self.provider.map(|provider| self.tables.text(provider.slug))
    }

    /// Slug of the variant that won, without its provider; `None` where no variant did.
    #[must_use]
    pub fn variant_slug(&self) -> Option<&'a str> {
        let text = self
            .text
            .filter(|_| matches!(self.basis, Basis::Variant | Basis::VariantCode))?;
        let slug = self.tables.text(text.slug);
        Some(slug.split_once('/').map_or(slug, |(_, variant)| variant))
    }

    /// Slug of the blocklist that the reply names.
    #[must_use]
    pub fn blocklist_slug(&self) -> Option<&'a str> {
        self.blocklist.map(|blocklist| self.tables.text(blocklist.slug))
    }

    /// The page to read: the one that the reply names, else the one that the entry knows.
    #[must_use]
    pub fn url(&self) -> Option<&'a str> {
        self.extract.url.or_else(|| {
            self.text
                .map(|text| self.tables.text(text.url))
                .filter(|url| !url.is_empty())
        })
    }

    /// The provider's tag for the case.
    #[must_use]
    pub fn tag(&self) -> Option<&'a str> {
        self.text
            .map(|text| self.tables.text(text.tag))
            .filter(|tag| !tag.is_empty())
            .or(self.extract.tag)
    }

    /// Where the facts of the winning entry stand.
    pub fn sources(&self) -> impl Iterator<Item = &'a Source> + use<'a> {
        let run = self.text.map(|text| text.sources).unwrap_or_default();
        self.tables.sources_of(run)
    }
}

/// The built-in tables with, perhaps, a user's own above them.
#[derive(Clone, Copy, Debug)]
pub struct Engine<'a> {
    base: &'a Tables<'a>,
    overlay: Option<&'a Tables<'a>>,
}

impl<'a> Engine<'a> {
    /// An engine over one table.
    #[must_use]
    pub const fn new(base: &'a Tables<'a>) -> Self {
        Self { base, overlay: None }
    }

    /// An engine whose `overlay` wins where it is as specific as `base`.
    ///
    /// The overlay numbers the providers of `base` as `base` does, new ones behind, and its pool begins
    /// with that of `base`: the catalogue's compiler makes overlays that fit.
    #[must_use]
    pub const fn with_overlay(base: &'a Tables<'a>, overlay: &'a Tables<'a>) -> Self {
        Self {
            base,
            overlay: Some(overlay),
        }
    }

    /// The table below.
    #[must_use]
    pub const fn tables(&self) -> &'a Tables<'a> {
        self.base
    }

    /// Diagnoses one reply. Never fails: what is not recognised is `unknown`.
    #[must_use]
    pub fn diagnose(&self, query: &Query<'a>) -> Diagnosis<'a> {
        let reading = Reading::new(self.base, self.overlay, query);
        let mut verdict = reading.verdict(self.base, false);
        let mut tables = self.base;
        if let Some(overlay) = self.overlay {
            let above = reading.verdict(overlay, true);
            if above.rule.is_some() && above.order(overlay) >= verdict.order(self.base) {
                let blocklist = verdict.blocklist;
                verdict = above;
                // The blocklists are the base's.
                verdict.blocklist = blocklist;
                tables = overlay;
            }
        }
        reading.conclude(self.base, tables, verdict)
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
    fn read(reply: &Reply<'_>, tables: &Tables<'_>) -> Self {
        let mut said = Self::default();
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

/// A query, read: codes and text of the reply, and who may have answered.
struct Reading<'a> {
    reply: Reply<'a>,
    codes: Codes,
    command: Option<Command>,
    hint: u16,
    told: (u16, How),
}

/// A rule, and how it came to win.
#[derive(Clone, Copy)]
struct Verdict {
    rule: Option<u16>,
    basis: Basis,
    reason: Reason,
    confidence: u8,
    /// The pattern that matched, where wording did.
    pattern: Option<u16>,
    provider: (u16, Option<How>),
    blocklist: u16,
    runner_up: Option<Reason>,
    /// Whether the text names the recipient; known only where its words were weighed.
    names_recipient: bool,
}

impl Verdict {
    /// What is compared between tables: the kind of rule first, its rank within the kind next.
    fn order(&self, tables: &Tables<'_>) -> (u8, u32) {
        let rank = self.pattern.map_or(0, |pattern| tables.rank(pattern));
        match self.basis {
            Basis::Variant | Basis::Phrase => (Basis::Variant.number(), rank),
            basis => (basis.number(), rank),
        }
    }
}

/// Providers seen in a text; a text shows one, rarely two (the mailbox's host and its program).
#[derive(Default)]
struct Shown {
    providers: [u16; 8],
    len: usize,
}

impl Shown {
    fn insert(&mut self, provider: u16) {
        if !self.contains(provider) {
            if let Some(place) = self.providers.get_mut(self.len) {
                *place = provider;
                self.len += 1;
            }
        }
    }

    fn contains(&self, provider: u16) -> bool {
        self.all().contains(&provider)
    }

    fn all(&self) -> &[u16] {
        &self.providers[..self.len]
    }
}

/// In whose name a rule speaks, from who knows least to who knows best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// It does not apply.
    None,
    /// A provider's that nothing else shows.
    Foreign,
    /// A recognised program's or filter's.
    Known,
    /// That of the host of the mailbox, or of the provider that the caller named.
    Host,
    /// No provider's. A phrase has less rank than any variant, so no variant is behind it.
    Anyone,
}

impl<'a> Reading<'a> {
    fn new(base: &Tables<'_>, overlay: Option<&Tables<'_>>, query: &Query<'a>) -> Self {
        let reply = reply::read(query.reply, Some(base));
        let either = |find: &dyn Fn(&Tables<'_>) -> u16| match find(base) {
            0 => overlay.map_or(0, find),
            provider => provider,
        };
        let command = query.command.or(reply.command);
        let hint = query
            .provider
            .map_or(0, |slug| either(&|tables| recognise::by_slug(tables, slug)));
        let told = [
            (hint, How::Hint),
            (
                query
                    .mx
                    .or(reply.host)
                    .map_or(0, |host| either(&|tables| recognise::by_host(tables, host))),
                How::Host,
            ),
            (
                query.recipient.or(reply.recipient).map_or(0, |recipient| {
                    either(&|tables| recognise::by_recipient(tables, recipient))
                }),
                How::Domain,
            ),
        ];
        let told = told
            .into_iter()
            .find(|(provider, _)| *provider != 0)
            .unwrap_or((0, How::Domain));
        let codes = Codes {
            basic: reply.code,
            enhanced: reply.enhanced,
            command,
        };
        Self {
            reply,
            codes,
            command,
            hint,
            told,
        }
    }

    /// The class that advice depends on; `None` where the reply states none.
    fn class(&self) -> Option<Class> {
        match self.codes.basic {
            Some(code) => code.class(),
            None => self.codes.enhanced.and_then(|code| Class::from_digit(code.class())),
        }
    }

    fn verdict(&self, tables: &Tables<'_>, overlay: bool) -> Verdict {
        let words = Words::read(self.reply.text, self.codes.basic, &tables.vocabulary);
        let matches = matcher::find(words.numbers(), tables);
        let mut verdict = self.choose(tables, &words, &matches, overlay);
        if verdict.basis == Basis::None && !overlay {
            if let Some(class) = self
                .codes
                .basic
                .map(BasicCode::first_digit)
                .or(self.codes.enhanced.map(EnhancedCode::class))
            {
                if let Some(&rule) = tables.classes.get(usize::from(class)).filter(|rule| **rule != u16::MAX) {
                    verdict.accept(tables, rule, Basis::Class, None);
                }
            }
        }
        if !overlay {
            self.turn_to_sender(tables, &mut verdict);
        }
        verdict
    }

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
    fn turn_to_sender(&self, tables: &Tables<'_>, verdict: &mut Verdict) {
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

    /// Finds the rule that speaks, most specific first.
    fn choose(&self, tables: &Tables<'_>, words: &Words, matches: &Matches, overlay: bool) -> Verdict {
        let mut verdict = Verdict {
            rule: None,
            basis: Basis::None,
            reason: Reason::Unknown,
            confidence: 0,
            pattern: None,
            provider: if self.told.0 == 0 {
                (0, None)
            } else {
                (self.told.0, Some(self.told.1))
            },
            blocklist: 0,
            runner_up: None,
            names_recipient: false,
        };
        let mut shown = Shown::default();
        let mut generic = None;
        let mut winner: Option<(u16, u16, Voice)> = None;
        let done = matches!(self.class(), Some(Class::Success | Class::Intermediate));
        for number in matches.iter() {
            let Some(pattern) = tables.pattern(number) else { break };
            match pattern.target {
                Target::Provider(provider) => shown.insert(provider),
                Target::Blocklist(blocklist) => {
                    verdict.blocklist = if verdict.blocklist == 0 {
                        blocklist
                    } else {
                        verdict.blocklist
                    }
                }
                Target::Guard => break,
                Target::Rule(rule) => {
                    let Some(entry) = tables.rule(rule) else { continue };
                    // What is accepted is no failure, whatever its text says, unless a rule says so of that code.
                    if done && tables.conditions_of(entry).is_empty() {
                        continue;
                    }
                    let voice = self.voice(tables, entry, &shown);
                    // Behind a winner, only the variant of one who knows better is of interest.
                    if voice == Voice::None
                        || winner.is_some_and(|(_, _, best)| voice == Voice::Anyone || voice <= best)
                    {
                        continue;
                    }
                    if !entry.holds(&self.codes, tables)
                        || pattern.guards.into_iter().any(|guard| matches.contains(guard))
                    {
                        continue;
                    }
                    if entry.strength() == Strength::Generic {
                        generic = generic.or(Some((rule, number)));
                        continue;
                    }
                    winner = Some((rule, number, voice));
                    if matches!(voice, Voice::Host | Voice::Anyone) {
                        break;
                    }
                }
            }
        }
        self.recognise(tables, &shown, &mut verdict);
        let by_code = self.variant_by_code(tables, &shown, verdict.provider.0);
        if let Some((rule, pattern, _)) = winner {
            let kind = tables.rule(rule).map_or(RuleKind::Phrase, |entry| entry.kind());
            match (kind, by_code) {
                (RuleKind::Variant, _) => verdict.accept(tables, rule, Basis::Variant, Some(pattern)),
                (_, Some(code_rule)) => verdict.accept(tables, code_rule, Basis::VariantCode, None),
                _ => verdict.accept(tables, rule, Basis::Phrase, Some(pattern)),
            }
            return verdict;
        }
        if let Some(rule) = by_code {
            verdict.accept(tables, rule, Basis::VariantCode, None);
            return verdict;
        }
        if overlay {
            if let Some((rule, pattern)) = generic {
                verdict.accept_text(tables, rule, pattern);
            }
            return verdict;
        }
        if let Some(pair) = tables.pair(&self.codes) {
            verdict.accept(tables, pair.rule, Basis::Pair, None);
            return verdict;
        }
        let enhanced = self
            .codes
            .enhanced
            .and_then(|code| tables.enhanced(code).map(|entry| entry.rule_for(code.class())));
        let speaks = |rule: u16| {
            tables
                .rule(rule)
                .is_some_and(|entry| !entry.catch_all() && entry.reason != Reason::Unknown)
        };
        if let Some(rule) = enhanced.filter(|rule| speaks(*rule)) {
            verdict.accept(tables, rule, Basis::Enhanced, None);
            return verdict;
        }
        if !done {
            // A few words without any code are as likely no reply at all.
            let coded = self.codes.basic.is_some() || self.codes.enhanced.is_some();
            let (least, wording) = if coded {
                (tables.model.threshold, 1)
            } else {
                (tables.model.threshold.max(LEAST_WITHOUT_CODE), 2)
            };
            let inference = tables
                .model
                .infer(words.numbers(), &self.codes, tables)
                .filter(|inference| {
                    inference.reason != Reason::Unknown
                        && inference.confidence >= least
                        && has_wording(words, wording, tables)
                });
            let generic_confidence = generic
                .and_then(|(rule, _)| tables.rule(rule))
                .map_or(0, |entry| entry.confidence);
            let generic_reason = generic
                .and_then(|(rule, _)| tables.rule(rule))
                .map(|entry| entry.reason);
            match (inference, generic) {
                // The rule says more about the same reason than the weighed words do.
                (Some(inference), Some((rule, pattern))) if generic_reason == Some(inference.reason) => {
                    verdict.accept_text(tables, rule, pattern);
                    verdict.confidence = verdict.confidence.max(inference.confidence);
                    return verdict;
                }
                (Some(inference), _) if inference.confidence >= generic_confidence => {
                    verdict.infer(tables, &inference);
                    infer::each_atom(words.numbers(), tables, |atom, _, _| {
                        verdict.names_recipient |= tables.cues_of(atom).contains(Cue::Recipient)
                    });
                    return verdict;
                }
                (_, Some((rule, pattern))) => {
                    verdict.accept_text(tables, rule, pattern);
                    return verdict;
                }
                _ => {}
            }
        } else if let Some((rule, pattern)) = generic {
            verdict.accept_text(tables, rule, pattern);
            return verdict;
        }
        let basic = self
            .codes
            .basic
            .and_then(|code| tables.basic(code))
            .map(|entry| entry.rule);
        let family = self
            .codes
            .enhanced
            .and_then(|code| tables.family(code))
            .map(|family| family.rule);
        // A catch-all code that has a meaning, then the family, then the basic code.
        for (rule, basis) in [
            (enhanced, Basis::Family),
            (family, Basis::Family),
            (basic, Basis::Basic),
        ] {
            if let Some(rule) = rule {
                let knows = tables.rule(rule).is_some_and(|entry| entry.reason != Reason::Unknown);
                if knows {
                    verdict.accept(tables, rule, basis, None);
                    return verdict;
                }
            }
        }
        for (rule, basis) in [
            (basic, Basis::Basic),
            (enhanced, Basis::Family),
            (family, Basis::Family),
        ] {
            if let Some(rule) = rule {
                verdict.accept(tables, rule, basis, None);
                return verdict;
            }
        }
        verdict
    }

    /// In whose name a rule speaks here.
    fn voice(&self, tables: &Tables<'_>, rule: &Rule, shown: &Shown) -> Voice {
        let runs_mailboxes = |provider: u16| {
            tables
                .providers
                .get(usize::from(provider))
                .is_some_and(|entry| entry.kind.runs_mailboxes())
        };
        if rule.provider == 0 {
            return Voice::Anyone;
        }
        if rule.provider == self.told.0 {
            return Voice::Host;
        }
        if shown.contains(rule.provider) {
            return if runs_mailboxes(rule.provider) {
                Voice::Host
            } else {
                Voice::Known
            };
        }
        // Wording that one mailbox host uses is not its own in the mouth of another.
        let anothers = runs_mailboxes(rule.provider)
            && (runs_mailboxes(self.told.0) || shown.all().iter().any(|other| runs_mailboxes(*other)));
        if rule.distinctive() && !anothers {
            Voice::Foreign
        } else {
            Voice::None
        }
    }

    fn recognise(&self, tables: &Tables<'_>, shown: &Shown, verdict: &mut Verdict) {
        let kind = |provider: &u16| tables.providers.get(usize::from(*provider)).map(|entry| entry.kind);
        // The host of the mailbox before the program it runs.
        if let Some(provider) = shown.all().iter().copied().min_by_key(|provider| kind(provider)) {
            let agrees = shown.contains(self.told.0);
            if !agrees && (self.told.0 == 0 || kind(&provider).is_some_and(|k| k.runs_mailboxes())) {
                verdict.provider = (provider, Some(How::Fingerprint));
            }
        }
    }

    fn variant_by_code(&self, tables: &Tables<'_>, shown: &Shown, provider: u16) -> Option<u16> {
        let of = |provider: u16| {
            let entry = tables.providers.get(usize::from(provider))?;
            entry
                .by_code
                .of(tables.by_code)
                .iter()
                .copied()
                .find(|rule| tables.rule(*rule).is_some_and(|entry| entry.holds(&self.codes, tables)))
        };
        if provider == 0 {
            return None;
        }
        of(provider).or_else(|| shown.all().iter().find_map(|provider| of(*provider)))
    }

    /// Whether the text bears out that a fault is the recipient's: a wording alone may speak of the sender's
    /// address, of an account of his own or of his settings.
    ///
    /// A check of the sender never speaks of the recipient. Wording without a code for a permanent failure has to
    /// name the recipient, and nothing that is the sender's own.
    #[cold]
    fn blames_recipient(&self, tables: &Tables<'_>, verdict: &Verdict, rule: Option<&Rule>) -> bool {
        // Nobody has named a recipient yet when these are answered.
        let before_recipient = matches!(
            self.command,
            Some(Command::Connect | Command::Ehlo | Command::Helo | Command::StartTls | Command::Auth | Command::Mail)
        );
        if before_recipient || self.senders_fault().is_some() {
            return false;
        }
        let said = Said::read(&self.reply, tables);
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

    /// Turns the verdict into advice and looks up what else the text says.
    fn conclude(&self, base: &'a Tables<'a>, tables: &'a Tables<'a>, verdict: Verdict) -> Diagnosis<'a> {
        let rule = verdict.rule.and_then(|rule| tables.rule(rule));
        let text = verdict.rule.and_then(|rule| tables.rule_texts.get(usize::from(rule)));
        let permanent = match self.class() {
            Some(Class::Permanent) => true,
            Some(Class::Transient | Class::Success | Class::Intermediate) => false,
            None => rule.is_some_and(|rule| rule.permanent()),
        };
        let advice = rule
            .and_then(|rule| tables.advice.get(usize::from(rule.advice[usize::from(permanent)])))
            .copied()
            .unwrap_or(UNKNOWN);
        let mut address = advice.address;
        let mut remedies = advice.remedies.of(tables.remedies);
        // A weighed wording may be wrong, and a suppressed address is lost: only a wide margin does it, where the
        // text names the recipient, and never against a status about the system, the network, the dialogue or the
        // content.
        let elsewhere = self.codes.enhanced.is_some_and(|code| matches!(code.subject(), 3..=6));
        let unsure = verdict.basis == Basis::Inferred
            && (verdict.confidence < SUPPRESS_FROM || elsewhere || !verdict.names_recipient);
        let suppresses = matches!(address, Address::Suppress | Address::SuppressDomain);
        if suppresses && (unsure || !self.blames_recipient(base, &verdict, rule)) {
            address = Address::Verify;
            remedies = UNSURE;
        }
        let provider = if verdict.provider.0 != 0 {
            verdict.provider
        } else {
            match rule {
                Some(rule) if rule.provider != 0 => (rule.provider, Some(How::Wording)),
                _ => (0, None),
            }
        };
        let found = |table: &'a Tables<'a>, number: u16| {
            (number != 0)
                .then(|| table.providers.get(usize::from(number)))
                .flatten()
        };
        Diagnosis {
            code: self.codes.basic,
            enhanced: self.codes.enhanced,
            class_mismatch: self.reply.class_mismatch(),
            reason: verdict.reason,
            confidence: verdict.confidence,
            basis: verdict.basis,
            bounce: advice.bounce,
            party: advice.party,
            delivery: advice.delivery,
            address,
            remedies,
            schedule: tables.schedules.get(usize::from(advice.schedule)),
            // What only the overlay knows is numbered behind.
            provider: found(base, provider.0).or_else(|| found(tables, provider.0)),
            provider_by: provider.1,
            hint_contradicted: self.hint != 0 && provider.0 != self.hint && provider.1 == Some(How::Fingerprint),
            blocklist: (verdict.blocklist != 0)
                .then(|| base.blocklists.get(usize::from(verdict.blocklist)))
                .flatten(),
            extract: extract::extract(self.reply.text),
            reply: Reply {
                command: self.command,
                ..self.reply
            },
            rule,
            text,
            runner_up: verdict.runner_up,
            tables,
        }
    }
}

/// The least confidence at which words alone, without any code, give a reason.
const LEAST_WITHOUT_CODE: u8 = 56;

/// How sure a fault is that the place in the dialogue lays to the sender, against the wording.
const TURNED: u8 = 80;

/// The least confidence at which weighed wording alone suppresses an address.
pub const SUPPRESS_FROM: u8 = 90;

/// What to do about an address that may be dead.
const UNSURE: &[Remedy] = &[Remedy::ContactRecipient];

/// Advice where nothing is known: the address is kept, and nothing is tried blindly.
const UNKNOWN: Advice = Advice {
    bounce: BounceType::None,
    party: Party::Receiver,
    delivery: Delivery::GiveUp,
    address: Address::Keep,
    remedies: crate::tables::Run { start: 0, len: 0 },
    schedule: crate::tables::NO_SCHEDULE,
};

/// Whether at least so many words of the text are known that are no numbers.
fn has_wording(words: &Words, least: usize, tables: &Tables<'_>) -> bool {
    let mut known = words.numbers().iter().filter(|number| {
        **number != 0
            && tables
                .vocabulary
                .word(**number)
                .first()
                .is_some_and(|byte| !byte.is_ascii_digit())
    });
    known.nth(least.saturating_sub(1)).is_some()
}

impl Verdict {
    fn accept(&mut self, tables: &Tables<'_>, rule: u16, basis: Basis, pattern: Option<u16>) {
        let Some(entry) = tables.rule(rule) else { return };
        self.rule = Some(rule);
        self.basis = basis;
        self.reason = entry.reason;
        self.confidence = entry.confidence;
        self.pattern = pattern;
    }

    fn accept_text(&mut self, tables: &Tables<'_>, rule: u16, pattern: u16) {
        let basis = if tables.rule(rule).is_some_and(|entry| entry.kind() == RuleKind::Variant) {
            Basis::Variant
        } else {
            Basis::Phrase
        };
        self.accept(tables, rule, basis, Some(pattern));
    }

    fn infer(&mut self, tables: &Tables<'_>, inference: &Inference) {
        if let Some(&rule) = tables.reasons.get(usize::from(inference.reason.number())) {
            self.accept(tables, rule, Basis::Inferred, None);
        }
        self.reason = inference.reason;
        self.basis = Basis::Inferred;
        self.confidence = inference.confidence;
        self.runner_up = Some(inference.second);
    }
}
