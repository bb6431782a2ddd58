//! Careless and hostile callers: whatever C passes, the library answers and harms nothing.

use std::ffi::{CStr, c_char};
use std::{mem, ptr, thread};

use smtp_codes_ffi::batch::*;
use smtp_codes_ffi::codes::*;
use smtp_codes_ffi::decide::*;
use smtp_codes_ffi::diagnose::*;
use smtp_codes_ffi::entry::*;
use smtp_codes_ffi::parties::*;
use smtp_codes_ffi::policy::*;
use smtp_codes_ffi::render::*;
use smtp_codes_ffi::reply::*;
use smtp_codes_ffi::types::*;
use smtp_codes_ffi::vocabulary::*;

fn zeroed<T>() -> T {
    // SAFETY: the structs of the ABI are integers and pointers, for which zero is a value.
    unsafe { mem::zeroed() }
}

fn query(reply: &[u8]) -> Query {
    Query {
        struct_size: size_of::<Query>() as u32,
        reply: reply.as_ptr().cast(),
        reply_len: reply.len(),
        ..zeroed()
    }
}

fn diagnosis() -> Diagnosis {
    Diagnosis {
        struct_size: size_of::<Diagnosis>() as u32,
        ..zeroed()
    }
}

fn diagnose(query: &Query) -> Diagnosis {
    let mut answer = diagnosis();
    // SAFETY: both structs are whole, and the query's texts outlive the call.
    assert_eq!(unsafe { smtp_codes_diagnose(query, &mut answer) }, SMTP_CODES_OK);
    answer
}

fn json(query: &Query) -> String {
    // SAFETY: the query is whole; without a buffer nothing is written.
    let len = unsafe { smtp_codes_diagnose_json(query, ptr::null(), 0, ptr::null_mut(), 0) };
    let mut buffer = vec![0u8; len + 1];
    // SAFETY: the buffer has the size that is told.
    assert_eq!(
        unsafe { smtp_codes_diagnose_json(query, ptr::null(), 0, buffer.as_mut_ptr().cast(), buffer.len()) },
        len
    );
    CStr::from_bytes_with_nul(&buffer).unwrap().to_str().unwrap().to_owned()
}

fn text(text: *const c_char) -> String {
    assert!(!text.is_null());
    // SAFETY: what the library hands out ends with NUL.
    unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned()
}

#[test]
fn null_is_answered_everywhere() {
    let mut answer = diagnosis();
    let mut reply = Reply {
        struct_size: size_of::<Reply>() as u32,
        ..zeroed()
    };
    // SAFETY: NULL is what is tried; everything else is whole.
    unsafe {
        assert_eq!(smtp_codes_diagnose(ptr::null(), &mut answer), SMTP_CODES_ERROR_NULL);
        assert_eq!(smtp_codes_diagnose(&query(b""), ptr::null_mut()), SMTP_CODES_ERROR_NULL);
        assert_eq!(
            smtp_codes_decide(ptr::null(), ptr::null(), ptr::null_mut(), ptr::null_mut()),
            SMTP_CODES_ERROR_NULL
        );
        assert_eq!(smtp_codes_parse(ptr::null(), 10, &mut reply), SMTP_CODES_OK);
        assert_eq!((reply.code, reply.text_len), (-1, 0));
        assert_eq!(
            smtp_codes_parse(ptr::null(), 10, ptr::null_mut()),
            SMTP_CODES_ERROR_NULL
        );
        assert_eq!(
            smtp_codes_diagnose_json(ptr::null(), ptr::null(), 0, ptr::null_mut(), 0),
            0
        );
        assert_eq!(smtp_codes_diagnose_text(ptr::null(), ptr::null_mut(), 100), 0);
        assert_eq!(smtp_codes_diagnose_batch(ptr::null()), SMTP_CODES_ERROR_NULL);
        assert_eq!(
            smtp_codes_entry_advice(ptr::null(), 0, ptr::null_mut()),
            SMTP_CODES_ERROR_NULL
        );
        assert_eq!(
            smtp_codes_schedule_delay(ptr::null(), 1, 0, ptr::null_mut(), ptr::null_mut()),
            0
        );
        assert!(smtp_codes_provider_find(ptr::null(), 6).is_null());
        assert!(smtp_codes_provider_of_host(ptr::null(), 6).is_null());
        assert!(smtp_codes_entry_find(ptr::null(), 6).is_null());
        assert_eq!(smtp_codes_reason_from_slug(ptr::null(), 6), -1);
    }
    assert!(smtp_codes_basic_entry(ptr::null()).is_null() && smtp_codes_basic_reference(ptr::null()).is_null());
    assert!(smtp_codes_enhanced_entry(ptr::null(), 5).is_null() && smtp_codes_family_entry(ptr::null()).is_null());
    assert!(smtp_codes_entry_summary(ptr::null()).is_null() && smtp_codes_entry_source(ptr::null(), 0).is_null());
    assert!(smtp_codes_source_url(ptr::null()).is_null() && smtp_codes_blocklist_name(ptr::null()).is_null());
    assert_eq!(
        (
            smtp_codes_entry_source_count(ptr::null()),
            smtp_codes_provider_kind(ptr::null())
        ),
        (0, -1)
    );
    assert_eq!(
        (
            smtp_codes_schedule_give_up_s(ptr::null()),
            smtp_codes_recurrence_unit(ptr::null())
        ),
        (-1, -1)
    );
}

