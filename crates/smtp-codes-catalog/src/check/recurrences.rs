//! Recurrence rules can come true.

use super::Context;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    for rule in &context.catalogue.recurrences {
        let mut wrong = |span, message: &str| {
            let message = format!("{message} in the recurrence rule `{}`", *rule.slug);
            out.push(Diagnostic::new(Code::RecurrenceNonsense, span, message));
        };
        let share = rule.unit.as_str() == "share-percent";
        let highest = if share { 100 } else { 1_000_000 };
        if !(1..=highest).contains(&*rule.count) {
            wrong(rule.at(&rule.count), &format!("the count is not from 1 to {highest}"));
        }
        if share && rule.scope.as_str() == "address" {
            wrong(rule.at(&rule.scope), "one address has no share of anything");
        }
        let about_address = matches!(rule.escalates_to.as_str(), "suppress" | "verify" | "re-engage");
        if about_address && matches!(rule.scope.as_str(), "provider" | "sending-ip") {
            wrong(
                rule.at(&rule.escalates_to),
                "an address pays for what a provider or a sending IP shows",
            );
        }
        if rule.reasons.is_empty() {
            wrong(rule.at(&rule.reasons), "no reason counts");
        }
        if rule.reasons.len() > 1
            && let Some(all) = rule.reasons.iter().find(|reason| reason.as_str() == "*")
        {
            wrong(rule.at(all), "`*` stands beside other reasons");
        }
    }
}
