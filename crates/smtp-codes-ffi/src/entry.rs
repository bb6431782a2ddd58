//! Entries: what the catalogue says about a code, a wording or a reason.

use core::ffi::c_char;
use core::ptr;

use smtp_codes::tables::{self, Rule, RuleKind, RuleText};
use smtp_codes::{Basis, Reason};

use crate::parties::signed;
use crate::records::{c_text, c_text_or_null, element, opaque_or_null, source_at, source_count};
use crate::types::{
    self, Advice, Entry, Provider, SMTP_CODES_ERROR_NULL, SMTP_CODES_ERROR_RECORD, SMTP_CODES_ERROR_STRUCT_SIZE,
    SMTP_CODES_OK, Source,
};
use crate::{input, output};

/// The opaque pointer for the entry of a rule.
pub(crate) fn entry_of(rule: u16) -> *const Entry {
    opaque_or_null(smtp_codes::builtin().rule_texts.get(usize::from(rule)))
}

fn entry_record(entry: *const Entry) -> Option<&'static RuleText> {
    Some(element(smtp_codes::builtin().rule_texts, entry)?.1)
}

fn rule(entry: *const Entry) -> Option<&'static Rule> {
    let tables = smtp_codes::builtin();
    tables.rules.get(element(tables.rule_texts, entry)?.0)
}

/// The basis that a kind of rule gives a diagnosis.
pub(crate) fn basis(kind: RuleKind) -> Basis {
    match kind {
        RuleKind::Class => Basis::Class,
        RuleKind::Basic => Basis::Basic,
        RuleKind::Family => Basis::Family,
        RuleKind::Enhanced => Basis::Enhanced,
        RuleKind::Pair => Basis::Pair,
        RuleKind::Phrase => Basis::Phrase,
        RuleKind::VariantCode => Basis::VariantCode,
        RuleKind::Variant => Basis::Variant,
    }
}

/// How many entries the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_count() -> usize {
    smtp_codes::builtin().rule_texts.len()
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_at(index: usize) -> *const Entry {
    opaque_or_null(smtp_codes::builtin().rule_texts.get(index))
}

/// The entry of a name (text and length), such as `google/over-quota`, `phrase:mailbox-full`,
/// `reason:blocklist`; NULL where there is none. The classes of an enhanced code share one name: it gives the
/// first of them, `smtp_codes_enhanced_entry` gives each. Looks at one entry after the other.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_entry_find(name: *const c_char, name_len: usize) -> *const Entry {
    // SAFETY: the caller's text is readable, as the header asks.
    let name = unsafe { input::slug(name, name_len) };
    let tables = smtp_codes::builtin();
    opaque_or_null(
        tables
            .rule_texts
            .iter()
            .find(|record| name == Some(tables.text(record.slug))),
    )
}

/// The variant of a number, as a diagnosis states it; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_variant(number: i32) -> *const Entry {
    numbered(number, |kind| matches!(kind, RuleKind::Variant | RuleKind::VariantCode))
}

/// The phrase of a number, as a diagnosis states it; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_phrase(number: i32) -> *const Entry {
    numbered(number, |kind| kind == RuleKind::Phrase)
}

fn numbered(number: i32, of: impl Fn(RuleKind) -> bool) -> *const Entry {
    let number = u32::try_from(number).unwrap_or(0);
    let tables = smtp_codes::builtin();
    let found = tables
        .rule_texts
        .iter()
        .zip(tables.rules)
        .find(|(text, rule)| number != 0 && text.number == number && of(rule.kind()));
    opaque_or_null(found.map(|(text, _)| text))
}

/// What the catalogue says about a reason (`SMTP_CODES_REASON_…`); NULL for a number that this library
/// does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_reason(reason: i32) -> *const Entry {
    let known = u8::try_from(reason).ok().and_then(Reason::from_number);
    known
        .and_then(|reason| smtp_codes::builtin().reasons.get(usize::from(reason.number())))
        .map_or(ptr::null(), |rule| entry_of(*rule))
}

/// What kind of rule it is, as the basis of a diagnosis: `SMTP_CODES_BASIS_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_basis(entry: *const Entry) -> i32 {
    rule(entry).map_or(-1, |rule| i32::from(basis(rule.kind()).number()))
}

