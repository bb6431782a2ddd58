//! The one writer: puts generated files on disk, or says in what they differ.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::Context as _;

use crate::emit::Files;

/// What a run of the writer did, or would have done.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) unchanged: usize,
    pub(crate) changed: Vec<String>,
    pub(crate) left_over: Vec<String>,
    pub(crate) check: bool,
}

impl Report {
    /// Whether what is on disk is what the catalogue makes.
    pub(crate) fn is_clean(&self) -> bool {
        self.changed.is_empty() && self.left_over.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (changed, removed) = if self.check {
            ("stale", "left over")
        } else {
            ("written", "removed")
        };
        for path in self.changed.iter().take(20) {
            writeln!(f, "  {changed}: {path}")?;
        }
        for path in self.left_over.iter().take(20) {
            writeln!(f, "  {removed}: {path}")?;
        }
        write!(
            f,
            "{} files: {} unchanged, {} {changed}, {} {removed}",
            self.unchanged + self.changed.len(),
            self.unchanged,
            self.changed.len(),
            self.left_over.len()
        )?;
        if self.check && !self.is_clean() {
            write!(f, "\nRun `cargo xtask generate` and commit what it writes.")?;
        }
        Ok(())
    }
}

/// Writes `files` below `root` and removes what is left over in the folders that hold nothing else;
/// with `check` it only compares.
pub(crate) fn write(root: &Path, files: &Files, owned: &[&str], check: bool) -> anyhow::Result<Report> {
    let mut report = Report {
        check,
        ..Report::default()
    };
    for (path, content) in files {
        let target = root.join(path);
        if fs::read(&target).is_ok_and(|old| old == *content) {
            report.unchanged += 1;
            continue;
        }
        report.changed.push(path.clone());
        if !check {
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).with_context(|| format!("cannot make the folder of {path}"))?;
            }
            fs::write(&target, content).with_context(|| format!("cannot write {path}"))?;
        }
    }
    for folder in owned {
        for path in below(root, folder)? {
            if !files.contains_key(&path) {
                if !check {
                    fs::remove_file(root.join(&path)).with_context(|| format!("cannot remove {path}"))?;
                }
                report.left_over.push(path);
            }
        }
    }
    Ok(report)
}

/// All files below a folder, by path from the root.
fn below(root: &Path, folder: &str) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(root.join(&folder)) else {
            continue;
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {folder}"))?;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push(path)
            } else {
                found.push(path)
            }
        }
    }
    found.sort();
    Ok(found)
}
