//! The closed lists: from number to slug and back.

use core::ffi::c_char;
use core::ptr;

use smtp_codes::decide::Step;
use smtp_codes::recognise::How;
use smtp_codes::tables::{Escalation, ProviderKind, Scope, Unit};
use smtp_codes::{Address, Basis, BounceType, Command, Delivery, Party, Reason, Remedy, Standing};

use crate::input;

/// Slug of a reason (`SMTP_CODES_REASON_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_reason_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Reason::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a reason by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_reason_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Reason::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a kind of bounce (`SMTP_CODES_BOUNCE_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_bounce_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(BounceType::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a kind of bounce by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_bounce_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(BounceType::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a party (`SMTP_CODES_PARTY_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_party_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Party::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a party by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_party_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Party::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a piece of advice on the message (`SMTP_CODES_DELIVERY_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_delivery_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Delivery::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a piece of advice on the message by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_delivery_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Delivery::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a piece of advice on the address (`SMTP_CODES_ADDRESS_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_address_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Address::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a piece of advice on the address by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_address_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Address::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a remedy (`SMTP_CODES_REMEDY_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_remedy_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Remedy::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a remedy by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_remedy_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Remedy::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a basis (`SMTP_CODES_BASIS_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basis_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Basis::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a basis by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_basis_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Basis::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a standing (`SMTP_CODES_STANDING_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_standing_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Standing::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a standing by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_standing_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Standing::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a command (`SMTP_CODES_COMMAND_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_command_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Command::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a command by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_command_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Command::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a step (`SMTP_CODES_STEP_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_step_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Step::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a step by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_step_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Step::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a way of recognising a provider (`SMTP_CODES_RECOGNISED_BY_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_recognised_by_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(How::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a way of recognising a provider by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_recognised_by_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(How::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a kind of provider (`SMTP_CODES_PROVIDER_KIND_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_kind_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(ProviderKind::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a kind of provider by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_provider_kind_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(ProviderKind::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a unit of recurrence (`SMTP_CODES_UNIT_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_unit_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Unit::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a unit of recurrence by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_unit_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Unit::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of a scope of recurrence (`SMTP_CODES_SCOPE_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_scope_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Scope::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of a scope of recurrence by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_scope_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Scope::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}

/// Slug of an escalation (`SMTP_CODES_ESCALATION_…`); NULL for a number that this library does not know.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_escalation_slug(number: i32) -> *const c_char {
    u8::try_from(number)
        .ok()
        .and_then(Escalation::from_number)
        .map_or(ptr::null(), |value| value.slug_c().as_ptr())
}

/// Number of an escalation by its slug (text and length); -1 for a slug that this library does not know.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_escalation_from_slug(slug: *const c_char, slug_len: usize) -> i32 {
    // SAFETY: the caller's text is readable, as the header asks.
    unsafe { input::slug(slug, slug_len) }
        .and_then(Escalation::from_slug)
        .map_or(-1, |value| i32::from(value.number()))
}
