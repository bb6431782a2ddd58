//! Looking up codes, beside a perfect hash and a hash map.

use std::collections::HashMap;
use std::hint::black_box;

use smtp_codes::{BasicCode, EnhancedCode, builtin};

mod tables {
    include!(concat!(env!("OUT_DIR"), "/phf.rs"));

    pub(super) fn basic(code: u16) -> Option<u16> {
        BASIC.get(&code).copied()
    }

    pub(super) fn enhanced(code: u32) -> Option<u16> {
        ENHANCED.get(&code).copied()
    }

    pub(super) fn all_basic() -> impl Iterator<Item = (u16, u16)> {
        BASIC.entries().map(|(code, rule)| (*code, *rule))
    }

    pub(super) fn all_enhanced() -> impl Iterator<Item = (u32, u16)> {
        ENHANCED.entries().map(|(code, rule)| (*code, *rule))
    }
}

/// Looks up all of its codes and adds up what is found.
pub type Lookup = Box<dyn FnMut() -> usize>;

/// How many codes a [`Lookup`] looks up.
pub const CODES: usize = 4096;

/// The codes of the wire, in an order that no branch predictor learns: known ones mostly, some that are not.
fn basics() -> Vec<BasicCode> {
    let known: Vec<BasicCode> = (200..=599)
        .filter_map(BasicCode::new)
        .filter(|code| builtin().basic(*code).is_some())
        .collect();
    let mut random = smtp_codes_catalog::oracle::Random::new(1);
    (0..CODES)
        .filter_map(|_| {
            if random.below(8) == 0 {
                BasicCode::new(random.below(1000) as u16)
            } else {
                random.pick(&known).copied()
            }
        })
        .collect()
}

fn enhanceds() -> Vec<EnhancedCode> {
    let all = [4, 5].into_iter().flat_map(|class| {
        (0..=7).flat_map(move |subject| (0..=60).filter_map(move |detail| EnhancedCode::new(class, subject, detail)))
    });
    let known: Vec<EnhancedCode> = all.filter(|code| builtin().enhanced(*code).is_some()).collect();
    let mut random = smtp_codes_catalog::oracle::Random::new(2);
    let any = |number: usize| EnhancedCode::new(5, (number % 8) as u16, (number / 8 % 700) as u16);
    (0..CODES)
        .filter_map(|_| {
            if random.below(8) == 0 {
                any(random.below(5600))
            } else {
                random.pick(&known).copied()
            }
        })
        .collect()
}

fn key(code: EnhancedCode) -> u32 {
    u32::from(code.class()) << 24 | u32::from(code.subject()) << 12 | u32::from(code.detail())
}

fn sum<T: Copy + 'static>(codes: Vec<T>, look: impl Fn(T) -> Option<u16> + 'static) -> Lookup {
    Box::new(move || {
        codes
            .iter()
            .map(|code| usize::from(look(black_box(*code)).unwrap_or(0)))
            .fold(0, usize::wrapping_add)
    })
}

/// All lookups that are compared, with what they are called.
#[must_use]
pub fn lookups() -> Vec<(&'static str, Lookup)> {
    let tables = builtin();
    let basic_map: HashMap<u16, u16> = tables::all_basic().collect();
    let enhanced_map: HashMap<u32, u16> = tables::all_enhanced().collect();
    vec![
        (
            "basic code, smtp-codes",
            sum(basics(), move |code| tables.basic(code).map(|entry| entry.rule)),
        ),
        ("basic code, phf", sum(basics(), |code| tables::basic(code.number()))),
        (
            "basic code, HashMap",
            sum(basics(), move |code| basic_map.get(&code.number()).copied()),
        ),
        (
            "enhanced code, smtp-codes",
            sum(enhanceds(), move |code| {
                tables.enhanced(code).map(|entry| entry.rule_for(code.class()))
            }),
        ),
        (
            "enhanced code, phf",
            sum(enhanceds(), |code| tables::enhanced(key(code))),
        ),
        (
            "enhanced code, HashMap",
            sum(enhanceds(), move |code| enhanced_map.get(&key(code)).copied()),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::lookups;

    /// All of them look up the same, or the comparison would say nothing.
    #[test]
    fn all_find_the_same() {
        let mut sums: Vec<usize> = lookups().into_iter().map(|(_, mut lookup)| lookup()).collect();
        let enhanced = sums.split_off(3);
        assert!(sums.iter().all(|sum| *sum == sums[0] && *sum > 0), "{sums:?}");
        assert!(
            enhanced.iter().all(|sum| *sum == enhanced[0] && *sum > 0),
            "{enhanced:?}"
        );
    }
}
