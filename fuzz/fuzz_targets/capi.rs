//! A caller in C who passes anything: structs of any size, hints, histories, batches with offsets that lead anywhere.
#![no_main]

use std::ffi::{CStr, c_char};
use std::{mem, ptr};

use libfuzzer_sys::fuzz_target;
use smtp_codes_ffi::batch::*;
use smtp_codes_ffi::decide::smtp_codes_decide;
use smtp_codes_ffi::diagnose::smtp_codes_diagnose;
use smtp_codes_ffi::entry::*;
use smtp_codes_ffi::parties::*;
use smtp_codes_ffi::render::*;
use smtp_codes_ffi::reply::smtp_codes_parse;
use smtp_codes_ffi::types::*;
use smtp_codes_ffi::vocabulary::*;

/// How many bytes at the end choose everything but the reply, so that a seed is a reply with 16 bytes behind it.
const CHOICES: usize = 16;

fn zeroed<T>() -> T {
    // SAFETY: the structs of the ABI are integers and pointers, for which zero is a value.
    unsafe { mem::zeroed() }
}

/// A struct that says it has `size` bytes, in a block of just so many: a byte more is a fault that the sanitizer sees.
fn block(size: u32) -> Vec<u8> {
    let mut bytes = vec![0xA5; size.max(4) as usize];
    bytes[..4].copy_from_slice(&size.to_ne_bytes());
    bytes
}

