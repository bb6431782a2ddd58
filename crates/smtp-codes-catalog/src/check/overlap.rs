//! Of two entries of one kind that mean the same code, one is the more specific.

use super::Context;
use crate::files::Span;
use crate::patterns::{BasicPattern, EnhancedPattern};
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = context.catalogue;
    let basics: Vec<_> = catalogue
        .basics
        .iter()
        .filter_map(|entry| Some((BasicPattern::parse(&entry.code).ok()?, entry.at(&entry.code))))
        .collect();
    each_pair(&basics, BasicPattern::collides, out);
    let enhanced: Vec<_> = catalogue
        .enhanced
        .iter()
        .filter_map(|entry| Some((EnhancedPattern::parse(&entry.code).ok()?, entry.at(&entry.code))))
        .collect();
    each_pair(&enhanced, EnhancedPattern::collides, out);
    let pairs: Vec<_> = catalogue
        .pairs
        .iter()
        .filter_map(|entry| {
            let basic = BasicPattern::parse(&entry.basic).ok()?;
            let enhanced = EnhancedPattern::parse(&entry.enhanced).ok()?;
            Some((PairPattern(basic, enhanced), entry.at(&entry.enhanced)))
        })
        .collect();
    each_pair(&pairs, |a, b| a.0.collides(b.0) && a.1.collides(b.1), out);
}

#[derive(Clone, Copy, PartialEq)]
struct PairPattern(BasicPattern, EnhancedPattern);

impl core::fmt::Display for PairPattern {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

/// Reports each later entry that collides with an earlier one. Equal ones are duplicates, which have
/// an error of their own.
fn each_pair<P: Copy + PartialEq + core::fmt::Display>(
    entries: &[(P, Span)],
    collides: impl Fn(P, P) -> bool,
    out: &mut Vec<Diagnostic>,
) {
    for (index, &(pattern, span)) in entries.iter().enumerate() {
        for &(before, place) in &entries[..index] {
            if pattern != before && collides(pattern, before) {
                let message = format!("`{pattern}` and `{before}` mean codes in common");
                out.push(
                    Diagnostic::new(Code::Overlap, span, message)
                        .label("neither is the more specific one")
                        .also(place, "the other range")
                        .help("cut one of them so that they part"),
                );
            }
        }
    }
}
