//! What a call costs: the engine in Rust, the same through the shared library, and a batch.
//!
//! ```text
//! cargo xtask conformance c
//! cargo run --release --example cost -p smtp-codes-ffi -- target/conformance/prefix/lib/libsmtp_codes.so target/conformance/vectors.jsonl
//! ```

use std::ffi::CString;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use smtp_codes_ffi::batch::SMTP_CODES_COLUMN_REASON;
use smtp_codes_ffi::types::{Batch, Column, Diagnosis, Query};

type Diagnose = unsafe extern "C" fn(*const Query, *mut Diagnosis) -> i32;
type DiagnoseBatch = unsafe extern "C" fn(*const Batch) -> i32;

const ROUNDS: usize = 25;
/// How many replies are timed together.
const PIECE: usize = 64;

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
    let Some((diagnose, batch)) = load(library) else {
        eprintln!("cannot load {library}");
        return ExitCode::FAILURE;
    };
    // Piece by piece and round by round in turn, so that all three meet the same weather; of each piece the
    // best round counts.
    let mut best = vec![[Duration::MAX; 3]; replies.len().div_ceil(PIECE)];
    for _ in 0..ROUNDS {
        for (piece, best) in replies.chunks(PIECE).zip(&mut best) {
            best[0] = best[0].min(time(|| in_rust(piece)));
            best[1] = best[1].min(time(|| in_c(piece, diagnose)));
            best[2] = best[2].min(time(|| in_a_batch(piece, batch)));
        }
    }
    let [rust, c, columns] = [0, 1, 2].map(|way| best.iter().map(|best| best[way]).sum::<Duration>());
    let per = |time: Duration| time.as_nanos() as f64 / replies.len() as f64;
    println!(
        "{} replies, {} bytes on average",
        replies.len(),
        replies.iter().map(Vec::len).sum::<usize>() / replies.len()
    );
    println!("Rust   {:8.0} ns a reply", per(rust));
    println!("C      {:8.0} ns a reply, {:.2} times", per(c), per(c) / per(rust));
    println!(
        "batch  {:8.0} ns a reply, {:.2} times",
        per(columns),
        per(columns) / per(rust)
    );
    ExitCode::SUCCESS
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn in_rust(replies: &[Vec<u8>]) {
    for reply in replies {
        black_box(smtp_codes::diagnose(smtp_codes::Query::new(black_box(reply))));
    }
}

fn in_c(replies: &[Vec<u8>], diagnose: Diagnose) {
    // SAFETY: the structs are integers and pointers, for which zero is a value.
    let (mut query, mut answer): (Query, Diagnosis) = unsafe { (std::mem::zeroed(), std::mem::zeroed()) };
    query.struct_size = size_of::<Query>() as u32;
    answer.struct_size = size_of::<Diagnosis>() as u32;
    for reply in replies {
        query.reply = reply.as_ptr().cast();
        query.reply_len = reply.len();
        // SAFETY: both structs are whole and the reply is there.
        unsafe { diagnose(black_box(&query), &mut answer) };
        black_box(&answer);
    }
}

fn in_a_batch(replies: &[Vec<u8>], diagnose: DiagnoseBatch) {
    let data = replies.concat();
    let mut offsets = vec![0i64];
    for reply in replies {
        offsets.push(offsets[offsets.len() - 1] + reply.len() as i64);
    }
    let mut reasons = vec![0i8; replies.len()];
    let column = Column {
        field: SMTP_CODES_COLUMN_REASON,
        width: 1,
        values: reasons.as_mut_ptr().cast(),
        stride: 1,
    };
    // SAFETY: the struct is integers and pointers, for which zero is a value.
    let mut batch: Batch = unsafe { std::mem::zeroed() };
    batch.struct_size = size_of::<Batch>() as u32;
    batch.offset_bits = 64;
    batch.count = replies.len();
    batch.data = data.as_ptr().cast();
    batch.data_len = data.len();
    batch.offsets = offsets.as_ptr().cast();
    batch.columns = &column;
    batch.column_count = 1;
    // SAFETY: everything is as long as the batch says.
    unsafe { diagnose(&batch) };
    black_box(reasons);
}

#[cfg(unix)]
fn load(path: &str) -> Option<(Diagnose, DiagnoseBatch)> {
    let path = CString::new(path).ok()?;
    // SAFETY: the library is the one that was built here, and its functions have these types.
    unsafe {
        let library = libc::dlopen(path.as_ptr(), libc::RTLD_NOW);
        if library.is_null() {
            return None;
        }
        let (one, many) = (
            libc::dlsym(library, c"smtp_codes_diagnose".as_ptr()),
            libc::dlsym(library, c"smtp_codes_diagnose_batch".as_ptr()),
        );
        (!one.is_null() && !many.is_null()).then(|| {
            (
                std::mem::transmute::<*mut libc::c_void, Diagnose>(one),
                std::mem::transmute::<*mut libc::c_void, DiagnoseBatch>(many),
            )
        })
    }
}

#[cfg(not(unix))]
fn load(_: &str) -> Option<(Diagnose, DiagnoseBatch)> {
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
