//! An exception of a family is a code of the family.

use super::Context;
use crate::patterns::EnhancedPattern;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    for family in &context.catalogue.families {
        let Ok(own) = EnhancedPattern::parse(&family.code) else {
            continue;
        };
        for exception in family.except.iter().flat_map(|list| list.iter()) {
            let Ok(code) = EnhancedPattern::parse(exception) else {
                continue;
            };
            if !own.covers(code) {
                let message = format!("the exception `{code}` is no code of the family `{own}`");
                out.push(
                    Diagnostic::new(Code::UselessException, family.at(exception), message)
                        .label("excludes nothing")
                        .also(family.at(&family.code), "the family"),
                );
            }
        }
    }
}
