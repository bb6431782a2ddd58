//! What comes from C: text, and structs of any size.

use core::ffi::c_char;
use core::mem::MaybeUninit;
use core::{ptr, slice};

/// The bytes of a text; none for NULL, and for a length that no object can have.
///
/// # Safety
///
/// Unless it is NULL, `data` points to `len` bytes that are readable, and stay as they are, for `'a`.
pub(crate) unsafe fn bytes<'a>(data: *const c_char, len: usize) -> &'a [u8] {
    if data.is_null() || isize::try_from(len).is_err() {
        return &[];
    }
    // SAFETY: not NULL, of a possible length, and readable by this function's own condition.
    unsafe { slice::from_raw_parts(data.cast(), len) }
}

/// Like [`bytes`], but tells "nothing given" from text.
///
/// # Safety
///
/// As for [`bytes`].
pub(crate) unsafe fn optional_bytes<'a>(data: *const c_char, len: usize) -> Option<&'a [u8]> {
    // SAFETY: passed on to the caller.
    let bytes = unsafe { bytes(data, len) };
    (!bytes.is_empty()).then_some(bytes)
}

/// A text that is a slug of ours; nothing where it is not even UTF-8.
///
/// # Safety
///
/// As for [`bytes`].
pub(crate) unsafe fn slug<'a>(data: *const c_char, len: usize) -> Option<&'a str> {
    // SAFETY: passed on to the caller.
    let bytes = unsafe { optional_bytes(data, len) }?;
    core::str::from_utf8(bytes).ok()
}

/// A struct of the C ABI: plain data that begins with `uint32_t struct_size` and for which all zero
/// bits are a value.
///
/// # Safety
///
/// The type is `repr(C)`, its first member is that `u32`, and all zero bits are a valid value, as is any
/// prefix of a valid value followed by zero bits.
pub(crate) unsafe trait Sized32: Copy {
    /// The least `struct_size` that means anything: what the first version of the ABI had to have.
    const LEAST: usize;
}

/// Reads `struct_size` and that many bytes, or as many as are known; the rest is zero.
///
/// `None` for NULL and for a size below the least.
///
/// # Safety
///
/// Unless it is NULL, `from` points to as many readable bytes as its first member says, and to that member.
pub(crate) unsafe fn read<T: Sized32>(from: *const T) -> Option<T> {
    if from.is_null() {
        return None;
    }
    // SAFETY: not NULL, so the first member is readable; no alignment is asked of the caller.
    let size = unsafe { from.cast::<u32>().read_unaligned() } as usize;
    if size < T::LEAST {
        return None;
    }
    let mut value = MaybeUninit::<T>::zeroed();
    // SAFETY: `size` bytes are readable by the caller's word, `value` has room for `size_of::<T>()`, and
    // the two do not overlap, as `value` is ours.
    unsafe {
        ptr::copy_nonoverlapping(
            from.cast::<u8>(),
            value.as_mut_ptr().cast::<u8>(),
            size.min(size_of::<T>()),
        )
    };
    // SAFETY: every `Sized32` is valid as a prefix followed by zero bits.
    Some(unsafe { value.assume_init() })
}
