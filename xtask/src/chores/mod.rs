//! The chores, a module for each.

pub(crate) mod bench;
pub(crate) mod catalogue;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod ids;
pub(crate) mod mutate;
pub(crate) mod new;
pub(crate) mod site;
pub(crate) mod stats;
pub(crate) mod test;

use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// The folder of the catalogue, as messages show it.
pub(crate) const CATALOGUE: &str = "catalog";
