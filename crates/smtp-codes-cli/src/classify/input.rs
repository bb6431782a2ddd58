//! Where rows come from: files or standard input, cut into batches of whole rows.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use csv::ByteRecord;
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::columns::Columns;
use crate::args::{Classify, InputFormat};

/// How much is read at a time.
const BATCH_BYTES: usize = 256 * 1024;
/// How many records of a table make a batch.
const BATCH_RECORDS: usize = 1024;
/// How much of a file is looked at to tell its format.
const SNIFF_BYTES: usize = 64 * 1024;

/// One file, or standard input.
pub(crate) struct Input {
    /// What messages call it.
    pub(crate) name: String,
    /// Its length in bytes, where that is known.
    pub(crate) size: Option<u64>,
    format: Format,
    reader: Box<dyn Read + Send>,
}

/// How rows stand in an input.
#[derive(Clone, Debug)]
enum Format {
    Lines,
    Jsonl,
    /// Parted by a byte; the name of the reply's column where it is not `reply`.
    Table(u8, Option<String>),
}

/// Rows of one input, in order.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) rows: Rows,
    /// Number of the first row, counted from 1 within the input.
    pub(crate) first_row: u64,
    /// How many bytes of the input it stands for.
    pub(crate) bytes: u64,
    /// The input's name, where there are several.
    pub(crate) file: Option<Arc<str>>,
}

/// The rows themselves.
#[derive(Debug)]
pub(crate) enum Rows {
    /// One on each line; the last line may have no end.
    Lines(Vec<u8>),
    /// One JSON object on each line; whether the input ends here.
    Jsonl(Vec<u8>, bool),
    /// The first so many records.
    Records(Vec<ByteRecord>, usize, Arc<Columns>),
}

impl Default for Batch {
    fn default() -> Self {
        Self {
            rows: Rows::Lines(Vec::new()),
            first_row: 1,
            bytes: 0,
            file: None,
        }
    }
}

/// Opens every input before any is read, so that a wrong name costs nothing.
pub(crate) fn open(task: &Classify) -> anyhow::Result<Vec<Input>> {
    let stdin = [Path::new("-").to_path_buf()];
    let files = if task.files.is_empty() {
        &stdin[..]
    } else {
        &task.files[..]
    };
    files.iter().map(|path| Input::open(path, task)).collect()
}

impl Input {
    fn open(path: &Path, task: &Classify) -> anyhow::Result<Self> {
        let (name, size, raw): (_, _, Box<dyn Read + Send>) = if path == Path::new("-") {
            ("standard input".to_owned(), None, Box::new(io::stdin()))
        } else {
            let name = path.display().to_string();
            let file = File::open(path).with_context(|| format!("cannot read {name}"))?;
            let about = file.metadata().with_context(|| format!("cannot read {name}"))?;
            anyhow::ensure!(!about.is_dir(), "cannot read {name}: it is a folder");
            (name, about.is_file().then_some(about.len()), Box::new(file))
        };
        // Text goes through as it is, but for a byte order mark; UTF-16 with a mark becomes UTF-8.
        let mut reader = DecodeReaderBytesBuilder::new()
            .utf8_passthru(true)
            .strip_bom(true)
            .build(raw);
        let mut head = Vec::new();
        let needs_head = matches!(task.input_format, InputFormat::Auto | InputFormat::Csv);
        if needs_head {
            read_head(&mut reader, &mut head).with_context(|| format!("cannot read {name}"))?;
        }
        let format = match task.input_format {
            InputFormat::Lines => Format::Lines,
            InputFormat::Jsonl => Format::Jsonl,
            InputFormat::Csv => Format::Table(delimiter(&head), task.reply_column.clone()),
            InputFormat::Tsv => Format::Table(b'\t', task.reply_column.clone()),
            InputFormat::Auto => guess(path, &head, task.reply_column.as_deref()),
        };
        Ok(Self {
            name,
            size,
            format,
            reader: Box::new(io::Cursor::new(head).chain(reader)),
        })
    }

    /// Hands out the input in batches. `next` gives an empty batch to fill, or `None` to stop;
    /// `send` takes it.
    pub(crate) fn read(
        self,
        next: &mut dyn FnMut() -> Option<Batch>,
        send: &mut dyn FnMut(Batch),
    ) -> anyhow::Result<()> {
        let name = self.name;
        match self.format {
            Format::Lines => read_lines(self.reader, false, next, send).with_context(|| format!("cannot read {name}")),
            Format::Jsonl => read_lines(self.reader, true, next, send).with_context(|| format!("cannot read {name}")),
            Format::Table(delimiter, reply) => read_table(self.reader, delimiter, reply.as_deref(), next, send)
                .with_context(|| format!("cannot read {name}")),
        }
    }
}

