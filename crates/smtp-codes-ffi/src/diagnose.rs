//! Diagnosis of one reply.

use core::ffi::c_char;
use core::ptr;

use smtp_codes::tables::RuleKind;
use smtp_codes::{BasicCode, Command, Engine, EnhancedCode};

use crate::parties::signed;
use crate::records::{c_text, opaque_or_null};
use crate::types::{self, Diagnosis, Query, SMTP_CODES_ERROR_NULL, SMTP_CODES_ERROR_STRUCT_SIZE, SMTP_CODES_OK};
use crate::{input, output};

/// Diagnoses one reply: why it was refused, who must act, what to do.
///
/// Never fails over what the reply holds: any bytes are a reply, and what is not recognised is
/// `SMTP_CODES_REASON_UNKNOWN`. Takes no lock, allocates nothing, keeps nothing.
///
/// Returns `SMTP_CODES_OK`; `SMTP_CODES_ERROR_NULL` where either pointer is NULL;
/// `SMTP_CODES_ERROR_STRUCT_SIZE` where a `struct_size` is not set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_diagnose(query: *const Query, diagnosis: *mut Diagnosis) -> i32 {
    if query.is_null() || diagnosis.is_null() {
        return SMTP_CODES_ERROR_NULL;
    }
    // SAFETY: the caller's structs are readable and writable for as long as they say, as the header asks.
    let Some(question) = (unsafe { input::read(query) }) else {
        return SMTP_CODES_ERROR_STRUCT_SIZE;
    };
    if !output::fits(diagnosis) {
        return SMTP_CODES_ERROR_STRUCT_SIZE;
    }
    // SAFETY: the texts of the query are readable, as the header asks.
    let answer = unsafe { ask(&question) };
    // SAFETY: as above.
    unsafe { output::write(diagnosis, &to_c(&answer)) };
    SMTP_CODES_OK
}

/// A query as the engine takes it.
///
/// # Safety
///
/// Each text of the query is NULL or readable for its length, and stays so for `'a`.
pub(crate) unsafe fn to_rust<'a>(query: &Query) -> smtp_codes::Query<'a> {
    // SAFETY: passed on to the caller, here and below.
    let command = unsafe { input::slug(query.command, query.command_len) };
    smtp_codes::Query {
        // SAFETY: see above.
        reply: unsafe { input::bytes(query.reply, query.reply_len) },
        // SAFETY: see above.
        provider: unsafe { input::slug(query.provider, query.provider_len) },
        // SAFETY: see above.
        mx: unsafe { input::optional_bytes(query.mx, query.mx_len) },
        // SAFETY: see above.
        recipient: unsafe { input::optional_bytes(query.recipient, query.recipient_len) },
        command: command.and_then(Command::from_slug),
    }
}

/// Diagnoses a query.
///
/// # Safety
///
/// As for [`to_rust`].
pub(crate) unsafe fn ask<'a>(query: &Query) -> smtp_codes::Diagnosis<'a> {
    // SAFETY: passed on to the caller.
    Engine::new(smtp_codes::builtin()).diagnose(&unsafe { to_rust(query) })
}

/// A basic code as the numbers of the ABI.
pub(crate) fn code_number(code: Option<BasicCode>) -> i32 {
    code.map_or(-1, |code| i32::from(code.number()))
}

/// An enhanced code as the numbers of the ABI.
pub(crate) fn enhanced_numbers(code: Option<EnhancedCode>) -> [i32; 3] {
    code.map_or([-1; 3], |code| {
        [
            i32::from(code.class()),
            i32::from(code.subject()),
            i32::from(code.detail()),
        ]
    })
}

/// A text as pointer and length; NULL and 0 for none.
pub(crate) fn parts(text: Option<&[u8]>) -> (*const c_char, usize) {
    text.map_or((ptr::null(), 0), |text| (text.as_ptr().cast(), text.len()))
}

