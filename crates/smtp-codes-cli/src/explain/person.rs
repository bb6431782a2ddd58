//! A diagnosis for people: the answer first, then what to do, then why.

use anstyle::Style;
use smtp_codes::decide::{Decision, Step};
use smtp_codes::recognise::How;
use smtp_codes::tables::Schedule;
use smtp_codes::{Address, Basis, Delivery, Diagnosis, Reason, Remedy};

use super::layout::{self, BAD, FAINT, GOOD, Page, QUOTE, STRONG, WAIT};
use crate::evidence;
use crate::words::Titled;

/// How much of the reply is quoted, in columns.
const QUOTED: usize = 128;

/// The page of a diagnosis.
pub(crate) fn page(diagnosis: &Diagnosis<'_>, decision: Option<&Decision<'_>>) -> Page {
    let mut page = Page::default();
    page.paragraph(colour(diagnosis), &headline(diagnosis));
    page.gap();
    page.paragraph(Style::new(), diagnosis.summary());
    page.paragraph(Style::new(), diagnosis.fix());
    if diagnosis.reason == Reason::Unknown {
        page.paragraph(Style::new(), missing(diagnosis));
    }
    actions(&mut page, diagnosis);
    if let Some(decision) = decision {
        next(&mut page, diagnosis, decision);
    }
    said(&mut page, diagnosis);
    why(&mut page, diagnosis);
    page
}

