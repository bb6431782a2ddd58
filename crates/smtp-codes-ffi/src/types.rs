//! The types of the C ABI.

use core::ffi::{c_char, c_void};

use crate::input::Sized32;

/// Status: it worked.
pub const SMTP_CODES_OK: i32 = 0;
/// Status: a pointer that must not be NULL is NULL. Nothing was written.
pub const SMTP_CODES_ERROR_NULL: i32 = -1;
/// Status: `struct_size` is not set, or smaller than any version of the struct. Nothing was written.
pub const SMTP_CODES_ERROR_STRUCT_SIZE: i32 = -2;
/// Status: a record that is none of the catalogue's. Nothing was written.
pub const SMTP_CODES_ERROR_RECORD: i32 = -3;
/// Status: a column asks for what does not exist, or is too narrow for it. Nothing was written.
pub const SMTP_CODES_ERROR_COLUMN: i32 = -4;
/// Status: offsets are neither of 32 nor of 64 bits (nothing was written), or lead outside the data
/// (those rows are filled as null rows are).
pub const SMTP_CODES_ERROR_OFFSETS: i32 = -5;

/// Whether a message was ever delivered: that is not known.
pub const SMTP_CODES_EVER_DELIVERED_UNKNOWN: i32 = 0;
/// Whether a message was ever delivered: yes.
pub const SMTP_CODES_EVER_DELIVERED_YES: i32 = 1;
/// Whether a message was ever delivered: no, never.
pub const SMTP_CODES_EVER_DELIVERED_NO: i32 = 2;

/// A basic reply code of the catalogue, such as 550, or a range of them.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Basic {
    _opaque: [u8; 0],
}

/// An enhanced status code of the catalogue, such as x.1.1, or a range of them.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Enhanced {
    _opaque: [u8; 0],
}

/// A family of enhanced status codes, such as x.1.x.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Family {
    _opaque: [u8; 0],
}

/// A basic and an enhanced code that together say more than either.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Pair {
    _opaque: [u8; 0],
}

/// What the catalogue says about a code, a wording or a reason: summary, advice, sources.
/// Every diagnosis but an unrecognised one rests on one entry.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Entry {
    _opaque: [u8; 0],
}

/// Who answers: mailbox provider, security gateway, blocklist, mail server program or mail platform.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Provider {
    _opaque: [u8; 0],
}

/// A blocklist that replies name.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Blocklist {
    _opaque: [u8; 0],
}

/// Where a fact stands.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Source {
    _opaque: [u8; 0],
}

/// A retry schedule.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Schedule {
    _opaque: [u8; 0],
}

/// A recurrence rule: after how many failures what is to be done.
///
/// Opaque: points to static data, is valid for ever, may be shared between threads and is never freed.
#[derive(Debug)]
pub struct Recurrence {
    _opaque: [u8; 0],
}

/// A reply, and what is known about it: the question.
///
/// Set all of it to zero, then `struct_size` to `sizeof` and the members you know. A NULL pointer or a
/// length of zero means: not known. Text may hold any bytes and needs no NUL behind it; it is borrowed
/// while the call runs, and for as long as you use pointers into it that the call handed out.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Query {
    /// Size of this struct in bytes: `sizeof(smtp_codes_query)`.
    pub struct_size: u32,
    /// Zero.
    pub reserved: u32,
    /// The reply, as it was found: one line or many, wrapped in a log line, a bounce message or not.
    pub reply: *const c_char,
    /// Its length in bytes.
    pub reply_len: usize,
    /// Slug of the provider that gave it, such as `google`. A slug that is not known is ignored.
    pub provider: *const c_char,
    /// Its length in bytes.
    pub provider_len: usize,
    /// Name of the MX host that gave it.
    pub mx: *const c_char,
    /// Its length in bytes.
    pub mx_len: usize,
    /// The recipient's address or domain.
    pub recipient: *const c_char,
    /// Its length in bytes.
    pub recipient_len: usize,
    /// The SMTP command that it answers, such as `RCPT` or `DATA-END`. Another word is ignored.
    pub command: *const c_char,
    /// Its length in bytes.
    pub command_len: usize,
}

