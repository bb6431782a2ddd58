//! Promise 1: a fault of the sender never suppresses an address.

use std::collections::BTreeMap;

use smtp_codes::Reason;

use super::Context;
use super::records::advised;
use crate::files::Span;
use crate::report::{Code, Diagnostic};
use crate::source::Text;

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let faults = faults(context, out);
    for record in advised(context.catalogue) {
        let [transient, permanent] = record.classes;
        // Each class by itself, with what it inherits from the record; then the record alone.
        let own: Vec<_> = if let (Some(transient), Some(permanent)) = (transient, permanent) {
            vec![transient.or(record.advice), permanent.or(record.advice)]
        } else {
            let classes = [transient, permanent]
                .into_iter()
                .flatten()
                .map(|class| class.or(record.advice));
            classes.chain([record.advice]).collect()
        };
        for advice in own {
            let (Some(reason), Some(address)) = (advice.reason, advice.address) else {
                continue;
            };
            let Some(fault) = faults.get(reason.as_str()).filter(|_| suppresses(address)) else {
                continue;
            };
            let at = |text: &Text| Span::new(record.file, text.range());
            let found = false_suppression(reason, address, at(address)).also(at(reason), "a fault of the sender");
            out.push(match fault {
                Some(place) => found.also(*place, "said here"),
                None => found,
            });
        }
    }
}

/// The reasons that are a fault of the sender, with the place that says so, by the design or by the catalogue.
fn faults<'a>(context: Context<'a>, out: &mut Vec<Diagnostic>) -> BTreeMap<&'a str, Option<Span>> {
    let mut faults: BTreeMap<&str, Option<Span>> = sender_faults().map(|slug| (slug, None)).collect();
    for reason in &context.catalogue.reasons {
        let said = reason.sender_fault.as_ref().filter(|fault| ***fault);
        if let Some(said) = said {
            faults.insert(reason.slug.as_str(), Some(reason.at(said)));
            for advice in [&reason.transient, &reason.permanent] {
                if suppresses(&advice.address) {
                    let found = false_suppression(&reason.slug, &advice.address, reason.at(&advice.address));
                    out.push(found.also(reason.at(said), "a fault of the sender"));
                }
            }
        } else if sender_faults().any(|slug| slug == reason.slug.as_str()) {
            let message = format!("the reason `{}` is a fault of the sender", *reason.slug);
            let place = reason
                .sender_fault
                .as_ref()
                .map_or(reason.at(&reason.slug), |fault| reason.at(fault));
            let found = Diagnostic::new(Code::SenderFaultUnsaid, place, message).label("does not say so");
            out.push(found.help("write `sender-fault = true`"));
        }
    }
    faults
}

/// The reasons that the engine takes for a fault of the sender.
fn sender_faults() -> impl Iterator<Item = &'static str> {
    let faults = Reason::ALL.iter().filter(|reason| reason.is_sender_fault());
    faults.map(|reason| reason.slug())
}

fn suppresses(address: &str) -> bool {
    matches!(address, "suppress" | "suppress-domain")
}

fn false_suppression(reason: &str, address: &str, span: Span) -> Diagnostic {
    let message = format!("`{reason}` is a fault of the sender, yet its advice is `{address}`");
    Diagnostic::new(Code::FalseSuppression, span, message)
        .label("the address has done nothing")
        .help("write `keep`, or `hold` until the fault is repaired")
}
