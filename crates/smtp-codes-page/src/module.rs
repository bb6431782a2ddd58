//! What the page calls: one buffer in, one text out, no imports.
//!
//! The page writes the packed tables into [`smtp_codes_page_tables`] once and calls [`smtp_codes_page_start`]. Then,
//! for each reply, it writes the reply (UTF-8 or any bytes) into the input buffer, calls
//! [`smtp_codes_page_diagnose`] with its length, and reads as many bytes of JSON from the output buffer as that
//! says. A worker has a memory of its own, so nothing is shared.

use alloc::vec::Vec;
use core::alloc::{GlobalAlloc, Layout};
use core::cell::UnsafeCell;
use core::fmt::{self, Write};

use smtp_codes::{Command, Engine, Query, Tables};

/// Bytes of the input buffer; the page cuts longer texts.
pub const INPUT_SIZE: usize = 256 * 1024;
/// Bytes of the output buffer: a diagnosis quotes no more of its input than a URL and a tag.
pub const OUTPUT_SIZE: usize = 64 * 1024;

/// Something that only this module's one thread touches.
struct Place<T>(UnsafeCell<T>);

// SAFETY: a web page's instance has one thread.
unsafe impl<T> Sync for Place<T> {}

static INPUT: Place<[u8; INPUT_SIZE]> = Place(UnsafeCell::new([0; INPUT_SIZE]));
static OUTPUT: Place<[u8; OUTPUT_SIZE]> = Place(UnsafeCell::new([0; OUTPUT_SIZE]));
static PACKED: Place<Vec<u8>> = Place(UnsafeCell::new(Vec::new()));
static TABLES: Place<Option<Tables<'static>>> = Place(UnsafeCell::new(None));

/// Where the page writes the `len` bytes of the packed tables.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_page_tables(len: u32) -> *mut u8 {
    // SAFETY: nothing else runs while this does.
    let packed = unsafe { &mut *PACKED.0.get() };
    packed.resize(len as usize, 0);
    packed.as_mut_ptr()
}

/// Unpacks the tables that were written; 1 where they are some.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_page_start() -> u32 {
    // SAFETY: nothing else runs while this does.
    let (packed, tables) = unsafe { (&*PACKED.0.get(), &mut *TABLES.0.get()) };
    *tables = crate::unpack(packed);
    tables.is_some().into()
}

/// Where the page writes the reply.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_page_input() -> *mut u8 {
    INPUT.0.get().cast()
}

/// How many bytes the input takes.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_page_input_size() -> u32 {
    INPUT_SIZE as u32
}

/// Where the page reads the JSON.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_page_output() -> *const u8 {
    OUTPUT.0.get().cast()
}

/// Diagnoses the first `len` bytes of the input; the length of the JSON.
///
/// Its `id` is the number of the rule that won, from 1, by which the page finds the rule's texts; `null` where none
/// did. What stands in the input may be `key=value` lines before a blank line when `len` has its highest bit set:
/// `provider`, `mx`, `recipient` and `command`, then the reply.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_page_diagnose(len: u32) -> u32 {
    // SAFETY: nothing else runs while this does, and the page only holds the buffers' addresses.
    let (tables, input, output) = unsafe { (&*TABLES.0.get(), &*INPUT.0.get(), &mut *OUTPUT.0.get()) };
    let Some(tables) = tables else { return 0 };
    let hinted = len & HINTED != 0;
    let text = &input[..((len & !HINTED) as usize).min(INPUT_SIZE)];
    let query = if hinted { with_hints(text) } else { Query::new(text) };
    let diagnosis = Engine::new(tables).diagnose(&query);
    let mut number = Digits::default();
    let rule = diagnosis.text.map(|text| number.write(text.number));
    let mut out = Out { buffer: output, len: 0 };
    match diagnosis.write_json(&mut out, rule) {
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
            b"command" => query.command = core::str::from_utf8(value).ok().and_then(Command::from_slug),
            _ => {}
        }
    }
    query.reply = rest;
    query
}

/// A number's digits, without what formatting in general brings along.
#[derive(Default)]
struct Digits([u8; 10]);

impl Digits {
    fn write(&mut self, mut number: u32) -> &str {
        let mut first = self.0.len();
        for digit in self.0.iter_mut().rev() {
            first -= 1;
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        core::str::from_utf8(&self.0[first..]).unwrap_or("0")
    }
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

/// Memory that is given out and never taken back: all of it is asked for once, when the tables are unpacked.
struct Bump {
    /// The first free byte, and the first that is not the module's.
    free: Place<(usize, usize)>,
}

const PAGE: usize = 64 * 1024;

// SAFETY: what is given out lies in pages that the module grew by, above all that is its own, is aligned as asked,
// and is given out once.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: nothing else runs while this does.
        let (free, end) = unsafe { &mut *self.free.0.get() };
        let mut start = free.next_multiple_of(layout.align());
        if start + layout.size() > *end {
            let pages = layout.size().div_ceil(PAGE) + 1;
            let before = core::arch::wasm32::memory_grow(0, pages);
            if before == usize::MAX {
                return core::ptr::null_mut();
            }
            // What grew may not follow what was left.
            start = (before * PAGE).next_multiple_of(layout.align());
            *end = (before + pages) * PAGE;
        }
        *free = start + layout.size();
        start as *mut u8
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

#[global_allocator]
static MEMORY: Bump = Bump {
    free: Place(UnsafeCell::new((0, 0))),
};

/// No input leads here; if a fault ever does, the page says that the engine could not be started.
#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable();
}
