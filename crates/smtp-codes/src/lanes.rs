//! Eight bytes at a time in one integer, without help from the processor's vector instructions.
//!
//! Texts are mostly letters and blanks, which almost every search passes over: eight of them cost little more
//! this way than one. What a test finds is told by *flags*: the highest bit of each byte that it holds for.

/// How many bytes are looked at together.
pub(crate) const WIDTH: usize = 8;

/// Eight bytes, the first one lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lanes(pub(crate) u64);

const HIGH: u64 = each(0x80);
const LOW: u64 = each(0x7F);

/// The byte in all eight places.
const fn each(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

impl Lanes {
    /// The eight bytes of `text` from `at` on; zeros where it ends before.
    #[inline]
    pub(crate) fn load(text: &[u8], at: usize) -> Self {
        match text.get(at..).and_then(<[u8]>::first_chunk) {
            Some(eight) => Self(u64::from_le_bytes(*eight)),
            None => Self::load_end(text, at),
        }
    }

    /// The last bytes of a text, fewer than eight.
    #[inline(never)]
    fn load_end(text: &[u8], at: usize) -> Self {
        let rest = text.get(at..).unwrap_or(&[]);
        match (text.last_chunk(), rest.len()) {
            (_, 0) => Self(0),
            (Some(last), left) => Self(u64::from_le_bytes(*last) >> (8 * (WIDTH - left))),
            (None, _) => Self(rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte))),
        }
    }

    /// The bytes from `low` to `high`, both below 0x80.
    #[inline]
    pub(crate) const fn within(self, low: u8, high: u8) -> Flags {
        let seven = self.0 & LOW;
        let reach = seven + each(0x80 - low);
        let pass = seven + each(0x7F - high);
        Flags(reach & !pass & !self.0 & HIGH)
    }

    /// The bytes that are `byte`, which is below 0x80.
    #[inline]
    pub(crate) const fn equal(self, byte: u8) -> Flags {
        let differs = (self.0 ^ each(byte)) & LOW;
        Flags(!(differs + LOW) & !self.0 & HIGH)
    }

    /// The bytes that are `byte`, whatever it is.
    #[inline]
    pub(crate) const fn same(self, byte: u8) -> Flags {
        let differs = self.0 ^ each(byte);
        Flags(!(((differs & LOW) + LOW) | differs) & HIGH)
    }

    /// The byte at a place.
    #[inline]
    pub(crate) const fn byte(self, place: usize) -> usize {
        (self.0 >> (8 * (place % WIDTH))) as usize & 0xFF
    }

    /// The sum of the first `count` bytes.
    #[inline]
    pub(crate) fn sum_of_first(self, count: usize) -> usize {
        const PAIRS: u64 = 0x00FF_00FF_00FF_00FF;
        let kept = self.0 & first_bytes(count);
        let pairs = (kept & PAIRS) + (kept >> 8 & PAIRS);
        (pairs.wrapping_mul(0x0001_0001_0001_0001) >> 48) as usize
    }

    /// The bytes from 0x80 up.
    #[inline]
    pub(crate) const fn wide(self) -> Flags {
        Flags(self.0 & HIGH)
    }

    /// The digits.
    #[inline]
    pub(crate) const fn digits(self) -> Flags {
        self.within(b'0', b'9')
    }

    /// The letters of ASCII, in either case.
    #[inline]
    pub(crate) const fn letters(self) -> Flags {
        Self(self.0 | each(0x20)).within(b'a', b'z')
    }

    /// Letters in lower case; digits stay as they are, and other bytes become anything.
    #[inline]
    pub(crate) const fn folded(self) -> u64 {
        self.0 | each(0x20)
    }
}

/// The bytes of [`Lanes`] that a test holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Flags(pub(crate) u64);

impl Flags {
    /// The first `count` places.
    #[inline]
    pub(crate) fn first_places(count: usize) -> Self {
        Self(first_bytes(count) & HIGH)
    }

    /// Those of either.
    #[inline]
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of both.
    #[inline]
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// All others.
    #[inline]
    pub(crate) const fn not(self) -> Self {
        Self(!self.0 & HIGH)
    }

    /// Whether there is none.
    #[inline]
    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The place of the first, [`WIDTH`] where there is none.
    #[inline]
    pub(crate) const fn first(self) -> usize {
        self.0.trailing_zeros() as usize / 8
    }

    /// Those before the first of `other`.
    #[inline]
    pub(crate) const fn before(self, other: Self) -> Self {
        Self(self.0 & other.0.wrapping_sub(1) & !other.0)
    }
}

impl Iterator for Flags {
    type Item = usize;

    /// The places, in rising order.
    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let place = self.first();
        self.0 &= self.0 - 1;
        Some(place)
    }
}

/// The flags of eight bytes and of those before them, for what stands behind what.
#[derive(Clone, Copy, Default)]
pub(crate) struct Behind {
    before: u64,
    here: u64,
}

impl Behind {
    /// Goes on with the next eight bytes.
    #[inline]
    pub(crate) fn add(&mut self, here: Flags) -> Self {
        *self = Self {
            before: self.here,
            here: here.0,
        };
        *self
    }

