//! What smtp-codes costs, beside what else could be used.
//!
//! `cargo run --release -p smtp-codes-bench` measures everything in one run, on the same replies and the same
//! signatures, and prints the tables of `docs/benchmarks.md`. Rounds of all candidates alternate, so that
//! whatever else the machine does meets all of them.

pub mod candidates;
pub mod corpus;
pub mod hostile;
pub mod lookup;
pub mod measure;
pub mod pieces;
