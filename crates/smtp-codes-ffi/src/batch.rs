//! Many replies at once, column by column.

use core::ffi::c_char;
use core::ptr;

use smtp_codes::{Address, Basis, BounceType, Delivery, Diagnosis, Engine, Party, Reason, Remedy};

use crate::diagnose::{code_number, to_rust, winner};
use crate::parties::signed;
use crate::types::{
    Batch, Column, SMTP_CODES_ERROR_COLUMN, SMTP_CODES_ERROR_NULL, SMTP_CODES_ERROR_OFFSETS,
    SMTP_CODES_ERROR_STRUCT_SIZE, SMTP_CODES_OK,
};
use crate::{entry, input, parties};

/// Column: the basic code, 0 to 999.
pub const SMTP_CODES_COLUMN_CODE: i32 = 0;
/// Column: the enhanced code, as class * 1000000 + subject * 1000 + detail: 5.7.26 is 5007026.
pub const SMTP_CODES_COLUMN_ENHANCED: i32 = 1;
/// Column: why the message was refused, `SMTP_CODES_REASON_…`.
pub const SMTP_CODES_COLUMN_REASON: i32 = 2;
/// Column: how sure that is, 0 to 100.
pub const SMTP_CODES_COLUMN_CONFIDENCE: i32 = 3;
/// Column: what kind of rule it rests on, `SMTP_CODES_BASIS_…`.
pub const SMTP_CODES_COLUMN_BASIS: i32 = 4;
/// Column: kind of bounce, `SMTP_CODES_BOUNCE_…`.
pub const SMTP_CODES_COLUMN_BOUNCE: i32 = 5;
/// Column: who must act, `SMTP_CODES_PARTY_…`.
pub const SMTP_CODES_COLUMN_PARTY: i32 = 6;
/// Column: what to do with the message, `SMTP_CODES_DELIVERY_…`.
pub const SMTP_CODES_COLUMN_DELIVERY: i32 = 7;
/// Column: what to do with the address, `SMTP_CODES_ADDRESS_…`.
pub const SMTP_CODES_COLUMN_ADDRESS: i32 = 8;
/// Column: the first remedy, `SMTP_CODES_REMEDY_…`.
pub const SMTP_CODES_COLUMN_REMEDY: i32 = 9;
/// Column: all remedies, a bit by number; never -1 but for a row that is null.
pub const SMTP_CODES_COLUMN_REMEDIES: i32 = 10;
/// Column: number of the provider.
pub const SMTP_CODES_COLUMN_PROVIDER: i32 = 11;
/// Column: number of the variant that won.
pub const SMTP_CODES_COLUMN_VARIANT: i32 = 12;
/// Column: number of the phrase that won.
pub const SMTP_CODES_COLUMN_PHRASE: i32 = 13;
/// Column: number of the blocklist that the reply names.
pub const SMTP_CODES_COLUMN_BLOCKLIST: i32 = 14;
/// Column: after how many seconds the server asks to be tried again.
pub const SMTP_CODES_COLUMN_RETRY_AFTER_S: i32 = 15;
/// Column: 1 where basic and enhanced code are of different classes, else 0.
pub const SMTP_CODES_COLUMN_CLASS_MISMATCH: i32 = 16;

/// The fields that a column may ask for, by number.
#[derive(Clone, Copy)]
enum Field {
    Code,
    Enhanced,
    Reason,
    Confidence,
    Basis,
    Bounce,
    Party,
    Delivery,
    Address,
    Remedy,
    Remedies,
    Provider,
    Variant,
    Phrase,
    Blocklist,
    RetryAfter,
    ClassMismatch,
}

