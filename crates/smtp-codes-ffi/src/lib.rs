//! The C ABI of smtp-codes.
//!
//! Every public item here becomes an item of `include/smtp_codes.h`, and its documentation becomes the
//! header's manual: it is written for people who program in C. The header is made by
//! `cargo xtask generate`: functions and types from this source, constants from the catalogue.
//!
//! The rules of the interface stand at the head of the header. In short: records
//! of the catalogue are opaque pointers into static data, which are compared and never followed, so that
//! no pointer from outside can do harm; results go into the caller's structs, of which no more than
//! `struct_size` bytes are touched; text comes in as pointer and length and goes out as static,
//! NUL-terminated UTF-8 or as a piece of the caller's own input; numbers are integers, never enums.
#![cfg_attr(all(feature = "standalone", panic = "abort", not(test)), no_std)]
#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]
#![allow(
    clippy::missing_safety_doc,
    reason = "the header's manual says for each pointer what it must be, in the words of C"
)]
#![allow(
    improper_ctypes_definitions,
    reason = "records are opaque to C, which never sees what is in them"
)]

pub mod batch;
pub mod codes;
pub mod decide;
pub mod diagnose;
pub mod entry;
pub mod parties;
pub mod policy;
pub mod render;
pub mod reply;
pub mod types;
pub mod version;
pub mod vocabulary;

mod input;
#[cfg(all(feature = "own-memory", target_os = "linux", panic = "abort", not(test)))]
mod memory;
mod output;
mod records;
#[cfg(all(feature = "standalone", panic = "abort", not(test)))]
mod standalone;