// SAFETY: `repr(C)`, begins with `struct_size`, and holds integers and pointers only; a pointer cut off is
// NULL, a length cut off is zero, and either makes the text empty.
unsafe impl Sized32 for Query {
    const LEAST: usize = core::mem::offset_of!(Query, provider);
}

/// What we make of one reply: the answer.
///
/// Set `struct_size` to `sizeof` before the call; the library writes no more than that, and members that
/// it does not know stay as they are. Numbers of closed lists are explained by the constants of their
/// prefix and by `smtp_codes_reason_slug` and its like; new values may come with any release. -1 says
/// that there is none. Pointers of this struct lead into static data, NUL-terminated and valid for ever,
/// but for those with a length beside them: they may lead into the reply you passed, and are valid as long
/// as it is.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Diagnosis {
    /// Size of this struct in bytes: `sizeof(smtp_codes_diagnosis)`.
    pub struct_size: u32,
    /// The basic code, 0 to 999; -1 where the reply has none.
    pub code: i32,
    /// Class of the enhanced code, its first number; -1 where the reply has none.
    pub enhanced_class: i32,
    /// Subject of the enhanced code, its second number; -1 where the reply has none.
    pub enhanced_subject: i32,
    /// Detail of the enhanced code, its third number; -1 where the reply has none.
    pub enhanced_detail: i32,
    /// Why the message was refused: `SMTP_CODES_REASON_…`. An unrecognised reply is
    /// `SMTP_CODES_REASON_UNKNOWN`, which is an answer, not an error.
    pub reason: i32,
    /// How sure that is, 0 to 100.
    pub confidence: i32,
    /// What kind of rule it rests on: `SMTP_CODES_BASIS_…`.
    pub basis: i32,
    /// Kind of bounce: `SMTP_CODES_BOUNCE_…`.
    pub bounce: i32,
    /// Who must act: `SMTP_CODES_PARTY_…`.
    pub party: i32,
    /// What to do with this message: `SMTP_CODES_DELIVERY_…`.
    pub delivery: i32,
    /// What to do with the address: `SMTP_CODES_ADDRESS_…`. A fault of the sender never suppresses it.
    pub address: i32,
    /// Number of the provider that answered: `SMTP_CODES_PROVIDER_…`; -1 where that is not known.
    pub provider: i32,
    /// How it was recognised: `SMTP_CODES_RECOGNISED_BY_…`; -1 where no provider is known.
    pub provider_by: i32,
    /// Number of the variant that won; -1 where none did.
    pub variant: i32,
    /// Number of the phrase that won; -1 where none did.
    pub phrase: i32,
    /// Number of the blocklist that the reply names: `SMTP_CODES_BLOCKLIST_…`; -1 for none.
    pub blocklist: i32,
    /// The second most likely reason, where the wording as a whole was weighed; -1 elsewhere.
    pub runner_up: i32,
    /// After how many seconds the server asks to be tried again; -1 where it does not say.
    pub retry_after_s: i32,
    /// The command that the reply answers: `SMTP_CODES_COMMAND_…`; -1 where that is not known.
    pub command: i32,
    /// 1 where basic and enhanced code are of different classes, else 0.
    pub class_mismatch: i32,
    /// 1 where the reply shows another provider than the query named, else 0.
    pub hint_contradicted: i32,
    /// 1 where something was around the reply: a log line, a bounce message, an exception. Else 0.
    pub wrapped: i32,
    /// How many remedies there are.
    pub remedy_count: u32,
    /// A limit that the reply states, such as the 100 of "limit of 100"; -1 for none.
    pub limit: i64,
    /// Steps towards mending the cause, first things first: `remedy_count` numbers `SMTP_CODES_REMEDY_…`.
    pub remedies: *const u8,
    /// One sentence on what happened.
    pub summary: *const c_char,
    /// What the sender does; an empty string where that is no more than the remedies say.
    pub fix: *const c_char,
    /// Slug of the provider that answered; NULL where that is not known.
    pub provider_slug: *const c_char,
    /// Slug of the variant that won, without its provider; NULL where none did.
    pub variant_slug: *const c_char,
    /// Slug of the blocklist that the reply names; NULL for none.
    pub blocklist_slug: *const c_char,
    /// What the catalogue says about the cause; NULL where nothing was recognised.
    pub entry: *const Entry,
    /// The retry schedule; NULL where nothing is to be tried again.
    pub schedule: *const Schedule,
    /// The page to read; NULL for none. May lead into the reply: use the length.
    pub url: *const c_char,
    /// Its length in bytes.
    pub url_len: usize,
    /// The provider's own mark for the case, such as `TSS04`; NULL for none. Use the length.
    pub tag: *const c_char,
    /// Its length in bytes.
    pub tag_len: usize,
    /// Unit of the limit; NULL where none is stated. Leads into the reply: use the length.
    pub limit_unit: *const c_char,
    /// Its length in bytes.
    pub limit_unit_len: usize,
    /// The reply itself, without what was around it. Leads into the reply: use the length.
    pub text: *const c_char,
    /// Its length in bytes.
    pub text_len: usize,
}

