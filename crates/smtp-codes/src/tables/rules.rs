//! What speaks when it matches: rules, their conditions, what they advise and what they say to people.

use super::{Run, Text};
use crate::vocabulary::{Address, BounceType, Delivery, Party, Reason};

/// What kind of entry a rule came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// The first digit of a reply.
    Class,
    /// A basic code.
    Basic,
    /// A family of enhanced codes.
    Family,
    /// An enhanced code.
    Enhanced,
    /// A pair.
    Pair,
    /// Provider-neutral wording.
    Phrase,
    /// A provider's variant without wording.
    VariantCode,
    /// A provider's variant.
    Variant,
}

/// How much a wording says, generic openings least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// An opening that many causes share.
    Generic,
    /// The usual.
    Normal,
    /// An unmistakable cause.
    Specific,
}

/// The part of an entry that decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// [`Traits`], packed.
    traits: u8,
    /// Why the message was refused.
    pub reason: Reason,
    /// How sure the entry is, 0 to 100.
    pub confidence: u8,
    /// Its provider; 0 for none.
    pub provider: u16,
    /// What it is limited to, an index into [`Tables::limits`](super::Tables::limits); 0 for no limit.
    pub limits: u16,
    /// Advice for a transient and for a permanent reply.
    pub advice: [u16; 2],
}

/// What kind of entry a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// Where it came from.
    pub kind: RuleKind,
    /// How much it says.
    pub strength: Strength,
    /// Whether its wording alone shows the provider.
    pub distinctive: bool,
    /// Whether it says almost nothing by itself.
    pub catch_all: bool,
    /// Whether a reply that states no class is taken for a permanent one.
    pub permanent: bool,
}

impl Traits {
    const fn pack(self) -> u8 {
        self.kind as u8
            | (self.strength as u8) << 3
            | (self.distinctive as u8) << 5
            | (self.catch_all as u8) << 6
            | (self.permanent as u8) << 7
    }
}

impl Rule {
    /// A rule.
    #[must_use]
    pub const fn new(
        traits: Traits,
        reason: Reason,
        confidence: u8,
        provider: u16,
        limits: u16,
        advice: [u16; 2],
    ) -> Self {
        Self {
            traits: traits.pack(),
            reason,
            confidence,
            provider,
            limits,
            advice,
        }
    }

    /// Where it came from.
    #[must_use]
    #[inline]
    pub const fn kind(&self) -> RuleKind {
        match self.traits & 7 {
            0 => RuleKind::Class,
            1 => RuleKind::Basic,
            2 => RuleKind::Family,
            3 => RuleKind::Enhanced,
            4 => RuleKind::Pair,
            5 => RuleKind::Phrase,
            6 => RuleKind::VariantCode,
            _ => RuleKind::Variant,
        }
    }

    /// How much it says.
    #[must_use]
    #[inline]
    pub const fn strength(&self) -> Strength {
        match self.traits >> 3 & 3 {
            0 => Strength::Generic,
            1 => Strength::Normal,
            _ => Strength::Specific,
        }
    }

    /// Whether its wording alone shows the provider.
    #[must_use]
    #[inline]
    pub const fn distinctive(&self) -> bool {
        self.traits & 0x20 != 0
    }

    /// Whether it says almost nothing by itself.
    #[must_use]
    #[inline]
    pub const fn catch_all(&self) -> bool {
        self.traits & 0x40 != 0
    }

    /// Whether a reply that states no class is taken for a permanent one.
    #[must_use]
    #[inline]
    pub const fn permanent(&self) -> bool {
        self.traits & 0x80 != 0
    }

    /// All of that at once.
    #[must_use]
    pub const fn traits(&self) -> Traits {
        Traits {
            kind: self.kind(),
            strength: self.strength(),
            distinctive: self.distinctive(),
            catch_all: self.catch_all(),
            permanent: self.permanent(),
        }
    }
}

/// What a rule is limited to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Codes, any of them: the first in [`Tables::conditions`](super::Tables::conditions), and how many; none for any code.
    pub conditions: (u16, u16),
    /// Commands, a bit by number; 0 for any.
    pub commands: u32,
}

/// Codes a rule is limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Lowest and highest basic code; `(0, 999)` for any, also for none.
    pub basic: (u16, u16),
    /// Enhanced classes, a bit by digit; 0 where the enhanced code does not matter.
    pub classes: u16,
    /// Lowest and highest subject.
    pub subject: (u16, u16),
    /// Lowest and highest detail.
    pub detail: (u16, u16),
}

/// The part of an entry that people read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleText {
    /// Public number within its kind, from the ledger; 0 for entries that need none.
    pub number: u32,
    /// Slug; `provider/variant` for a variant.
    pub slug: Text,
    /// Title.
    pub title: Text,
    /// What happened.
    pub summary: Text,
    /// What the sender does.
    pub fix: Text,
    /// Where the provider says more.
    pub url: Text,
    /// The provider's own tag.
    pub tag: Text,
    /// Sources, a run of [`Tables::source_lists`](super::Tables::source_lists).
    pub sources: Run,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Kind of bounce.
    pub bounce: BounceType,
    /// Who must act.
    pub party: Party,
    /// This message.
    pub delivery: Delivery,
    /// The address.
    pub address: Address,
    /// First remedy in [`Tables::remedies`](super::Tables::remedies), and how many.
    pub remedies: Run,
    /// The retry schedule, an index into [`Tables::schedules`](super::Tables::schedules); [`NO_SCHEDULE`] for none.
    pub schedule: u8,
}

/// No retry schedule.
pub const NO_SCHEDULE: u8 = 255;
