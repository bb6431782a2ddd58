//! What a library without `std` brings itself: what to do when all is lost.

use core::panic::PanicInfo;

unsafe extern "C" {
    safe fn abort() -> !;
}

/// No input leads here; if a fault of the library ever does, the process ends before it does harm.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    abort()
}
