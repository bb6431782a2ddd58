//! The reply parser takes any bytes, and what it gives lies inside them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::{builtin, reply};

fuzz_target!(|input: &[u8]| {
    for tables in [None, Some(builtin())] {
        let found = reply::read(input, tables);
        assert!(found.offset + found.text.len() <= input.len());
        assert_eq!(&input[found.offset..][..found.text.len()], found.text);
        let inside = |part: &[u8]| input.as_ptr_range().start <= part.as_ptr() && part.as_ptr_range().end <= input.as_ptr_range().end;
        assert!(found.host.is_none_or(inside) && found.recipient.is_none_or(inside));
        // The text of a reply holds its code: it begins with it, or its words stand before it.
        if let Some(code) = found.code {
            assert!(found.text.windows(3).any(|digits| digits == code.to_string().as_bytes()));
        }
    }
});
