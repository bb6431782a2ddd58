//! An entry's signatures differ from one another, and something identifies a variant.

use std::collections::BTreeMap;

use super::Context;
use super::records::worded;
use crate::report::{Code, Diagnostic};
use crate::signature::Signature;

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    for record in worded(context.catalogue) {
        let mut first = BTreeMap::new();
        let lists = [(record.signatures, false), (record.not, true)];
        for (list, is_not) in lists {
            for text in list.into_iter().flat_map(|list| list.iter()) {
                let Ok(signature) = Signature::parse(text) else {
                    continue;
                };
                let plain = signature.to_string();
                let Some(&(before, was_not)) = first.get(&plain) else {
                    first.insert(plain, (record.at(text), is_not));
                    continue;
                };
                out.push(if is_not == was_not {
                    let message = format!("{} has `{plain}` twice", record.name);
                    Diagnostic::new(Code::RepeatedSignature, record.at(text), message)
                        .label("the same words again")
                        .also(before, "first here")
                        .help("case, accents and punctuation do not count; take one out")
                } else {
                    let message = format!("{} asks for `{plain}`, and forbids it", record.name);
                    Diagnostic::new(Code::NeverMatches, record.at(text), message)
                        .label("forbidden here")
                        .also(before, "asked for here")
                });
            }
        }
        if let Some(list) = record.signatures.filter(|list| list.is_empty()) {
            let message = format!("{} has an empty list of signatures", record.name);
            out.push(Diagnostic::new(Code::NoWord, record.at(list), message).label("nothing can match"));
        }
    }
    for variant in &context.catalogue.variants {
        let words = variant.signatures.is_some() || variant.tag.is_some();
        if !words && variant.basic.is_none() && variant.enhanced.is_none() {
            let message = format!("nothing identifies the variant `{}`", variant.name());
            out.push(
                Diagnostic::new(Code::VariantWithoutKey, variant.span(), message)
                    .help("give it `signatures`, a `tag`, or the `basic` or `enhanced` code it stands for"),
            );
        }
    }
}