/// The numbers of the variant and of the phrase that won; -1 for either that did not.
pub(crate) fn winner(diagnosis: &smtp_codes::Diagnosis<'_>) -> (i32, i32) {
    let number = diagnosis.text.map_or(-1, |text| signed(text.number));
    match diagnosis.rule.map(|rule| rule.kind()) {
        Some(RuleKind::Variant | RuleKind::VariantCode) => (number, -1),
        Some(RuleKind::Phrase) => (-1, number),
        _ => (-1, -1),
    }
}

/// A diagnosis as the caller's struct has it.
pub(crate) fn to_c(diagnosis: &smtp_codes::Diagnosis<'_>) -> Diagnosis {
    let [enhanced_class, enhanced_subject, enhanced_detail] = enhanced_numbers(diagnosis.enhanced);
    let (variant, phrase) = winner(diagnosis);
    let (url, url_len) = parts(diagnosis.url().map(str::as_bytes));
    let (tag, tag_len) = parts(diagnosis.tag().map(str::as_bytes));
    let limit = diagnosis.extract.limit;
    let (limit_unit, limit_unit_len) = parts(limit.map(|limit| limit.unit.as_bytes()));
    let (text, text_len) = parts(Some(diagnosis.reply.text));
    // Slugs are ends of pieces of the pool, so they have its NUL byte behind them.
    let slug = |slug: Option<&str>| slug.map_or(ptr::null(), |slug| slug.as_ptr().cast());
    let unrecognised = c"Nothing in this text was recognised as an SMTP reply.";
    Diagnosis {
        struct_size: types::size_of_u32::<Diagnosis>(),
        code: code_number(diagnosis.code),
        enhanced_class,
        enhanced_subject,
        enhanced_detail,
        reason: i32::from(diagnosis.reason.number()),
        confidence: i32::from(diagnosis.confidence),
        basis: i32::from(diagnosis.basis.number()),
        bounce: i32::from(diagnosis.bounce.number()),
        party: i32::from(diagnosis.party.number()),
        delivery: i32::from(diagnosis.delivery.number()),
        address: i32::from(diagnosis.address.number()),
        provider: diagnosis.provider.map_or(-1, |provider| signed(provider.number)),
        provider_by: diagnosis.provider_by.map_or(-1, |how| i32::from(how.number())),
        variant,
        phrase,
        blocklist: diagnosis.blocklist.map_or(-1, |blocklist| signed(blocklist.number)),
        runner_up: diagnosis.runner_up.map_or(-1, |reason| i32::from(reason.number())),
        retry_after_s: diagnosis
            .extract
            .retry_after_s
            .map_or(-1, |seconds| i32::try_from(seconds).unwrap_or(i32::MAX)),
        command: diagnosis
            .reply
            .command
            .map_or(-1, |command| i32::from(command.number())),
        class_mismatch: i32::from(diagnosis.class_mismatch),
        hint_contradicted: i32::from(diagnosis.hint_contradicted),
        wrapped: i32::from(diagnosis.reply.wrapped),
        remedy_count: diagnosis.remedies.len() as u32,
        limit: limit.map_or(-1, |limit| i64::try_from(limit.value).unwrap_or(i64::MAX)),
        remedies: diagnosis.remedies.as_ptr().cast(),
        summary: diagnosis
            .text
            .map_or(unrecognised.as_ptr(), |text| c_text(text.summary)),
        fix: diagnosis.text.map_or(c"".as_ptr(), |text| c_text(text.fix)),
        provider_slug: slug(diagnosis.provider_slug()),
        variant_slug: slug(diagnosis.variant_slug()),
        blocklist_slug: slug(diagnosis.blocklist_slug()),
        entry: opaque_or_null(diagnosis.text),
        schedule: opaque_or_null(diagnosis.schedule),
        url,
        url_len,
        tag,
        tag_len,
        limit_unit,
        limit_unit_len,
        text,
        text_len,
    }
}
