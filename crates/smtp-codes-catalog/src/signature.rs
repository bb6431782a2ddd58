//! Signatures: which wording identifies a reply.
//!
//! The grammar is in `docs/catalogue.md`: words and `{concepts}` that follow one another, with `~` or
//! `~12` for a few words between and `...` for anything between. These signs stand between blanks.

use core::fmt;
use std::ops::Range;

use smtp_codes::tables::MAX_GAP;

/// How many words may lie between where `~` has no number.
pub const DEFAULT_WITHIN: u8 = 6;

/// The longest word, in bytes, that the run time compares; a signature with a longer one never matches.
pub const LONGEST_WORD: usize = 47;

/// What lies between a part and the one before it. It says nothing on the first part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gap {
    /// Nothing.
    Adjacent,
    /// The part begins within the next so many words.
    Within(u8),
    /// Anything.
    Any,
}

/// What a part stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// One word, folded by [`fold_words`].
    Word(String),
    /// Any idiom of the concept with this slug.
    Concept(String),
}

/// One part of a signature.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// What lies before it.
    pub gap: Gap,
    /// What it stands for.
    pub item: Item,
}

/// A parsed signature: at least one part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Signature {
    /// The parts, in order.
    pub parts: Vec<Part>,
}

/// Why a text is not a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureError {
    /// What is wrong, without a full stop.
    pub message: String,
    /// The bytes of the signature that are wrong.
    pub range: Range<usize>,
    /// Whether there is no word in it at all.
    pub wordless: bool,
}

impl Signature {
    /// Parses a signature.
    ///
    /// ```
    /// use smtp_codes_catalog::signature::{Gap, Item, Signature};
    /// let signature = Signature::parse("{recipient} ~12 doesn't").unwrap();
    /// assert_eq!(signature.parts[0].item, Item::Concept("recipient".into()));
    /// assert_eq!(signature.parts[1].gap, Gap::Within(12));
    /// assert_eq!(signature.to_string(), "{recipient} ~12 doesn t");
    /// ```
    ///
    /// # Errors
    /// If the text breaks the grammar, or has no word.
    pub fn parse(text: &str) -> Result<Self, SignatureError> {
        let mut parser = Parser {
            parts: Vec::new(),
            gap: None,
        };
        for range in tokens(text) {
            parser.token(text, range)?;
        }
        if let Some((_, range)) = parser.gap {
            return Err(error("nothing follows this gap", range));
        }
        if parser.parts.is_empty() {
            let wordless = true;
            return Err(SignatureError {
                wordless,
                ..error("there is no word in this signature", 0..text.len())
            });
        }
        Ok(Self { parts: parser.parts })
    }

    /// The concepts that it names, in order.
    pub fn concepts(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match &part.item {
            Item::Concept(slug) => Some(slug.as_str()),
            Item::Word(_) => None,
        })
    }
}

/// The signature in its plainest form: equal signatures give equal texts.
impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, part) in self.parts.iter().enumerate() {
            if index > 0 {
                match part.gap {
                    Gap::Adjacent => f.write_str(" ")?,
                    Gap::Within(DEFAULT_WITHIN) => f.write_str(" ~ ")?,
                    Gap::Within(words) => write!(f, " ~{words} ")?,
                    Gap::Any => f.write_str(" ... ")?,
                }
            }
            match &part.item {
                Item::Word(word) => f.write_str(word)?,
                Item::Concept(slug) => write!(f, "{{{slug}}}")?,
            }
        }
        Ok(())
    }
}

fn error(message: impl Into<String>, range: Range<usize>) -> SignatureError {
    SignatureError {
        message: message.into(),
        range,
        wordless: false,
    }
}

/// The pieces of a signature: what stands between blanks, and each `{…}`.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = None;
    let mut braced = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if (c.is_whitespace() && !braced) || c == '{' {
            tokens.extend(start.take().map(|start| start..at));
        }
        match c {
            '{' => {
                start = Some(at);
                braced = true;
            }
            '}' => {
                tokens.push(start.take().unwrap_or(at)..end);
                braced = false;
            }
            _ if c.is_whitespace() && !braced => {}
            _ => start = start.or(Some(at)),
        }
    }
    tokens.extend(start.map(|start| start..text.len()));
    tokens
}

