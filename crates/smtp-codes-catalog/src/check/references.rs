//! Whatever is named exists.

use super::Context;
use super::records::{advised, sourced};
use crate::closed;
use crate::files::Span;
use crate::patterns::{BasicPattern, EnhancedPattern};
use crate::report::suggest::did_you_mean;
use crate::report::{Code, Diagnostic};
use crate::signature::Signature;
use crate::source::{Kind, Text};

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    let catalogue = context.catalogue;
    let mut look = Look { context, out };
    for record in sourced(catalogue) {
        for source in record.sources.iter() {
            look.named(Kind::Source, source, record.at(source));
        }
    }
    for record in advised(catalogue) {
        for schedule in record.each().filter_map(|advice| advice.schedule) {
            look.named(Kind::Schedule, schedule, Span::new(record.file, schedule.range()));
        }
    }
    for entry in &catalogue.reasons {
        for schedule in [&entry.transient, &entry.permanent]
            .into_iter()
            .filter_map(|advice| advice.schedule.as_ref())
        {
            look.named(Kind::Schedule, schedule, entry.at(schedule));
        }
    }
    for entry in &catalogue.basics {
        for step in entry.steps.iter().flat_map(|steps| steps.iter()) {
            look.named(Kind::Step, step, entry.at(step));
        }
    }
    for entry in &catalogue.recurrences {
        for reason in entry.reasons.iter().filter(|reason| reason.as_str() != "*") {
            look.in_list(closed::REASONS, reason, entry.at(reason));
        }
    }
    for entry in &catalogue.concepts {
        if let Some(name) = &entry.head.extends {
            look.named(Kind::Concept, name, entry.at(name));
        }
        for name in entry.head.include.iter().flat_map(|names| names.iter()) {
            look.named(Kind::Concept, name, entry.at(name));
        }
    }
    for entry in &catalogue.phrases {
        for text in entry
            .signatures
            .iter()
            .chain(entry.not.iter().flat_map(|not| not.iter()))
        {
            for concept in Signature::parse(text).iter().flat_map(Signature::concepts) {
                look.concept(concept, text, entry.at(text));
            }
        }
    }
    for entry in &catalogue.labels {
        if !look.context.index.has(Kind::Esp, &entry.set) && !look.context.index.has(Kind::LabelSet, &entry.set) {
            let index = look.context.index;
            let near = index
                .nearest(Kind::Esp, &entry.set)
                .or_else(|| index.nearest(Kind::LabelSet, &entry.set));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            look.dangling("ESP or label set", &entry.set, entry.at(&entry.set), help);
        }
    }
    for entry in &catalogue.label_sets {
        let own: Vec<&str> = catalogue
            .labels
            .iter()
            .filter(|label| *label.set == *entry.slug)
            .map(|label| label.label.as_str())
            .collect();
        if !own.contains(&entry.fallback.as_str()) && !catalogue.unreadable.contains_key(&Kind::Label) {
            let help = did_you_mean(&entry.fallback, own);
            look.dangling("label of this set", &entry.fallback, entry.at(&entry.fallback), help);
        }
    }
    for entry in &catalogue.vectors {
        // What is expected may also be nothing.
        let expected = |name: &&Text| name.as_str() != "none";
        let provider = entry.expect_provider.as_ref().filter(expected);
        for name in entry.provider.as_ref().into_iter().chain(provider) {
            look.named(Kind::Provider, name, entry.at(name));
        }
        if let Some(name) = entry.blocklist.as_ref().filter(expected) {
            look.named(Kind::Blocklist, name, entry.at(name));
        }
        for name in [&entry.winner, &entry.not_winner]
            .into_iter()
            .flatten()
            .filter(expected)
        {
            look.winner(name, entry.at(name));
        }
    }
    for entry in &catalogue.vector_groups {
        if let Some(name) = &entry.provider {
            look.named(Kind::Provider, name, entry.at(name));
        }
    }
    for entry in &catalogue.claims {
        for concern in entry.concerns.iter() {
            look.reference(concern, entry.at(concern));
        }
    }
}

/// Kinds that a claim or a vector may name with `kind:name`.
const NAMED: &[Kind] = &[
    Kind::Source,
    Kind::Step,
    Kind::Schedule,
    Kind::Recurrence,
    Kind::Concept,
    Kind::Phrase,
    Kind::Provider,
    Kind::Variant,
    Kind::Blocklist,
    Kind::Esp,
    Kind::LabelSet,
    Kind::Portal,
    Kind::Wrapper,
    Kind::Claim,
    Kind::Guide,
];

struct Look<'a, 'b> {
    context: Context<'a>,
    out: &'b mut Vec<Diagnostic>,
}

impl Look<'_, '_> {
    fn dangling(&mut self, kind: &str, name: &str, span: Span, help: Option<String>) {
        let message = format!("there is no {kind} `{name}`");
        self.out.push(
            Diagnostic::new(Code::Dangling, span, message)
                .label("named here")
                .maybe_help(help),
        );
    }