    /// The flags of the eight bytes.
    #[inline]
    pub(crate) const fn here(self) -> Flags {
        Flags(self.here)
    }

    /// The bytes that stand `count` places behind a flagged one; `count` is from 1 to 7.
    #[inline]
    pub(crate) const fn behind(self, count: u32) -> Flags {
        Flags(self.here << (8 * count) | self.before >> (8 * (WIDTH as u32 - count)))
    }
}

/// By count: the mask that keeps so many of the first bytes. It is read, not computed: whether a word is longer than
/// eight bytes cannot be foreseen.
const MASKS: [u64; 16] = {
    let mut masks = [u64::MAX; 16];
    let mut count = 0;
    while count < WIDTH {
        masks[count] = (1 << (8 * count)) - 1;
        count += 1;
    }
    masks
};

/// The mask that keeps the first `count` bytes.
#[inline]
pub(crate) fn first_bytes(count: usize) -> u64 {
    MASKS[count.min(MASKS.len() - 1)]
}

/// Calls `found` with the places from `from` on that `test` flags, in rising order, until it answers `false`.
#[inline]
pub(crate) fn each_flagged(
    text: &[u8],
    from: usize,
    test: impl Fn(Lanes) -> Flags,
    mut found: impl FnMut(usize) -> bool,
) {
    let mut at = from;
    while at < text.len() {
        for place in test(Lanes::load(text, at)) {
            if at + place >= text.len() || !found(at + place) {
                return;
            }
        }
        at += WIDTH;
    }
}

/// The first place from `from` on that `test` flags.
#[inline]
pub(crate) fn first_flagged(text: &[u8], from: usize, test: impl Fn(Lanes) -> Flags) -> Option<usize> {
    let mut at = from;
    while at < text.len() {
        let flags = test(Lanes::load(text, at));
        if !flags.is_empty() {
            return Some(at + flags.first()).filter(|place| *place < text.len());
        }
        at += WIDTH;
    }
    None
}

/// Where `byte`, which is below 0x80, first stands from `from` on.
#[inline]
pub(crate) fn position(text: &[u8], from: usize, byte: u8) -> Option<usize> {
    first_flagged(text, from, |eight| eight.equal(byte))
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::vec::Vec;

    fn places(flags: Flags) -> Vec<usize> {
        flags.collect()
    }

    /// Every byte in every place, between others that carries could come from.
    #[test]
    fn tests_hold_for_the_bytes_they_name() {
        for byte in 0..=255u8 {
            for place in 0..WIDTH {
                for other in [0, b' ', b'~', 0x7F, 0x80, 0xFF] {
                    let mut text = [other; WIDTH];
                    text[place] = byte;
                    let eight = Lanes::load(&text, 0);
                    let check = |flags: Flags, test: fn(&u8) -> bool| {
                        let expected: Vec<usize> = (0..WIDTH).filter(|at| test(&text[*at])).collect();
                        assert_eq!(places(flags), expected, "{byte} among {other}");
                    };
                    check(eight.digits(), u8::is_ascii_digit);
                    check(eight.letters(), u8::is_ascii_alphabetic);
                    check(eight.wide(), |byte| *byte >= 0x80);
                    check(eight.equal(b'('), |byte| *byte == b'(');
                    check(eight.equal(0), |byte| *byte == 0);
                    let same: Vec<usize> = (0..WIDTH).filter(|at| text[*at] == byte).collect();
                    assert_eq!(places(eight.same(byte)), same);
                    assert_eq!(eight.byte(place), usize::from(byte));
                    let sum = text[..place].iter().map(|byte| usize::from(*byte)).sum::<usize>();
                    assert_eq!(eight.sum_of_first(place), sum);
                    check(eight.within(b'!', b'~'), u8::is_ascii_graphic);
                    check(eight.digits().not(), |byte| !byte.is_ascii_digit());
                }
            }
        }
    }

    #[test]
    fn texts_of_any_length_are_searched_to_their_end() {
        for length in 0..20 {
            for at in 0..length {
                let mut text = std::vec![b'a'; length];
                text[at] = b'x';
                for from in 0..=length {
                    let expected = (from <= at).then_some(at);
                    assert_eq!(position(&text, from, b'x'), expected, "{length} {at} {from}");
                    let mut seen = Vec::new();
                    each_flagged(
                        &text,
                        from,
                        |eight| eight.equal(b'x'),
                        |place| {
                            seen.push(place);
                            true
                        },
                    );
                    assert_eq!(seen, expected.into_iter().collect::<Vec<_>>());
                }
                assert_eq!(position(&text, 0, 0), None);
            }
        }
    }

    #[test]
    fn what_stands_before_a_flag_is_told_apart() {
        let eight = Lanes::load(b"a1b2c3d4", 0);
        assert_eq!(places(eight.letters().before(eight.equal(b'c'))), [0, 2]);
        assert_eq!(places(eight.letters().before(eight.equal(b'x'))), [0, 2, 4, 6]);
        assert_eq!(first_bytes(0), 0);
        assert_eq!(first_bytes(8), u64::MAX);
    }
}
