//! A user's own variants and phrases, compiled above the built-in catalogue.

use std::path::PathBuf;

use smtp_codes_catalog::compile::OwnedTables;

/// Reads, checks and compiles overlay files; `None` without any.
///
/// # Errors
///
/// Where a file cannot be read or does not pass the checks: every message is in the error.
pub(crate) fn load(files: &[PathBuf]) -> anyhow::Result<Option<OwnedTables>> {
    if files.is_empty() {
        return Ok(None);
    }
    anyhow::bail!("overlays are not built in yet")
}
