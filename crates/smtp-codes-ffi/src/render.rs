//! Diagnoses as text: JSON for programs, a paragraph for people.

use core::ffi::c_char;
use core::fmt::{self, Write};

use crate::diagnose::ask;
use crate::input;
use crate::output::Buffer;
use crate::types::Query;

/// Diagnoses one reply and writes the diagnosis as one JSON object on one line, in UTF-8: the same that
/// the command line writes.
///
/// `id` (text and length) is JSON already, such as `7` or `"a"`, and is handed back as it is; NULL gives `null`.
///
/// By the rule of `snprintf`: writes no more than `size` bytes, the last of them NUL, and returns the
/// length that the whole text has, without the NUL. Where that is `size` or more, the text was cut (between
/// two characters). `buffer` may be NULL where `size` is 0; it must not overlap the query's texts. Returns
/// 0, with an empty text, where `query` is NULL or its `struct_size` is not set.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_diagnose_json(
    query: *const Query,
    id: *const c_char,
    id_len: usize,
    buffer: *mut c_char,
    size: usize,
) -> usize {
    // SAFETY: the caller's text is readable, as the header asks.
    let id = unsafe { input::slug(id, id_len) };
    // SAFETY: query and buffer are what the header asks for.
    unsafe { compose(query, buffer, size, |diagnosis, out| diagnosis.write_json(out, id)) }
}

/// Diagnoses one reply and writes the diagnosis for a person, in English and UTF-8, on lines of no more
/// than 80 characters.
///
/// The wording may change with any release. Buffer, size and result are as for `smtp_codes_diagnose_json`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn smtp_codes_diagnose_text(query: *const Query, buffer: *mut c_char, size: usize) -> usize {
    // SAFETY: query and buffer are what the header asks for.
    unsafe { compose(query, buffer, size, paragraph) }
}

/// # Safety
///
/// `query` and its texts, and `buffer` and `size`, are as the header asks.
unsafe fn compose(
    query: *const Query,
    buffer: *mut c_char,
    size: usize,
    write: impl Fn(&smtp_codes::Diagnosis<'_>, &mut Buffer) -> fmt::Result,
) -> usize {
    // SAFETY: passed on to the caller, here and below.
    let mut out = unsafe { Buffer::new(buffer, size) };
    // SAFETY: see above.
    if let Some(question) = unsafe { input::read(query) } {
        // SAFETY: see above.
        let diagnosis = unsafe { ask(&question) };
        // A buffer that counts takes everything, so there is no error to pass on.
        let _ = write(&diagnosis, &mut out);
    }
    out.finish()
}

/// The diagnosis in a few lines.
fn paragraph(diagnosis: &smtp_codes::Diagnosis<'_>, out: &mut Buffer) -> fmt::Result {
    let mut lines = Lines {
        out,
        column: 0,
        indent: 0,
    };
    match (diagnosis.code, diagnosis.enhanced) {
        (Some(code), Some(enhanced)) => write!(lines, "{code} {enhanced} ")?,
        (Some(code), None) => write!(lines, "{code} ")?,
        (None, Some(enhanced)) => write!(lines, "{enhanced} ")?,
        (None, None) => {}
    }
    write!(
        lines,
        "{} ({}%, {})",
        diagnosis.reason, diagnosis.confidence, diagnosis.basis
    )?;
    if let Some(provider) = diagnosis.provider {
        write!(lines, " at {}", diagnosis.tables.text(provider.name))?;
    }
    lines.item("What happened", diagnosis.summary())?;
    if !diagnosis.fix().is_empty() {
        lines.item("What to do", diagnosis.fix())?;
    }
    lines.item("This message", diagnosis.delivery.slug())?;
    lines.item("This address", diagnosis.address.slug())?;
    lines.item("Who must act", diagnosis.party.slug())?;
    lines.label("To mend")?;
    for (index, remedy) in diagnosis.remedies.iter().enumerate() {
        write!(lines, "{}{remedy}", if index == 0 { "" } else { ", " })?;
    }
    if diagnosis.remedies.is_empty() {
        lines.write_str("-")?;
    }
    if let Some(seconds) = diagnosis.extract.retry_after_s {
        lines.label("Try again")?;
        write!(lines, "after {seconds} seconds")?;
    }
    if let Some(blocklist) = diagnosis.blocklist {
        lines.item("Blocklist", diagnosis.tables.text(blocklist.name))?;
    }
    if let Some(url) = diagnosis.url() {
        lines.item("Read", url)?;
    }
    lines.out.write_str("\n")
}

/// Where the text behind a label begins.
const INDENT: usize = 15;
/// How many characters a line has at most.
const WIDTH: usize = 80;

/// Writes words, and starts a new line where one would be too long.
struct Lines<'o> {
    out: &'o mut Buffer,
    column: usize,
    indent: usize,
}

impl Lines<'_> {
    fn label(&mut self, label: &str) -> fmt::Result {
        write!(self.out, "\n{label:<INDENT$}")?;
        self.column = INDENT;
        self.indent = INDENT;
        Ok(())
    }

    fn item(&mut self, label: &str, text: &str) -> fmt::Result {
        self.label(label)?;
        self.write_str(text)
    }
}

impl Write for Lines<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for (index, word) in text.split(' ').enumerate() {
            let width = word.chars().count();
            if index > 0 && self.column + 1 + width > WIDTH {
                write!(self.out, "\n{:1$}", "", self.indent)?;
                self.column = self.indent;
            } else if index > 0 {
                self.out.write_str(" ")?;
                self.column += 1;
            }
            self.out.write_str(word)?;
            self.column += width;
        }
        Ok(())
    }
}
