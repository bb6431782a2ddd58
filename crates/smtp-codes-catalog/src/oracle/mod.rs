//! The oracle: a second reading of the catalogue, written to be obviously right.
//!
//! It works from the records themselves, not from the compiled tables: signatures are tried one by one
//! with backtracking, codes are found by looking at every record. The fast engine is held to what comes
//! out here. Nothing in it is meant to be quick, and nothing but tests uses it.

mod codes;
mod generate;
mod lexicon;
mod matching;
mod words;

pub use codes::{Answer, answer, basic, enhanced, family, pair};
pub use generate::{Clothes, Generator, Random};
pub use matching::Oracle;
pub use words::words;
