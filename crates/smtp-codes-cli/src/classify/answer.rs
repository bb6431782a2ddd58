//! The answer to each row: a diagnosis, or why there is none.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::io;

use smtp_codes::decide::{Decision, History};
use smtp_codes::{Diagnosis, Engine, Reason};

use super::input::{Batch, Rows};
use super::row::Row;
use super::summary::Tally;
use crate::args::OutputFormat;
use crate::hints::Hints;
use crate::words::LabelSet;

/// Names of the columns of a table, in order: the keys of the JSON, then what a row has besides.
const COLUMNS: &[&str] = &[
    "id",
    "code",
    "enhanced",
    "provider",
    "variant",
    "reason",
    "confidence",
    "bounce",
    "party",
    "delivery",
    "address",
    "remedies",
    "basis",
    "summary",
    "retry_after_s",
    "blocklist",
    "url",
    "tag",
    "class_mismatch",
    "sources",
    "decision",
    "retry_from_s",
    "retry_to_s",
];

/// Answers rows in one format.
pub(crate) struct Writer<'t> {
    pub(crate) engine: Engine<'t>,
    pub(crate) hints: &'t Hints<'t>,
    pub(crate) format: OutputFormat,
    pub(crate) labels: Option<&'static LabelSet>,
    /// Whether replies that were not recognised are collected.
    pub(crate) collect: bool,
}

/// Why a row has no diagnosis, and where it stands.
struct Fault<'f> {
    line: u64,
    file: Option<&'f str>,
    what: String,
}

