//! Numbers are in the range of what can be meant.

use std::ops::RangeInclusive;

use super::Context;
use crate::files::Span;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = context.catalogue;
    let mut look = |key: &str, value: i64, range: RangeInclusive<i64>, span: Span| {
        if !range.contains(&value) {
            let message = format!("`{key}` is {value}, not from {} to {}", range.start(), range.end());
            out.push(Diagnostic::new(Code::NumberOutOfRange, span, message));
        }
    };
    for step in &catalogue.steps {
        look("order", *step.order, 0..=10_000, step.at(&step.order));
    }
    for guide in &catalogue.guides {
        look("order", *guide.order, 0..=10_000, guide.at(&guide.order));
    }
    for variant in &catalogue.variants {
        if let Some(year) = &variant.year {
            look("year", **year, 1982..=2199, variant.at(year));
        }
    }
    for vector in &catalogue.vectors {
        if let Some(seconds) = &vector.retry_after_s {
            look("retry-after-s", **seconds, 0..=i64::from(u32::MAX), vector.at(seconds));
        }
    }
}
