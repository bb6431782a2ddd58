//! What a mail server's reply means, who is at fault, and what to do next.
//!
//! ```
//! # #[cfg(feature = "builtin")] {
//! use smtp_codes::{diagnose, Address, Delivery, Reason};
//!
//! let diagnosis = diagnose("550-5.1.1 The email account that you tried to reach does not exist. gsmtp");
//! assert_eq!(diagnosis.reason, Reason::RecipientUnknown);
//! assert_eq!(diagnosis.delivery, Delivery::GiveUp);
//! assert_eq!(diagnosis.address, Address::Suppress);
//! # }
//! ```
//!
//! The crate needs no allocator, has no dependencies and does nothing at start: the whole catalogue
//! is static data that `cargo xtask generate` writes from `catalog/`. An [`Engine`] runs over borrowed
//! [`tables`], so a program can lay its own rules above the built-in ones.
#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod code;
pub mod decide;
pub mod diagnose;
pub mod extract;
pub mod infer;
pub mod json;
mod lanes;
pub mod lookup;
pub mod matcher;
pub mod packed;
pub mod recognise;
pub mod reply;
pub mod tables;
pub mod text;
pub mod vocabulary;

#[cfg(feature = "builtin")]
#[rustfmt::skip]
mod generated;

pub use code::{BasicCode, Class, EnhancedCode, ParseCodeError};
pub use decide::{Decision, History, Step};
pub use diagnose::{Diagnosis, Engine, Query};
pub use reply::Reply;
pub use tables::Tables;
pub use vocabulary::{Address, Basis, BounceType, Command, Delivery, Party, Reason, Remedy, Standing};

/// The catalogue that the crate ships.
#[cfg(feature = "builtin")]
#[must_use]
pub const fn builtin() -> &'static Tables<'static> {
    &generated::TABLES
}

/// Diagnoses one reply with the built-in catalogue.
///
/// Takes a reply as `&str`, or a [`Query`] that says more about it.
///
/// ```
/// use smtp_codes::{diagnose, Query, Reason};
/// let query = Query { mx: Some(b"mx1.example.net"), ..Query::new(b"552 5.2.2 Mailbox full") };
/// assert_eq!(diagnose(query).reason, Reason::MailboxFull);
/// ```
#[cfg(feature = "builtin")]
#[must_use]
pub fn diagnose<'a>(query: impl Into<Query<'a>>) -> Diagnosis<'a> {
    Engine::new(builtin()).diagnose(&query.into())
}
