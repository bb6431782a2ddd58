//! The replies that are measured: every vector of the catalogue.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use smtp_codes::{builtin, reply};
use smtp_codes_catalog::compile::vectors;
use smtp_codes_catalog::load::load_dir;
use smtp_codes_catalog::source::Catalogue;

/// The catalogue of the repository.
#[must_use]
pub fn catalogue() -> Catalogue {
    load_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog"), "catalog").catalogue
}

/// Replies of one kind.
#[derive(Clone, Debug)]
pub struct Set {
    /// What they have in common.
    pub name: &'static str,
    /// The replies.
    pub replies: Vec<Vec<u8>>,
}

impl Set {
    /// How many bytes they have together.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.replies.iter().map(Vec::len).sum()
    }
}

/// The vectors: replies as they come over the wire, those that something wraps, and texts without a code.
#[must_use]
pub fn sets(catalogue: &Catalogue) -> [Set; 3] {
    let mut sets = ["direct replies", "wrapped replies", "texts without a code"].map(|name| Set {
        name,
        replies: Vec::new(),
    });
    let mut replies: Vec<Vec<u8>> = vectors::collect(catalogue)
        .into_iter()
        .map(|vector| vector.reply)
        .filter(|reply| !reply.is_empty())
        .collect();
    replies.sort_unstable();
    replies.dedup();
    for reply in replies {
        let read = reply::read(&reply, Some(builtin()));
        let kind = match (read.code, read.wrapped) {
            (Some(_), false) => 0,
            (Some(_), true) => 1,
            (None, _) => 2,
        };
        sets[kind].replies.push(reply);
    }
    sets
}

/// Writes byte strings, each with its length before it.
///
/// # Errors
///
/// Where the file cannot be written.
pub fn write(path: &Path, items: &[Vec<u8>]) -> Result<()> {
    let mut out = Vec::new();
    for item in items {
        out.extend((item.len() as u32).to_le_bytes());
        out.extend(item);
    }
    fs::write(path, out).with_context(|| format!("cannot write {}", path.display()))
}

/// Reads what [`write()`] wrote.
///
/// # Errors
///
/// Where the file cannot be read, or is not such a file.
pub fn read(path: &Path) -> Result<Vec<Vec<u8>>> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}: run `prepare` first", path.display()))?;
    let mut items = Vec::new();
    let mut rest = bytes.as_slice();
    while let Some((length, tail)) = rest.split_first_chunk::<4>() {
        let (item, tail) = tail
            .split_at_checked(u32::from_le_bytes(*length) as usize)
            .context("the file is cut off")?;
        items.push(item.to_vec());
        rest = tail;
    }
    Ok(items)
}
