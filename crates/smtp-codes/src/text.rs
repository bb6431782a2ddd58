//! Words: how text is cut and folded before it is compared.
//!
//! A word is a run of letters, digits and bytes from 0x80 up; everything else parts words and does
//! not count. Words are compared without case and without the accents of Latin letters, in UTF-8 and
//! in Latin-1 alike; a character of a script written without spaces is a word of its own.

/// The longest word that is compared; a longer run (an encoded id, say) is never in a vocabulary.
pub const MAX_WORD: usize = 47;

use crate::lanes::{self, Lanes};

/// What a byte below 0x80 does in a word: 0 parts words, any other value is the folded byte.
const ASCII: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Base letters of U+00C0 to U+017F, one byte each; 0 where the character is no letter.
const LATIN: &[u8; 192] = b"aaaaaaaceeeeiiiidnooooo\0ouuuuytsaaaaaaaceeeeiiiidnooooo\0ouuuuyty\
aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll\
lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// One word in its folded form, with its place in the text.
#[derive(Clone, Copy)]
pub struct Word {
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset behind the last byte.
    pub end: usize,
    /// What is behind the word's own bytes is left from others.
    folded: [u8; ROOM],
    len: usize,
}

/// Room for a folded word: a power of two, so that its places need no check.
const ROOM: usize = 64;

impl Word {
    /// The folded bytes; empty for a word longer than [`MAX_WORD`].
    #[must_use]
    #[inline]
    pub fn folded(&self) -> &[u8] {
        if self.len <= MAX_WORD {
            &self.folded[..self.len]
        } else {
            &[]
        }
    }

    /// The first eight folded bytes as one number.
    #[inline]
    pub(crate) fn head(&self) -> u64 {
        let (heads, _) = self.folded.as_chunks();
        heads.first().map_or(0, |head| u64::from_le_bytes(*head)) & lanes::first_bytes(self.len)
    }

    /// The folded bytes as one number and their count, where there are no more than eight of them.
    #[inline]
    pub(crate) fn short(&self) -> Option<(u64, usize)> {
        (self.len <= lanes::WIDTH).then(|| (self.head(), self.len))
    }

    /// The hash by which a vocabulary finds the word.
    #[must_use]
    #[inline]
    pub fn hash(&self) -> u32 {
        if let Some((bytes, len)) = self.short() {
            hash_of_short(bytes, len)
        } else if self.len <= MAX_WORD {
            hash_of(&self.folded, self.len)
        } else {
            0
        }
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        self.folded[self.len % ROOM] = byte;
        self.len += 1;
    }

    fn clear(&mut self) {
        self.len = 0;
    }
}

impl Default for Word {
    fn default() -> Self {
        Self {
            start: 0,
            end: 0,
            folded: [0; ROOM],
            len: 0,
        }
    }
}

/// The hash by which a vocabulary finds a folded word; 0 for one that is longer than [`MAX_WORD`].
#[must_use]
pub fn hash(folded: &[u8]) -> u32 {
    let mut room = [0; ROOM];
    match room.get_mut(..folded.len()) {
        Some(place) if folded.len() <= MAX_WORD => {
            place.copy_from_slice(folded);
            hash_of(&room, folded.len())
        }
        _ => 0,
    }
}

/// Eight bytes at a step: words are short, and every word of every reply is hashed.
#[inline]
fn hash_of(room: &[u8; ROOM], len: usize) -> u32 {
    let mut hash = seed(len);
    let (chunks, _) = room.as_chunks();
    for (index, chunk) in chunks.iter().enumerate().take(len.div_ceil(lanes::WIDTH)) {
        let mask = lanes::first_bytes(len - index * lanes::WIDTH);
        hash = stir(hash, u64::from_le_bytes(*chunk) & mask);
    }
    finish(hash)
}

/// The hash of a word of no more than eight bytes, all of them in `bytes`.
#[inline]
const fn hash_of_short(bytes: u64, len: usize) -> u32 {
    finish(stir(seed(len), bytes))
}

