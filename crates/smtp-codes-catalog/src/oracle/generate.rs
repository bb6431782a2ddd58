//! Replies made of the catalogue's own: the same ones in other clothes, and any number of spoiled ones.

use std::fmt;

use smtp_codes::EnhancedCode;

/// A change of a reply that must not change its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clothes {
    /// ASCII letters in upper case.
    Upper,
    /// ASCII letters in lower case.
    Lower,
    /// A line break at the end, and CRLF for LF.
    CrLf,
    /// Folded at the blank at this column, the code before the second line.
    Folded(usize),
    /// Folded at the blank at this column, the code and the enhanced code before the second line.
    FoldedFull(usize),
    /// Broken at the blank at this column, as a text that was wrapped.
    Wrapped(usize),
}

impl fmt::Display for Clothes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Upper => f.write_str("upper case"),
            Self::Lower => f.write_str("lower case"),
            Self::CrLf => f.write_str("CRLF"),
            Self::Folded(column) => write!(f, "folded at {column}"),
            Self::FoldedFull(column) => write!(f, "folded at {column}, enhanced code repeated"),
            Self::Wrapped(column) => write!(f, "wrapped at {column}"),
        }
    }
}

impl Clothes {
    /// All that suit a reply: foldings suit a reply of one line that begins with a code.
    #[must_use]
    pub fn all(reply: &[u8]) -> Vec<Self> {
        let mut all = vec![Self::Upper, Self::Lower, Self::CrLf];
        let Some(start) = text_start(reply) else { return all };
        // Numbers of a sending platform's own (602 of Mailgun) are no reply codes: no server folds them.
        if !matches!(reply[0], b'2'..=b'5') {
            return all;
        }
        // The code stays with the first word: "550" alone on a line would be a reply of its own.
        let first_word = reply[start..]
            .iter()
            .take_while(|byte| !byte.is_ascii_whitespace())
            .count();
        for column in start + first_word..reply.len() {
            if reply[column] == b' ' && reply.get(column + 1).is_some_and(|byte| !byte.is_ascii_whitespace()) {
                all.extend([Self::Folded(column), Self::FoldedFull(column), Self::Wrapped(column)]);
            }
        }
        all
    }

    /// The reply in these clothes.
    #[must_use]
    pub fn put_on(self, reply: &[u8]) -> Vec<u8> {
        let code = &reply[..reply.len().min(3)];
        match self {
            Self::Upper => reply.to_ascii_uppercase(),
            Self::Lower => reply.to_ascii_lowercase(),
            Self::CrLf => {
                let mut dressed: Vec<u8> = Vec::new();
                for &byte in reply {
                    if byte == b'\n' && dressed.last() != Some(&b'\r') {
                        dressed.push(b'\r');
                    }
                    dressed.push(byte);
                }
                dressed.extend(b"\r\n");
                dressed
            }
            Self::Folded(column) => [code, b"-", &reply[4..column], b"\r\n", code, b" ", &reply[column + 1..]].concat(),
            Self::FoldedFull(column) => {
                let status = &reply[4..text_start(reply).unwrap_or(4)];
                [
                    code,
                    b"-",
                    &reply[4..column],
                    b"\r\n",
                    code,
                    b" ",
                    status,
                    &reply[column + 1..],
                ]
                .concat()
            }
            Self::Wrapped(column) => [&reply[..column], b"\n", &reply[column + 1..]].concat(),
        }
    }
}

/// Where the text begins in a reply of one line, behind the code, the enhanced code and a blank each.
fn text_start(reply: &[u8]) -> Option<usize> {
    let coded =
        reply.len() > 4 && reply[..3].iter().all(u8::is_ascii_digit) && reply[3] == b' ' && !reply.contains(&b'\n');
    let status = coded.then(|| EnhancedCode::read(&reply[4..]).map_or(0, |(_, width)| width))?;
    Some(if status > 0 && reply.get(4 + status) == Some(&b' ') {
        5 + status
    } else {
        4
    })
}

/// Random numbers that are the same on every machine (SplitMix64).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The sequence of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; 0 where that is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 {
            0
        } else {
            (self.number() % bound as u64) as usize
        }
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// What servers add to whatever they say.
const BOILERPLATE: &[&str] = &[
    " Please contact your administrator.",
    " For more information see https://example.org/help?id=1234.",
    " If you are the sender, contact postmaster@example.org",
    " [192.0.2.1]",
    " <alice@example.org>",
    " - gsmtp",
    " (state 18).",
    " [mx1.example.net]",
    "\r\nReporting-MTA: dns; mail.example.org\r\n",
    " qid=4XyZ12",
    " (in reply to RCPT TO command)",
    " Learn more about policies and mailbox quota.",
    " user unknown",
    " over quota",
    " blocked",
    " try again later",
];

/// What is written before replies.
const INTROS: &[&str] = &[
    "smtp; ",
    "host mx.example.net[192.0.2.1] said: ",
    "<<< ",
    "Remote host said: ",
    "<bob@example.org>: ",
    "(550, b'",
    "Error: Message failed: ",
    "2026-11-21 10:00:00 ",
    "421 ",
    "550-",
    "5.1.1 ",
];

/// An endless row of spoiled replies, the same for the same seed.
#[derive(Clone, Debug)]
pub struct Generator<'r> {
    random: Random,
    replies: Vec<&'r [u8]>,
}

impl<'r> Generator<'r> {
    /// Spoils `replies`.
    #[must_use]
    pub fn new(seed: u64, replies: Vec<&'r [u8]>) -> Self {
        Self {
            random: Random::new(seed),
            replies,
        }
    }

