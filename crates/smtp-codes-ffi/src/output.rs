//! What goes to C: structs of the caller's size, and composed text by the rule of `snprintf`.

use core::ffi::c_char;
use core::fmt::{self, Write};
use core::ptr;

use crate::input::Sized32;

/// Writes as much of `value` as the caller's struct holds, `struct_size` itself excepted.
///
/// False, with nothing written, for NULL and for a size below the least.
///
/// # Safety
///
/// Unless it is NULL, `to` points to as many writable bytes as its first member says, and to that member.
pub(crate) unsafe fn write<T: Sized32>(to: *mut T, value: &T) -> bool {
    if !fits(to) {
        return false;
    }
    // SAFETY: `fits` found it not NULL and its first member readable.
    let size = unsafe { to.cast::<u32>().read_unaligned() } as usize;
    let head = size_of::<u32>();
    // SAFETY: `size` bytes are writable by the caller's word, `value` has `size_of::<T>()`; both are longer
    // than the head, as `T::LEAST` is, and they do not overlap, as `value` is borrowed from us.
    unsafe {
        ptr::copy_nonoverlapping(
            ptr::from_ref(value).cast::<u8>().add(head),
            to.cast::<u8>().add(head),
            size.min(size_of::<T>()) - head,
        );
    }
    true
}

/// Whether a struct is there and of a size that means anything.
pub(crate) fn fits<T: Sized32>(to: *const T) -> bool {
    // SAFETY: read only where not NULL; the first member is then readable by the condition of every
    // function that takes such a struct.
    !to.is_null() && unsafe { to.cast::<u32>().read_unaligned() } as usize >= T::LEAST
}

/// A caller's buffer: takes what fits, counts everything.
pub(crate) struct Buffer {
    start: *mut u8,
    /// Bytes that may be written, the one for NUL kept back.
    room: usize,
    /// Bytes that all text so far has.
    len: usize,
    terminated: bool,
}

impl Buffer {
    /// A buffer of `size` bytes; NULL or no size only counts.
    ///
    /// # Safety
    ///
    /// Unless it is NULL, `start` points to `size` writable bytes that nothing else uses meanwhile.
    pub(crate) unsafe fn new(start: *mut c_char, size: usize) -> Self {
        let terminated = !start.is_null() && size > 0;
        Self {
            start: start.cast(),
            room: if terminated { size - 1 } else { 0 },
            len: 0,
            terminated,
        }
    }

    /// Puts the NUL byte behind what was written and tells how long the whole text is.
    pub(crate) fn finish(self) -> usize {
        if self.terminated {
            let end = if self.len > self.room {
                self.last_whole_character()
            } else {
                self.len
            };
            // SAFETY: `end` is at most `room`, which is one less than the size that was given.
            unsafe { self.start.add(end).write(0) };
        }
        self.len
    }

    /// Where the text that fits ends without half a character.
    fn last_whole_character(&self) -> usize {
        // SAFETY: text was written up to `room`, as it is full.
        let written = unsafe { core::slice::from_raw_parts(self.start, self.room) };
        match core::str::from_utf8(written) {
            Ok(whole) => whole.len(),
            Err(cut) => cut.valid_up_to(),
        }
    }
}

impl Write for Buffer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let fits = self.room.saturating_sub(self.len).min(text.len());
        if fits > 0 {
            // SAFETY: `len + fits` is at most `room`, all of it writable and not part of `text`, which is
            // either static or the caller's input, which must not overlap the buffer.
            unsafe { ptr::copy_nonoverlapping(text.as_ptr(), self.start.add(self.len), fits) };
        }
        self.len = self.len.saturating_add(text.len());
        Ok(())
    }
}