// SAFETY: `repr(C)`, begins with `struct_size`, and holds integers and pointers only.
unsafe impl Sized32 for Diagnosis {
    const LEAST: usize = core::mem::offset_of!(Diagnosis, confidence);
}

/// A reply as it was read: its codes, and what the text around it says.
///
/// Set `struct_size` to `sizeof` before the call. Pointers lead into the text you passed and have no NUL
/// behind them; they are NULL where the text does not say.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Reply {
    /// Size of this struct in bytes: `sizeof(smtp_codes_reply)`.
    pub struct_size: u32,
    /// The basic code, 0 to 999; -1 where there is none.
    pub code: i32,
    /// Class of the enhanced code; -1 where there is none.
    pub enhanced_class: i32,
    /// Subject of the enhanced code; -1 where there is none.
    pub enhanced_subject: i32,
    /// Detail of the enhanced code; -1 where there is none.
    pub enhanced_detail: i32,
    /// 1 where the two are of different classes, else 0.
    pub class_mismatch: i32,
    /// 1 where something was around the reply, else 0.
    pub wrapped: i32,
    /// The command in whose answer the reply came: `SMTP_CODES_COMMAND_…`; -1 where the text does not say.
    pub command: i32,
    /// The reply, from its code on, without what was around it.
    pub text: *const c_char,
    /// Its length in bytes.
    pub text_len: usize,
    /// The host that gave it.
    pub host: *const c_char,
    /// Its length in bytes.
    pub host_len: usize,
    /// The recipient's address.
    pub recipient: *const c_char,
    /// Its length in bytes.
    pub recipient_len: usize,
}

// SAFETY: `repr(C)`, begins with `struct_size`, and holds integers and pointers only.
unsafe impl Sized32 for Reply {
    const LEAST: usize = core::mem::offset_of!(Reply, class_mismatch);
}

/// What happened before this reply, as far as you know. Zero everywhere is the first failure of the
/// first message.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct History {
    /// Size of this struct in bytes: `sizeof(smtp_codes_history)`.
    pub struct_size: u32,
    /// Failed attempts at this message, this one included; 0 reads as 1.
    pub attempts: u32,
    /// Distinct campaigns that failed at this address in a row, this one included; 0 reads as 1.
    pub consecutive_campaigns: u32,
    /// Distinct campaigns that failed at this address in all, this one included; 0 reads as 1.
    pub total_campaigns: u32,
    /// Whether a message was ever delivered to the address: `SMTP_CODES_EVER_DELIVERED_…`.
    pub ever_delivered: i32,
    /// Percent of the addresses of the same domain that fail for the same reason now, 1 to 100; any other
    /// number says that it is not known.
    pub domain_share_percent: i32,
    /// Seconds since the first attempt at this message.
    pub elapsed_s: u32,
    /// Zero.
    pub reserved: u32,
}

// SAFETY: `repr(C)`, begins with `struct_size`, and holds integers only.
unsafe impl Sized32 for History {
    const LEAST: usize = core::mem::offset_of!(History, consecutive_campaigns);
}

