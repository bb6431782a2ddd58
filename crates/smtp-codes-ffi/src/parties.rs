//! Providers, blocklists and sources.

use core::ffi::c_char;
use core::ptr;

use smtp_codes::recognise;
use smtp_codes::tables;

use crate::input;
use crate::records::{c_text, c_text_or_null, element, opaque_or_null, source_at, source_count};
use crate::types::{Blocklist, Provider, Source};

fn provider_record(provider: *const Provider) -> Option<&'static tables::Provider> {
    Some(
        element(smtp_codes::builtin().providers, provider)
            .filter(|(index, _)| *index > 0)?
            .1,
    )
}

/// How many providers the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_count() -> usize {
    smtp_codes::builtin().providers.len().saturating_sub(1)
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_at(index: usize) -> *const Provider {
    opaque_or_null(smtp_codes::builtin().providers.get(index.saturating_add(1)))
}

/// The provider of a slug such as `google` (text and length); NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_provider_find(slug: *const c_char, slug_len: usize) -> *const Provider {
    // SAFETY: the caller's text is readable, as the header asks.
    let slug = unsafe { input::slug(slug, slug_len) };
    provider_of(slug.map_or(0, |slug| recognise::by_slug(smtp_codes::builtin(), slug)))
}

/// The provider of a number, as a diagnosis states it; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_numbered(number: i32) -> *const Provider {
    let number = u32::try_from(number).unwrap_or(0);
    opaque_or_null(
        smtp_codes::builtin()
            .providers
            .iter()
            .find(|record| number != 0 && record.number == number),
    )
}

/// The provider that runs an MX host, by the end of the host's name (text and length); NULL where that is
/// not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_provider_of_host(host: *const c_char, host_len: usize) -> *const Provider {
    // SAFETY: the caller's text is readable, as the header asks.
    let host = unsafe { input::bytes(host, host_len) };
    provider_of(recognise::by_host(smtp_codes::builtin(), host))
}

/// The provider of a recipient's address or domain (text and length); NULL where that is not known.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_provider_of_recipient(
    recipient: *const c_char,
    recipient_len: usize,
) -> *const Provider {
    // SAFETY: the caller's text is readable, as the header asks.
    let recipient = unsafe { input::bytes(recipient, recipient_len) };
    provider_of(recognise::by_recipient(smtp_codes::builtin(), recipient))
}

fn provider_of(index: u16) -> *const Provider {
    if index == 0 {
        ptr::null()
    } else {
        opaque_or_null(smtp_codes::builtin().providers.get(usize::from(index)))
    }
}

/// Its number, which never changes: `SMTP_CODES_PROVIDER_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_number(provider: *const Provider) -> i32 {
    provider_record(provider).map_or(-1, |record| signed(record.number))
}

/// Its slug, which never changes; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_slug(provider: *const Provider) -> *const c_char {
    provider_record(provider).map_or(ptr::null(), |record| c_text(record.slug))
}

/// Its name; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_name(provider: *const Provider) -> *const c_char {
    provider_record(provider).map_or(ptr::null(), |record| c_text(record.name))
}

/// What it is: `SMTP_CODES_PROVIDER_KIND_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_kind(provider: *const Provider) -> i32 {
    provider_record(provider).map_or(-1, |record| i32::from(record.kind.number()))
}

/// Address of its page for senders; NULL where there is none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_postmaster(provider: *const Provider) -> *const c_char {
    provider_record(provider).map_or(ptr::null(), |record| c_text_or_null(record.postmaster))
}

/// Address of its page for removal from its own lists; NULL where there is none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_delisting(provider: *const Provider) -> *const c_char {
    provider_record(provider).map_or(ptr::null(), |record| c_text_or_null(record.delisting))
}

/// How many sources it has; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_source_count(provider: *const Provider) -> usize {
    source_count(provider_record(provider).map(|record| record.sources))
}

/// Its sources one after the other, from 0; NULL past the last and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_provider_source(provider: *const Provider, index: usize) -> *const Source {
    source_at(provider_record(provider).map(|record| record.sources), index)
}

