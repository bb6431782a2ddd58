//! Finding the record for a code by looking at every one.

use smtp_codes::{BasicCode, Basis, EnhancedCode, Reason};

use crate::patterns::{BasicPattern, Detail, EnhancedPattern};
use crate::source::{Basic, Catalogue, Enhanced, Entry, Family, Pair};

/// The narrowest record for a basic code.
#[must_use]
pub fn basic(catalogue: &Catalogue, code: BasicCode) -> Option<&Entry<Basic>> {
    let named = catalogue
        .basics
        .iter()
        .filter_map(|entry| Some((BasicPattern::parse(&entry.code).ok()?, entry)));
    let (_, entry) = named
        .filter(|(pattern, _)| pattern.contains(code.number()))
        .min_by_key(|(pattern, _)| basic_width(*pattern))?;
    Some(entry)
}

fn basic_width(pattern: BasicPattern) -> u32 {
    (0..=999).filter(|code| pattern.contains(*code)).count() as u32
}

/// The narrowest record for an enhanced code.
#[must_use]
pub fn enhanced(catalogue: &Catalogue, code: EnhancedCode) -> Option<&Entry<Enhanced>> {
    let named = catalogue
        .enhanced
        .iter()
        .filter_map(|entry| Some((EnhancedPattern::parse(&entry.code).ok()?, entry)));
    let (_, entry) = named
        .filter(|(pattern, _)| names(*pattern, code))
        .min_by_key(|(pattern, _)| enhanced_width(*pattern))?;
    Some(entry)
}

/// Whether a pattern names a code. `x` stands for the classes that enhanced codes have, 2, 4 and 5.
fn names(pattern: EnhancedPattern, code: EnhancedCode) -> bool {
    [2, 4, 5].contains(&code.class()) && pattern.contains(code.class(), code.subject(), code.detail())
}

fn enhanced_width(pattern: EnhancedPattern) -> u32 {
    let details = match pattern.detail {
        Detail::Exact(_) => 1,
        Detail::Range(first, last) => u32::from(last - first) + 1,
        Detail::Any => 1000,
    };
    let classes = if pattern.class.is_some() { 1 } else { 3 };
    let subjects = if pattern.subject.is_some() { 1 } else { 1000 };
    classes * subjects * details
}

/// The narrowest family of an enhanced code that does not leave it out.
#[must_use]
pub fn family(catalogue: &Catalogue, code: EnhancedCode) -> Option<&Entry<Family>> {
    let excepts = |entry: &Entry<Family>| {
        let mut exceptions = entry
            .except
            .iter()
            .flat_map(|list| list.iter())
            .filter_map(|text| EnhancedPattern::parse(text).ok());
        exceptions.any(|pattern| names(pattern, code))
    };
    let named = catalogue
        .families
        .iter()
        .filter_map(|entry| Some((EnhancedPattern::parse(&entry.code).ok()?, entry)));
    let (_, entry) = named
        .filter(|(pattern, entry)| names(*pattern, code) && !excepts(entry))
        .min_by_key(|(pattern, _)| enhanced_width(*pattern))?;
    Some(entry)
}

/// The narrowest pair of the two codes that has a meaning of its own.
#[must_use]
pub fn pair(catalogue: &Catalogue, basic: BasicCode, enhanced: EnhancedCode) -> Option<&Entry<Pair>> {
    let meaning = catalogue.pairs.iter().filter(|entry| entry.reason.is_some());
    let named = meaning.filter_map(|entry| {
        Some((
            BasicPattern::parse(&entry.basic).ok()?,
            EnhancedPattern::parse(&entry.enhanced).ok()?,
            entry,
        ))
    });
    let both = named.filter(|(first, second, _)| first.contains(basic.number()) && names(*second, enhanced));
    let (_, _, entry) = both.min_by_key(|(first, second, _)| basic_width(*first) * enhanced_width(*second))?;
    Some(entry)
}