#[inline]
const fn seed(len: usize) -> u64 {
    len as u64 ^ 0x9E37_79B9_7F4A_7C15
}

#[inline]
const fn stir(hash: u64, bytes: u64) -> u64 {
    let hash = (hash ^ bytes).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash ^ hash >> 32
}

#[inline]
const fn finish(hash: u64) -> u32 {
    (hash ^ hash >> 29) as u32
}

/// A character beyond ASCII, as it takes part in a word.
enum Wide {
    /// Folds to these bytes (the second may be 0) and goes on the same word.
    Letters(u8, u8),
    /// A letter kept as it is, in UTF-8.
    Raw([u8; 4], usize),
    /// A word of its own.
    Alone([u8; 4], usize),
    /// Parts words.
    Separator,
}

/// Decodes one character at `bytes[0] >= 0x80`; a byte that is no UTF-8 is read as Latin-1.
fn decode(bytes: &[u8]) -> (u32, usize) {
    let first = bytes[0];
    let tail = |index: usize| {
        bytes
            .get(index)
            .filter(|b| **b & 0xC0 == 0x80)
            .map(|b| u32::from(*b & 0x3F))
    };
    match first {
        0xC2..=0xDF => {
            if let Some(b) = tail(1) {
                return (u32::from(first & 0x1F) << 6 | b, 2);
            }
        }
        0xE0..=0xEF => {
            if let (Some(b), Some(c)) = (tail(1), tail(2)) {
                return (u32::from(first & 0x0F) << 12 | b << 6 | c, 3);
            }
        }
        0xF0..=0xF4 => {
            if let (Some(b), Some(c), Some(d)) = (tail(1), tail(2), tail(3)) {
                return (u32::from(first & 0x07) << 18 | b << 12 | c << 6 | d, 4);
            }
        }
        _ => {}
    }
    (u32::from(first), 1)
}

/// Writes a character as UTF-8.
fn encode(character: u32) -> ([u8; 4], usize) {
    let mut bytes = [0; 4];
    let len = char::from_u32(character).map_or(0, |c| c.encode_utf8(&mut bytes).len());
    (bytes, len)
}

/// Whether the script of a character is written without spaces between words.
const fn stands_alone(character: u32) -> bool {
    matches!(character,
        0x0E00..=0x0E7F      // Thai
        | 0x1100..=0x11FF    // Hangul Jamo
        | 0x3040..=0x30FF    // Hiragana, Katakana
        | 0x3130..=0x318F    // Hangul compatibility Jamo
        | 0x31F0..=0x31FF
        | 0x3400..=0x9FFF    // CJK
        | 0xAC00..=0xD7AF    // Hangul
        | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9D    // half-width Katakana
        | 0x20000..=0x3FFFF)
}

fn classify(character: u32) -> Wide {
    match character {
        // ß and the ligatures are the only Latin letters that fold to two.
        0xDF => Wide::Letters(b's', b's'),
        0xC6 | 0xE6 => Wide::Letters(b'a', b'e'),
        0x152 | 0x153 => Wide::Letters(b'o', b'e'),
        0x80..=0xBF | 0xD7 | 0xF7 => Wide::Separator,
        0xC0..=0x17F => match LATIN[(character - 0xC0) as usize] {
            0 => Wide::Separator,
            letter => Wide::Letters(letter, 0),
        },
        0x391..=0x3A9 => raw(character + 0x20),
        0x410..=0x42F => raw(character + 0x20),
        0x401 | 0x451 => raw(0x435), // Ё ё are written е as often as not
        0x400..=0x40F => raw(character + 0x50),
        // General punctuation, CJK punctuation, and the full-width forms of ASCII.
        0x2000..=0x206F
        | 0x3000..=0x303F
        | 0xFF00..=0xFF0F
        | 0xFF1A..=0xFF20
        | 0xFF3B..=0xFF40
        | 0xFF5B..=0xFF65
        | 0xFEFF
        | 0xFFFD => Wide::Separator,
        0xFF10..=0xFF19 => Wide::Letters((character - 0xFF10) as u8 + b'0', 0),
        0xFF21..=0xFF3A => Wide::Letters((character - 0xFF21) as u8 + b'a', 0),
        0xFF41..=0xFF5A => Wide::Letters((character - 0xFF41) as u8 + b'a', 0),
        _ if stands_alone(character) => {
            let (bytes, len) = encode(character);
            Wide::Alone(bytes, len)
        }
        _ => raw(character),
    }
}

