//! From a reply to a diagnosis: which rule speaks, and what it advises.
//!
//! [`Engine::diagnose`] reads the query (`Reading`), lets the rules speak (`choose`), asks whose fault the place in
//! the dialogue and the words make it (`fault`), and turns the verdict into advice (`advise`).

mod advise;
mod choose;
mod fault;
mod verdict;

use crate::code::{BasicCode, Class, EnhancedCode};
use crate::extract::Extract;
use crate::lookup::Codes;
use crate::matcher::{self, Matches, Words};
use crate::recognise::{self, How};
use crate::reply::{self, Reply};
use crate::tables::{Blocklist, Provider, Rule, RuleText, Schedule, Source, Tables};
use crate::vocabulary::{Address, Basis, BounceType, Command, Delivery, Party, Reason, Remedy};

pub use advise::SUPPRESS_FROM;
use verdict::Verdict;

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
        let words = reading.words(self.base);
        let mut verdict = reading.verdict(self.base, &words, false);
        let mut tables = self.base;
        if let Some(overlay) = self.overlay {
            let above = reading.verdict(overlay, &reading.words(overlay), true);
            if above.rule.is_some() && above.order(overlay) >= verdict.order(self.base) {
                let blocklist = verdict.blocklist;
                verdict = above;
                // The blocklists are the base's.
                verdict.blocklist = blocklist;
                tables = overlay;
            }
        }
        reading.conclude(self.base, tables, &words, verdict)
    }
}

/// A query, read: codes and text of the reply, and who may have answered.
struct Reading<'a> {
    reply: Reply<'a>,
    codes: Codes,
    command: Option<Command>,
    hint: u16,
    told: (u16, How),
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

    /// The words of the reply as a table numbers them.
    fn words(&self, tables: &Tables<'_>) -> Words {
        Words::read(self.reply.text, self.codes.basic, &tables.vocabulary)
    }

    fn verdict(&self, tables: &Tables<'_>, words: &Words, overlay: bool) -> Verdict {
        let mut matches = Matches::new();
        matcher::find_into(words.numbers(), tables, &mut matches);
        let mut verdict = self.choose(tables, words, &matches, overlay);
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
}