/// Reads the first line, or as much of it as is looked at.
fn read_head(reader: &mut impl Read, head: &mut Vec<u8>) -> io::Result<()> {
    let mut piece = vec![0; SNIFF_BYTES];
    while head.len() < SNIFF_BYTES && !head.contains(&b'\n') {
        match reader.read(&mut piece) {
            Ok(0) => break,
            Ok(len) => head.extend_from_slice(&piece[..len]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn first_line(head: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', head)
        .map_or(head, |end| &head[..end])
        .trim_ascii_end()
}

/// What parts the names in the first line: a comma, or the semicolon of spreadsheets in half of Europe.
fn delimiter(head: &[u8]) -> u8 {
    let line = first_line(head);
    let count = |byte: u8| memchr::memchr_iter(byte, line).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

/// The format by the file's name, else by the first line: an object, or names with the reply's among them.
fn guess(path: &Path, head: &[u8], reply: Option<&str>) -> Format {
    let extension = path
        .extension()
        .map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let owned = reply.map(str::to_owned);
    match extension.as_deref() {
        Some("jsonl" | "ndjson" | "json") => return Format::Jsonl,
        Some("csv") => return Format::Table(delimiter(head), owned),
        Some("tsv" | "tab") => return Format::Table(b'\t', owned),
        Some("txt" | "log") => return Format::Lines,
        _ => {}
    }
    if head.trim_ascii_start().starts_with(b"{") {
        return Format::Jsonl;
    }
    let by = if first_line(head).contains(&b'\t') {
        b'\t'
    } else {
        delimiter(head)
    };
    let mut names = ByteRecord::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(by)
        .from_reader(first_line(head));
    if reader.read_byte_record(&mut names).unwrap_or(false) && Columns::find(&names, reply).is_ok() {
        return Format::Table(by, owned);
    }
    Format::Lines
}

fn read_lines(
    mut reader: Box<dyn Read + Send>,
    json: bool,
    next: &mut dyn FnMut() -> Option<Batch>,
    send: &mut dyn FnMut(Batch),
) -> io::Result<()> {
    let mut rest = Vec::new();
    let mut first_row = 1;
    let mut ended = false;
    while !ended {
        let Some(mut batch) = next() else { return Ok(()) };
        let mut bytes = match batch.rows {
            Rows::Lines(bytes) | Rows::Jsonl(bytes, _) => bytes,
            Rows::Records(..) => Vec::new(),
        };
        bytes.clear();
        bytes.append(&mut rest);
        // One read makes a batch, so that rows of a slow pipe are answered as they come. A row that is
        // longer than a batch takes more.
        let mut scanned = 0;
        let cut = loop {
            let before = bytes.len();
            bytes.resize(before + BATCH_BYTES, 0);
            let read = loop {
                match reader.read(&mut bytes[before..]) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    other => break other?,
                }
            };
            bytes.truncate(before + read);
            if read == 0 {
                ended = true;
                break bytes.len();
            }
            if let Some(cut) = whole_lines(&bytes, scanned, json) {
                break cut;
            }
            scanned = bytes.len();
        };
        rest.extend_from_slice(&bytes[cut..]);
        bytes.truncate(cut);
        if bytes.is_empty() {
            // The input ended with a line's end: what was sent is all.
            break;
        }
        batch.bytes = bytes.len() as u64;
        batch.first_row = first_row;
        first_row += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        batch.rows = if json {
            Rows::Jsonl(bytes, ended)
        } else {
            Rows::Lines(bytes)
        };
        send(batch);
    }
    Ok(())
}

/// Where the last whole line ends. A blank line at the end of JSON waits for what follows, since the
/// last line of all may be blank.
fn whole_lines(bytes: &[u8], scanned: usize, json: bool) -> Option<usize> {
    let cut = scanned + memchr::memrchr(b'\n', &bytes[scanned..])? + 1;
    if json {
        let start = memchr::memrchr(b'\n', &bytes[..cut - 1]).map_or(0, |end| end + 1);
        if bytes[start..cut].trim_ascii().is_empty() {
            return (start > 0).then_some(start);
        }
    }
    Some(cut)
}

fn read_table(
    reader: Box<dyn Read + Send>,
    delimiter: u8,
    reply: Option<&str>,
    next: &mut dyn FnMut() -> Option<Batch>,
    send: &mut dyn FnMut(Batch),
) -> anyhow::Result<()> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(BATCH_BYTES)
        .from_reader(reader);
    let mut names = ByteRecord::new();
    if !reader.read_byte_record(&mut names)? {
        return Ok(());
    }
    let columns = Arc::new(Columns::find(&names, reply).map_err(anyhow::Error::msg)?);
    let mut first_row = 1;
    let mut from = 0;
    let mut ended = false;
    while !ended {
        let Some(mut batch) = next() else { return Ok(()) };
        let mut records = match batch.rows {
            Rows::Records(records, ..) => records,
            _ => Vec::new(),
        };
        let mut len = 0;
        let mut bytes = 0;
        while len < BATCH_RECORDS && bytes < BATCH_BYTES {
            if records.len() == len {
                records.push(ByteRecord::new());
            }
            if !reader.read_byte_record(&mut records[len])? {
                ended = true;
                break;
            }
            bytes += records[len].as_slice().len();
            len += 1;
        }
        let at = reader.position().byte();
        batch.bytes = at - from;
        from = at;
        batch.first_row = first_row;
        first_row += len as u64;
        batch.rows = Rows::Records(records, len, Arc::clone(&columns));
        send(batch);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that gives a few bytes at a time.
    struct Dribble(Vec<u8>, usize, usize);

    impl Read for Dribble {
        fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
            let len = self.2.min(to.len()).min(self.0.len() - self.1);
            to[..len].copy_from_slice(&self.0[self.1..self.1 + len]);
            self.1 += len;
            Ok(len)
        }
    }

    fn batches(text: &[u8], step: usize, json: bool) -> Vec<(u64, Vec<u8>, bool)> {
        let mut out = Vec::new();
        read_lines(
            Box::new(Dribble(text.to_vec(), 0, step)),
            json,
            &mut || Some(Batch::default()),
            &mut |batch| {
                out.push(match batch.rows {
                    Rows::Lines(bytes) => (batch.first_row, bytes, false),
                    Rows::Jsonl(bytes, last) => (batch.first_row, bytes, last),
                    Rows::Records(..) => unreachable!("lines make no records"),
                });
            },
        )
        .unwrap();
        out
    }

    #[test]
    fn batches_are_whole_lines_and_lose_nothing_however_the_input_dribbles() {
        for text in [
            &b"a\nbb\n\n\nccc\nd"[..],
            b"a\n",
            b"\n\n",
            b"x",
            b"{}\n\n{}\n\n",
            b"\r\n{}\r\n\r\n",
        ] {
            for json in [false, true] {
                for step in 1..=text.len() {
                    let batches = batches(text, step, json);
                    assert_eq!(
                        batches
                            .iter()
                            .flat_map(|(_, bytes, _)| bytes.clone())
                            .collect::<Vec<_>>(),
                        text
                    );
                    let mut row = 1;
                    for (index, (first, bytes, last)) in batches.iter().enumerate() {
                        assert_eq!(*first, row);
                        row += memchr::memchr_iter(b'\n', bytes).count() as u64;
                        let ends = index + 1 == batches.len();
                        assert!(ends || bytes.ends_with(b"\n"));
                        assert!(!last || ends);
                    }
                    // A blank line at the end is known to be the last.
                    let blank = text.ends_with(b"\n\n") || text.ends_with(b"\n\r\n");
                    assert!(!json || !blank || batches.last().is_some_and(|(_, _, last)| *last));
                }
            }
        }
    }

    #[test]
    fn formats_are_guessed_by_name_then_by_the_first_line() {
        let guess = |name: &str, head: &str| format!("{:?}", guess(Path::new(name), head.as_bytes(), None));
        assert_eq!(guess("a.ndjson", "550"), "Jsonl");
        assert_eq!(guess("-", " {\"reply\":"), "Jsonl");
        assert_eq!(guess("-", "id,Reply\n1,550"), "Table(44, None)");
        assert_eq!(guess("-", "id;reply;x\n1;550"), "Table(59, None)");
        assert_eq!(guess("-", "id\treply\n1\t550"), "Table(9, None)");
        assert_eq!(guess("-", "550 5.1.1 no, such reply\n"), "Lines");
        assert_eq!(guess("mail.log", "{"), "Lines");
    }
}
