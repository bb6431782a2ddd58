//! From a verdict to advice: what to do with the message and the address, and what else the text says.

use super::{Diagnosis, Reading, Verdict};
use crate::code::Class;
use crate::extract;
use crate::matcher::Words;
use crate::recognise::How;
use crate::reply::Reply;
use crate::tables::{Advice, Tables};
use crate::vocabulary::{Address, Basis, BounceType, Delivery, Party, Remedy};

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

impl<'a> Reading<'a> {
    /// Turns the verdict into advice and looks up what else the text says; `words` are those of the text in `base`.
    pub(super) fn conclude(
        &self,
        base: &'a Tables<'a>,
        tables: &'a Tables<'a>,
        words: &Words,
        verdict: Verdict,
    ) -> Diagnosis<'a> {
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
        if suppresses && (unsure || !self.blames_recipient(base, words, &verdict, rule)) {
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
