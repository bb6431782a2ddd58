//! `check`: overlays, with the errors of the catalogue.

use std::io::Write;
use std::path::PathBuf;

use smtp_codes_catalog::report::Colour;

use crate::Outcome;
use crate::overlay::Overlay;

pub(crate) fn run(files: &[PathBuf]) -> anyhow::Result<Outcome> {
    let overlay = Overlay::read(files)?;
    let mut out = anstream::stdout().lock();
    // Colours are taken out again where nobody wants them.
    out.write_all(overlay.messages(Colour::Always).as_bytes())?;
    if overlay.has_errors() {
        return Ok(Outcome::SomeUnreadable);
    }
    let count = |number: usize, one: &str, more: &str| format!("{number} {}", if number == 1 { one } else { more });
    let warnings = if overlay.warnings() > 0 {
        format!(", {}", count(overlay.warnings(), "warning", "warnings"))
    } else {
        String::new()
    };
    writeln!(
        out,
        "{} checked{warnings}: all is well.",
        count(overlay.entries(), "variant or phrase", "variants and phrases")
    )?;
    Ok(Outcome::Done)
}
