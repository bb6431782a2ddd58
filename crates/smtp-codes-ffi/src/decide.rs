//! Decisions: what to do next, given what happened before.

use crate::diagnose::{ask, to_c};
use crate::records::{c_text, opaque_or_null};
use crate::types::{
    self, Decision, Diagnosis, History, Query, SMTP_CODES_ERROR_NULL, SMTP_CODES_ERROR_STRUCT_SIZE,
    SMTP_CODES_EVER_DELIVERED_NO, SMTP_CODES_EVER_DELIVERED_YES, SMTP_CODES_OK,
};
use crate::{input, output};

/// Diagnoses one reply and decides what to do next, given what happened before.
///
/// `history` may be NULL: then this is the first failure of the first message. `diagnosis` may be NULL
/// where only the decision is wanted.
///
/// Returns `SMTP_CODES_OK`; `SMTP_CODES_ERROR_NULL` where `query` or `decision` is NULL;
/// `SMTP_CODES_ERROR_STRUCT_SIZE` where a `struct_size` is not set. Then nothing was written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_decide(
    query: *const Query,
    history: *const History,
    diagnosis: *mut Diagnosis,
    decision: *mut Decision,
) -> i32 {
    if query.is_null() || decision.is_null() {
        return SMTP_CODES_ERROR_NULL;
    }
    // SAFETY: the caller's structs are readable and writable for as long as they say, as the header asks.
    let Some(question) = (unsafe { input::read(query) }) else {
        return SMTP_CODES_ERROR_STRUCT_SIZE;
    };
    let past = if history.is_null() {
        smtp_codes::History::default()
    } else {
        // SAFETY: as above.
        match unsafe { input::read(history) } {
            Some(history) => to_rust(&history),
            None => return SMTP_CODES_ERROR_STRUCT_SIZE,
        }
    };
    if !output::fits(decision) || (!diagnosis.is_null() && !output::fits(diagnosis)) {
        return SMTP_CODES_ERROR_STRUCT_SIZE;
    }
    // SAFETY: the texts of the query are readable, as the header asks.
    let answer = unsafe { ask(&question) };
    let next = answer.decide(&past);
    // SAFETY: as above.
    unsafe { output::write(decision, &to_c_decision(&answer, &next)) };
    if !diagnosis.is_null() {
        // SAFETY: as above.
        unsafe { output::write(diagnosis, &to_c(&answer)) };
    }
    SMTP_CODES_OK
}

/// How long to wait after so many failed attempts at a message, by a schedule.
///
/// Writes the earliest and the latest second, the random spread included, where the pointers are not NULL.
/// Returns 1; 0 where the schedule gives up, and for NULL: then nothing was written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_schedule_delay(
    schedule: *const types::Schedule,
    attempts: u32,
    elapsed_s: u32,
    earliest_s: *mut u32,
    latest_s: *mut u32,
) -> i32 {
    let Some((_, record)) = crate::records::element(smtp_codes::builtin().schedules, schedule) else {
        return 0;
    };
    let Some((earliest, latest)) = record.delay_after(attempts, elapsed_s) else {
        return 0;
    };
    for (to, value) in [(earliest_s, earliest), (latest_s, latest)] {
        if !to.is_null() {
            // SAFETY: not NULL, so the caller's number is writable, as the header asks.
            unsafe { to.write_unaligned(value) };
        }
    }
    1
}

fn to_rust(history: &History) -> smtp_codes::History {
    let mut past = smtp_codes::History::default();
    past.attempts = history.attempts.max(1);
    past.consecutive_campaigns = history.consecutive_campaigns.max(1);
    past.total_campaigns = history.total_campaigns.max(1);
    past.ever_delivered = match history.ever_delivered {
        SMTP_CODES_EVER_DELIVERED_YES => Some(true),
        SMTP_CODES_EVER_DELIVERED_NO => Some(false),
        _ => None,
    };
    past.domain_share_percent = u8::try_from(history.domain_share_percent)
        .ok()
        .filter(|percent| (1..=100).contains(percent));
    past.elapsed_s = history.elapsed_s;
    past
}

fn to_c_decision(answer: &smtp_codes::Diagnosis<'_>, decision: &smtp_codes::Decision<'_>) -> Decision {
    let because = match (decision.rule, decision.schedule) {
        (Some(rule), _) => c_text(rule.slug),
        (None, Some(schedule)) => c_text(schedule.slug),
        (None, None) => answer.reason.slug_c().as_ptr(),
    };
    Decision {
        struct_size: types::size_of_u32::<Decision>(),
        step: i32::from(decision.step.number()),
        address: i32::from(decision.address.number()),
        remedy: decision.remedy.map_or(-1, |remedy| i32::from(remedy.number())),
        retry_earliest_s: decision.retry_in_s.map_or(-1, |(earliest, _)| i64::from(earliest)),
        retry_latest_s: decision.retry_in_s.map_or(-1, |(_, latest)| i64::from(latest)),
        because,
        recurrence: opaque_or_null(decision.rule),
        schedule: opaque_or_null(decision.schedule),
    }
}