/// What to do next. Set `struct_size` to `sizeof` before the call.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Decision {
    /// Size of this struct in bytes: `sizeof(smtp_codes_decision)`.
    pub struct_size: u32,
    /// What to do: `SMTP_CODES_STEP_…`.
    pub step: i32,
    /// What to do with the address: `SMTP_CODES_ADDRESS_…`.
    pub address: i32,
    /// The first thing to mend: `SMTP_CODES_REMEDY_…`; -1 for none.
    pub remedy: i32,
    /// Seconds to wait before the next try, at least; -1 where there is no next try.
    pub retry_earliest_s: i64,
    /// Seconds to wait before the next try, at most; -1 where there is no next try.
    pub retry_latest_s: i64,
    /// Slug of the rule that decided: a recurrence rule, else a schedule, else the reason.
    pub because: *const c_char,
    /// The recurrence rule that decided; NULL where the diagnosis itself did.
    pub recurrence: *const Recurrence,
    /// The schedule that gave the delay; NULL where none did.
    pub schedule: *const Schedule,
}

// SAFETY: `repr(C)`, begins with `struct_size`, and holds integers and pointers only.
unsafe impl Sized32 for Decision {
    const LEAST: usize = core::mem::offset_of!(Decision, remedy);
}

/// What an entry advises. Set `struct_size` to `sizeof` before the call.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Advice {
    /// Size of this struct in bytes: `sizeof(smtp_codes_advice)`.
    pub struct_size: u32,
    /// Kind of bounce: `SMTP_CODES_BOUNCE_…`.
    pub bounce: i32,
    /// Who must act: `SMTP_CODES_PARTY_…`.
    pub party: i32,
    /// What to do with the message: `SMTP_CODES_DELIVERY_…`.
    pub delivery: i32,
    /// What to do with the address: `SMTP_CODES_ADDRESS_…`.
    pub address: i32,
    /// How many remedies there are.
    pub remedy_count: u32,
    /// Steps towards mending the cause, first things first: `remedy_count` numbers `SMTP_CODES_REMEDY_…`.
    pub remedies: *const u8,
    /// The retry schedule; NULL where nothing is to be tried again.
    pub schedule: *const Schedule,
}

// SAFETY: `repr(C)`, begins with `struct_size`, and holds integers and pointers only.
unsafe impl Sized32 for Advice {
    const LEAST: usize = core::mem::offset_of!(Advice, remedy_count);
}

/// One column that a batch fills: a member of the diagnosis as a signed integer, for every row.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Column {
    /// What to put into it: `SMTP_CODES_COLUMN_…`.
    pub field: i32,
    /// Bytes of one value: 1, 2, 4 or 8, and no less than `smtp_codes_column_width` asks for.
    pub width: u32,
    /// Where the value of the first row goes.
    pub values: *mut c_void,
    /// Bytes from one value to the next; the width for values that lie side by side.
    pub stride: isize,
}

/// Many replies at once, in the layout of Arrow's string arrays, and the columns to fill.
///
/// Set all of it to zero, then `struct_size` to `sizeof` and the members you need.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Batch {
    /// Size of this struct in bytes: `sizeof(smtp_codes_batch)`.
    pub struct_size: u32,
    /// Bits of one offset: 32 (Arrow's String, Binary) or 64 (LargeString, LargeBinary).
    pub offset_bits: u32,
    /// Number of rows.
    pub count: usize,
    /// The replies, one behind the other.
    pub data: *const c_char,
    /// How many bytes that is: no row may lead beyond it.
    pub data_len: usize,
    /// `count + 1` signed offsets into the data; row `i` is what lies between number `i` and the next.
    pub offsets: *const c_void,
    /// A bit for each row, least significant first, 0 for a row that is null; NULL where no row is.
    pub validity: *const u8,
    /// Which bit is the first row's: the offset of a sliced array.
    pub validity_offset: usize,
    /// What is known about all of the replies; NULL for nothing. Its own reply is not read.
    pub common: *const Query,
    /// The columns to fill.
    pub columns: *const Column,
    /// How many columns.
    pub column_count: usize,
}

// SAFETY: `repr(C)`, begins with `struct_size`, and holds integers and pointers only.
unsafe impl Sized32 for Batch {
    const LEAST: usize = size_of::<Batch>();
}

/// The size of a struct as its first member states it.
pub(crate) const fn size_of_u32<T>() -> u32 {
    size_of::<T>() as u32
}