/// `No such recipient · 550 5.1.1 · Gmail`.
fn headline(diagnosis: &Diagnosis<'_>) -> String {
    let mut parts = vec![diagnosis.reason.title().to_owned()];
    let codes: Vec<_> = [
        diagnosis.code.map(|code| code.to_string()),
        diagnosis.enhanced.map(|code| code.to_string()),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !codes.is_empty() {
        parts.push(codes.join(" "));
    }
    if let Some(provider) = diagnosis.provider {
        parts.push(diagnosis.tables.text(provider.name).to_owned());
    }
    parts.join(" · ")
}

fn colour(diagnosis: &Diagnosis<'_>) -> Style {
    match (diagnosis.delivery, diagnosis.address) {
        (_, _) if diagnosis.reason == Reason::Unknown => STRONG,
        (Delivery::Delivered | Delivery::Continue, _) => GOOD,
        (Delivery::GiveUp, _) | (_, Address::Suppress | Address::SuppressDomain) => BAD,
        _ => WAIT,
    }
}

/// What would help where nothing was recognised.
fn missing(diagnosis: &Diagnosis<'_>) -> &'static str {
    if diagnosis.reply.text.is_empty() {
        "The reply is empty. Look for the server's answer in the bounce or the log: it begins with three digits."
    } else if diagnosis.code.is_none() && diagnosis.enhanced.is_none() {
        "There is no reply code in it. If this is part of a bounce or a log, add the lines around it; it is the server's own words that tell."
    } else {
        "The words behind the code decide; if there are any, add them. --provider, --mx and --recipient tell who answered."
    }
}

fn actions(page: &mut Page, diagnosis: &Diagnosis<'_>) {
    page.gap();
    page.field("This message", colour(diagnosis), diagnosis.delivery.title());
    page.field("This address", STRONG, diagnosis.address.title());
    if diagnosis.reason != Reason::Unknown {
        page.field("Whose move", Style::new(), diagnosis.party.title());
    }
    let remedies: Vec<_> = diagnosis
        .remedies
        .iter()
        .filter(|remedy| **remedy != Remedy::NoneNeeded)
        .collect();
    for (index, remedy) in remedies.iter().enumerate() {
        let label = if index == 0 { "To do" } else { "" };
        page.item(label, &format!("{}.", index + 1), remedy.title());
    }
    let retries = matches!(
        diagnosis.delivery,
        Delivery::Retry | Delivery::RetrySlower | Delivery::RetryOnce | Delivery::RetryAfterFix
    );
    if let Some(schedule) = diagnosis.schedule.filter(|_| retries) {
        page.field("Retry", Style::new(), &rhythm(schedule));
    }
    if let Some(seconds) = diagnosis.extract.retry_after_s {
        page.field(
            "Not before",
            Style::new(),
            &format!("{}: the server asks for it", duration(seconds)),
        );
    }
}

/// A schedule in words.
fn rhythm(schedule: &Schedule) -> String {
    let mut text = format!("first after {}", duration(schedule.first_delay_s));
    if schedule.factor_percent > 100 && schedule.ceiling_s > schedule.first_delay_s {
        let growth = match schedule.factor_percent {
            200 => "doubling".to_owned(),
            percent => format!("each wait {} times the last", f64::from(percent) / 100.0),
        };
        text += &format!(", {growth}, up to {}", duration(schedule.ceiling_s));
    } else if schedule.max_tries != 1 {
        text += &format!(
            ", then every {}",
            duration(schedule.ceiling_s.max(schedule.first_delay_s))
        );
    }
    match schedule.max_tries {
        0 => {}
        1 => text += ", once",
        tries => text += &format!(", {tries} times at most"),
    }
    text + &format!("; give up after {}", duration(schedule.give_up_s))
}

fn next(page: &mut Page, diagnosis: &Diagnosis<'_>, decision: &Decision<'_>) {
    page.heading("Next");
    let step = match decision.step {
        Step::Nothing => "Nothing to do",
        Step::Retry => "Try again",
        Step::FixThenRetry => "Mend the cause, then try again",
        Step::ReEngage => "Ask the person whether they still want mail",
        Step::Verify => "Verify the address",
        Step::Suppress => "Stop mailing the address",
        Step::GiveUp => "Stop this message, keep the address",
        Step::InvestigateReputation => "Look at your own standing before anything else",
        _ => decision.step.slug(),
    };
    page.field("Decision", STRONG, step);
    if let Some((from, to)) = decision.retry_in_s {
        let when = if from == to {
            format!("in {}", duration(from))
        } else {
            format!("in {} to {}, at random", duration(from), duration(to))
        };
        page.field("When", Style::new(), &when);
    }
    page.field("Address", Style::new(), decision.address.title());
    let tables = diagnosis.tables;
    let because = match (decision.rule, decision.schedule) {
        (Some(rule), _) => format!("{} ({})", tables.text(rule.title), tables.text(rule.slug)),
        (None, Some(schedule)) => format!("{} ({})", tables.text(schedule.title), tables.text(schedule.slug)),
        _ => diagnosis.reason.title().to_owned(),
    };
    page.field("Because", Style::new(), &because);
    for source in decision.sources().take(3) {
        page.field("", FAINT, tables.text(source.title));
    }
}

/// What else the reply says.
fn said(page: &mut Page, diagnosis: &Diagnosis<'_>) {
    let found = diagnosis.blocklist.is_some()
        || diagnosis.tag().is_some()
        || diagnosis.url().is_some()
        || diagnosis.extract.limit.is_some();
    if !found {
        return;
    }
    page.gap();
    if let Some(blocklist) = diagnosis.blocklist {
        let tables = diagnosis.tables;
        page.field("Blocklist", Style::new(), tables.text(blocklist.name));
        page.field("Removal", Style::new(), tables.text(blocklist.removal));
    }
    page.field("Tag", Style::new(), diagnosis.tag().unwrap_or_default());
    if let Some(limit) = diagnosis.extract.limit {
        page.field("Limit", Style::new(), &format!("{} {}", limit.value, limit.unit));
    }
    page.field("Read", Style::new(), diagnosis.url().unwrap_or_default());
}

fn why(page: &mut Page, diagnosis: &Diagnosis<'_>) {
    page.heading("Why");
    let reply = diagnosis.reply;
    if !reply.text.is_empty() {
        page.field("Reply", FAINT, &layout::shortened(reply.text, QUOTED));
    }
    let pieces: Vec<_> = evidence::of(diagnosis)
        .into_iter()
        .filter_map(|range| reply.text.get(range))
        .map(|piece| format!("\"{}\"", layout::shortened(piece, QUOTED)))
        .collect();
    page.field("Words", QUOTE, &pieces.join(" … "));
    let rule = diagnosis
        .text
        .map(|text| diagnosis.tables.text(text.slug))
        .filter(|slug| !slug.is_empty());
    let mut rests = diagnosis.basis.title().to_owned();
    if let Some(rule) = rule.filter(|_| diagnosis.basis != Basis::Inferred) {
        rests += &format!(" ({rule})");
    }
    if diagnosis.basis != Basis::None {
        rests += &format!(", {}% sure", diagnosis.confidence);
    }
    page.field("Rests on", Style::new(), &rests);
    if let Some(other) = diagnosis.runner_up.filter(|other| *other != Reason::Unknown) {
        page.field("Or else", Style::new(), other.title());
    }
    if let Some(how) = diagnosis.provider_by.filter(|_| diagnosis.provider.is_some()) {
        let how = match how {
            How::Hint => "you said so",
            How::Host => "the name of the host",
            How::Domain => "the recipient's domain",
            How::Fingerprint => "marks in the reply",
            How::Wording => "the wording",
            _ => "the reply",
        };
        page.field("Who answered", Style::new(), &format!("known by {how}"));
    }
    if diagnosis.hint_contradicted {
        page.field("But", WAIT, "the reply shows another provider than the one you named");
    }
    if diagnosis.class_mismatch {
        page.field("But", WAIT, "the codes disagree on whether this is for now or for good: the first digit decides what to do with the message, the enhanced code what it was about");
    }
    for (index, source) in diagnosis.sources().enumerate() {
        let label = if index == 0 { "Sources" } else { "" };
        page.item(label, "-", diagnosis.tables.text(source.title));
        let url = diagnosis.tables.text(source.url);
        if !url.is_empty() {
            page.item("", " ", url);
        }
    }
}

/// Seconds in the units people think in.
pub(crate) fn duration(seconds: u32) -> String {
    let count = |number: u32, unit: &str| format!("{number} {unit}{}", if number == 1 { "" } else { "s" });
    let parts = [
        (seconds / 86_400, "day"),
        (seconds / 3600 % 24, "hour"),
        (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ];
    let said: Vec<_> = parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .take(2)
        .map(|(number, unit)| count(number, unit))
        .collect();
    if said.is_empty() {
        "no time".to_owned()
    } else {
        said.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_said_in_at_most_two_units() {
        assert_eq!(duration(0), "no time");
        assert_eq!(duration(61), "1 minute 1 second");
        assert_eq!(duration(7200), "2 hours");
        assert_eq!(duration(5 * 86_400), "5 days");
        assert_eq!(duration(90_061), "1 day 1 hour");
    }
}