impl Field {
    const fn new(number: i32) -> Option<Self> {
        Some(match number {
            SMTP_CODES_COLUMN_CODE => Self::Code,
            SMTP_CODES_COLUMN_ENHANCED => Self::Enhanced,
            SMTP_CODES_COLUMN_REASON => Self::Reason,
            SMTP_CODES_COLUMN_CONFIDENCE => Self::Confidence,
            SMTP_CODES_COLUMN_BASIS => Self::Basis,
            SMTP_CODES_COLUMN_BOUNCE => Self::Bounce,
            SMTP_CODES_COLUMN_PARTY => Self::Party,
            SMTP_CODES_COLUMN_DELIVERY => Self::Delivery,
            SMTP_CODES_COLUMN_ADDRESS => Self::Address,
            SMTP_CODES_COLUMN_REMEDY => Self::Remedy,
            SMTP_CODES_COLUMN_REMEDIES => Self::Remedies,
            SMTP_CODES_COLUMN_PROVIDER => Self::Provider,
            SMTP_CODES_COLUMN_VARIANT => Self::Variant,
            SMTP_CODES_COLUMN_PHRASE => Self::Phrase,
            SMTP_CODES_COLUMN_BLOCKLIST => Self::Blocklist,
            SMTP_CODES_COLUMN_RETRY_AFTER_S => Self::RetryAfter,
            SMTP_CODES_COLUMN_CLASS_MISMATCH => Self::ClassMismatch,
            _ => return None,
        })
    }

    /// Bytes that every value of the field fits into, now and in releases of the same ABI.
    const fn width(self) -> u32 {
        match self {
            Self::Reason
            | Self::Confidence
            | Self::Basis
            | Self::Bounce
            | Self::Party
            | Self::Delivery
            | Self::Address
            | Self::Remedy
            | Self::ClassMismatch => 1,
            Self::Code | Self::Provider | Self::Variant | Self::Phrase | Self::Blocklist => 2,
            Self::Enhanced | Self::Remedies | Self::RetryAfter => 4,
        }
    }

    fn value(self, diagnosis: &Diagnosis<'_>) -> i64 {
        let value = match self {
            Self::Code => code_number(diagnosis.code),
            Self::Enhanced => diagnosis.enhanced.map_or(-1, |code| {
                i32::from(code.class()) * 1_000_000 + i32::from(code.subject()) * 1000 + i32::from(code.detail())
            }),
            Self::Reason => i32::from(diagnosis.reason.number()),
            Self::Confidence => i32::from(diagnosis.confidence),
            Self::Basis => i32::from(diagnosis.basis.number()),
            Self::Bounce => i32::from(diagnosis.bounce.number()),
            Self::Party => i32::from(diagnosis.party.number()),
            Self::Delivery => i32::from(diagnosis.delivery.number()),
            Self::Address => i32::from(diagnosis.address.number()),
            Self::Remedy => diagnosis
                .remedies
                .first()
                .map_or(-1, |remedy| i32::from(remedy.number())),
            Self::Remedies => diagnosis
                .remedies
                .iter()
                .fold(0, |bits, remedy| bits | 1 << remedy.number()),
            Self::Provider => diagnosis.provider.map_or(-1, |provider| signed(provider.number)),
            Self::Variant => winner(diagnosis).0,
            Self::Phrase => winner(diagnosis).1,
            Self::Blocklist => diagnosis.blocklist.map_or(-1, |blocklist| signed(blocklist.number)),
            Self::RetryAfter => diagnosis
                .extract
                .retry_after_s
                .map_or(-1, |seconds| i32::try_from(seconds).unwrap_or(i32::MAX)),
            Self::ClassMismatch => i32::from(diagnosis.class_mismatch),
        };
        i64::from(value)
    }

    /// One past the highest number of the field that has a label.
    fn label_count(self) -> usize {
        let tables = smtp_codes::builtin();
        let past = |highest: Option<u32>| highest.map_or(0, |highest| highest as usize + 1);
        match self {
            Self::Reason => Reason::ALL.len(),
            Self::Basis => Basis::ALL.len(),
            Self::Bounce => BounceType::ALL.len(),
            Self::Party => Party::ALL.len(),
            Self::Delivery => Delivery::ALL.len(),
            Self::Address => Address::ALL.len(),
            Self::Remedy => Remedy::ALL.len(),
            Self::Provider => past(tables.providers.iter().map(|record| record.number).max()),
            Self::Blocklist => past(tables.blocklists.iter().map(|record| record.number).max()),
            Self::Variant => past(numbers(|basis| matches!(basis, Basis::Variant | Basis::VariantCode)).max()),
            Self::Phrase => past(numbers(|basis| basis == Basis::Phrase).max()),
            Self::Code
            | Self::Enhanced
            | Self::Confidence
            | Self::Remedies
            | Self::RetryAfter
            | Self::ClassMismatch => 0,
        }
    }
}