/// Its number among variants or among phrases, which never changes; -1 where it has none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_number(entry: *const Entry) -> i32 {
    entry_record(entry).map_or(-1, |record| signed(record.number))
}

/// Its name, such as `google/over-quota` or `phrase:mailbox-full`; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_name(entry: *const Entry) -> *const c_char {
    entry_record(entry).map_or(ptr::null(), |record| c_text(record.slug))
}

/// Its title; NULL where it has none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_title(entry: *const Entry) -> *const c_char {
    entry_record(entry).map_or(ptr::null(), |record| c_text_or_null(record.title))
}

/// What happened, in one sentence; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_summary(entry: *const Entry) -> *const c_char {
    entry_record(entry).map_or(ptr::null(), |record| c_text(record.summary))
}

/// What the sender does; NULL where that is no more than the remedies say, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_fix(entry: *const Entry) -> *const c_char {
    entry_record(entry).map_or(ptr::null(), |record| c_text_or_null(record.fix))
}

/// The provider's own page on it; NULL where there is none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_url(entry: *const Entry) -> *const c_char {
    entry_record(entry).map_or(ptr::null(), |record| c_text_or_null(record.url))
}

/// The provider's own mark for it, such as `TSS04`; NULL where there is none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_tag(entry: *const Entry) -> *const c_char {
    entry_record(entry).map_or(ptr::null(), |record| c_text_or_null(record.tag))
}

/// Why the message was refused: `SMTP_CODES_REASON_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_reason_number(entry: *const Entry) -> i32 {
    rule(entry).map_or(-1, |rule| i32::from(rule.reason.number()))
}

/// How sure it is, 0 to 100; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_confidence(entry: *const Entry) -> i32 {
    rule(entry).map_or(-1, |rule| i32::from(rule.confidence))
}

/// The provider whose variant it is; NULL where it is none's, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_provider(entry: *const Entry) -> *const Provider {
    let provider = rule(entry).map_or(0, |rule| rule.provider);
    if provider == 0 {
        ptr::null()
    } else {
        opaque_or_null(smtp_codes::builtin().providers.get(usize::from(provider)))
    }
}

/// What it advises for a permanent reply (`permanent` not 0) or a transient one (0).
///
/// Returns `SMTP_CODES_OK`, `SMTP_CODES_ERROR_NULL`, `SMTP_CODES_ERROR_STRUCT_SIZE` or, for a pointer that is
/// no entry, `SMTP_CODES_ERROR_RECORD`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_entry_advice(entry: *const Entry, permanent: i32, advice: *mut Advice) -> i32 {
    if entry.is_null() || advice.is_null() {
        return SMTP_CODES_ERROR_NULL;
    }
    let tables = smtp_codes::builtin();
    let Some(record) =
        rule(entry).and_then(|rule| tables.advice.get(usize::from(rule.advice[usize::from(permanent != 0)])))
    else {
        return SMTP_CODES_ERROR_RECORD;
    };
    let value = advice_of(record);
    // SAFETY: the caller's struct is writable for as long as it says, as the header asks.
    if unsafe { output::write(advice, &value) } {
        SMTP_CODES_OK
    } else {
        SMTP_CODES_ERROR_STRUCT_SIZE
    }
}

fn advice_of(record: &tables::Advice) -> Advice {
    let tables = smtp_codes::builtin();
    let remedies = record.remedies.of(tables.remedies);
    Advice {
        struct_size: types::size_of_u32::<Advice>(),
        bounce: i32::from(record.bounce.number()),
        party: i32::from(record.party.number()),
        delivery: i32::from(record.delivery.number()),
        address: i32::from(record.address.number()),
        remedy_count: remedies.len() as u32,
        remedies: remedies.as_ptr().cast(),
        schedule: opaque_or_null(tables.schedules.get(usize::from(record.schedule))),
    }
}

/// How many sources it has; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_source_count(entry: *const Entry) -> usize {
    source_count(entry_record(entry).map(|record| record.sources))
}

/// Its sources one after the other, from 0; NULL past the last and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_entry_source(entry: *const Entry, index: usize) -> *const Source {
    source_at(entry_record(entry).map(|record| record.sources), index)
}