#[test]
fn a_null_text_is_an_empty_text_whatever_its_length() {
    for len in [0, 1, usize::MAX] {
        let answer = diagnose(&Query {
            reply: ptr::null(),
            reply_len: len,
            provider: ptr::null(),
            provider_len: len,
            ..query(b"")
        });
        assert_eq!((answer.reason, answer.code), (0, -1));
    }
    let reply = b"550 5.1.1 User unknown";
    let answer = diagnose(&Query {
        reply_len: usize::MAX,
        ..query(reply)
    });
    assert_eq!(answer.code, -1, "a length that no object has is read as zero");
}

#[test]
fn pointers_that_are_no_records_are_not_followed() {
    let known = smtp_codes_provider_at(0);
    assert!(!smtp_codes_provider_slug(known).is_null());
    for stranger in [
        1usize,
        8,
        usize::MAX,
        usize::MAX - 7,
        known.addr() + 1,
        known.addr() - 1,
    ] {
        let pointer = ptr::without_provenance(stranger);
        assert!(smtp_codes_provider_slug(pointer).is_null(), "{stranger:#x}");
        assert_eq!(smtp_codes_provider_source_count(pointer), 0);
    }
    // A record of another kind is no record of this one.
    assert!(smtp_codes_provider_slug(smtp_codes_entry_at(0).cast()).is_null());
    assert!(smtp_codes_entry_summary(known.cast()).is_null());
    // What stands for "no provider" in the tables is none for C.
    let before = known.addr() - (smtp_codes_provider_at(1).addr() - known.addr());
    assert!(smtp_codes_provider_slug(ptr::without_provenance(before)).is_null());
}

#[test]
fn unknown_numbers_are_none() {
    for number in [-1, i32::MIN, i32::MAX, 200, 256, 1 << 16] {
        assert!(
            smtp_codes_reason_slug(number).is_null() && smtp_codes_entry_reason(number).is_null(),
            "{number}"
        );
        assert!(smtp_codes_remedy_slug(number).is_null() && smtp_codes_step_slug(number).is_null());
        assert!(smtp_codes_blocklist_numbered(number.saturating_mul(1000)).is_null());
        assert_eq!(
            (smtp_codes_column_width(number), smtp_codes_column_label_count(number)),
            (0, 0)
        );
        assert!(
            smtp_codes_column_label(number, number).is_null()
                && smtp_codes_column_label(SMTP_CODES_COLUMN_REASON, number).is_null()
        );
        assert!(smtp_codes_basic_find(number.saturating_mul(1000)).is_null());
        assert!(
            smtp_codes_enhanced_find(number, number, number).is_null()
                && smtp_codes_pair_find(number, number, number, number).is_null()
        );
    }
    assert!(
        smtp_codes_provider_numbered(0).is_null()
            && smtp_codes_entry_variant(0).is_null()
            && smtp_codes_entry_phrase(0).is_null()
    );
}