/// The public numbers of the rules of some kinds.
fn numbers(of: impl Fn(Basis) -> bool) -> impl Iterator<Item = u32> {
    let tables = smtp_codes::builtin();
    tables
        .rule_texts
        .iter()
        .zip(tables.rules)
        .filter(move |(_, rule)| of(entry::basis(rule.kind())))
        .map(|(text, _)| text.number)
}

/// Bytes that every value of a column's field fits into: 1, 2 or 4; 0 for a number that is no
/// `SMTP_CODES_COLUMN_…` of this library.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_column_width(field: i32) -> u32 {
    Field::new(field).map_or(0, Field::width)
}

/// How many labels a field has: one past the highest number that means something, so that labels
/// number 0 up to it make the dictionary of an Arrow dictionary array. 0 for fields that are plain numbers.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_column_label_count(field: i32) -> usize {
    Field::new(field).map_or(0, Field::label_count)
}

/// The slug that a number of a field stands for; NULL where it stands for none.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_column_label(field: i32, number: i32) -> *const c_char {
    use crate::vocabulary::*;
    match Field::new(field) {
        Some(Field::Reason) => smtp_codes_reason_slug(number),
        Some(Field::Basis) => smtp_codes_basis_slug(number),
        Some(Field::Bounce) => smtp_codes_bounce_slug(number),
        Some(Field::Party) => smtp_codes_party_slug(number),
        Some(Field::Delivery) => smtp_codes_delivery_slug(number),
        Some(Field::Address) => smtp_codes_address_slug(number),
        Some(Field::Remedy) => smtp_codes_remedy_slug(number),
        Some(Field::Provider) => parties::smtp_codes_provider_slug(parties::smtp_codes_provider_numbered(number)),
        Some(Field::Blocklist) => parties::smtp_codes_blocklist_slug(parties::smtp_codes_blocklist_numbered(number)),
        Some(Field::Variant) => entry::smtp_codes_entry_name(entry::smtp_codes_entry_variant(number)),
        Some(Field::Phrase) => entry::smtp_codes_entry_name(entry::smtp_codes_entry_phrase(number)),
        _ => ptr::null(),
    }
}

/// Diagnoses many replies and fills the columns that you ask for, row by row, in order.
///
/// A value that does not exist is -1, and all values of a row that is null are. Threads may share a
/// batch's data and fill different rows, each with a batch of its own.
///
/// Returns `SMTP_CODES_OK`; `SMTP_CODES_ERROR_NULL` where there are rows but no offsets, or a column with no
/// values; `SMTP_CODES_ERROR_STRUCT_SIZE`; `SMTP_CODES_ERROR_COLUMN`; `SMTP_CODES_ERROR_OFFSETS`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_diagnose_batch(batch: *const Batch) -> i32 {
    if batch.is_null() {
        return SMTP_CODES_ERROR_NULL;
    }
    // SAFETY: the batch and everything in it is what the header asks for, here and below.
    let Some(batch) = (unsafe { input::read(batch) }) else {
        return SMTP_CODES_ERROR_STRUCT_SIZE;
    };
    let mut common = smtp_codes::Query::default();
    if !batch.common.is_null() {
        // SAFETY: see above.
        let Some(query) = (unsafe { input::read(batch.common) }) else {
            return SMTP_CODES_ERROR_STRUCT_SIZE;
        };
        // SAFETY: see above.
        common = unsafe { to_rust(&query) };
    }
    if batch.offset_bits != 32 && batch.offset_bits != 64 {
        return SMTP_CODES_ERROR_OFFSETS;
    }
    if (batch.count > 0 && batch.offsets.is_null()) || (batch.column_count > 0 && batch.columns.is_null()) {
        return SMTP_CODES_ERROR_NULL;
    }
    for index in 0..batch.column_count {
        // SAFETY: there are `column_count` columns, as the header asks.
        let column = unsafe { batch.columns.add(index).read_unaligned() };
        match Field::new(column.field) {
            Some(field) if matches!(column.width, 1 | 2 | 4 | 8) && column.width >= field.width() => {}
            _ => return SMTP_CODES_ERROR_COLUMN,
        }
        if column.values.is_null() && batch.count > 0 {
            return SMTP_CODES_ERROR_NULL;
        }
    }
    // SAFETY: see above.
    unsafe { rows(&batch, common) }
}

