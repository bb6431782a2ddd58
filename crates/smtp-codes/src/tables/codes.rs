//! Codes and what they mean by themselves.

use super::{Condition, Run, Text};
use crate::vocabulary::Standing;

/// A basic code of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basic {
    /// Lowest and highest code.
    pub codes: (u16, u16),
    /// Its rule.
    pub rule: u16,
    /// How official it is.
    pub standing: Standing,
    /// Commands it answers, a bit by number.
    pub answers: u32,
    /// The registered basic code it reads as; 0 for itself.
    pub reads_as: u16,
    /// The enhanced code it reads as; subject and detail, `(0, 0)` for none.
    pub reads_as_enhanced: (u16, u16),
    /// The RFC that defines it.
    pub reference: Text,
}

/// An enhanced code of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enhanced {
    /// Classes it holds for, a bit by digit.
    pub classes: u16,
    /// Subject.
    pub subject: u16,
    /// Lowest and highest detail.
    pub detail: (u16, u16),
    /// Its rules for success, transient and permanent replies.
    pub rules: [u16; 3],
    /// How official it is.
    pub standing: Standing,
    /// The document that defines it.
    pub reference: Text,
}

/// A family of enhanced codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// Classes it holds for, a bit by digit.
    pub classes: u16,
    /// Subject.
    pub subject: u16,
    /// Codes it does not hold for: subject and detail.
    pub except: Run,
    /// Its rule.
    pub rule: u16,
}

/// A basic and an enhanced code that together say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The codes it is about.
    pub condition: Condition,
    /// Its rule.
    pub rule: u16,
}