#[test]
fn no_more_is_written_than_the_struct_has() {
    let reply = b"550 5.1.1 User unknown";
    let whole = diagnose(&query(reply));
    for size in 0..=size_of::<Diagnosis>() + 16 {
        // A struct of that size, with a mark behind it.
        let mut bytes = vec![0xA5u8; size.max(4) + 64];
        bytes[..4].copy_from_slice(&(size as u32).to_ne_bytes());
        // SAFETY: the buffer is longer than the size that it states.
        let status = unsafe { smtp_codes_diagnose(&query(reply), bytes.as_mut_ptr().cast()) };
        let least = mem::offset_of!(Diagnosis, confidence);
        assert_eq!(
            status,
            if size < least {
                SMTP_CODES_ERROR_STRUCT_SIZE
            } else {
                SMTP_CODES_OK
            },
            "{size}"
        );
        let written = if size < least {
            4
        } else {
            size.min(size_of::<Diagnosis>())
        };
        assert!(bytes[written..].iter().all(|byte| *byte == 0xA5), "{size}");
        assert_eq!(bytes[..4], (size as u32).to_ne_bytes(), "{size}");
        if size >= least {
            let offset = mem::offset_of!(Diagnosis, reason);
            assert_eq!(bytes[offset..offset + 4], whole.reason.to_ne_bytes());
        }
    }
}

#[test]
fn a_query_of_an_older_or_newer_caller_is_read_as_far_as_it_goes() {
    let reply = b"550 5.1.1 User unknown";
    let least = mem::offset_of!(Query, provider) as u32;
    let old = Query {
        struct_size: least,
        provider: ptr::without_provenance(1),
        provider_len: 5,
        ..query(reply)
    };
    assert_eq!(diagnose(&old).code, 550, "what lies beyond the size is not looked at");
    #[repr(C)]
    struct Newer {
        known: Query,
        more: [u64; 4],
    }
    let newer = Newer {
        known: Query {
            struct_size: size_of::<Newer>() as u32,
            ..query(reply)
        },
        more: [u64::MAX; 4],
    };
    assert_eq!(diagnose(&newer.known).code, 550);
    let mut answer = diagnosis();
    for size in [0, 1, least - 1] {
        // SAFETY: the struct is larger than it says.
        assert_eq!(
            unsafe {
                smtp_codes_diagnose(
                    &Query {
                        struct_size: size,
                        ..query(reply)
                    },
                    &mut answer,
                )
            },
            SMTP_CODES_ERROR_STRUCT_SIZE
        );
    }
}

#[test]
fn hints_that_are_no_hints_are_ignored() {
    let reply = b"550 5.1.1 User unknown";
    let plain = json(&query(reply));
    for hint in [&b"no-such-provider"[..], b"\xFF\xFE", b"", &[b'a'; 100_000]] {
        let hinted = Query {
            provider: hint.as_ptr().cast(),
            provider_len: hint.len(),
            mx: hint.as_ptr().cast(),
            mx_len: hint.len(),
            recipient: hint.as_ptr().cast(),
            recipient_len: hint.len(),
            command: hint.as_ptr().cast(),
            command_len: hint.len(),
            ..query(reply)
        };
        assert_eq!(json(&hinted), plain);
    }
}

#[test]
fn any_bytes_are_a_reply() {
    let mut state = 1u64;
    for len in 0..600 {
        let bytes: Vec<u8> = (0..len)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 33) as u8
            })
            .collect();
        let answer = diagnose(&query(&bytes));
        assert!(!text(answer.summary).is_empty());
        assert!(json(&query(&bytes)).starts_with("{\"id\":null,"));
    }
    for bytes in [
        &b"\0\0\0"[..],
        b"550\0 5.1.1 User unknown",
        b"550 5.1.1 \xC3\x28 unbekannt",
        b"\xEF\xBB\xBF550 x",
        b"\n\n\n",
        b"550",
        b"5",
    ] {
        diagnose(&query(bytes));
        json(&query(bytes));
    }
}

#[test]
fn a_hundred_megabytes_are_a_reply() {
    let mut bytes = vec![b'x'; 100 * 1024 * 1024];
    bytes[..23].copy_from_slice(b"550 5.1.1 User unknown ");
    let answer = diagnose(&query(&bytes));
    assert_eq!(answer.code, 550);
}

