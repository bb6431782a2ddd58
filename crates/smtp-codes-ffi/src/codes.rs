//! Codes: basic, enhanced, families and pairs.

use core::ffi::c_char;
use core::ptr;

use smtp_codes::lookup::Codes;
use smtp_codes::{BasicCode, EnhancedCode, tables};

use crate::entry::entry_of;
use crate::records::{c_text_or_null, element, opaque_or_null};
use crate::types::{Basic, Enhanced, Entry, Family, Pair};

fn basic_code(code: i32) -> Option<BasicCode> {
    BasicCode::new(u16::try_from(code).ok()?)
}

fn enhanced_code(class: i32, subject: i32, detail: i32) -> Option<EnhancedCode> {
    EnhancedCode::new(
        u8::try_from(class).ok()?,
        u16::try_from(subject).ok()?,
        u16::try_from(detail).ok()?,
    )
}

fn basic_record(basic: *const Basic) -> Option<&'static tables::Basic> {
    Some(element(smtp_codes::builtin().basics, basic)?.1)
}

/// How many records of basic codes the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_count() -> usize {
    smtp_codes::builtin().basics.len()
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_at(index: usize) -> *const Basic {
    opaque_or_null(smtp_codes::builtin().basics.get(index))
}

/// What the catalogue says of a basic code, 0 to 999; NULL where it does not know the code.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_find(code: i32) -> *const Basic {
    opaque_or_null(basic_code(code).and_then(|code| smtp_codes::builtin().basic(code)))
}

/// The first code that it is about; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_first(basic: *const Basic) -> i32 {
    basic_record(basic).map_or(-1, |record| i32::from(record.codes.0))
}

/// The last code that it is about, the same as the first but for ranges; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_last(basic: *const Basic) -> i32 {
    basic_record(basic).map_or(-1, |record| i32::from(record.codes.1))
}

/// How official it is: `SMTP_CODES_STANDING_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_standing(basic: *const Basic) -> i32 {
    basic_record(basic).map_or(-1, |record| i32::from(record.standing.number()))
}

/// Commands it answers, a bit by number of `SMTP_CODES_COMMAND_…`; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_answers(basic: *const Basic) -> u32 {
    basic_record(basic).map_or(0, |record| record.answers)
}

/// The registered code that it reads as, itself where it is registered; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_reads_as(basic: *const Basic) -> i32 {
    basic_record(basic).map_or(-1, |record| {
        i32::from(if record.reads_as == 0 {
            record.codes.0
        } else {
            record.reads_as
        })
    })
}

/// The document that defines it, such as "RFC 5321"; NULL where none does, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_reference(basic: *const Basic) -> *const c_char {
    basic_record(basic).map_or(ptr::null(), |record| c_text_or_null(record.reference))
}

/// What it means and advises; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_basic_entry(basic: *const Basic) -> *const Entry {
    basic_record(basic).map_or(ptr::null(), |record| entry_of(record.rule))
}

fn enhanced_record(enhanced: *const Enhanced) -> Option<&'static tables::Enhanced> {
    Some(element(smtp_codes::builtin().enhanced, enhanced)?.1)
}

/// How many records of enhanced codes the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_count() -> usize {
    smtp_codes::builtin().enhanced.len()
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_at(index: usize) -> *const Enhanced {
    opaque_or_null(smtp_codes::builtin().enhanced.get(index))
}

/// What the catalogue says of an enhanced code, by its three numbers; NULL where it does not know the code.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_find(class_digit: i32, subject: i32, detail: i32) -> *const Enhanced {
    opaque_or_null(enhanced_code(class_digit, subject, detail).and_then(|code| smtp_codes::builtin().enhanced(code)))
}

/// Classes that it holds for, a bit by digit: bit 2, bit 4, bit 5; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_classes(enhanced: *const Enhanced) -> u32 {
    enhanced_record(enhanced).map_or(0, |record| u32::from(record.classes))
}

