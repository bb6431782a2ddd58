//! Arithmetic that comes out the same on every machine.

/// Added and taken away again, it rounds what is much smaller to the nearest whole number, without a call.
const ROUND: f32 = 12_582_912.0;

/// The exponential function for arguments up to 0, from additions and multiplications alone, and without a
/// branch, so that many are computed at once. Below -80 it stays what it is there: next to nothing.
pub(super) fn exp(x: f32) -> f32 {
    let x = x.max(-80.0);
    // e^x = 2^k · e^r with |r| at most half of ln 2. The last bits of the sum are k.
    let sum = x * core::f32::consts::LOG2_E + ROUND;
    let r = x - (sum - ROUND) * core::f32::consts::LN_2;
    let series = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0)))));
    let k = sum.to_bits().wrapping_sub(ROUND.to_bits());
    series * f32::from_bits(k.wrapping_add(127) << 23)
}

/// A small generator of numbers, always from the same seed.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number (SplitMix64).
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_is_close_to_the_librarys() {
        for step in 0..800 {
            let x = -(step as f32) / 10.0;
            let expected = f64::from(x).exp();
            let found = f64::from(exp(x));
            assert!(
                (found - expected).abs() <= expected * 1e-4 + 1e-30,
                "{x}: {found} {expected}"
            );
        }
    }
}