#[cfg(unix)]
#[test]
fn nothing_is_read_beyond_the_end() {
    // A page that may be read, and one behind it that may not.
    // SAFETY: a fresh mapping of two pages, the second closed.
    let (page, size) = unsafe {
        let size = libc::sysconf(libc::_SC_PAGESIZE) as usize;
        let page = libc::mmap(
            ptr::null_mut(),
            size * 2,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
            -1,
            0,
        );
        assert_ne!(page, libc::MAP_FAILED);
        assert_eq!(
            libc::mprotect(page.cast::<u8>().add(size).cast(), size, libc::PROT_NONE),
            0
        );
        (page.cast::<u8>(), size)
    };
    let sample = b"550-5.1.1 host mx.example.net[192.0.2.1] said: 552 5.2.2 <a@example.org> Mailbox full, see https://example.org/x (S3150) try again in 5 minutes \xE4\xBD\xA0\xE5\xA5\xBD limit of 100 MB";
    for len in 0..=sample.len() {
        // SAFETY: the last `len` bytes of the open page, just before the closed one.
        let reply = unsafe {
            let start = page.add(size - len);
            ptr::copy_nonoverlapping(sample.as_ptr(), start, len);
            std::slice::from_raw_parts(start, len)
        };
        let mut question = query(reply);
        diagnose(&question);
        question.provider = reply.as_ptr().cast();
        question.provider_len = len;
        question.mx = question.provider;
        question.mx_len = len;
        question.recipient = question.provider;
        question.recipient_len = len;
        question.command = question.provider;
        question.command_len = len;
        json(&question);
        // SAFETY: the text is readable for its length.
        unsafe {
            let mut read = Reply {
                struct_size: size_of::<Reply>() as u32,
                ..zeroed()
            };
            assert_eq!(smtp_codes_parse(reply.as_ptr().cast(), len, &mut read), SMTP_CODES_OK);
            smtp_codes_provider_find(reply.as_ptr().cast(), len);
            smtp_codes_provider_of_host(reply.as_ptr().cast(), len);
            smtp_codes_reason_from_slug(reply.as_ptr().cast(), len);
        }
    }
    // The batch's bitmap, offsets and data each end at the closed page.
    let data = b"550 5.1.1 User unknown";
    // SAFETY: each lies at the end of the open page, one after the other.
    unsafe {
        for (bits, count) in [(32u32, 3usize), (64, 3)] {
            let width = bits as usize / 8;
            let offsets = page.add(size - (count + 1) * width);
            for row in 0..=count {
                let value = (if row == 0 { 0 } else { data.len() }) as i64;
                ptr::copy_nonoverlapping(value.to_le_bytes().as_ptr(), offsets.add(row * width), width);
            }
            let mut reasons = [0i8; 3];
            let column = Column {
                field: SMTP_CODES_COLUMN_REASON,
                width: 1,
                values: reasons.as_mut_ptr().cast(),
                stride: 1,
            };
            let mut batch = Batch {
                struct_size: size_of::<Batch>() as u32,
                offset_bits: bits,
                count,
                data: data.as_ptr().cast(),
                data_len: data.len(),
                offsets: offsets.cast(),
                columns: &column,
                column_count: 1,
                ..zeroed()
            };
            assert_eq!(smtp_codes_diagnose_batch(&batch), SMTP_CODES_OK);
            let own: Vec<u8> = std::slice::from_raw_parts(offsets, (count + 1) * width).to_vec();
            page.add(size - 1).write(0b1100_0000);
            batch.offsets = own.as_ptr().cast();
            batch.validity = page.add(size - 1);
            batch.validity_offset = 5;
            assert_eq!(smtp_codes_diagnose_batch(&batch), SMTP_CODES_OK);
            assert_eq!(reasons[0], -1);
        }
        libc::munmap(page.cast(), size * 2);
    }
}

