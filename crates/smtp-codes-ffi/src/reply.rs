//! Reading a reply without diagnosing it.

use core::ffi::c_char;

use crate::diagnose::{code_number, enhanced_numbers, parts};
use crate::types::{self, Reply, SMTP_CODES_ERROR_NULL, SMTP_CODES_ERROR_STRUCT_SIZE, SMTP_CODES_OK};
use crate::{input, output};

/// Finds the reply in a text (text and length), and its codes; looks nothing up.
///
/// The text may be the wire's, a log line, a bounce message, an exception; of several replies it is the
/// one that tells the cause. A text with no code in it is a reply with no code.
///
/// Returns `SMTP_CODES_OK`; `SMTP_CODES_ERROR_NULL` where `reply` is NULL; `SMTP_CODES_ERROR_STRUCT_SIZE` where
/// its `struct_size` is not set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_parse(text: *const c_char, text_len: usize, reply: *mut Reply) -> i32 {
    if reply.is_null() {
        return SMTP_CODES_ERROR_NULL;
    }
    // SAFETY: the caller's text is readable, as the header asks.
    let bytes = unsafe { input::bytes(text, text_len) };
    let read = smtp_codes::reply::read(bytes, Some(smtp_codes::builtin()));
    let [enhanced_class, enhanced_subject, enhanced_detail] = enhanced_numbers(read.enhanced);
    let (text, text_len) = parts(Some(read.text));
    let (host, host_len) = parts(read.host);
    let (recipient, recipient_len) = parts(read.recipient);
    let value = Reply {
        struct_size: types::size_of_u32::<Reply>(),
        code: code_number(read.code),
        enhanced_class,
        enhanced_subject,
        enhanced_detail,
        class_mismatch: i32::from(read.class_mismatch()),
        wrapped: i32::from(read.wrapped),
        command: read.command.map_or(-1, |command| i32::from(command.number())),
        text,
        text_len,
        host,
        host_len,
        recipient,
        recipient_len,
    };
    // SAFETY: the caller's struct is writable for as long as it says, as the header asks.
    if unsafe { output::write(reply, &value) } {
        SMTP_CODES_OK
    } else {
        SMTP_CODES_ERROR_STRUCT_SIZE
    }
}
