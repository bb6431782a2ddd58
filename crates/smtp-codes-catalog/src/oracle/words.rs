//! The words of a reply that count.

use smtp_codes::matcher::MAX_WORDS;
use smtp_codes::text::{Word, next_word};
use smtp_codes::{BasicCode, EnhancedCode};

/// The folded words of a reply's text, as many as the engine reads.
///
/// A code with letters right behind it is no part of the first word. Where a line repeats the reply's own code, the code and the enhanced code behind it are no words. A word
/// that is too long to be compared is empty, so that nothing equals it but its place counts.
#[must_use]
pub fn words(text: &[u8], code: Option<BasicCode>) -> Vec<Vec<u8>> {
    let code = code.map(|code| code.to_string());
    let mut words = Vec::new();
    let mut word = Word::default();
    let mut at = match &code {
        Some(code) if text.starts_with(code.as_bytes()) && text.get(3).is_some_and(u8::is_ascii_alphabetic) => 3,
        _ => 0,
    };
    while words.len() < MAX_WORDS && next_word(text, at, &mut word) {
        at = word.end;
        let repeated = code
            .as_ref()
            .is_some_and(|code| text[word.start..word.end] == *code.as_bytes());
        if repeated && begins_line(&text[..word.start], &text[word.end..]) {
            at += enhanced_width(&text[at..]);
        } else {
            words.push(word.folded().to_vec());
        }
    }
    words
}

/// Whether three digits between `before` and `after` stand as a reply code does.
fn begins_line(before: &[u8], after: &[u8]) -> bool {
    let joined = before.last().is_some_and(|byte| b"./=_@".contains(byte));
    let separated = after.first().is_none_or(|byte| b"- \r\n".contains(byte));
    separated && !joined
}

/// How many bytes an enhanced code at the start of `text` takes, with the separators before it; 0 without one.
fn enhanced_width(text: &[u8]) -> usize {
    let separators = text.iter().take_while(|byte| b"- #".contains(byte)).count();
    EnhancedCode::read(&text[separators..]).map_or(0, |(_, width)| separators + width)
}