#[test]
fn composed_text_keeps_to_its_buffer_and_to_whole_characters() {
    let reply = "550 5.1.1 <ü@example.org> unknown, see https://example.org/ü".as_bytes();
    let question = query(reply);
    let whole = json(&question);
    for size in 0..=whole.len() + 2 {
        let mut buffer = vec![0xA5u8; size + 16];
        // SAFETY: the buffer is longer than what is told.
        let len = unsafe { smtp_codes_diagnose_json(&question, ptr::null(), 0, buffer.as_mut_ptr().cast(), size) };
        assert_eq!(len, whole.len());
        assert!(buffer[size..].iter().all(|byte| *byte == 0xA5), "{size}");
        if size > 0 {
            let written = CStr::from_bytes_until_nul(&buffer).unwrap().to_str().unwrap();
            assert!(
                whole.starts_with(written) && written.len() + 4 >= size.min(whole.len()),
                "{size}"
            );
        }
    }
    // SAFETY: without a buffer nothing is written.
    let len = unsafe { smtp_codes_diagnose_text(&question, ptr::null_mut(), 0) };
    let mut buffer = vec![0u8; len + 1];
    // SAFETY: the buffer has the size that is told.
    unsafe { smtp_codes_diagnose_text(&question, buffer.as_mut_ptr().cast(), buffer.len()) };
    let paragraph = String::from_utf8(buffer).unwrap();
    assert!(
        paragraph
            .trim_end_matches('\0')
            .lines()
            .all(|line| line.chars().count() <= 80),
        "{paragraph}"
    );
}

#[test]
fn offsets_that_lead_astray_make_null_rows_and_an_error() {
    let data = b"550 5.1.1 User unknown";
    let end = data.len() as i64;
    for offsets in [
        [0, end, end + 1],
        [0, end, -1],
        [0, end, 5],
        [i64::MIN, i64::MAX, end],
        [end, 0, end],
    ] {
        let mut reasons = [77i64; 2];
        let column = Column {
            field: SMTP_CODES_COLUMN_REASON,
            width: 8,
            values: reasons.as_mut_ptr().cast(),
            stride: 8,
        };
        let batch = Batch {
            struct_size: size_of::<Batch>() as u32,
            offset_bits: 64,
            count: 2,
            data: data.as_ptr().cast(),
            data_len: data.len(),
            offsets: offsets.as_ptr().cast(),
            columns: &column,
            column_count: 1,
            ..zeroed()
        };
        // SAFETY: everything is as long as the batch says.
        assert_eq!(
            unsafe { smtp_codes_diagnose_batch(&batch) },
            SMTP_CODES_ERROR_OFFSETS,
            "{offsets:?}"
        );
        assert!(reasons.contains(&-1) && !reasons.contains(&77), "{offsets:?}");
    }
}

#[test]
fn a_batch_says_what_single_calls_say() {
    let replies: [&[u8]; 4] = [
        b"550 5.1.1 User unknown",
        b"",
        b"421 4.7.28 rate limited, try again in 5 minutes",
        b"550-5.7.26 gsmtp",
    ];
    let data = replies.concat();
    let mut offsets = vec![0i32];
    for reply in replies {
        offsets.push(offsets.last().unwrap() + reply.len() as i32);
    }
    type Member = fn(&Diagnosis) -> i64;
    let members: [(i32, Member); 13] = [
        (SMTP_CODES_COLUMN_CODE, |d| d.code.into()),
        (SMTP_CODES_COLUMN_REASON, |d| d.reason.into()),
        (SMTP_CODES_COLUMN_CONFIDENCE, |d| d.confidence.into()),
        (SMTP_CODES_COLUMN_BASIS, |d| d.basis.into()),
        (SMTP_CODES_COLUMN_BOUNCE, |d| d.bounce.into()),
        (SMTP_CODES_COLUMN_PARTY, |d| d.party.into()),
        (SMTP_CODES_COLUMN_DELIVERY, |d| d.delivery.into()),
        (SMTP_CODES_COLUMN_ADDRESS, |d| d.address.into()),
        (SMTP_CODES_COLUMN_PROVIDER, |d| d.provider.into()),
        (SMTP_CODES_COLUMN_VARIANT, |d| d.variant.into()),
        (SMTP_CODES_COLUMN_PHRASE, |d| d.phrase.into()),
        (SMTP_CODES_COLUMN_RETRY_AFTER_S, |d| d.retry_after_s.into()),
        (SMTP_CODES_COLUMN_CLASS_MISMATCH, |d| d.class_mismatch.into()),
    ];
    for (field, member) in members {
        let mut values = [0i64; 4];
        let column = Column {
            field,
            width: 8,
            values: values.as_mut_ptr().cast(),
            stride: 8,
        };
        let batch = Batch {
            struct_size: size_of::<Batch>() as u32,
            offset_bits: 32,
            count: 4,
            data: data.as_ptr().cast(),
            data_len: data.len(),
            offsets: offsets.as_ptr().cast(),
            columns: &column,
            column_count: 1,
            ..zeroed()
        };
        // SAFETY: everything is as long as the batch says.
        assert_eq!(unsafe { smtp_codes_diagnose_batch(&batch) }, SMTP_CODES_OK);
        for (reply, value) in replies.iter().zip(values) {
            assert_eq!(
                value,
                member(&diagnose(&query(reply))),
                "field {field}, {}",
                String::from_utf8_lossy(reply)
            );
        }
    }
}