fuzz_target!(|input: &[u8]| {
    let (reply, choice) = input.split_at(input.len().saturating_sub(CHOICES));
    let choice = |index: usize| choice.get(index).copied().unwrap_or(0);
    // Blocks of their own, so that a byte too many is no neighbour's.
    let reply = reply.to_vec();
    let hint = reply[..usize::from(choice(0)).min(reply.len())].to_vec();
    let text = |which: u8| -> (*const c_char, usize) {
        match choice(1) >> which & 3 {
            0 => (ptr::null(), usize::from(choice(2))),
            1 => (hint.as_ptr().cast(), hint.len()),
            2 => (c"google".as_ptr(), 6),
            _ => (reply.as_ptr().cast(), reply.len()),
        }
    };
    let mut query: Query = zeroed();
    query.struct_size = size_of::<Query>() as u32;
    (query.reply, query.reply_len) = (reply.as_ptr().cast(), reply.len());
    (query.provider, query.provider_len) = text(0);
    (query.mx, query.mx_len) = text(2);
    (query.recipient, query.recipient_len) = text(4);
    (query.command, query.command_len) = text(5);
    // SAFETY: every pointer leads to as many bytes as are told with it, or is NULL.
    unsafe {
        let mut diagnosis: Diagnosis = zeroed();
        diagnosis.struct_size = size_of::<Diagnosis>() as u32;
        assert_eq!(smtp_codes_diagnose(&query, &mut diagnosis), SMTP_CODES_OK);
        let slug = CStr::from_ptr(smtp_codes_reason_slug(diagnosis.reason)).to_str().expect("UTF-8");
        assert!((0..=100).contains(&diagnosis.confidence) && !diagnosis.summary.is_null());
        // What has a length can be read for it; the reply's own text is a piece of what was passed.
        for (start, len) in [(diagnosis.url, diagnosis.url_len), (diagnosis.tag, diagnosis.tag_len), (diagnosis.limit_unit, diagnosis.limit_unit_len)] {
            assert!(start.is_null() || std::slice::from_raw_parts(start.cast::<u8>(), len).iter().all(u8::is_ascii), "a text of ASCII");
        }
        if diagnosis.text_len > 0 {
            let (start, all) = (diagnosis.text.addr(), reply.as_ptr().addr());
            assert!(start >= all && start + diagnosis.text_len <= all + reply.len(), "a piece of the reply");
        }
        for index in 0..smtp_codes_entry_source_count(diagnosis.entry.cast()) {
            assert!(!smtp_codes_source_id(smtp_codes_entry_source(diagnosis.entry.cast(), index)).is_null());
        }
        // Structs of other sizes.
        let mut part = block(u32::from(choice(3)) * 2);
        smtp_codes_diagnose(&query, part.as_mut_ptr().cast());
        let mut asked = block(u32::from(choice(4)));
        let known = (asked.len()).min(size_of::<Query>());
        ptr::copy_nonoverlapping((&raw const query).cast::<u8>().add(4), asked.as_mut_ptr().add(4), known - 4);
        // A pointer that is cut has a length of zero behind it, a length that is cut is a smaller one.
        smtp_codes_diagnose(asked.as_ptr().cast(), part.as_mut_ptr().cast());
        let mut read = block(u32::from(choice(5)));
        smtp_codes_parse(query.reply, query.reply_len, read.as_mut_ptr().cast());
        // Decisions.
        let mut history: History = zeroed();
        history.struct_size = size_of::<History>() as u32;
        history.attempts = u32::from(choice(6)) << (choice(7) % 25);
        history.consecutive_campaigns = u32::from(choice(6));
        history.total_campaigns = u32::from(choice(7));
        history.ever_delivered = i32::from(choice(8)) - 2;
        history.domain_share_percent = i32::from(choice(9)) - 100;
        history.elapsed_s = u32::from(choice(10)) << 24;
        let mut decision: Decision = zeroed();
        decision.struct_size = size_of::<Decision>() as u32;
        assert_eq!(smtp_codes_decide(&query, &history, ptr::null_mut(), &mut decision), SMTP_CODES_OK);
        assert!(!smtp_codes_step_slug(decision.step).is_null() && !decision.because.is_null());
        assert!(decision.retry_earliest_s <= decision.retry_latest_s);
        // Text: the snprintf rule.
        let whole = smtp_codes_diagnose_json(&query, ptr::null(), 0, ptr::null_mut(), 0);
        let mut json = vec![0xA5u8; whole + 1];
        assert_eq!(smtp_codes_diagnose_json(&query, ptr::null(), 0, json.as_mut_ptr().cast(), json.len()), whole);
        let object: serde_json::Value = serde_json::from_slice(&json[..whole]).expect("JSON");
        assert_eq!(object["reason"], slug);
        let mut short = vec![0xA5u8; usize::from(choice(11))];
        smtp_codes_diagnose_text(&query, short.as_mut_ptr().cast(), short.len());
        assert!(short.is_empty() || CStr::from_bytes_until_nul(&short).is_ok_and(|text| text.to_str().is_ok()));
        // What else takes text.
        smtp_codes_provider_find(query.reply, query.reply_len);
        smtp_codes_provider_of_host(query.reply, query.reply_len);
        smtp_codes_provider_of_recipient(query.reply, query.reply_len);
        smtp_codes_entry_find(query.reply, query.reply_len);
        smtp_codes_reason_from_slug(query.reply, query.reply_len);
        // A batch over the reply, whose offsets are its own bytes in part.
        const ROWS: usize = 5;
        let mut offsets: Vec<i64> = (0..=ROWS).map(|row| (row * reply.len() / ROWS) as i64).collect();
        if choice(12) & 1 == 1 {
            let row = usize::from(choice(13)) % (ROWS + 1);
            offsets[row] = i64::from_ne_bytes([choice(14), choice(15), 0, 0, 0, 0, 0, choice(13)]);
        }
        let narrow: Vec<i32> = offsets.iter().map(|offset| *offset as i32).collect();
        let validity = vec![choice(14), choice(15)];
        let field = i32::from(choice(13) % 19) - 1;
        let width = [1, 2, 4, 8, 0, 3][usize::from(choice(12) >> 1) % 6];
        let mut values = vec![0x5Au8; ROWS * 8];
        let column = Column { field, width, values: values.as_mut_ptr().cast(), stride: 8 };
        let wide = choice(12) & 128 == 0;
        let mut batch: Batch = zeroed();
        batch.struct_size = size_of::<Batch>() as u32;
        batch.offset_bits = if wide { 64 } else { 32 };
        batch.count = ROWS;
        (batch.data, batch.data_len) = (query.reply, query.reply_len);
        batch.offsets = if wide { offsets.as_ptr().cast() } else { narrow.as_ptr().cast() };
        batch.validity = if choice(12) & 64 == 0 { ptr::null() } else { validity.as_ptr() };
        batch.validity_offset = usize::from(choice(2) & 7);
        batch.common = if choice(12) & 32 == 0 { ptr::null() } else { &query };
        (batch.columns, batch.column_count) = (&column, 1);
        let status = smtp_codes_diagnose_batch(&batch);
        if status == SMTP_CODES_OK && field == SMTP_CODES_COLUMN_REASON && batch.validity.is_null() {
            for row in 0..ROWS {
                assert!(i32::from(values[row * 8].cast_signed()) >= 0, "row {row}");
            }
        }
        for row in 0..ROWS {
            assert!(values[row * 8 + width.min(8) as usize..(row + 1) * 8].iter().all(|byte| *byte == 0x5A), "beyond the value");
        }
    }
});
