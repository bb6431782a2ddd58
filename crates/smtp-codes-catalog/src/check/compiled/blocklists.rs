//! Every blocklist is found in its own vectors.

use super::Context;
use crate::report::{Code, Diagnostic};

pub(super) fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for tried in context
        .tried
        .iter()
        .filter(|tried| tried.vector.owner.starts_with("blocklist:"))
    {
        let Some(deviation) = tried.deviations.iter().find(|deviation| deviation.field == "blocklist") else {
            continue;
        };
        let message = format!("the blocklist `{}` is not found in its vector", deviation.expected);
        let diagnostic = Diagnostic::new(Code::BlocklistUnseen, tried.vector.span, message);
        out.push(if deviation.found == "none" {
            diagnostic
                .label("no blocklist is found here")
                .help("add a signature that this reply has")
        } else {
            let diagnostic = diagnostic.label(format!("`{}` is found here", deviation.found));
            let diagnostic = diagnostic.help("the longer signature goes before the shorter one");
            match context.places.of(&format!("blocklist:{}", deviation.found)) {
                Some(place) => diagnostic.also(place, "found in its stead"),
                None => diagnostic,
            }
        });
    }
}
