//! Versions: of the library, of its interface, of the data in it.

use core::ffi::c_char;

use crate::records::c_text;

/// Version of the interface: the number in the shared library's name. It goes up when something that was
/// there before is no longer as it was; new functions, members and numbers do not raise it.
pub const SMTP_CODES_ABI_VERSION: u32 = 1;

/// Version of the library, such as "0.1.0".
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// Version of the interface of the library that runs; `SMTP_CODES_ABI_VERSION` is that of the header.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_abi_version() -> u32 {
    SMTP_CODES_ABI_VERSION
}

/// Version of the catalogue in the library, such as "0.1.0".
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_catalogue_version() -> *const c_char {
    c_text(smtp_codes::builtin().version)
}

/// Date of the catalogue in the library, as YYYY-MM-DD.
#[unsafe(no_mangle)]
pub extern "C" fn smtp_codes_catalogue_date() -> *const c_char {
    c_text(smtp_codes::builtin().date)
}
