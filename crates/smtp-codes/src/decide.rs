//! From a diagnosis and what happened before to a decision.
//!
//! The rules are data: retry schedules and recurrence rules of the catalogue. What is code here is only
//! how they are applied, and the promise that a sender's fault never suppresses an address.

use crate::diagnose::Diagnosis;
use crate::tables::{Escalation, Recurrence, Schedule, Scope, Source, Unit};
use crate::vocabulary::{Address, Delivery, Reason, Remedy, closed_list};

/// What happened before this reply, as far as the caller knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct History {
    /// Failed attempts at this message, this one included.
    pub attempts: u32,
    /// Distinct campaigns that failed at this address in a row, this one included.
    pub consecutive_campaigns: u32,
    /// Distinct campaigns that failed at this address in all, this one included.
    pub total_campaigns: u32,
    /// Whether a message was ever delivered to the address; `None` where that is not known.
    pub ever_delivered: Option<bool>,
    /// Percent of the addresses of the same domain that fail for the same reason now.
    pub domain_share_percent: Option<u8>,
    /// Seconds since the first attempt at this message.
    pub elapsed_s: u32,
}

impl Default for History {
    /// The first failure of the first message.
    fn default() -> Self {
        Self {
            attempts: 1,
            consecutive_campaigns: 1,
            total_campaigns: 1,
            ever_delivered: None,
            domain_share_percent: None,
            elapsed_s: 0,
        }
    }
}

impl History {
    /// A history of which only the number of failures so far is known.
    #[must_use]
    pub fn after_failures(failures: u32) -> Self {
        Self {
            attempts: failures.max(1),
            consecutive_campaigns: failures.max(1),
            total_campaigns: failures.max(1),
            ..Self::default()
        }
    }
}

closed_list! {
    /// What to do next.
    Step {
        /// Nothing: it is delivered, or the dialogue goes on.
        Nothing = 0 => "nothing",
        /// Try again between the two delays.
        Retry = 1 => "retry",
        /// Mend the cause, then try again.
        FixThenRetry = 2 => "fix-then-retry",
        /// Ask the person whether they still want mail.
        ReEngage = 3 => "re-engage",
        /// Verify the address.
        Verify = 4 => "verify",
        /// Stop mailing the address.
        Suppress = 5 => "suppress",
        /// Stop this message, keep the address.
        GiveUp = 6 => "give-up",
        /// Look at the sender's own standing before anything else.
        InvestigateReputation = 7 => "investigate-reputation",
    }
}

/// A decision, with the rule that said so.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Decision<'a> {
    /// What to do.
    pub step: Step,
    /// Seconds to wait before the next try: earliest and latest, the spread included.
    pub retry_in_s: Option<(u32, u32)>,
    /// What to do with the address.
    pub address: Address,
    /// The first thing to mend.
    pub remedy: Option<Remedy>,
    /// The recurrence rule that decided; `None` where the diagnosis itself did.
    pub rule: Option<&'a Recurrence>,
    /// The schedule that gave the delay.
    pub schedule: Option<&'a Schedule>,
    diagnosis: &'a Diagnosis<'a>,
}

impl<'a> Decision<'a> {
    /// Slug of the rule that decided: of the recurrence rule, else of the schedule, else of the reason.
    #[must_use]
    pub fn because(&self) -> &'a str {
        let tables = self.diagnosis.tables;
        match (self.rule, self.schedule) {
            (Some(rule), _) => tables.text(rule.slug),
            (None, Some(schedule)) => tables.text(schedule.slug),
            _ => self.diagnosis.reason.slug(),
        }
    }

    /// Where that rule stands.
    pub fn sources(&self) -> impl Iterator<Item = &'a Source> + use<'a> {
        let run = match (self.rule, self.schedule) {
            (Some(rule), _) => rule.sources,
            (None, Some(schedule)) => schedule.sources,
            _ => self.diagnosis.text.map(|text| text.sources).unwrap_or_default(),
        };
        self.diagnosis.tables.sources_of(run)
    }
}

impl Schedule {
    /// The delay before the try that follows attempt number `attempts`, as earliest and latest second;
    /// `None` where the schedule gives up.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// let tables = smtp_codes::builtin();
    /// let schedule = &tables.schedules[0];
    /// let (earliest, latest) = schedule.delay_after(1, 0).unwrap();
    /// assert!(earliest <= schedule.first_delay_s && schedule.first_delay_s <= latest);
    /// assert_eq!(schedule.delay_after(1, schedule.give_up_s), None);
    /// # }
    /// ```
    #[must_use]
    pub fn delay_after(&self, attempts: u32, elapsed_s: u32) -> Option<(u32, u32)> {
        if elapsed_s >= self.give_up_s || (self.max_tries > 0 && attempts > u32::from(self.max_tries)) {
            return None;
        }
        let mut delay = u64::from(self.first_delay_s);
        for _ in 1..attempts.max(1) {
            if delay >= u64::from(self.ceiling_s) {
                break;
            }
            let next = delay * u64::from(self.factor_percent) / 100;
            // A delay that does not grow stays as it is, however many attempts there were.
            if next == delay {
                break;
            }
            delay = next;
        }
        let delay = delay.min(u64::from(self.ceiling_s));
        let spread = delay * u64::from(self.jitter_percent) / 100;
        Some((
            (delay - spread.min(delay)) as u32,
            u32::try_from(delay + spread).unwrap_or(u32::MAX),
        ))
    }
}