struct Parser {
    parts: Vec<Part>,
    gap: Option<(Gap, Range<usize>)>,
}

impl Parser {
    fn token(&mut self, text: &str, range: Range<usize>) -> Result<(), SignatureError> {
        let token = &text[range.clone()];
        if token == "..." || token == "…" {
            return self.gap(Gap::Any, range);
        }
        if let Some(number) = token.strip_prefix('~') {
            return match number.parse() {
                _ if number.is_empty() => self.gap(Gap::Within(DEFAULT_WITHIN), range),
                Ok(words) if (1..=MAX_GAP).contains(&words) => self.gap(Gap::Within(words), range),
                _ if number.starts_with(|c: char| c.is_ascii_digit()) => {
                    Err(error("a gap is from `~1` to `~254` words wide", range))
                }
                _ => Err(error(
                    "`~` is a gap and stands alone or with a number; a `~` of the reply is left out here",
                    range,
                )),
            };
        }
        if let Some(rest) = token.strip_prefix('{') {
            let Some(slug) = rest.strip_suffix('}') else {
                return Err(error("this `{` has no `}`", range.start..range.start + 1));
            };
            if !is_slug(slug) {
                return Err(error(format!("`{slug}` is not the slug of a concept"), range));
            }
            self.part(Item::Concept(slug.to_owned()));
            return Ok(());
        }
        if let Some(at) = token.find('}') {
            return Err(error("this `}` has no `{`", range.start + at..range.start + at + 1));
        }
        for word in fold_words(token) {
            if word.len() > LONGEST_WORD {
                return Err(error(
                    format!("a word longer than {LONGEST_WORD} bytes is never matched"),
                    range,
                ));
            }
            self.part(Item::Word(word));
        }
        Ok(())
    }

    fn gap(&mut self, gap: Gap, range: Range<usize>) -> Result<(), SignatureError> {
        if self.parts.is_empty() {
            return Err(error("nothing stands before this gap", range));
        }
        if self.gap.is_some() {
            return Err(error("two gaps follow one another", range));
        }
        self.gap = Some((gap, range));
        Ok(())
    }

    fn part(&mut self, item: Item) {
        let gap = self.gap.take().map_or(Gap::Adjacent, |(gap, _)| gap);
        self.parts.push(Part { gap, item });
    }
}

/// Whether a text is a slug: lower-case letters, digits and hyphens, starting with a letter or digit.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    !text.is_empty() && !text.starts_with('-') && text.bytes().all(allowed)
}

/// The words of a text, folded: what two texts must share to be the same wording.
///
/// A word is a run of ASCII letters, digits and characters from U+0080 up that are not punctuation. A
/// character of a script written without blanks (Chinese, Japanese, Korean, Thai) is a word of its own.
/// Case and the accents of Latin letters do not count; `ё` is `е`.
///
/// ```
/// use smtp_codes_catalog::signature::fold_words;
/// assert_eq!(fold_words("Doesn't [TSS04]"), ["doesn", "t", "tss04"]);
/// assert_eq!(fold_words("Empfänger größer"), ["empfanger", "grosser"]);
/// assert_eq!(fold_words("用户 x"), ["用", "户", "x"]);
/// ```
#[must_use]
pub fn fold_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        match fold(c) {
            Folded::Separator => flush(&mut words, &mut word),
            Folded::Alone => {
                flush(&mut words, &mut word);
                words.push(c.to_string());
            }
            Folded::Letters(letters) => word.push_str(letters),
            Folded::Letter(letter) => word.push(letter),
        }
    }
    flush(&mut words, &mut word);
    words
}

