//! Nothing is allocated, whatever is asked.
//!
//! The allocator counts what the thread of the test asks for: the harness has threads of its own.
#![cfg(feature = "builtin")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::{self, Write};
use std::hint::black_box;

use smtp_codes::decide::History;
use smtp_codes::{BasicCode, Command, Engine, EnhancedCode, Query, builtin, reply};

/// The system's allocator, counting what it is asked for.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

fn count() {
    ALLOCATIONS.with(|allocations| allocations.set(allocations.get() + 1));
}

// SAFETY: every call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is handed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is handed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is handed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Takes text and keeps only its length.
#[derive(Default)]
struct Sink(usize);

impl Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 += text.len();
        Ok(())
    }
}

const REPLIES: &[&[u8]] = &[
    b"",
    b"550",
    b"5.7.26",
    b"hello",
    b"550-5.1.1 The email account that you tried to reach does not exist.\r\n550 5.1.1 gsmtp",
    b"421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred; see https://example.org/x",
    b"451 4.7.1 Greylisted, please try again in 5 minutes",
    b"554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
    b"host mx.example.net[192.0.2.1] said: 552 5.2.2 full (in reply to RCPT TO command)",
    b"smtplib.SMTPRecipientsRefused: {'a@example.org': (550, b'5.1.1 unknown')}",
    b"Diagnostic-Code: smtp; 550 4.4.7 expired <421 4.4.1 Failed to establish connection>",
    b"550 \xE7\x94\xA8\xE6\x88\xB7\xE4\xB8\x8D\xE5\xAD\x98\xE5\x9C\xA8 Empf\xE4nger unbekannt \xFF\0",
];

#[test]
fn nothing_is_allocated() {
    let long = [b"550 5.1.1 user unknown mailbox full ".as_slice(); 30_000].concat();
    let engine = Engine::new(builtin());
    let mut out = Sink::default();
    let mut known = 0;

    let before = ALLOCATIONS.with(Cell::get);
    for reply in REPLIES.iter().copied().chain([long.as_slice()]) {
        black_box(reply::read(black_box(reply), Some(builtin())));
        for query in [
            Query::new(reply),
            Query {
                reply,
                provider: Some("google"),
                mx: Some(b"mx1.example.net"),
                recipient: Some(b"alice@example.org"),
                command: Some(Command::Rcpt),
            },
        ] {
            let diagnosis = engine.diagnose(black_box(&query));
            let decision = diagnosis.decide(&History::after_failures(3));
            black_box((
                decision.because(),
                decision.sources().count(),
                diagnosis.sources().count(),
            ));
            black_box((diagnosis.summary(), diagnosis.fix(), diagnosis.url(), diagnosis.tag()));
            if diagnosis.write_json(&mut out, Some("1")).is_err() {
                return;
            }
        }
    }
    for number in 0..1000 {
        let code = BasicCode::new(number);
        let entry = code.and_then(|code| builtin().basic(code));
        known += usize::from(entry.is_some());
        let code = EnhancedCode::new(5, number / 64, number % 64);
        known += usize::from(code.and_then(|code| builtin().enhanced(code)).is_some());
        known += usize::from(code.and_then(|code| builtin().family(code)).is_some());
    }
    let after = ALLOCATIONS.with(Cell::get);

    assert!(out.0 > 1000 && known > 100, "the work was done");
    assert_eq!(after - before, 0, "allocations");
}