fn blocklist_record(blocklist: *const Blocklist) -> Option<&'static tables::Blocklist> {
    Some(
        element(smtp_codes::builtin().blocklists, blocklist)
            .filter(|(index, _)| *index > 0)?
            .1,
    )
}

/// How many blocklists the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_count() -> usize {
    smtp_codes::builtin().blocklists.len().saturating_sub(1)
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_at(index: usize) -> *const Blocklist {
    opaque_or_null(smtp_codes::builtin().blocklists.get(index.saturating_add(1)))
}

/// The blocklist of a slug (text and length); NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_blocklist_find(slug: *const c_char, slug_len: usize) -> *const Blocklist {
    // SAFETY: the caller's text is readable, as the header asks.
    let slug = unsafe { input::slug(slug, slug_len) };
    let tables = smtp_codes::builtin();
    opaque_or_null(
        tables
            .blocklists
            .iter()
            .skip(1)
            .find(|record| slug == Some(tables.text(record.slug))),
    )
}

/// The blocklist of a number, as a diagnosis states it; NULL where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_numbered(number: i32) -> *const Blocklist {
    let number = u32::try_from(number).unwrap_or(0);
    opaque_or_null(
        smtp_codes::builtin()
            .blocklists
            .iter()
            .find(|record| number != 0 && record.number == number),
    )
}

/// Its number, which never changes: `SMTP_CODES_BLOCKLIST_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_number(blocklist: *const Blocklist) -> i32 {
    blocklist_record(blocklist).map_or(-1, |record| signed(record.number))
}

/// Its slug, which never changes; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_slug(blocklist: *const Blocklist) -> *const c_char {
    blocklist_record(blocklist).map_or(ptr::null(), |record| c_text(record.slug))
}

/// Its name; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_name(blocklist: *const Blocklist) -> *const c_char {
    blocklist_record(blocklist).map_or(ptr::null(), |record| c_text(record.name))
}

/// Address of its page for removal; NULL where there is none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_removal(blocklist: *const Blocklist) -> *const c_char {
    blocklist_record(blocklist).map_or(ptr::null(), |record| c_text_or_null(record.removal))
}

/// How many sources it has; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_source_count(blocklist: *const Blocklist) -> usize {
    source_count(blocklist_record(blocklist).map(|record| record.sources))
}

/// Its sources one after the other, from 0; NULL past the last and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_blocklist_source(blocklist: *const Blocklist, index: usize) -> *const Source {
    source_at(blocklist_record(blocklist).map(|record| record.sources), index)
}

fn source_record(source: *const Source) -> Option<&'static tables::Source> {
    Some(element(smtp_codes::builtin().sources, source)?.1)
}

/// How many sources the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_source_count() -> usize {
    smtp_codes::builtin().sources.len()
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_source_at(index: usize) -> *const Source {
    opaque_or_null(smtp_codes::builtin().sources.get(index))
}

/// The source of an id (text and length); NULL where there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_source_find(id: *const c_char, id_len: usize) -> *const Source {
    // SAFETY: the caller's text is readable, as the header asks.
    let id = unsafe { input::slug(id, id_len) };
    let tables = smtp_codes::builtin();
    opaque_or_null(tables.sources.iter().find(|record| id == Some(tables.text(record.id))))
}

/// Its id, as the JSON of a diagnosis names it; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_source_id(source: *const Source) -> *const c_char {
    source_record(source).map_or(ptr::null(), |record| c_text(record.id))
}

/// Its title; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_source_title(source: *const Source) -> *const c_char {
    source_record(source).map_or(ptr::null(), |record| c_text(record.title))
}

/// Its address; NULL where it has none, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_source_url(source: *const Source) -> *const c_char {
    source_record(source).map_or(ptr::null(), |record| c_text_or_null(record.url))
}

/// A number of the ledger, as the signed numbers of the ABI.
pub(crate) fn signed(number: u32) -> i32 {
    i32::try_from(number).ok().filter(|number| *number > 0).unwrap_or(-1)
}