/// Its subject; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_subject(enhanced: *const Enhanced) -> i32 {
    enhanced_record(enhanced).map_or(-1, |record| i32::from(record.subject))
}

/// The first detail that it is about; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_first(enhanced: *const Enhanced) -> i32 {
    enhanced_record(enhanced).map_or(-1, |record| i32::from(record.detail.0))
}

/// The last detail that it is about, the same as the first but for ranges; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_last(enhanced: *const Enhanced) -> i32 {
    enhanced_record(enhanced).map_or(-1, |record| i32::from(record.detail.1))
}

/// How official it is: `SMTP_CODES_STANDING_…`; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_standing(enhanced: *const Enhanced) -> i32 {
    enhanced_record(enhanced).map_or(-1, |record| i32::from(record.standing.number()))
}

/// The document that defines it, such as "RFC 3463"; NULL where none does, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_reference(enhanced: *const Enhanced) -> *const c_char {
    enhanced_record(enhanced).map_or(ptr::null(), |record| c_text_or_null(record.reference))
}

/// What it means and advises for a class, 2, 4 or 5; NULL for a class that it does not have, and for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_enhanced_entry(enhanced: *const Enhanced, class_digit: i32) -> *const Entry {
    let class = u8::try_from(class_digit)
        .ok()
        .filter(|class| matches!(class, 2 | 4 | 5));
    match (enhanced_record(enhanced), class) {
        (Some(record), Some(class)) if record.classes >> class & 1 == 1 => entry_of(record.rule_for(class)),
        _ => ptr::null(),
    }
}

fn family_record(family: *const Family) -> Option<&'static tables::Family> {
    Some(element(smtp_codes::builtin().families, family)?.1)
}

/// How many families of enhanced codes the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_family_count() -> usize {
    smtp_codes::builtin().families.len()
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_family_at(index: usize) -> *const Family {
    opaque_or_null(smtp_codes::builtin().families.get(index))
}

/// The family of an enhanced code, by its three numbers; NULL where the catalogue has none.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_family_find(class_digit: i32, subject: i32, detail: i32) -> *const Family {
    opaque_or_null(enhanced_code(class_digit, subject, detail).and_then(|code| smtp_codes::builtin().family(code)))
}

/// Classes that it holds for, a bit by digit: bit 2, bit 4, bit 5; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_family_classes(family: *const Family) -> u32 {
    family_record(family).map_or(0, |record| u32::from(record.classes))
}

/// Its subject; -1 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_family_subject(family: *const Family) -> i32 {
    family_record(family).map_or(-1, |record| i32::from(record.subject))
}

/// What it means and advises; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_family_entry(family: *const Family) -> *const Entry {
    family_record(family).map_or(ptr::null(), |record| entry_of(record.rule))
}

fn pair_record(pair: *const Pair) -> Option<&'static tables::Pair> {
    Some(element(smtp_codes::builtin().pairs, pair)?.1)
}

/// How many pairs with a meaning of their own the catalogue has.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_pair_count() -> usize {
    smtp_codes::builtin().pairs.len()
}

/// One after the other: number `index` of them, from 0; NULL past the last. The order is not part of the
/// interface.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_pair_at(index: usize) -> *const Pair {
    opaque_or_null(smtp_codes::builtin().pairs.get(index))
}

/// The pair that a basic and an enhanced code make; NULL where they mean together no more than each alone.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_pair_find(code: i32, class_digit: i32, subject: i32, detail: i32) -> *const Pair {
    let codes = Codes {
        basic: basic_code(code),
        enhanced: enhanced_code(class_digit, subject, detail),
        command: None,
    };
    opaque_or_null(smtp_codes::builtin().pair(&codes))
}

/// What it means and advises; NULL for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_pair_entry(pair: *const Pair) -> *const Entry {
    pair_record(pair).map_or(ptr::null(), |record| entry_of(record.rule))
}
