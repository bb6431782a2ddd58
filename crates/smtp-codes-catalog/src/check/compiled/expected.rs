//! Every vector is diagnosed as it says.

use super::reading::Reading;
use super::{Context, Tried};
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for tried in context.tried.iter().filter(|tried| !tried.deviations.is_empty()) {
        let owner = tried.vector.owner.as_str();
        // Blocklists have a check of their own; a shadowed entry is told once, not for each vector.
        if owner.starts_with("blocklist:") {
            continue;
        }
        if tried.deviations.iter().any(|deviation| deviation.field == "not-winner") {
            out.push(near_miss(context, tried));
        } else if owner.is_empty() {
            out.push(otherwise(context, tried));
        } else if !context.shadowed.contains_key(owner) {
            out.push(lost(context, tried));
        }
    }
}

/// Adds the winner at its own place.
fn with_winner(context: &Context<'_>, diagnostic: Diagnostic, winner: &str, text: &str) -> Diagnostic {
    match context.places.of(winner) {
        Some(span) => diagnostic.also(span, text),
        None => diagnostic,
    }
}

fn lost(context: &Context<'_>, tried: &Tried<'_>) -> Diagnostic {
    let (owner, winner) = (tried.vector.owner.as_str(), tried.winner.as_str());
    let by = if winner == "none" {
        "no entry".to_owned()
    } else {
        format!("`{winner}`")
    };
    let diagnostic = if owner == winner {
        // It wins, and yet something of the diagnosis is not the entry's.
        Diagnostic::new(
            Code::VectorLost,
            tried.vector.span,
            format!("`{owner}` wins its vector, but not with its own reason"),
        )
        .label(deviations(tried))
    } else {
        Diagnostic::new(
            Code::VectorLost,
            tried.vector.span,
            format!("`{owner}` does not win its vector"),
        )
        .label(format!("{by} wins it"))
    };
    let help = context.rules.get(owner).filter(|_| owner != winner).map(|&rule| {
        let tables = context.model.tables();
        let reading = Reading::new(&tables, &tried.vector.query());
        reading
            .obstacle(rule, &context.patterns[usize::from(rule)])
            .help(owner, winner)
    });
    with_winner(context, diagnostic.maybe_help(help), winner, "this one wins")
}

fn near_miss(context: &Context<'_>, tried: &Tried<'_>) -> Diagnostic {
    let winner = tried.winner.as_str();
    let diagnostic = Diagnostic::new(
        Code::NearMissWon,
        tried.vector.span,
        format!("`{winner}` wins a reply that it must not win"),
    )
    .label("won by it all the same")
    .help("narrow its signatures, or exclude this wording with `not`");
    with_winner(context, diagnostic, winner, "this entry")
}

fn otherwise(context: &Context<'_>, tried: &Tried<'_>) -> Diagnostic {
    let message = match tried.deviations.as_slice() {
        [one] => format!("the diagnosis of this vector has another `{}`", one.field),
        many => format!("the diagnosis of this vector deviates in {} values", many.len()),
    };
    let diagnostic = Diagnostic::new(Code::ExpectationFailed, tried.vector.span, message).label(deviations(tried));
    with_winner(context, diagnostic, &tried.winner, "the diagnosis rests on this entry")
}

/// `reason: expected mailbox-full, found policy; basis: …`.
fn deviations(tried: &Tried<'_>) -> String {
    let list: Vec<_> = tried
        .deviations
        .iter()
        .map(|deviation| {
            format!(
                "{}: expected {}, found {}",
                deviation.field, deviation.expected, deviation.found
            )
        })
        .collect();
    list.join("; ")
}
