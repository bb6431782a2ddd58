//! The engine in a web page: one buffer in, one text out, no imports.
//!
//! The page writes the reply (UTF-8 or any bytes) into the input buffer, calls
//! [`smtp_codes_wasm_diagnose`] with its length, and reads as many bytes of JSON from the output buffer as
//! that says. A worker has a memory of its own, so nothing is shared.

use core::cell::UnsafeCell;
use core::fmt::{self, Write};

use smtp_codes::{Engine, Query};

/// Bytes of the input buffer; the page cuts longer texts.
pub const INPUT_SIZE: usize = 256 * 1024;
/// Bytes of the output buffer: a diagnosis quotes no more of its input than a URL and a tag.
pub const OUTPUT_SIZE: usize = 64 * 1024;

struct Place<const SIZE: usize>(UnsafeCell<[u8; SIZE]>);

// SAFETY: a web page's instance has one thread.
unsafe impl<const SIZE: usize> Sync for Place<SIZE> {}

static INPUT: Place<INPUT_SIZE> = Place(UnsafeCell::new([0; INPUT_SIZE]));
static OUTPUT: Place<OUTPUT_SIZE> = Place(UnsafeCell::new([0; OUTPUT_SIZE]));

/// Where the page writes the reply: 256 KiB.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_wasm_input() -> *mut u8 {
    INPUT.0.get().cast()
}

/// How many bytes the input takes.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_wasm_input_size() -> u32 {
    INPUT_SIZE as u32
}

/// Where the page reads the JSON.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_wasm_output() -> *const u8 {
    OUTPUT.0.get().cast()
}

/// Diagnoses the first `len` bytes of the input; the length of the JSON.
///
/// What stands there may be `key=value` lines before a blank line when `len` has its highest bit set:
/// `provider`, `mx`, `recipient` and `command`, then the reply.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_wasm_diagnose(len: u32) -> u32 {
    let hinted = len & HINTED != 0;
    // SAFETY: nothing else runs while this does, and the page only holds the buffers' addresses.
    let (input, output) = unsafe { (&*INPUT.0.get(), &mut *OUTPUT.0.get()) };
    let text = &input[..((len & !HINTED) as usize).min(INPUT_SIZE)];
    let query = if hinted { with_hints(text) } else { Query::new(text) };
    let diagnosis = Engine::new(smtp_codes::builtin()).diagnose(&query);
    let mut out = Out { buffer: output, len: 0 };
    match diagnosis.write_json(&mut out, None) {
        Ok(()) => out.len as u32,
        Err(fmt::Error) => 0,
    }
}

/// The bit of the length that says: hints stand before the reply.
const HINTED: u32 = 1 << 31;

fn with_hints(text: &[u8]) -> Query<'_> {
    let mut query = Query::default();
    let mut rest = text;
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let (line, tail) = (&rest[..end], &rest[end + 1..]);
        rest = tail;
        if line.is_empty() {
            break;
        }
        let Some(at) = line.iter().position(|byte| *byte == b'=') else {
            continue;
        };
        let value = &line[at + 1..];
        match &line[..at] {
            b"provider" => query.provider = core::str::from_utf8(value).ok(),
            b"mx" => query.mx = Some(value),
            b"recipient" => query.recipient = Some(value),
            b"command" => {
                query.command = core::str::from_utf8(value)
                    .ok()
                    .and_then(smtp_codes::Command::from_slug)
            }
            _ => {}
        }
    }
    query.reply = rest;
    query
}

struct Out<'o> {
    buffer: &'o mut [u8],
    len: usize,
}

impl Write for Out<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let place = self.buffer.get_mut(self.len..self.len + text.len()).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}