    /// Writes the next reply into `out`, in place of what is there.
    pub fn next_into(&mut self, out: &mut Vec<u8>) {
        out.clear();
        match self.random.below(32) {
            0 => self.noise(out),
            1 => self.words(out),
            _ => {
                out.extend(self.reply());
                for _ in 0..1 + self.random.below(4) {
                    self.spoil(out);
                }
            }
        }
    }

    fn reply(&mut self) -> &'r [u8] {
        self.random.pick(&self.replies).copied().unwrap_or_default()
    }

    /// Any bytes, those that mean something to the parser most often.
    fn noise(&mut self, out: &mut Vec<u8>) {
        const TELLING: &[u8] = b"0123456789245.- \r\n\t:;<>()[]\"'#ab\\nx\xC3\xA4\xE7\x94\xA8\xFF\0";
        for _ in 0..self.random.below(96) {
            let byte = if self.random.below(4) == 0 {
                self.random.number() as u8
            } else {
                TELLING[self.random.below(TELLING.len())]
            };
            out.push(byte);
        }
    }

    /// Words of many replies behind a code, in no order.
    fn words(&mut self, out: &mut Vec<u8>) {
        out.extend(["550 ", "450 4.1.1 ", "554 5.7.1 ", ""][self.random.below(4)].bytes());
        for _ in 0..self.random.below(60) {
            let reply = self.reply();
            let words: Vec<&[u8]> = reply.split(|byte| *byte == b' ').collect();
            let first = self.random.below(words.len());
            for word in words.iter().skip(first).take(1 + self.random.below(3)) {
                out.extend(*word);
                out.push(b' ');
            }
        }
    }

    /// Changes one thing.
    fn spoil(&mut self, out: &mut Vec<u8>) {
        let random = &mut self.random;
        match random.below(14) {
            0 => out.make_ascii_uppercase(),
            1 => out.make_ascii_lowercase(),
            2 => {
                for byte in out.iter_mut().filter(|byte| **byte == b' ') {
                    if random.below(8) == 0 {
                        *byte = b'\n';
                    }
                }
            }
            3 => fold_at(out, random.number() as usize),
            4 => out.extend(random.pick(BOILERPLATE).copied().unwrap_or_default().bytes()),
            5 => {
                let cut = random.below(out.len() + 1);
                out.truncate(cut);
            }
            6 => {
                let cut = random.below(out.len().min(24) + 1);
                out.drain(..cut);
            }
            7 => {
                let intro = random.pick(INTROS).copied().unwrap_or_default();
                out.splice(..0, intro.bytes());
            }
            8 => {
                // Sentences in another order.
                let mut parts: Vec<Vec<u8>> = out
                    .split(|byte| *byte == b'.' || *byte == b';')
                    .map(<[u8]>::to_vec)
                    .collect();
                for index in (1..parts.len()).rev() {
                    parts.swap(index, random.below(index + 1));
                }
                *out = parts.join(&b'.');
            }
            9 => {
                let at = random.below(out.len() + 1);
                out.insert(at, random.number() as u8);
            }
            10 => {
                let at = random.below(out.len());
                if let Some(byte) = out.get_mut(at) {
                    *byte = random.number() as u8;
                }
            }
            11 => {
                let at = random.below(out.len());
                if at < out.len() {
                    out.remove(at);
                }
            }
            12 => {
                // Another code, of any class.
                if out.len() >= 3 && out[..3].iter().all(u8::is_ascii_digit) {
                    let code = format!("{:03}", random.below(1000));
                    out[..3].copy_from_slice(code.as_bytes());
                }
            }
            _ => {
                // The end of another reply behind it.
                let other = random.pick(&self.replies).copied().unwrap_or_default();
                let from = random.below(other.len() + 1);
                out.push(b' ');
                out.extend(&other[from..]);
            }
        }
    }
}

/// Folds a reply every few columns, wherever that falls, with its code repeated.
fn fold_at(out: &mut Vec<u8>, width: usize) {
    let width = 8 + width % 72;
    if out.len() <= width || !out[..3].iter().all(u8::is_ascii_digit) {
        return;
    }
    let code = [out[0], out[1], out[2]];
    let mut folded = Vec::with_capacity(out.len() * 2);
    for (index, line) in out[3..].chunks(width).enumerate() {
        if index > 0 {
            folded.extend(b"\r\n");
        }
        folded.extend(code);
        folded.push(b'-');
        folded.extend(line);
    }
    *out = folded;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reply_is_folded_with_its_codes_repeated() {
        let reply = b"550 5.1.1 User unknown here";
        let folded: Vec<String> = Clothes::all(reply)
            .into_iter()
            .map(|clothes| String::from_utf8_lossy(&clothes.put_on(reply)).into_owned())
            .collect();
        assert!(
            folded.contains(&"550-5.1.1 User\r\n550 unknown here".into()),
            "{folded:?}"
        );
        assert!(
            folded.contains(&"550-5.1.1 User unknown\r\n550 5.1.1 here".into()),
            "{folded:?}"
        );
        assert!(folded.contains(&"550 5.1.1 User\nunknown here".into()), "{folded:?}");
        assert_eq!(Clothes::all(b"user unknown here").len(), 3);
    }

    #[test]
    fn the_same_seed_spoils_the_same_way() {
        let replies: Vec<&[u8]> = vec![b"550 5.1.1 User unknown", b"452 4.2.2 Mailbox full; try later"];
        let row = |seed| {
            let mut generator = Generator::new(seed, replies.clone());
            let mut reply = Vec::new();
            (0..200)
                .map(|_| {
                    generator.next_into(&mut reply);
                    reply.clone()
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(row(1), row(1));
        assert_ne!(row(1), row(2));
    }
}