fn flush(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// What a character becomes.
enum Folded {
    Separator,
    Alone,
    Letter(char),
    Letters(&'static str),
}

fn fold(c: char) -> Folded {
    match c {
        '\0'..='\u{7f}' if c.is_ascii_alphanumeric() => Folded::Letter(c.to_ascii_lowercase()),
        '\0'..='\u{7f}' => Folded::Separator,
        // Controls and signs of Latin-1, general punctuation, CJK punctuation, full-width signs.
        '\u{80}'..='\u{bf}' | '×' | '÷' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' => Folded::Separator,
        '\u{ff00}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}' => {
            Folded::Separator
        }
        '\u{feff}' | '\u{fffd}' => Folded::Separator,
        'À'..='ſ' => Folded::Letters(latin(c)),
        'Α'..='Ω' | 'А'..='Я' => Folded::Letter(c.to_lowercase().next().unwrap_or(c)),
        'Ё' | 'ё' => Folded::Letter('е'),
        'Ѐ'..='Џ' => Folded::Letter(c.to_lowercase().next().unwrap_or(c)),
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            let ascii = u8::try_from(c as u32 - 0xfee0).unwrap_or(b' ');
            Folded::Letter(char::from(ascii.to_ascii_lowercase()))
        }
        _ if stands_alone(c) => Folded::Alone,
        _ => Folded::Letter(c),
    }
}

/// Whether the script of a character is written without blanks between words.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{e7f}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{3130}'..='\u{318f}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The base letters of a Latin letter from U+00C0 to U+017F.
fn latin(c: char) -> &'static str {
    match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ð' | 'ð' | 'Ď'..='đ' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ĳ' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ŋ' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'ß' => "ss",
        'Ś'..='š' | 'ſ' => "s",
        'Þ' | 'þ' | 'Ţ'..='ŧ' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> (String, Range<usize>) {
        let error = Signature::parse(text).expect_err(text);
        (error.message, error.range)
    }

    #[test]
    fn gaps_and_concepts() {
        for (text, plain) in [
            ("over quota", "over quota"),
            ("{recipient}{unknown}", "{recipient} {unknown}"),
            ("{a} ~ {b}", "{a} ~ {b}"),
            ("{a} ~6 {b}", "{a} ~ {b}"),
            ("rate ... Prevents", "rate ... prevents"),
            ("rate… limited", "rate limited"),
            ("later... [TSS04]", "later tss04"),
            ("quota-exceeded", "quota exceeded"),
        ] {
            assert_eq!(Signature::parse(text).expect(text).to_string(), plain);
        }
    }

    #[test]
    fn what_is_no_signature_says_where() {
        assert_eq!(message("... a").1, 0..3);
        assert_eq!(message("a ~").1, 2..3);
        assert_eq!(message("a ~ ... b").1, 4..7);
        assert_eq!(
            message("a ~0 b"),
            ("a gap is from `~1` to `~254` words wide".into(), 2..4)
        );
        assert_eq!(message("a ~x b").1, 2..4);
        assert_eq!(message("a {b").1, 2..3);
        assert_eq!(message("a b}").1, 3..4);
        assert_eq!(message("{Nope}").1, 0..6);
        assert_eq!(message(&"x".repeat(48)).1, 0..48);
        assert!(Signature::parse("-- !").expect_err("no word").wordless);
        assert!(Signature::parse("").expect_err("empty").wordless);
    }

    #[test]
    fn every_latin_letter_has_a_base() {
        for c in ('À'..='ſ').filter(|c| !matches!(c, '×' | '÷')) {
            let folded = fold_words(&c.to_string());
            assert!(
                folded.len() == 1 && folded[0].bytes().all(|b| b.is_ascii_lowercase()),
                "{c}: {folded:?}"
            );
        }
    }

    #[test]
    fn folding_is_stable() {
        for text in ["Ёлка", "Άβγ", "ＡＢｃ１", "naïve ŁÓDŹ", "한국", "ไทย", "5.7.26"] {
            let folded = fold_words(text);
            assert_eq!(fold_words(&folded.join(" ")), folded, "{text}");
        }
        assert_eq!(fold_words("ЁЖ ŁÓDŹ œuvre"), ["еж", "lodz", "oeuvre"]);
    }
}
