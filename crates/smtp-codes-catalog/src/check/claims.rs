//! A claim is about something.

use super::Context;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    for claim in context
        .catalogue
        .claims
        .iter()
        .filter(|claim| claim.concerns.is_empty())
    {
        let message = format!("the claim `{}` concerns nothing", *claim.slug);
        out.push(
            Diagnostic::new(Code::NoConcern, claim.at(&claim.concerns), message)
                .label("nowhere would it be shown")
                .help("name what it is about: `concerns = [\"basic:550\"]`"),
        );
    }
}