#[test]
fn labels_make_a_dictionary() {
    for field in 0.. {
        if smtp_codes_column_width(field) == 0 {
            assert!(field > 16);
            break;
        }
        let count = smtp_codes_column_label_count(field);
        assert!(smtp_codes_column_label(field, count as i32).is_null(), "{field}");
        assert!(
            count == 0 || !smtp_codes_column_label(field, count as i32 - 1).is_null(),
            "{field}"
        );
        // What a dictionary's index can be must fit the width that is asked for.
        assert!(count <= 1 << (smtp_codes_column_width(field) * 8 - 1), "{field}");
    }
}

#[test]
fn eight_threads_get_the_same_answers() {
    let replies: [&[u8]; 3] = [
        b"550 5.1.1 User unknown",
        b"452 4.2.2 Mailbox full",
        b"554 5.7.1 blocked using zen.spamhaus.org",
    ];
    let expected: Vec<String> = replies.iter().map(|reply| json(&query(reply))).collect();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..200 {
                    for (reply, expected) in replies.iter().zip(&expected) {
                        assert_eq!(json(&query(reply)), *expected);
                    }
                }
            });
        }
    });
}

#[test]
fn every_record_is_reached_and_named() {
    for index in 0..smtp_codes_entry_count() {
        let entry = smtp_codes_entry_at(index);
        let name = text(smtp_codes_entry_name(entry));
        // SAFETY: the text is readable for its length.
        let found = unsafe { smtp_codes_entry_find(name.as_ptr().cast(), name.len()) };
        assert_eq!(text(smtp_codes_entry_name(found)), name);
        assert!(
            found == entry || name.starts_with("enhanced:"),
            "{name}: only the classes of an enhanced code share a name"
        );
        let mut advice = Advice {
            struct_size: size_of::<Advice>() as u32,
            ..zeroed()
        };
        for permanent in [0, 1] {
            // SAFETY: the struct is whole.
            assert_eq!(
                unsafe { smtp_codes_entry_advice(entry, permanent, &mut advice) },
                SMTP_CODES_OK
            );
            assert!(
                !smtp_codes_address_slug(advice.address).is_null() && !smtp_codes_party_slug(advice.party).is_null()
            );
        }
        assert!(smtp_codes_entry_basis(entry) > 0 && smtp_codes_entry_reason_number(entry) >= 0);
    }
    for index in 0..smtp_codes_basic_count() {
        let basic = smtp_codes_basic_at(index);
        assert_eq!(smtp_codes_basic_find(smtp_codes_basic_first(basic)), basic);
        assert!(!smtp_codes_basic_entry(basic).is_null());
    }
    for index in 0..smtp_codes_provider_count() {
        let provider = smtp_codes_provider_at(index);
        assert_eq!(
            smtp_codes_provider_numbered(smtp_codes_provider_number(provider)),
            provider
        );
        let slug = text(smtp_codes_provider_slug(provider));
        // SAFETY: the text is readable for its length.
        assert_eq!(
            unsafe { smtp_codes_provider_find(slug.as_ptr().cast(), slug.len()) },
            provider
        );
        assert!(smtp_codes_provider_source_count(provider) > 0, "{slug}");
    }
    for index in 0..smtp_codes_schedule_count() {
        let schedule = smtp_codes_schedule_at(index);
        let (mut earliest, mut latest) = (0, 0);
        // SAFETY: both numbers are ours.
        assert_eq!(
            unsafe { smtp_codes_schedule_delay(schedule, 1, 0, &mut earliest, &mut latest) },
            1
        );
        assert!(earliest <= latest);
    }
    for index in 0..smtp_codes_recurrence_count() {
        let rule = smtp_codes_recurrence_at(index);
        assert!(
            !smtp_codes_escalation_slug(smtp_codes_recurrence_escalates_to(rule)).is_null()
                && smtp_codes_recurrence_reasons(rule) != 0
        );
    }
}
