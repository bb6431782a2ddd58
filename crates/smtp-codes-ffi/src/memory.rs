//! The four functions that a compiler takes for granted, for a shared library that imports none.
//!
//! They are hidden: the host's own are neither used nor replaced. Each loop holds a fence, so that the
//! compiler does not see in it the very function that it makes.

use core::arch::global_asm;
use core::sync::atomic::{Ordering, compiler_fence};

global_asm!(
    ".hidden memcpy",
    ".hidden memmove",
    ".hidden memset",
    ".hidden memcmp",
    ".hidden bcmp"
);

const WIDE: usize = size_of::<u128>();

/// From how many bytes on the processor's own string instructions are worth their start.
#[cfg(target_arch = "x86_64")]
const LONG: usize = 256;

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    #[cfg(target_arch = "x86_64")]
    if len >= LONG {
        // SAFETY: `len` bytes of both are readable and writable as in C; the direction flag is clear by the ABI.
        unsafe {
            core::arch::asm!("rep movsb", inout("rcx") len => _, inout("rdi") to => _, inout("rsi") from => _, options(nostack, preserves_flags))
        };
        return to;
    }
    let mut at = 0;
    // SAFETY: every access lies within `len` bytes of both, which are readable and writable as in C.
    unsafe {
        while at + WIDE <= len {
            to.add(at)
                .cast::<u128>()
                .write_unaligned(from.add(at).cast::<u128>().read_unaligned());
            at += WIDE;
            compiler_fence(Ordering::SeqCst);
        }
        while at + 4 <= len {
            to.add(at)
                .cast::<u32>()
                .write_unaligned(from.add(at).cast::<u32>().read_unaligned());
            at += 4;
            compiler_fence(Ordering::SeqCst);
        }
        while at < len {
            to.add(at).write(from.add(at).read());
            at += 1;
            compiler_fence(Ordering::SeqCst);
        }
    }
    to
}

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(to: *mut u8, from: *const u8, len: usize) -> *mut u8 {
    if to.addr().wrapping_sub(from.addr()) >= len {
        // SAFETY: what is written lies before what is still to be read, or apart from it.
        return unsafe { memcpy(to, from, len) };
    }
    let mut at = len;
    while at > 0 {
        at -= 1;
        // SAFETY: `at` is below `len`.
        unsafe { to.add(at).write(from.add(at).read()) };
        compiler_fence(Ordering::SeqCst);
    }
    to
}

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(to: *mut u8, value: i32, len: usize) -> *mut u8 {
    let byte = value as u8;
    #[cfg(target_arch = "x86_64")]
    if len >= LONG {
        // SAFETY: `len` bytes are writable as in C; the direction flag is clear by the ABI.
        unsafe {
            core::arch::asm!("rep stosb", inout("rcx") len => _, inout("rdi") to => _, in("al") byte, options(nostack, preserves_flags))
        };
        return to;
    }
    let wide = u128::from_ne_bytes([byte; WIDE]);
    let mut at = 0;
    // SAFETY: every access lies within `len` bytes, which are writable as in C.
    unsafe {
        while at + WIDE <= len {
            to.add(at).cast::<u128>().write_unaligned(wide);
            at += WIDE;
            compiler_fence(Ordering::SeqCst);
        }
        while at < len {
            to.add(at).write(byte);
            at += 1;
            compiler_fence(Ordering::SeqCst);
        }
    }
    to
}

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, len: usize) -> i32 {
    let mut at = 0;
    // SAFETY: every access lies within `len` bytes of both, which are readable as in C.
    unsafe {
        while at + 8 <= len
            && left.add(at).cast::<u64>().read_unaligned() == right.add(at).cast::<u64>().read_unaligned()
        {
            at += 8;
            compiler_fence(Ordering::SeqCst);
        }
        while at < len {
            let (a, b) = (left.add(at).read(), right.add(at).read());
            if a != b {
                return i32::from(a) - i32::from(b);
            }
            at += 1;
            compiler_fence(Ordering::SeqCst);
        }
    }
    0
}

/// # Safety
///
/// As in C.
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, len: usize) -> i32 {
    // SAFETY: passed on to the caller.
    unsafe { memcmp(left, right, len) }
}
