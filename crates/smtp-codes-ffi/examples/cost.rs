//! What a reply costs: the engine in Rust, the same through the shared library, and batches.
//!
//! `cargo xtask capi bench` runs it, with the library and the vectors as arguments. It prints a name and
//! nanoseconds of the processor a reply, one on a line: those of the best pass over all replies.

use std::ffi::CString;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use smtp_codes_ffi::batch::*;
use smtp_codes_ffi::types::{Batch, Column, Diagnosis, Query};

type Diagnose = unsafe extern "C" fn(*const Query, *mut Diagnosis) -> i32;
type DiagnoseJson = unsafe extern "C" fn(*const Query, *const i8, usize, *mut i8, usize) -> usize;
type DiagnoseBatch = unsafe extern "C" fn(*const Batch) -> i32;

struct Library {
    one: Diagnose,
    json: DiagnoseJson,
    many: DiagnoseBatch,
}

const PASSES: usize = 15;
const MILLION: usize = 1_000_000;
/// The columns that Python's `diagnose_arrow` fills where none is named, and how wide it makes them.
const COLUMNS: [(i32, u32); 8] = [
    (SMTP_CODES_COLUMN_CODE, 2),
    (SMTP_CODES_COLUMN_REASON, 1),
    (SMTP_CODES_COLUMN_CONFIDENCE, 1),
    (SMTP_CODES_COLUMN_BOUNCE, 1),
    (SMTP_CODES_COLUMN_PARTY, 1),
    (SMTP_CODES_COLUMN_DELIVERY, 1),
    (SMTP_CODES_COLUMN_ADDRESS, 1),
    (SMTP_CODES_COLUMN_PROVIDER, 2),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, vectors] = arguments.as_slice() else {
        eprintln!("usage: cost LIBRARY VECTORS");
        return ExitCode::FAILURE;
    };
    let Ok(feed) = std::fs::read_to_string(vectors) else {
        eprintln!("cannot read {vectors}");
        return ExitCode::FAILURE;
    };
    let replies: Vec<Vec<u8>> = feed
        .lines()
        .filter_map(|line| line.split("\"reply_b64\":\"").nth(1)?.split('"').next().map(base64))
        .collect();
    let Some(library) = load(library) else {
        eprintln!("cannot load {library}");
        return ExitCode::FAILURE;
    };
    let all = Layout::new(replies.iter());
    // The passes take turns, so that all meet the same weather.
    let mut best = [Duration::MAX; 5];
    for _ in 0..PASSES {
        let times = [
            time(|| in_rust(&all)),
            time(|| in_c(&all, library.one)),
            time(|| json_in_c(&all, library.json)),
            time(|| in_a_batch(&all, &COLUMNS[1..2], library.many)),
            time(|| in_a_batch(&all, &COLUMNS, library.many)),
        ];
        for (best, time) in best.iter_mut().zip(times) {
            *best = time.min(*best);
        }
    }
    let names = ["Rust", "C", "C, JSON", "C, batch of 1 column", "C, batch of 8 columns"];
    for (name, best) in names.iter().zip(best) {
        tell(name, best, all.len());
    }
    let million = Layout::new(replies.iter().cycle().take(MILLION));
    let mut best = [Duration::MAX; 2];
    for _ in 0..2 {
        best[0] = best[0].min(time(|| in_rust(&million)));
        best[1] = best[1].min(time(|| in_a_batch(&million, &COLUMNS, library.many)));
    }
    tell("Rust, a million", best[0], MILLION);
    tell("C, batch of 8 columns, a million", best[1], MILLION);
    ExitCode::SUCCESS
}

fn tell(name: &str, time: Duration, rows: usize) {
    println!("{name}\t{:.1}", time.as_nanos() as f64 / rows as f64);
}

/// How long the processor works for this thread: what else it does meanwhile does not count.
fn time(work: impl FnOnce()) -> Duration {
    let start = now();
    work();
    now() - start
}

#[cfg(unix)]
fn now() -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the place for the time is ours.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(not(unix))]
fn now() -> Duration {
    Duration::ZERO
}

/// Replies as Arrow lays them out.
struct Layout {
    data: Vec<u8>,
    offsets: Vec<i64>,
}

