//! When to retry, and when a failure that comes back means more.

use super::{Run, Text};
use crate::vocabulary::closed_list;

/// A retry schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Slug.
    pub slug: Text,
    /// Title.
    pub title: Text,
    /// Seconds before the first retry.
    pub first_delay_s: u32,
    /// Growth of the delay from one try to the next, in percent: 200 doubles it.
    pub factor_percent: u16,
    /// Longest delay in seconds.
    pub ceiling_s: u32,
    /// When to give up, in seconds from the first try.
    pub give_up_s: u32,
    /// How many tries at most; 0 for no limit.
    pub max_tries: u16,
    /// Random spread to either side, in percent of the delay.
    pub jitter_percent: u8,
    /// Sources.
    pub sources: Run,
}

closed_list! {
    /// In what a recurrence rule counts.
    Unit {
        /// Distinct campaigns.
        Campaigns = 0 => "campaigns",
        /// Attempts.
        Attempts = 1 => "attempts",
        /// Hours since the first failure.
        Hours = 2 => "hours",
        /// Percent of the addresses in scope.
        SharePercent = 3 => "share-percent",
    }
}

closed_list! {
    /// What a recurrence rule looks at.
    Scope {
        /// One address.
        Address = 0 => "address",
        /// All addresses of one domain.
        Domain = 1 => "domain",
        /// All addresses at one provider.
        Provider = 2 => "provider",
        /// Everything sent from one address.
        SendingIp = 3 => "sending-ip",
        /// Everything that came from one list.
        ListSource = 4 => "list-source",
    }
}

closed_list! {
    /// What a recurrence rule leads to.
    Escalation {
        /// Ask the person whether they still want the mail.
        ReEngage = 0 => "re-engage",
        /// Verify the address.
        Verify = 1 => "verify",
        /// Stop mailing the address.
        Suppress = 2 => "suppress",
        /// Look at the sender's own reputation.
        InvestigateReputation = 3 => "investigate-reputation",
        /// Stop trying to deliver this message.
        GiveUp = 4 => "give-up",
    }
}

/// A recurrence rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// Slug.
    pub slug: Text,
    /// Title.
    pub title: Text,
    /// Reasons it is about, a bit by number.
    pub reasons: u32,
    /// Class it is about: 4, 5, or 0 for either.
    pub class: u8,
    /// Threshold.
    pub count: u32,
    /// Unit of the threshold.
    pub unit: Unit,
    /// Whether a success in between starts the count anew.
    pub consecutive: bool,
    /// What it looks at.
    pub scope: Scope,
    /// Whether it holds only for addresses that never took a message.
    pub never_delivered: bool,
    /// What it leads to.
    pub escalates_to: Escalation,
    /// Sources.
    pub sources: Run,
}