fn raw(character: u32) -> Wide {
    match encode(character) {
        (_, 0) => Wide::Separator,
        (bytes, len) => Wide::Raw(bytes, len),
    }
}

/// Reads the next word of `text` at or behind `from` into `word`; `false` at the end.
///
/// The caller goes on from `word.end`.
///
/// ```
/// use smtp_codes::text::{next_word, Word};
/// let mut word = Word::default();
/// assert!(next_word(b"  Empf\xC3\xA4nger?", 0, &mut word));
/// assert_eq!(word.folded(), b"empfanger");
/// assert!(!next_word(b"  Empf\xC3\xA4nger?", word.end, &mut word));
/// ```
#[inline]
pub fn next_word(text: &[u8], from: usize, word: &mut Word) -> bool {
    let mut at = from;
    // To the first byte of a word.
    loop {
        let Some(&byte) = text.get(at) else {
            word.clear();
            word.end = at;
            return false;
        };
        if byte >= 0x80 {
            return wide_word(text, at, word);
        }
        if ASCII[usize::from(byte)] != 0 {
            break;
        }
        // A line break that somebody wrote as two characters parts words as a whole.
        at += if byte == b'\\' && matches!(text.get(at + 1), Some(b'n' | b'r' | b't')) {
            2
        } else {
            1
        };
    }
    let mut len = 0;
    loop {
        let eight = Lanes::load(text, at + len);
        let wide = eight.wide();
        let end = eight.letters().or(eight.digits()).or(wide).not();
        if !wide.before(end).is_empty() {
            return wide_word(text, at, word);
        }
        if let Some(room) = word.folded.get_mut(len..len + lanes::WIDTH) {
            room.copy_from_slice(&eight.folded().to_le_bytes());
        }
        len += end.first();
        if !end.is_empty() {
            break;
        }
    }
    word.start = at;
    word.end = at + len;
    word.len = len;
    true
}

