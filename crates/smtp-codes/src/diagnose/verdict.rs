//! A rule that speaks, and how it came to.

use crate::infer::Inference;
use crate::recognise::How;
use crate::tables::{RuleKind, Tables};
use crate::vocabulary::{Basis, Reason};

/// A rule, and how it came to win.
#[derive(Clone, Copy)]
pub(super) struct Verdict {
    pub(super) rule: Option<u16>,
    pub(super) basis: Basis,
    pub(super) reason: Reason,
    pub(super) confidence: u8,
    /// The pattern that matched, where wording did.
    pub(super) pattern: Option<u16>,
    pub(super) provider: (u16, Option<How>),
    pub(super) blocklist: u16,
    pub(super) runner_up: Option<Reason>,
    /// Whether the text names the recipient; known only where its words were weighed.
    pub(super) names_recipient: bool,
}

impl Verdict {
    /// Nothing is known yet but, perhaps, who answers.
    pub(super) fn none(provider: (u16, How)) -> Self {
        Self {
            rule: None,
            basis: Basis::None,
            reason: Reason::Unknown,
            confidence: 0,
            pattern: None,
            provider: (provider.0, (provider.0 != 0).then_some(provider.1)),
            blocklist: 0,
            runner_up: None,
            names_recipient: false,
        }
    }

    /// What is compared between tables: the kind of rule first, its rank within the kind next.
    pub(super) fn order(&self, tables: &Tables<'_>) -> (u8, u32) {
        let rank = self.pattern.map_or(0, |pattern| tables.rank(pattern));
        match self.basis {
            Basis::Variant | Basis::Phrase => (Basis::Variant.number(), rank),
            basis => (basis.number(), rank),
        }
    }

    pub(super) fn accept(&mut self, tables: &Tables<'_>, rule: u16, basis: Basis, pattern: Option<u16>) {
        let Some(entry) = tables.rule(rule) else { return };
        self.rule = Some(rule);
        self.basis = basis;
        self.reason = entry.reason;
        self.confidence = entry.confidence;
        self.pattern = pattern;
    }

    pub(super) fn accept_text(&mut self, tables: &Tables<'_>, rule: u16, pattern: u16) {
        let basis = if tables.rule(rule).is_some_and(|entry| entry.kind() == RuleKind::Variant) {
            Basis::Variant
        } else {
            Basis::Phrase
        };
        self.accept(tables, rule, basis, Some(pattern));
    }

    pub(super) fn infer(&mut self, tables: &Tables<'_>, inference: &Inference) {
        if let Some(&rule) = tables.reasons.get(usize::from(inference.reason.number())) {
            self.accept(tables, rule, Basis::Inferred, None);
        }
        self.reason = inference.reason;
        self.basis = Basis::Inferred;
        self.confidence = inference.confidence;
        self.runner_up = Some(inference.second);
    }
}
