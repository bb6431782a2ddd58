//! Opaque pointers: elements of the static tables, as C sees them.
//!
//! A pointer from C is compared with the table's bounds and turned into an index; it is never
//! followed. A pointer that is none of ours gives `None`, whatever it points to.

use core::ffi::c_char;
use core::ptr;

use smtp_codes::tables::{Run, Source as Record, Text};

use crate::types::Source;

/// The element behind an opaque pointer, and its index.
pub(crate) fn element<T, O>(table: &'static [T], pointer: *const O) -> Option<(usize, &'static T)> {
    let offset = pointer.addr().checked_sub(table.as_ptr().addr())?;
    let index = offset / size_of::<T>();
    if offset % size_of::<T>() != 0 {
        return None;
    }
    Some((index, table.get(index)?))
}

/// The opaque pointer for an element of the built-in tables; NULL for none.
pub(crate) fn opaque_or_null<T, O>(element: Option<&T>) -> *const O {
    element.map_or(ptr::null(), |element| ptr::from_ref(element).cast())
}

/// A piece of the built-in pool as a C string: each piece has a NUL byte behind it.
pub(crate) fn c_text(text: Text) -> *const c_char {
    smtp_codes::builtin().text(text).as_ptr().cast()
}

/// Like [`c_text`], with NULL for an empty piece.
pub(crate) fn c_text_or_null(text: Text) -> *const c_char {
    if text.len == 0 { ptr::null() } else { c_text(text) }
}

/// How many sources a run names.
pub(crate) fn source_count(run: Option<Run>) -> usize {
    run.map_or(0, |run| smtp_codes::builtin().sources_of(run).count())
}

/// The source at a place of a run; NULL past its end.
pub(crate) fn source_at(run: Option<Run>, index: usize) -> *const Source {
    opaque_or_null::<Record, Source>(run.and_then(|run| smtp_codes::builtin().sources_of(run).nth(index)))
}
