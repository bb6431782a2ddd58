//! What was not recognised.

use std::io::{self, Write};

#[derive(Debug, Default)]
pub(crate) struct Unmatched {}

impl Unmatched {
    pub(crate) fn add(&mut self, _other: Self) {}

    pub(crate) fn note(&mut self, _reply: &[u8]) {}

    pub(crate) fn write(&self, _out: &mut impl Write) -> io::Result<()> {
        Ok(())
    }
}