impl<'t> Writer<'t> {
    /// The row of names that a table begins with.
    pub(crate) fn header(&self) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        let label = self.labels.is_some().then_some("label");
        self.record(&mut out, COLUMNS.iter().copied().chain(label).chain(["line", "error"]))?;
        Ok(out)
    }

    /// Answers every row of a batch.
    pub(crate) fn answer(&self, batch: &Batch, out: &mut Vec<u8>, tally: &mut Tally<'t>) {
        let file = batch.file.as_deref();
        let mut line = batch.first_row;
        match &batch.rows {
            Rows::Lines(bytes) => {
                for text in lines(bytes) {
                    self.row(
                        Row::of_reply(Cow::Owned(line.to_string()), text),
                        Ok(()),
                        line,
                        file,
                        out,
                        tally,
                    );
                    line += 1;
                }
            }
            Rows::Jsonl(bytes, last) => {
                let mut lines = lines(bytes).peekable();
                while let Some(text) = lines.next() {
                    if text.trim_ascii().is_empty() {
                        if !(*last && lines.peek().is_none()) {
                            self.row(
                                Row::default(),
                                Err("the line is blank".to_owned()),
                                line,
                                file,
                                out,
                                tally,
                            );
                        }
                    } else {
                        let (row, read) = Row::from_json(text);
                        self.row(row, read, line, file, out, tally);
                    }
                    line += 1;
                }
            }
            Rows::Records(records, len, columns) => {
                for (record, number) in records[..*len].iter().zip(batch.first_row..) {
                    let (row, read) = columns.row(record, number);
                    let line = record.position().map_or(number, csv::Position::line);
                    self.row(row, read, line, file, out, tally);
                }
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn row(
        &self,
        row: Row<'_>,
        read: Result<(), String>,
        line: u64,
        file: Option<&str>,
        out: &mut Vec<u8>,
        tally: &mut Tally<'t>,
    ) {
        let answer = read.and_then(|()| row.query(self.hints));
        let written = match answer {
            Ok(query) => {
                // The engine borrows tables and query alike, so that a diagnosis may point into both.
                let diagnosis = self.diagnose(&query);
                let slug = diagnosis.provider_slug().and_then(|slug| self.hints.known(slug));
                tally.counts.row(&diagnosis, slug);
                if self.collect && diagnosis.reason == Reason::Unknown {
                    tally.unmatched.note(query.reply);
                }
                let decision = row
                    .failures
                    .map(|failures| diagnosis.decide(&History::after_failures(failures)));
                self.diagnosis(out, row.id.as_deref(), &diagnosis, decision.as_ref())
            }
            Err(what) => {
                tally.counts.unreadable();
                self.fault(out, row.id.as_deref(), &Fault { line, file, what })
            }
        };
        // Writing to memory does not fail; were it to, the row would still be counted.
        debug_assert!(written.is_ok());
    }

    fn diagnose<'a>(&self, query: &smtp_codes::Query<'a>) -> Diagnosis<'a>
    where
        't: 'a,
    {
        let engine: Engine<'a> = self.engine;
        engine.diagnose(query)
    }

    fn diagnosis(
        &self,
        out: &mut Vec<u8>,
        id: Option<&str>,
        diagnosis: &Diagnosis<'_>,
        decision: Option<&Decision<'_>>,
    ) -> io::Result<()> {
        let label = self.labels.map(|labels| labels.label(diagnosis));
        if self.format != OutputFormat::Jsonl {
            return self.table_row(out, id, diagnosis, decision, label);
        }
        let mut json = Utf8(out);
        diagnosis.write_json(&mut json, id).map_err(io::Error::other)?;
        if label.is_some() || decision.is_some() {
            json.0.pop();
            if let Some(label) = label {
                json.write_str(",\"label\":")
                    .and_then(|()| smtp_codes::json::string(&mut json, label))
                    .map_err(io::Error::other)?;
            }
            if let Some(decision) = decision {
                crate::decision::write_json(decision, &mut json).map_err(io::Error::other)?;
            }
            json.0.push(b'}');
        }
        json.0.push(b'\n');
        Ok(())
    }

    fn fault(&self, out: &mut Vec<u8>, id: Option<&str>, fault: &Fault<'_>) -> io::Result<()> {
        let what = match fault.file {
            Some(file) => &format!("{file}: {}", fault.what),
            None => &fault.what,
        };
        if self.format == OutputFormat::Jsonl {
            let mut json = Utf8(out);
            let error = (|| {
                write!(
                    json,
                    "{{\"id\":{},\"line\":{},\"error\":",
                    id.unwrap_or("null"),
                    fault.line
                )?;
                smtp_codes::json::string(&mut json, what)?;
                json.write_str("}\n")
            })();
            return error.map_err(io::Error::other);
        }
        let empty = COLUMNS.len() - 1 + usize::from(self.labels.is_some());
        let id = plain(id);
        let line = fault.line.to_string();
        let cells = [id.as_ref()]
            .into_iter()
            .chain(std::iter::repeat_n("", empty))
            .chain([line.as_str(), what]);
        self.record(out, cells)
    }

    fn table_row(
        &self,
        out: &mut Vec<u8>,
        id: Option<&str>,
        diagnosis: &Diagnosis<'_>,
        decision: Option<&Decision<'_>>,
        label: Option<&str>,
    ) -> io::Result<()> {
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let list = |items: &mut dyn Iterator<Item = &str>| items.collect::<Vec<_>>().join(" ");
        let wait = decision.and_then(|decision| decision.retry_in_s);
        let cells: [Cow<'_, str>; COLUMNS.len()] = [
            plain(id),
            diagnosis.code.map(|code| code.to_string()).unwrap_or_default().into(),
            diagnosis
                .enhanced
                .map(|code| code.to_string())
                .unwrap_or_default()
                .into(),
            diagnosis.provider_slug().unwrap_or_default().into(),
            diagnosis.variant_slug().unwrap_or_default().into(),
            diagnosis.reason.slug().into(),
            diagnosis.confidence.to_string().into(),
            diagnosis.bounce.slug().into(),
            diagnosis.party.slug().into(),
            diagnosis.delivery.slug().into(),
            diagnosis.address.slug().into(),
            list(&mut diagnosis.remedies.iter().map(|remedy| remedy.slug())).into(),
            diagnosis.basis.slug().into(),
            diagnosis.summary().into(),
            number(diagnosis.extract.retry_after_s).into(),
            diagnosis.blocklist_slug().unwrap_or_default().into(),
            diagnosis.url().unwrap_or_default().into(),
            diagnosis.tag().unwrap_or_default().into(),
            diagnosis.class_mismatch.to_string().into(),
            list(&mut diagnosis.sources().map(|source| diagnosis.tables.text(source.id))).into(),
            decision.map(|decision| decision.step.slug()).unwrap_or_default().into(),
            number(wait.map(|(from, _)| from)).into(),
            number(wait.map(|(_, to)| to)).into(),
        ];
        self.record(out, cells.iter().map(AsRef::as_ref).chain(label).chain(["", ""]))
    }

    /// Writes one record of a table.
    fn record<'c>(&self, out: &mut Vec<u8>, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
        let delimiter = if self.format == OutputFormat::Tsv { b'\t' } else { b',' };
        // A small buffer, since it is made for each record; records are small.
        let mut writer = csv::WriterBuilder::new()
            .delimiter(delimiter)
            .buffer_capacity(1024)
            .from_writer(out);
        writer.write_record(cells).map_err(io::Error::other)?;
        writer.flush()
    }
}

/// The lines of a text, without their ends.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (line, next) = match memchr::memchr(b'\n', rest) {
            Some(end) => (&rest[..end], &rest[end + 1..]),
            None => (rest, &rest[rest.len()..]),
        };
        rest = next;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

/// An id as a cell: JSON text without its quotes, anything else as it is.
fn plain(id: Option<&str>) -> Cow<'_, str> {
    let Some(id) = id else { return Cow::Borrowed("") };
    match serde_json::from_str::<String>(id) {
        Ok(text) => Cow::Owned(text),
        Err(_) => Cow::Borrowed(id),
    }
}

/// Text appended to bytes.
struct Utf8<'o>(&'o mut Vec<u8>);

impl fmt::Write for Utf8<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