impl Recurrence {
    /// Whether the rule is about such a reply and its threshold is reached.
    #[must_use]
    pub fn applies(&self, reason: Reason, permanent: bool, history: &History) -> bool {
        let class = match self.class {
            4 => !permanent,
            5 => permanent,
            _ => true,
        };
        if self.reasons >> reason.number() & 1 == 0
            || !class
            || (self.never_delivered && history.ever_delivered != Some(false))
        {
            return false;
        }
        let reached = match (self.unit, self.scope) {
            (Unit::Campaigns, Scope::Address) if self.consecutive => history.consecutive_campaigns,
            (Unit::Campaigns, Scope::Address) => history.total_campaigns,
            (Unit::Attempts, Scope::Address) => history.attempts,
            (Unit::Hours, Scope::Address) => history.elapsed_s / 3600,
            (Unit::SharePercent, Scope::Domain | Scope::Provider) => history.domain_share_percent.map_or(0, u32::from),
            // What this history does not count cannot be reached.
            _ => return false,
        };
        reached >= self.count
    }
}

impl<'a> Diagnosis<'a> {
    /// Decides what to do next, given what happened before.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// use smtp_codes::decide::{History, Step};
    /// let diagnosis = smtp_codes::diagnose("450 4.2.0 Greylisted, try again in 5 minutes");
    /// let decision = diagnosis.decide(&History::default());
    /// assert_eq!(decision.step, Step::Retry);
    /// assert!(decision.retry_in_s.unwrap().0 >= 300);
    /// # }
    /// ```
    #[must_use]
    pub fn decide(&'a self, history: &History) -> Decision<'a> {
        let permanent = matches!(self.class(), Some(5))
            || (self.class().is_none() && self.rule.is_some_and(|rule| rule.permanent()));
        let mut decision = Decision {
            step: self.first_step(),
            retry_in_s: None,
            address: self.address,
            remedy: self.remedies.first().copied(),
            rule: None,
            schedule: None,
            diagnosis: self,
        };
        if decision.step == Step::Nothing {
            return decision;
        }
        if let Some(rule) = self
            .tables
            .recurrences
            .iter()
            .find(|rule| self.lets(rule) && rule.applies(self.reason, permanent, history))
        {
            // What is given up already is not revived by a milder rule.
            if decision.step != Step::Suppress {
                decision.rule = Some(rule);
                (decision.step, decision.address) = match rule.escalates_to {
                    Escalation::ReEngage => (Step::ReEngage, Address::Hold),
                    Escalation::Verify => (Step::Verify, Address::Verify),
                    Escalation::Suppress => (Step::Suppress, Address::Suppress),
                    Escalation::InvestigateReputation => (Step::InvestigateReputation, Address::Hold),
                    Escalation::GiveUp => (Step::GiveUp, decision.address),
                };
                return decision;
            }
        }
        if matches!(decision.step, Step::Retry | Step::FixThenRetry) {
            if let Some(schedule) = self.schedule {
                decision.schedule = Some(schedule);
                match schedule.delay_after(history.attempts, history.elapsed_s) {
                    Some(delay) => decision.retry_in_s = Some(self.not_before(delay)),
                    None => decision.step = Step::GiveUp,
                }
            }
        }
        decision
    }

    /// The class the advice was given for.
    fn class(&self) -> Option<u8> {
        self.code
            .map(|code| code.first_digit())
            .or(self.enhanced.map(|code| code.class()))
    }

    /// Whether a recurrence rule may decide: never to suppress for a sender's fault or an unknown cause.
    fn lets(&self, rule: &Recurrence) -> bool {
        rule.escalates_to != Escalation::Suppress || self.reason.is_about_recipient()
    }

    fn first_step(&self) -> Step {
        match (self.delivery, self.address) {
            (Delivery::Delivered | Delivery::Continue, _) => Step::Nothing,
            (_, Address::Suppress | Address::SuppressDomain) => Step::Suppress,
            (Delivery::Retry | Delivery::RetrySlower | Delivery::RetryOnce, _) => Step::Retry,
            (Delivery::RetryAfterFix, _) => Step::FixThenRetry,
            (Delivery::GiveUp, Address::Verify) => Step::Verify,
            (Delivery::GiveUp, _) => Step::GiveUp,
        }
    }

    /// The server's own word on when to come back counts where it is later.
    fn not_before(&self, (earliest, latest): (u32, u32)) -> (u32, u32) {
        match self.extract.retry_after_s {
            Some(asked) if asked > earliest => (asked, latest.max(asked.saturating_add(asked / 10))),
            _ => (earliest, latest),
        }
    }
}