/// What codes say where a reply has no words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The entry that speaks: `pair:550 5.1.1`, `enhanced:x.1.1`, `family:x.1.x`, `basic:550`, `class:5`, `none`.
    pub winner: String,
    /// What kind of entry it is.
    pub basis: Basis,
    /// Its reason.
    pub reason: Reason,
}

/// What a reply of nothing but codes says: the most specific entry that knows a reason, else the most
/// specific entry, else the class.
#[must_use]
pub fn answer(catalogue: &Catalogue, code: Option<BasicCode>, status: Option<EnhancedCode>) -> Answer {
    let mut entries: Vec<Answer> = Vec::new();
    if let (Some(code), Some(status)) = (code, status) {
        if let Some(entry) = pair(catalogue, code, status) {
            let reason = entry
                .reason
                .as_ref()
                .and_then(|slug| Reason::from_slug(slug))
                .unwrap_or(Reason::Unknown);
            return Answer {
                winner: format!("pair:{} {}", *entry.basic, *entry.enhanced),
                basis: Basis::Pair,
                reason,
            };
        }
    }
    if let Some((entry, status)) = status.and_then(|status| Some((enhanced(catalogue, status)?, status))) {
        let catch_all = entry.catch_all.as_ref().is_some_and(|flag| **flag);
        let reason = enhanced_reason(entry, status.class());
        let basis = if catch_all || reason == Reason::Unknown {
            Basis::Family
        } else {
            Basis::Enhanced
        };
        entries.push(Answer {
            winner: format!("enhanced:{}", *entry.code),
            basis,
            reason,
        });
    }
    if let Some(entry) = status.and_then(|status| family(catalogue, status)) {
        let reason = entry
            .reason
            .as_ref()
            .and_then(|slug| Reason::from_slug(slug))
            .unwrap_or(Reason::Unknown);
        entries.push(Answer {
            winner: format!("family:{}", *entry.code),
            basis: Basis::Family,
            reason,
        });
    }
    if let Some(entry) = code.and_then(|code| basic(catalogue, code)) {
        let reason = entry
            .reason
            .as_ref()
            .and_then(|slug| Reason::from_slug(slug))
            .unwrap_or(Reason::Unknown);
        entries.push(Answer {
            winner: format!("basic:{}", *entry.code),
            basis: Basis::Basic,
            reason,
        });
    }
    if let Some(known) = entries.iter().find(|entry| entry.reason != Reason::Unknown) {
        return known.clone();
    }
    // Where none knows a reason, the basic code says more than a code that says nothing.
    if let Some(any) = entries
        .iter()
        .find(|entry| entry.basis == Basis::Basic)
        .or(entries.first())
    {
        return any.clone();
    }
    let digit = code.map(BasicCode::first_digit).or(status.map(EnhancedCode::class));
    let stands = |digit: &u8| {
        catalogue
            .digits
            .iter()
            .any(|entry| *entry.place.get() == "first" && entry.digit.parse() == Ok(*digit))
    };
    match digit.filter(stands) {
        Some(digit) => {
            let reason = match digit {
                2 => Reason::Success,
                3 => Reason::Intermediate,
                _ => Reason::Unknown,
            };
            Answer {
                winner: format!("class:{digit}"),
                basis: Basis::Class,
                reason,
            }
        }
        None => Answer {
            winner: "none".into(),
            basis: Basis::None,
            reason: Reason::Unknown,
        },
    }
}

/// The reason of an enhanced code in a class: what the class says, else what the code says; success in class 2.
fn enhanced_reason(entry: &Enhanced, class: u8) -> Reason {
    let own = match class {
        2 => return Reason::Success,
        4 => entry.transient.as_ref(),
        _ => entry.permanent.as_ref(),
    };
    let slug = own.and_then(|class| class.reason.as_ref()).or(entry.reason.as_ref());
    slug.and_then(|slug| Reason::from_slug(slug)).unwrap_or(Reason::Unknown)
}
