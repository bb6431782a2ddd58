//! The catalogue as it is written: one Rust type for each kind of record of `docs/catalogue.md`.
//!
//! Nothing is interpreted here: codes, signatures and references are texts that know their place.
//! [`Catalogue`] holds the records of all files together, each kind in the order of files and lines.

mod about;
mod advice;
mod catalogue;
pub(crate) mod forms;
mod kind;
mod knowledge;
mod policy;
mod provider;
mod spanned;
mod standards;
mod vocabulary;
mod wording;

pub use about::{Head, Source};
pub use advice::{Advice, ClassAdvice};
pub use catalogue::{Catalogue, Entry, VariantEntry};
pub use forms::Form;
pub use kind::Kind;
pub use knowledge::{Claim, Esp, Guide, Label, LabelSet, Portal, Wrapper};
pub use policy::{Recurrence, Schedule};
pub use provider::{Blocklist, Provider, Variant};
pub use spanned::{List, OneOrMany, Spanned, Text};
pub use standards::{Basic, Digit, Enhanced, Family, Pair, Step};
pub use vocabulary::{Action, DefaultAdvice, Reason, Term};
pub use wording::{Concept, ConceptHead, Phrase, Vector, Vectors};
