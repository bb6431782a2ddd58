//! A vector read as the engine reads it, to say what kept an entry from winning.

use smtp_codes::diagnose::Query;
use smtp_codes::lookup::Codes;
use smtp_codes::matcher::{self, Matches, Words};
use smtp_codes::tables::{Pattern, Rule, RuleKind, Strength, Tables, Target};
use smtp_codes::{Class, EnhancedCode, recognise, reply};

/// What keeps an entry from winning a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Obstacle {
    /// None of its signatures is there.
    Wording,
    /// Its codes or its command are others.
    Codes,
    /// What it excludes is there.
    Guard,
    /// Nothing shows that its provider answered.
    Stranger,
    /// The reply says that all is well, and the entry does not ask for such a code.
    Accepted,
    /// It is a generic opening.
    Generic,
    /// Another one goes before it.
    Rank,
}

impl Obstacle {
    /// What there is to say to the keeper of the catalogue.
    pub(super) fn help(self, owner: &str, winner: &str) -> String {
        match self {
            Self::Wording => "none of its signatures is in the reply".to_owned(),
            Self::Codes => "its `basic`, `enhanced` or `command` leaves out what the reply has".to_owned(),
            Self::Guard => "one of its `not` is in the reply".to_owned(),
            Self::Stranger => {
                let provider = owner.split('/').next().unwrap_or(owner);
                format!(
                    "nothing shows that `{provider}` answered: give the provider a fingerprint, or say `distinctive = true` if the wording is its own"
                )
            }
            Self::Accepted => {
                "the reply reports success, so only entries with a `basic` or `enhanced` that says so are asked"
                    .to_owned()
            }
            Self::Generic => "its `strength` is `generic`, and every other cause goes before it".to_owned(),
            Self::Rank => {
                format!("`{winner}` is the more specific one: make a signature here longer, or give that one a `not`")
            }
        }
    }
}

/// A reply with all that matches in it.
pub(super) struct Reading<'a> {
    tables: &'a Tables<'a>,
    codes: Codes,
    matches: Matches,
    /// The provider that the caller or the wrapper names; 0 for none.
    told: u16,
    /// Providers that the text shows.
    shown: Vec<u16>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(tables: &'a Tables<'a>, query: &Query<'_>) -> Self {
        let reply = reply::read(query.reply, Some(tables));
        let codes = Codes {
            basic: reply.code,
            enhanced: reply.enhanced,
            command: query.command.or(reply.command),
        };
        let words = Words::read(reply.text, codes.basic, &tables.vocabulary);
        let matches = matcher::find(words.numbers(), tables);
        let told = [
            query.provider.map_or(0, |slug| recognise::by_slug(tables, slug)),
            query
                .mx
                .or(reply.host)
                .map_or(0, |host| recognise::by_host(tables, host)),
            query
                .recipient
                .or(reply.recipient)
                .map_or(0, |recipient| recognise::by_recipient(tables, recipient)),
        ];
        let told = told.into_iter().find(|provider| *provider != 0).unwrap_or(0);
        let shown = matches
            .iter()
            .filter_map(|number| match tables.pattern(number)?.target {
                Target::Provider(provider) => Some(provider),
                _ => None,
            })
            .collect();
        Self {
            tables,
            codes,
            matches,
            told,
            shown,
        }
    }

    /// Whether a pattern is in the reply, and nothing that its entry excludes.
    pub(super) fn matches(&self, number: u16) -> bool {
        self.matches.contains(number)
            && self
                .tables
                .pattern(number)
                .is_some_and(|pattern| !self.guarded(pattern))
    }

    /// Whether the entry of a pattern that matches may speak here.
    pub(super) fn may_speak(&self, rule: &Rule) -> bool {
        rule.holds(&self.codes, self.tables)
            && self.known(rule)
            && !(self.accepted() && self.tables.conditions_of(rule).is_empty())
    }

    /// In whose name a rule speaks: the better known goes before, whatever the rank.
    pub(super) fn voice(&self, rule: &Rule) -> u8 {
        match rule.provider {
            0 => 3,
            provider if provider == self.told => 2,
            provider if self.shown.contains(&provider) && self.runs_mailboxes(provider) => 2,
            provider if self.shown.contains(&provider) => 1,
            _ => 0,
        }
    }

    /// What keeps the entry of `rule` from winning.
    pub(super) fn obstacle(&self, rule: u16, patterns: &[u16]) -> Obstacle {
        let Some(entry) = self.tables.rule(rule) else {
            return Obstacle::Wording;
        };
        let there: Vec<_> = patterns
            .iter()
            .copied()
            .filter(|number| self.matches.contains(*number))
            .collect();
        if entry.kind() != RuleKind::VariantCode && there.is_empty() {
            return Obstacle::Wording;
        }
        if !entry.holds(&self.codes, self.tables) {
            return Obstacle::Codes;
        }
        if entry.kind() != RuleKind::VariantCode && !there.iter().any(|number| self.matches(*number)) {
            return Obstacle::Guard;
        }
        if !self.known(entry) {
            return Obstacle::Stranger;
        }
        if self.accepted() && self.tables.conditions_of(entry).is_empty() {
            return Obstacle::Accepted;
        }
        if entry.strength() == Strength::Generic {
            Obstacle::Generic
        } else {
            Obstacle::Rank
        }
    }

    fn guarded(&self, pattern: Pattern<'_>) -> bool {
        pattern.guards.into_iter().any(|guard| self.matches.contains(guard))
    }

    /// Whether the provider of a rule may be the one that answered.
    fn known(&self, rule: &Rule) -> bool {
        let others = || {
            self.shown
                .iter()
                .chain([&self.told])
                .any(|other| self.runs_mailboxes(*other))
        };
        rule.provider == 0
            || rule.provider == self.told
            || self.shown.contains(&rule.provider)
            || rule.distinctive() && !(self.runs_mailboxes(rule.provider) && others())
    }

    fn runs_mailboxes(&self, provider: u16) -> bool {
        provider != 0
            && self
                .tables
                .providers
                .get(usize::from(provider))
                .is_some_and(|entry| entry.kind.runs_mailboxes())
    }

    /// Whether the reply reports success or asks for more.
    fn accepted(&self) -> bool {
        let class = match self.codes.basic {
            Some(code) => code.class(),
            None => self
                .codes
                .enhanced
                .and_then(|code: EnhancedCode| Class::from_digit(code.class())),
        };
        matches!(class, Some(Class::Success | Class::Intermediate))
    }
}
