//! A signature is parsed or refused with a place; what is parsed reads the same when it is written out.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::text::{Word, next_word};
use smtp_codes_catalog::patterns::{BasicPattern, EnhancedPattern};
use smtp_codes_catalog::signature::{Signature, fold_words};

fuzz_target!(|text: &str| {
    match Signature::parse(text) {
        Ok(signature) => {
            assert!(!signature.parts.is_empty());
            assert_eq!(Signature::parse(&signature.to_string()).as_ref(), Ok(&signature), "{signature}");
        }
        Err(error) => assert!(text.get(error.range.clone()).is_some(), "{:?}", error.range),
    }
    if let Ok(pattern) = BasicPattern::parse(text) {
        assert_eq!(BasicPattern::parse(&pattern.to_string()), Ok(pattern));
    }
    if let Ok(pattern) = EnhancedPattern::parse(text) {
        assert_eq!(EnhancedPattern::parse(&pattern.to_string()), Ok(pattern));
    }
    // The words of a signature are those of a reply.
    let mut words = Vec::new();
    let mut word = Word::default();
    let mut at = 0;
    while next_word(text.as_bytes(), at, &mut word) {
        at = word.end;
        words.push(word.folded().to_vec());
    }
    let folded: Vec<Vec<u8>> = fold_words(text).into_iter().map(String::into_bytes).map(|word| if word.len() > 47 { Vec::new() } else { word }).collect();
    // A reply may hold line breaks written as `\n`; a signature does not.
    if !text.contains('\\') {
        assert_eq!(words, folded);
    }
});