    /// A record of a kind.
    fn named(&mut self, kind: Kind, name: &str, span: Span) {
        if !self.context.index.has(kind, name) {
            let help = self
                .context
                .index
                .nearest(kind, name)
                .map(|near| format!("did you mean `{near}`?"));
            self.dangling(kind.key(), name, span, help);
        }
    }

    /// A value of a closed list.
    fn in_list(&mut self, list: &[&str], name: &str, span: Span) {
        if !list.contains(&name) {
            self.dangling("reason", name, span, did_you_mean(name, list.iter().copied()));
        }
    }

    /// A concept in a signature.
    fn concept(&mut self, concept: &str, text: &Text, span: Span) {
        if self.context.index.has(Kind::Concept, concept) {
            return;
        }
        let written = format!("{{{concept}}}");
        let source = self.context.files.text(span);
        let place = source.find(&written).map_or(span, |at| {
            let start = span.range.start as usize + at;
            Span::new(span.file, start..start + written.len())
        });
        let near = self.context.index.nearest(Kind::Concept, concept);
        let help = near.map(|near| format!("did you mean `{{{near}}}`?"));
        let message = format!(
            "there is no concept `{concept}`, which the signature `{}` names",
            text.as_str()
        );
        self.out.push(
            Diagnostic::new(Code::Dangling, place, message)
                .label("named here")
                .maybe_help(help),
        );
    }

    /// The winner of a vector: `google/over-quota`, or a reference.
    fn winner(&mut self, name: &str, span: Span) {
        if name.contains('/') && !name.contains(':') {
            self.named(Kind::Variant, name, span);
        } else {
            self.reference(name, span);
        }
    }

    /// `kind:name`.
    fn reference(&mut self, reference: &str, span: Span) {
        let Some((kind, name)) = reference.split_once(':') else {
            let message = format!("`{reference}` does not say what kind of thing it is");
            let help = "write `basic:550`, `enhanced:x.7.26`, `reason:blocklist`, `variant:google/over-quota`";
            self.out
                .push(Diagnostic::new(Code::BadReference, span, message).help(help));
            return;
        };
        match kind {
            "basic" => match BasicPattern::parse(name) {
                Ok(BasicPattern::Exact(code)) if !self.context.index.has_basic(code) => self.no_code(name, span),
                Ok(_) => {}
                Err(error) => self.bad_code(error.code, error.message, error.help, span),
            },
            "enhanced" | "family" => match EnhancedPattern::parse(name) {
                Ok(code) if kind == "family" && !self.context.index.has_family(code) => self.no_code(name, span),
                Ok(code) if kind == "enhanced" && !self.context.index.has_enhanced(code) => self.no_code(name, span),
                Ok(_) => {}
                Err(error) => self.bad_code(error.code, error.message, error.help, span),
            },
            "pair" => {
                let found = |basic: &str, enhanced: &str| {
                    self.context
                        .catalogue
                        .pairs
                        .iter()
                        .any(|pair| *pair.basic == *basic && *pair.enhanced == *enhanced)
                };
                let parts = name.split_once(['+', ' ']);
                let unread = self.context.catalogue.unreadable.contains_key(&Kind::Pair);
                if !unread && !parts.is_some_and(|(basic, enhanced)| found(basic, enhanced)) {
                    let help = Some("a pair is written `pair:550 5.7.1`".to_owned());
                    self.dangling("pair", name, span, help);
                }
            }
            "reason" => self.in_list(closed::REASONS, name, span),
            "bounce" => self.value(kind, closed::BOUNCES, name, span),
            "party" => self.value(kind, closed::PARTIES, name, span),
            "delivery" => self.value(kind, closed::DELIVERIES, name, span),
            "address" => self.value(kind, closed::ADDRESSES, name, span),
            "remedy" => self.value(kind, closed::REMEDIES, name, span),
            "basis" => self.value(kind, closed::BASES, name, span),
            "standing" => self.value(kind, closed::STANDINGS, name, span),
            _ => match NAMED.iter().find(|named| named.key() == kind) {
                Some(&named) => self.named(named, name, span),
                None => {
                    let codes = [
                        "basic", "enhanced", "family", "pair", "reason", "delivery", "address", "remedy",
                    ];
                    let kinds = codes.into_iter().chain(NAMED.iter().map(|kind| kind.key()));
                    let help = did_you_mean(kind, kinds).map(|help| help.replace("`?", ":…`?"));
                    let message = format!("there is nothing of the kind `{kind}` that can be named");
                    self.out
                        .push(Diagnostic::new(Code::BadReference, span, message).maybe_help(help));
                }
            },
        }
    }

    fn value(&mut self, kind: &str, list: &[&str], name: &str, span: Span) {
        if !list.contains(&name) {
            self.dangling(kind, name, span, did_you_mean(name, list.iter().copied()));
        }
    }

    fn no_code(&mut self, name: &str, span: Span) {
        let message = format!("the code `{name}` has no entry");
        self.out
            .push(Diagnostic::new(Code::NoSuchCode, span, message).label("named here"));
    }

    fn bad_code(&mut self, code: Code, message: String, help: Option<String>, span: Span) {
        self.out.push(Diagnostic::new(code, span, message).maybe_help(help));
    }
}
