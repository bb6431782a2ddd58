//! Reading and checking the catalogue, as every chore does it.

use std::fmt;
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use smtp_codes_catalog::check::{self, Extent};
use smtp_codes_catalog::files::{Files, SourceFile};
use smtp_codes_catalog::load::{self, Loaded};
use smtp_codes_catalog::model::Model;
use smtp_codes_catalog::report::{Colour, Diagnostics, render};

use super::{CATALOGUE, root};

/// A catalogue that was read, checked and, where that was possible, compiled.
pub(crate) struct Checked {
    pub(crate) files: Files,
    /// All that is wrong, sorted.
    pub(crate) found: Diagnostics,
    /// What was compiled; `None` where the catalogue is too broken for that.
    pub(crate) model: Option<Model>,
    pub(crate) times: Times,
}

/// How long each part took.
#[derive(Default)]
pub(crate) struct Times(Vec<(&'static str, Duration)>);

impl Times {
    /// Runs a part and notes its time.
    pub(crate) fn measure<T>(&mut self, part: &'static str, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = run();
        self.0.push((part, start.elapsed()));
        result
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: Duration = self.0.iter().map(|(_, time)| *time).sum();
        write!(f, "{:.2} s", total.as_secs_f64())?;
        for (index, (part, time)) in self.0.iter().enumerate() {
            write!(
                f,
                "{}{part} {:.2}",
                if index == 0 { ": " } else { ", " },
                time.as_secs_f64()
            )?;
        }
        Ok(())
    }
}

/// Reads the catalogue, and `extra` files as if they were a part of it.
pub(crate) fn load(extra: Vec<SourceFile>) -> Loaded {
    let loaded = load::load_dir(&root().join(CATALOGUE), CATALOGUE);
    if extra.is_empty() {
        return loaded;
    }
    let mut files: Vec<_> = loaded.files.iter().map(|(_, file)| file.clone()).collect();
    files.extend(extra);
    load::load_files(files)
}

/// Everything that can be said about a catalogue.
///
/// Records that could not be read, or codes and references that are wrong, would make vectors fail in
/// ways that say nothing; then the compiled tables are not asked.
pub(crate) fn checked(read: impl FnOnce() -> Loaded) -> Checked {
    let mut times = Times::default();
    let loaded = times.measure("read", read);
    let mut found = times.measure("check", || check::all(&loaded, Extent::Complete));
    let Loaded { files, catalogue, .. } = loaded;
    if !check::worth_compiling(&found) {
        return Checked {
            files,
            found,
            model: None,
            times,
        };
    }
    let model = times.measure("compile and learn", || Model::new(catalogue));
    found.extend(times.measure("diagnose vectors", || check::compiled(&model)));
    Checked {
        files,
        found: found.sorted(),
        model: Some(model),
        times,
    }
}

/// Shows what was found on standard error, in colour on a terminal.
pub(crate) fn show(files: &Files, found: &Diagnostics) {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let colour = if !plain && std::io::stderr().is_terminal() {
        Colour::Always
    } else {
        Colour::Never
    };
    eprint!("{}", render(files, found, colour));
}