impl Layout {
    fn new<'a>(replies: impl Iterator<Item = &'a Vec<u8>>) -> Self {
        let (mut data, mut offsets) = (Vec::new(), vec![0]);
        for reply in replies {
            data.extend_from_slice(reply);
            offsets.push(data.len() as i64);
        }
        Self { data, offsets }
    }

    fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    fn replies(&self) -> impl Iterator<Item = &[u8]> {
        let ends = self.offsets.windows(2);
        ends.map(|pair| &self.data[pair[0] as usize..pair[1] as usize])
    }
}

fn in_rust(all: &Layout) {
    for reply in all.replies() {
        black_box(smtp_codes::diagnose(smtp_codes::Query::new(black_box(reply))));
    }
}

fn query() -> Query {
    // SAFETY: the struct is integers and pointers, for which zero is a value.
    let mut query: Query = unsafe { std::mem::zeroed() };
    query.struct_size = size_of::<Query>() as u32;
    query
}

fn in_c(all: &Layout, diagnose: Diagnose) {
    let mut query = query();
    // SAFETY: the struct is integers and pointers, for which zero is a value.
    let mut answer: Diagnosis = unsafe { std::mem::zeroed() };
    answer.struct_size = size_of::<Diagnosis>() as u32;
    for reply in all.replies() {
        query.reply = reply.as_ptr().cast();
        query.reply_len = reply.len();
        // SAFETY: both structs are whole and the reply is there.
        unsafe { diagnose(black_box(&query), &mut answer) };
        black_box(&answer);
    }
}

fn json_in_c(all: &Layout, diagnose: DiagnoseJson) {
    let mut query = query();
    let mut buffer = [0i8; 4096];
    for reply in all.replies() {
        query.reply = reply.as_ptr().cast();
        query.reply_len = reply.len();
        // SAFETY: the struct is whole, the reply is there, and so is the buffer.
        unsafe {
            diagnose(
                black_box(&query),
                std::ptr::null(),
                0,
                buffer.as_mut_ptr(),
                buffer.len(),
            )
        };
        black_box(&buffer);
    }
}

fn in_a_batch(all: &Layout, columns: &[(i32, u32)], diagnose: DiagnoseBatch) {
    let mut places: Vec<Vec<u8>> = columns
        .iter()
        .map(|(_, width)| vec![0u8; all.len() * *width as usize])
        .collect();
    let columns: Vec<Column> = columns
        .iter()
        .zip(&mut places)
        .map(|((field, width), place)| Column {
            field: *field,
            width: *width,
            values: place.as_mut_ptr().cast(),
            stride: *width as isize,
        })
        .collect();
    // SAFETY: the struct is integers and pointers, for which zero is a value.
    let mut batch: Batch = unsafe { std::mem::zeroed() };
    batch.struct_size = size_of::<Batch>() as u32;
    batch.offset_bits = 64;
    batch.count = all.len();
    batch.data = all.data.as_ptr().cast();
    batch.data_len = all.data.len();
    batch.offsets = all.offsets.as_ptr().cast();
    batch.columns = columns.as_ptr();
    batch.column_count = columns.len();
    // SAFETY: everything is as long as the batch says.
    unsafe { diagnose(&batch) };
    black_box(places);
}

#[cfg(unix)]
fn load(path: &str) -> Option<Library> {
    let path = CString::new(path).ok()?;
    // SAFETY: the library is the one that was built here, and its functions have these types.
    unsafe {
        let library = libc::dlopen(path.as_ptr(), libc::RTLD_NOW);
        if library.is_null() {
            return None;
        }
        let [one, json, many] = [
            c"smtp_codes_diagnose",
            c"smtp_codes_diagnose_json",
            c"smtp_codes_diagnose_batch",
        ]
        .map(|name| libc::dlsym(library, name.as_ptr()));
        if one.is_null() || json.is_null() || many.is_null() {
            return None;
        }
        Some(Library {
            one: std::mem::transmute::<*mut libc::c_void, Diagnose>(one),
            json: std::mem::transmute::<*mut libc::c_void, DiagnoseJson>(json),
            many: std::mem::transmute::<*mut libc::c_void, DiagnoseBatch>(many),
        })
    }
}

#[cfg(not(unix))]
fn load(_: &str) -> Option<Library> {
    None
}

fn base64(coded: &str) -> Vec<u8> {
    let (mut bits, mut width, mut out) = (0u32, 0, Vec::new());
    for byte in coded.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(digit);
        width += 6;
        if width >= 8 {
            width -= 8;
            out.push((bits >> width) as u8);
        }
    }
    out
}