/// Fills all rows.
///
/// # Safety
///
/// The batch was checked: there are offsets, columns and places for values as it says.
unsafe fn rows(batch: &Batch, common: smtp_codes::Query<'_>) -> i32 {
    let engine = Engine::new(smtp_codes::builtin());
    // SAFETY: `data_len` bytes of data are readable, as the header asks.
    let data = unsafe { input::bytes(batch.data, batch.data_len) };
    let mut status = SMTP_CODES_OK;
    for row in 0..batch.count {
        // SAFETY: there is a bit for each row, as the header asks.
        let valid = batch.validity.is_null() || unsafe { is_valid(batch.validity, batch.validity_offset, row) };
        let mut reply = None;
        if valid {
            // SAFETY: there are `count + 1` offsets, as the header asks.
            let (start, end) = unsafe { (offset(batch, row), offset(batch, row + 1)) };
            reply = start.zip(end).and_then(|(start, end)| data.get(start..end));
            if reply.is_none() {
                status = SMTP_CODES_ERROR_OFFSETS;
            }
        }
        let diagnosis = reply.map(|reply| engine.diagnose(&smtp_codes::Query { reply, ..common }));
        for index in 0..batch.column_count {
            // SAFETY: there are `column_count` columns, as the header asks.
            let column = unsafe { batch.columns.add(index).read_unaligned() };
            let value = match (&diagnosis, Field::new(column.field)) {
                (Some(diagnosis), Some(field)) => field.value(diagnosis),
                _ => -1,
            };
            // SAFETY: the column has a place for each row, as the header asks.
            unsafe { put(&column, row, value) };
        }
    }
    status
}

/// # Safety
///
/// The bitmap has a bit for the row.
unsafe fn is_valid(validity: *const u8, first: usize, row: usize) -> bool {
    let bit = first.wrapping_add(row);
    // SAFETY: passed on to the caller.
    unsafe { validity.add(bit / 8).read() >> (bit % 8) & 1 == 1 }
}

/// An offset; nothing where it is negative.
///
/// # Safety
///
/// There is an offset of that number.
unsafe fn offset(batch: &Batch, number: usize) -> Option<usize> {
    if batch.offset_bits == 32 {
        // SAFETY: passed on to the caller.
        usize::try_from(unsafe { batch.offsets.cast::<i32>().add(number).read_unaligned() }).ok()
    } else {
        // SAFETY: passed on to the caller.
        usize::try_from(unsafe { batch.offsets.cast::<i64>().add(number).read_unaligned() }).ok()
    }
}

/// Puts a value into its place in a column.
///
/// # Safety
///
/// The column has a place for the row, of a width that was checked.
unsafe fn put(column: &Column, row: usize, value: i64) {
    // SAFETY: passed on to the caller. A store of its own for each width: a copy of so many bytes would be a call.
    unsafe {
        let place = column
            .values
            .cast::<u8>()
            .offset(column.stride.wrapping_mul(row as isize));
        match column.width {
            1 => place.cast::<i8>().write_unaligned(value as i8),
            2 => place.cast::<i16>().write_unaligned(value as i16),
            4 => place.cast::<i32>().write_unaligned(value as i32),
            _ => place.cast::<i64>().write_unaligned(value),
        }
    }
}
