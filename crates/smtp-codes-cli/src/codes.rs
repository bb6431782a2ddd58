//! `codes`, `providers`, `reasons`: what the catalogue holds.

use crate::Outcome;
use crate::args::{Codes, List};

pub(crate) fn run(_task: &Codes) -> anyhow::Result<Outcome> {
    anyhow::bail!("not yet")
}

pub(crate) fn providers(_task: &List) -> anyhow::Result<Outcome> {
    anyhow::bail!("not yet")
}

pub(crate) fn reasons(_task: &List) -> anyhow::Result<Outcome> {
    anyhow::bail!("not yet")
}
