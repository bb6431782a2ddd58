//! Entries to rules: reason, advice for both classes, conditions, text.

use smtp_codes::tables::{Advice, Condition, Limits, NO_SCHEDULE, Rule, RuleKind, RuleText, Run, Strength, Traits};
use smtp_codes::{Address, BounceType, Command, Delivery, Party, Reason, Remedy};

use super::Compiler;
use super::codes;
use crate::source::{self, List, OneOrMany, Text};

/// An entry, before it becomes a rule.
pub(super) struct Draft<'c> {
    pub(super) kind: RuleKind,
    pub(super) advice: [source::Advice<'c>; 2],
    pub(super) strength: Option<&'c Text>,
    pub(super) confidence: u8,
    pub(super) provider: u16,
    pub(super) distinctive: bool,
    pub(super) catch_all: bool,
    pub(super) conditions: Vec<Condition>,
    pub(super) command: Option<&'c Text>,
    pub(super) number: u32,
    pub(super) slug: String,
    pub(super) title: &'c str,
    pub(super) summary: &'c str,
    pub(super) fix: &'c str,
    pub(super) url: &'c str,
    pub(super) tag: &'c str,
    pub(super) sources: &'c List,
}

/// The codes that the keys `basic` and `enhanced` limit an entry to.
pub(super) fn conditions(basic: Option<&OneOrMany>, enhanced: Option<&OneOrMany>) -> Vec<Condition> {
    let texts = |forms: Option<&OneOrMany>| {
        forms
            .map(|forms| forms.iter().map(|form| form.get().clone()).collect::<Vec<_>>())
            .unwrap_or_default()
    };
    let (basic, enhanced) = (texts(basic), texts(enhanced));
    codes::conditions(basic.iter().map(String::as_str), enhanced.iter().map(String::as_str))
}

/// What `confidence = "…"` says in percent; `strength` lowers it for openings that say little.
pub(super) fn confidence(word: Option<&Text>, generic: bool, default: u8) -> u8 {
    let stated = match word.map(|text| text.as_str()) {
        Some("high") => 95,
        Some("medium") => 88,
        Some("low") => 70,
        _ => default,
    };
    if generic { stated.min(55) } else { stated }
}

pub(super) fn strength(word: Option<&Text>) -> Strength {
    match word.map(|text| text.as_str()) {
        Some("generic") => Strength::Generic,
        Some("specific") => Strength::Specific,
        _ => Strength::Normal,
    }
}

impl<'c> Compiler<'c> {
    /// Adds the rule of an entry and returns its index.
    pub(super) fn rule(&mut self, draft: Draft<'c>) -> u16 {
        let reason = draft.advice[0]
            .reason
            .or(draft.advice[1].reason)
            .and_then(|slug| Reason::from_slug(slug))
            .unwrap_or(Reason::Unknown);
        let advice = [
            self.advice(&draft.advice[0], reason, false),
            self.advice(&draft.advice[1], reason, true),
        ];
        let limits = self.limits(draft.conditions, draft.command);
        let sources = self.source_run(draft.sources);
        let index = self.tables.rules.len() as u16;
        let traits = Traits {
            kind: draft.kind,
            strength: strength(draft.strength),
            distinctive: draft.distinctive,
            catch_all: draft.catch_all,
            permanent: self.unstated_is_permanent(reason),
        };
        self.tables.rules.push(Rule::new(
            traits,
            reason,
            draft.confidence,
            draft.provider,
            limits,
            advice,
        ));
        let text = RuleText {
            number: draft.number,
            slug: self.pool.intern(&draft.slug),
            title: self.pool.intern(draft.title),
            summary: self.pool.intern(draft.summary),
            fix: self.pool.intern(draft.fix),
            url: self.pool.intern(draft.url),
            tag: self.pool.intern(draft.tag),
            sources,
        };
        self.tables.rule_texts.push(text);
        index
    }

    /// The number of what an entry is limited to; 0 for no limit.
    fn limits(&mut self, conditions: Vec<Condition>, command: Option<&Text>) -> u16 {
        let limits = Limits {
            conditions: self.conditions_run(&conditions),
            commands: command.and_then(|slug| command_bit(slug)).unwrap_or(0),
        };
        let known = self.tables.limits.iter().position(|known| *known == limits);
        known.unwrap_or_else(|| {
            self.tables.limits.push(limits);
            self.tables.limits.len() - 1
        }) as u16
    }

    /// Where conditions stand in the table, and how many they are.
    fn conditions_run(&mut self, conditions: &[Condition]) -> (u16, u16) {
        if conditions.is_empty() {
            return (0, 0);
        }
        let known = self
            .tables
            .conditions
            .windows(conditions.len())
            .position(|window| window == conditions);
        let start = known.unwrap_or_else(|| {
            self.tables.conditions.extend(conditions);
            self.tables.conditions.len() - conditions.len()
        });
        (start as u16, conditions.len() as u16)
    }

    pub(super) fn source_run(&mut self, sources: &List) -> Run {
        let indices = sources
            .iter()
            .filter_map(|id| self.source_index.get(id.as_str()).copied())
            .collect();
        self.source_lists.intern(indices)
    }

    /// Whether a reply that states no class is taken for a permanent one.
    fn unstated_is_permanent(&self, reason: Reason) -> bool {
        self.reasons
            .get(reason.slug())
            .is_some_and(|entry| entry.unstated.as_str() == "permanent")
    }

    /// The advice of an entry for one class: its own keys above the reason's default.
    fn advice(&mut self, own: &source::Advice<'c>, reason: Reason, permanent: bool) -> u16 {
        let default = self.reasons.get(reason.slug()).map(|entry| {
            (
                if permanent { &entry.permanent } else { &entry.transient },
                &entry.party,
            )
        });
        let pick =
            |own: Option<&'c Text>, default: Option<&'c Text>| own.or(default).map(|text| text.as_str()).unwrap_or("");
        let remedies = own
            .remedies
            .or(default.map(|(d, _)| &d.remedies))
            .map(|list| {
                list.iter()
                    .filter_map(|slug| Remedy::from_slug(slug))
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default();
        let party = own
            .party
            .or(default.and_then(|(d, party)| d.party.as_ref().or(Some(party))))
            .map(|text| text.as_str())
            .unwrap_or("");
        let schedule = own.schedule.or(default.and_then(|(d, _)| d.schedule.as_ref()));
        let delivery =
            Delivery::from_slug(pick(own.delivery, default.map(|(d, _)| &d.delivery))).unwrap_or(Delivery::GiveUp);
        let advice = Advice {
            bounce: BounceType::from_slug(pick(own.bounce, default.map(|(d, _)| &d.bounce)))
                .unwrap_or(BounceType::None),
            party: Party::from_slug(party).unwrap_or(Party::Receiver),
            delivery,
            address: Address::from_slug(pick(own.address, default.map(|(d, _)| &d.address))).unwrap_or(Address::Keep),
            remedies: self.remedies.intern(remedies),
            schedule: schedule
                .and_then(|slug| self.schedule_index.get(slug.as_str()).copied())
                .unwrap_or(NO_SCHEDULE),
        };
        if let Some(index) = self.tables.advice.iter().position(|known| *known == advice) {
            return index as u16;
        }
        self.tables.advice.push(advice);
        (self.tables.advice.len() - 1) as u16
    }
}

/// The bits of a command; `ANY` is no limit.
pub(super) fn command_bit(slug: &str) -> Option<u32> {
    Command::from_slug(slug).map(|command| 1 << command.number())
}
