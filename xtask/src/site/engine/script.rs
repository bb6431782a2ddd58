//! Bytes within a script: each is the letter of its number. Servers pack that nearly as small as the bytes
//! themselves; packed before and written as base64, it would come out a quarter larger.

/// A string literal with a letter for each byte.
pub(super) fn letters(bytes: &[u8]) -> String {
    let mut literal = String::with_capacity(bytes.len() * 3 / 2);
    literal.push('"');
    for byte in bytes {
        match byte {
            b'"' => literal.push_str("\\\""),
            b'\\' => literal.push_str("\\\\"),
            b'\n' => literal.push_str("\\n"),
            b'\r' => literal.push_str("\\r"),
            byte => literal.push(char::from(*byte)),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn bytes_come_out_of_a_script_as_they_went_in() {
        let bytes: Vec<u8> = (0..=255).cycle().take(10_000).collect();
        let script = letters(&bytes);
        let literal = script
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'))
            .unwrap();
        let mut unpacked = Vec::new();
        let mut letters = literal.chars();
        while let Some(letter) = letters.next() {
            let letter = match letter {
                '\\' => match letters.next().unwrap() {
                    'n' => '\n',
                    'r' => '\r',
                    other => other,
                },
                letter => letter,
            };
            unpacked.push(u32::from(letter) as u8);
        }
        assert_eq!(unpacked, bytes);
    }
}
