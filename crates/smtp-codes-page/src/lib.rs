//! The engine in a web page.
//!
//! A page pays for every byte before it reads its first reply. So its engine comes in two parts that pack well, and
//! without what people read: the module has code alone, and the tables that decide come as columns ([`pack`]), from
//! which the module makes them anew once ([`unpack`]). The texts of an entry are loaded by the page when it shows
//! them; a diagnosis names the rule that they belong to.
#![no_std]
#![deny(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks)]

extern crate alloc;

mod columns;
mod model;
mod tables;
mod trie;
mod vocabulary;

#[cfg(target_arch = "wasm32")]
pub mod module;

pub use tables::{pack, unpack};
