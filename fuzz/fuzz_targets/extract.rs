//! What is extracted stands in the text, and a waiting time is a sensible one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::extract::{LONGEST_WAIT_S, extract};

fuzz_target!(|text: &[u8]| {
    let found = extract(text);
    let inside = |part: &str| part.is_empty() || (text.as_ptr_range().start <= part.as_ptr() && part.as_bytes().as_ptr_range().end <= text.as_ptr_range().end);
    assert!(found.retry_after_s.is_none_or(|seconds| (1..=LONGEST_WAIT_S).contains(&seconds)));
    assert!(found.url.is_none_or(|url| inside(url) && url.len() > 7 && url.is_ascii()));
    assert!(found.tag.is_none_or(|tag| inside(tag) && !tag.is_empty()));
    assert!(found.limit.is_none_or(|limit| inside(limit.unit)));
});
