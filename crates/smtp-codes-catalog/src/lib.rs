//! The catalogue of smtp-codes: what mail servers' replies mean, as data that people keep by hand.
//!
//! The way of the data is one way: [`load`] reads TOML into the records of [`source`], [`check`] looks
//! whether they fit together, and the compiler makes one model of them, from which everything else is
//! generated. All that is wrong is collected in [`report::Diagnostics`] and shown at once.

pub mod check;
pub mod closed;
pub mod escape;
pub mod files;
pub mod ids;
pub mod load;
pub mod model;
pub mod oracle;
pub mod overlay;
pub mod parallel;
pub mod patterns;
pub mod report;
pub mod schema;
pub mod signature;
pub mod source;

pub mod compile;

pub mod train;
