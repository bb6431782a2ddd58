//! Retry schedules and recurrence rules.

use core::ffi::c_char;
use core::ptr;

use smtp_codes::tables;

use crate::input;
use crate::records::{c_text, element, opaque_or_null, source_at, source_count};
use crate::types::{Recurrence, Schedule, Source};

fn schedule_record(schedule: *const Schedule) -> Option<&'static tables::Schedule> {
    Some(element(smtp_codes::builtin().schedules, schedule)?.1)
}

/// How many retry schedules the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_count() -> usize {
    smtp_codes::builtin().schedules.len()
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_at(index: usize) -> *const Schedule {
    opaque_or_null(smtp_codes::builtin().schedules.get(index))
}

/// The retry schedule of a slug (text and length); NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_schedule_find(slug: *const c_char, slug_len: usize) -> *const Schedule {
    // SAFETY: the caller's text is readable, as the header asks.
    let slug = unsafe { input::slug(slug, slug_len) };
    let tables = smtp_codes::builtin();
    opaque_or_null(
        tables
            .schedules
            .iter()
            .find(|record| slug == Some(tables.text(record.slug))),
    )
}

/// Its slug, which never changes; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_slug(schedule: *const Schedule) -> *const c_char {
    schedule_record(schedule).map_or(ptr::null(), |record| c_text(record.slug))
}

/// Its title; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_title(schedule: *const Schedule) -> *const c_char {
    schedule_record(schedule).map_or(ptr::null(), |record| c_text(record.title))
}

/// Seconds before the first retry; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_first_delay_s(schedule: *const Schedule) -> i64 {
    schedule_record(schedule).map_or(-1, |record| i64::from(record.first_delay_s))
}

/// Growth of the delay from one try to the next, in percent: 200 doubles it; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_factor_percent(schedule: *const Schedule) -> i64 {
    schedule_record(schedule).map_or(-1, |record| i64::from(record.factor_percent))
}

/// Longest delay in seconds; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_ceiling_s(schedule: *const Schedule) -> i64 {
    schedule_record(schedule).map_or(-1, |record| i64::from(record.ceiling_s))
}

/// When to give up, in seconds from the first try; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_give_up_s(schedule: *const Schedule) -> i64 {
    schedule_record(schedule).map_or(-1, |record| i64::from(record.give_up_s))
}

/// How many tries at most, 0 for no limit; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_max_tries(schedule: *const Schedule) -> i64 {
    schedule_record(schedule).map_or(-1, |record| i64::from(record.max_tries))
}

/// Random spread to either side, in percent of the delay; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_jitter_percent(schedule: *const Schedule) -> i64 {
    schedule_record(schedule).map_or(-1, |record| i64::from(record.jitter_percent))
}

/// How many sources it has; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_source_count(schedule: *const Schedule) -> usize {
    source_count(schedule_record(schedule).map(|record| record.sources))
}

/// Its sources one after the other, from 0; NULL past the last and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_schedule_source(schedule: *const Schedule, index: usize) -> *const Source {
    source_at(schedule_record(schedule).map(|record| record.sources), index)
}

fn recurrence_record(recurrence: *const Recurrence) -> Option<&'static tables::Recurrence> {
    Some(element(smtp_codes::builtin().recurrences, recurrence)?.1)
}

/// How many recurrence rules the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_count() -> usize {
    smtp_codes::builtin().recurrences.len()
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_at(index: usize) -> *const Recurrence {
    opaque_or_null(smtp_codes::builtin().recurrences.get(index))
}

/// The recurrence rule of a slug (text and length); NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_recurrence_find(slug: *const c_char, slug_len: usize) -> *const Recurrence {
    // SAFETY: the caller's text is readable, as the header asks.
    let slug = unsafe { input::slug(slug, slug_len) };
    let tables = smtp_codes::builtin();
    opaque_or_null(
        tables
            .recurrences
            .iter()
            .find(|record| slug == Some(tables.text(record.slug))),
    )
}

/// Its slug, which never changes; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_slug(recurrence: *const Recurrence) -> *const c_char {
    recurrence_record(recurrence).map_or(ptr::null(), |record| c_text(record.slug))
}

/// Its title; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_title(recurrence: *const Recurrence) -> *const c_char {
    recurrence_record(recurrence).map_or(ptr::null(), |record| c_text(record.title))
}

/// Reasons it is about, a bit by number; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_reasons(recurrence: *const Recurrence) -> u32 {
    recurrence_record(recurrence).map_or(0, |record| record.reasons)
}

/// Class of reply it is about: 4, 5, or 0 for either; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_class(recurrence: *const Recurrence) -> i32 {
    recurrence_record(recurrence).map_or(-1, |record| i32::from(record.class))
}

/// From how much on it holds; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_threshold(recurrence: *const Recurrence) -> i64 {
    recurrence_record(recurrence).map_or(-1, |record| i64::from(record.count))
}

/// In what that counts: `SMTP_CODES_UNIT_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_unit(recurrence: *const Recurrence) -> i32 {
    recurrence_record(recurrence).map_or(-1, |record| i32::from(record.unit.number()))
}

/// 1 where a success in between starts the count anew, else 0; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_consecutive(recurrence: *const Recurrence) -> i32 {
    recurrence_record(recurrence).map_or(-1, |record| i32::from(record.consecutive))
}

/// What it looks at: `SMTP_CODES_SCOPE_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_scope(recurrence: *const Recurrence) -> i32 {
    recurrence_record(recurrence).map_or(-1, |record| i32::from(record.scope.number()))
}

/// 1 where it holds only for addresses that never took a message, else 0; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_never_delivered(recurrence: *const Recurrence) -> i32 {
    recurrence_record(recurrence).map_or(-1, |record| i32::from(record.never_delivered))
}

/// What it leads to: `SMTP_CODES_ESCALATION_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_escalates_to(recurrence: *const Recurrence) -> i32 {
    recurrence_record(recurrence).map_or(-1, |record| i32::from(record.escalates_to.number()))
}

/// How many sources it has; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_source_count(recurrence: *const Recurrence) -> usize {
    source_count(recurrence_record(recurrence).map(|record| record.sources))
}

/// Its sources one after the other, from 0; NULL past the last and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recurrence_source(recurrence: *const Recurrence, index: usize) -> *const Source {
    source_at(recurrence_record(recurrence).map(|record| record.sources), index)
}