/// A word that holds, or may hold, characters beyond ASCII.
#[cold]
fn wide_word(text: &[u8], from: usize, word: &mut Word) -> bool {
    word.clear();
    let mut at = from;
    while let Some(&byte) = text.get(at) {
        if byte < 0x80 {
            let folded = ASCII[usize::from(byte)];
            if folded != 0 {
                if word.len == 0 {
                    word.start = at;
                }
                word.push(folded);
                at += 1;
            } else if word.len > 0 {
                break;
            } else if byte == b'\\' && matches!(text.get(at + 1), Some(b'n' | b'r' | b't')) {
                at += 2;
            } else {
                at += 1;
            }
            continue;
        }
        let (character, width) = decode(&text[at..]);
        match classify(character) {
            Wide::Letters(a, b) => {
                if word.len == 0 {
                    word.start = at;
                }
                word.push(a);
                if b != 0 {
                    word.push(b);
                }
            }
            Wide::Raw(bytes, len) => {
                if word.len == 0 {
                    word.start = at;
                }
                for &b in &bytes[..len] {
                    word.push(b);
                }
            }
            Wide::Alone(bytes, len) => {
                if word.len == 0 {
                    word.start = at;
                    for &b in &bytes[..len] {
                        word.push(b);
                    }
                    at += width;
                }
                break;
            }
            Wide::Separator => {
                if word.len > 0 {
                    break;
                }
            }
        }
        at += width;
    }
    word.end = at;
    word.len > 0
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::{string::String, vec::Vec};

    fn words(text: &[u8]) -> Vec<String> {
        let mut word = Word::default();
        let mut at = 0;
        let mut found = Vec::new();
        while next_word(text, at, &mut word) {
            assert!(word.end > at && word.start >= at);
            at = word.end;
            found.push(String::from_utf8_lossy(word.folded()).into_owned());
        }
        found
    }

    #[test]
    fn punctuation_parts_words_and_does_not_count() {
        assert_eq!(
            words(b"doesn't [TSS04] 5.7.26"),
            ["doesn", "t", "tss04", "5", "7", "26"]
        );
        assert_eq!(words(b""), Vec::<String>::new());
        assert_eq!(words(b"does\\nnot exist"), ["does", "not", "exist"]);
        assert_eq!(words(b" .,;\r\n"), Vec::<String>::new());
    }

    #[test]
    fn latin_letters_match_without_accents_in_either_encoding() {
        assert_eq!(
            words("Boîte aux LETTRES Straße Łódź œuvre".as_bytes()),
            ["boite", "aux", "lettres", "strasse", "lodz", "oeuvre"]
        );
        assert_eq!(words(b"Bo\xEEte Empf\xE4nger"), ["boite", "empfanger"]);
    }

    #[test]
    fn cyrillic_and_greek_lose_their_case() {
        assert_eq!(
            words("ПОЛЬЗОВАТЕЛЬ не найдён".as_bytes()),
            ["пользователь", "не", "найден"]
        );
    }

    #[test]
    fn scripts_without_spaces_are_cut_by_character() {
        assert_eq!(
            words("用户不存在 abc邮箱".as_bytes()),
            ["用", "户", "不", "存", "在", "abc", "邮", "箱"]
        );
    }

    #[test]
    fn a_word_beyond_the_limit_is_empty_but_counts() {
        let long = [b'a'; 200];
        assert_eq!(words(&long), [""]);
    }

    #[test]
    fn a_word_hashes_like_its_folded_form() {
        // One word after the other in the same room: what is left of a longer one must not count.
        let mut word = Word::default();
        for text in [
            &b"550-5.1.1 undeliverable the user\\nis UNKNOWN"[..],
            "Boîte pleine 用户不存在 Straße x".as_bytes(),
            b"a\xEEb \xFF c",
            &[b'a'; 100],
        ] {
            let mut at = 0;
            while next_word(text, at, &mut word) {
                if !word.folded().is_empty() {
                    assert_eq!(word.hash(), hash(word.folded()));
                }
                at = word.end;
            }
        }
        assert_ne!(hash(b"user"), hash(b"users"));
        assert_ne!(hash(b"12345678"), hash(b"123456780"));
    }

    #[test]
    fn every_byte_string_ends() {
        for a in 0..=255u8 {
            for b in [0u8, 0x20, 0x41, 0x80, 0xBF, 0xC3, 0xE2, 0xF0, 0xFF] {
                words(&[a, b, a, b, b]);
            }
        }
    }

    #[test]
    fn the_latin_table_is_made_of_base_letters() {
        for (index, character) in ('\u{C0}'..='\u{17F}').enumerate() {
            let expected = match character {
                '×' | '÷' => 0,
                'Ð' | 'ð' => b'd',
                'Þ' | 'þ' => b't',
                _ => continue,
            };
            assert_eq!(LATIN[index], expected, "{character}");
        }
        for (character, letter) in [
            ('ż', b'z'),
            ('Ż', b'z'),
            ('ł', b'l'),
            ('ő', b'o'),
            ('ř', b'r'),
            ('ş', b's'),
            ('ğ', b'g'),
            ('ű', b'u'),
            ('ż', b'z'),
            ('ń', b'n'),
            ('ą', b'a'),
            ('ę', b'e'),
            ('ı', b'i'),
            ('ç', b'c'),
            ('å', b'a'),
            ('ÿ', b'y'),
        ] {
            assert_eq!(LATIN[character as usize - 0xC0], letter, "{character}");
        }
    }
}
