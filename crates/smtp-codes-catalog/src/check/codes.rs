//! Codes that steps, odd codes and enhanced codes name have an entry.

use super::Context;
use crate::files::Span;
use crate::patterns::{BasicPattern, EnhancedPattern};
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let index = context.index;
    let mut missing = |code: &str, span: Span, label: &str| {
        let message = format!("the code `{code}` has no entry");
        out.push(Diagnostic::new(Code::NoSuchCode, span, message).label(label));
    };
    for step in &context.catalogue.steps {
        for list in [Some(&step.success), step.intermediate.as_ref(), Some(&step.failure)]
            .into_iter()
            .flatten()
        {
            for code in list.iter() {
                if let Ok(BasicPattern::Exact(number)) = BasicPattern::parse(code)
                    && !index.has_basic(number)
                {
                    missing(code, step.at(code), "answers this step");
                }
            }
        }
    }
    for enhanced in &context.catalogue.enhanced {
        for code in enhanced.basic.iter().flat_map(|list| list.iter()) {
            let Ok(BasicPattern::Exact(number)) = BasicPattern::parse(code) else {
                continue;
            };
            if !index.has_basic(number) {
                missing(code, enhanced.at(code), "goes with this enhanced code");
            }
        }
    }
    for basic in &context.catalogue.basics {
        let Some(reads_as) = &basic.reads_as else {
            continue;
        };
        for code in reads_as.split(' ') {
            let known = if code.contains('.') {
                EnhancedPattern::parse(code).map_or(true, |pattern| index.has_enhanced(pattern))
            } else {
                match BasicPattern::parse(code) {
                    Ok(BasicPattern::Exact(number)) => index.has_basic(number),
                    _ => true,
                }
            };
            if !known {
                missing(code, basic.at(reads_as), "it reads as a code that is not there");
            }
        }
    }
}
