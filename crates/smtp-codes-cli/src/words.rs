//! The closed lists in words, and what other classifiers call the same.

use smtp_codes::{Address, Basis, BounceType, Delivery, Diagnosis, Party, Reason, Remedy, Standing};

use crate::generated::{LABEL_SETS, TERMS};
use crate::hints;

/// A value of a closed list in words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Term {
    pub(crate) list: &'static str,
    pub(crate) slug: &'static str,
    pub(crate) title: &'static str,
    pub(crate) summary: &'static str,
}

/// The entry of a closed list's value.
pub(crate) fn term(list: &str, slug: &str) -> Option<&'static Term> {
    TERMS
        .binary_search_by(|term| (term.list, term.slug).cmp(&(list, slug)))
        .ok()
        .map(|index| &TERMS[index])
}

/// Values that have a title in the catalogue.
pub(crate) trait Titled: Copy {
    /// The list and the slug.
    fn name(self) -> (&'static str, &'static str);

    /// The title, or the slug where the catalogue has none.
    fn title(self) -> &'static str {
        let (list, slug) = self.name();
        term(list, slug).map_or(slug, |term| term.title)
    }
}

macro_rules! titled {
    ($( $type:ty = $list:literal, )+) => {
        $( impl Titled for $type {
            fn name(self) -> (&'static str, &'static str) {
                ($list, self.slug())
            }
        } )+
    };
}

titled! {
    Reason = "reason",
    Delivery = "delivery",
    Address = "address",
    Remedy = "remedy",
    Party = "party",
    Basis = "basis",
    BounceType = "bounce",
    Standing = "standing",
}

/// The labels of another classifier.
#[derive(Debug)]
pub(crate) struct LabelSet {
    pub(crate) slug: &'static str,
    pub(crate) name: &'static str,
    pub(crate) fallback: &'static str,
    pub(crate) labels: &'static [Label],
}

/// One label, with the reasons it covers, best first.
#[derive(Debug)]
pub(crate) struct Label {
    pub(crate) label: &'static str,
    pub(crate) bounce: Option<&'static str>,
    pub(crate) reasons: &'static [&'static str],
}

impl LabelSet {
    /// The label that fits best: of the same kind of bounce if there is one, then the one that names the
    /// reason first, then the one that covers least besides.
    pub(crate) fn label(&self, diagnosis: &Diagnosis<'_>) -> &'static str {
        let (reason, bounce) = (diagnosis.reason.slug(), diagnosis.bounce.slug());
        let fits = |label: &&Label| {
            let place = label.reasons.iter().position(|covered| *covered == reason)?;
            Some((
                label.bounce.is_some_and(|kind| kind != bounce),
                place,
                label.reasons.len(),
            ))
        };
        let best = self
            .labels
            .iter()
            .filter_map(|label| Some((fits(&label)?, label)))
            .min_by_key(|(rank, _)| *rank);
        best.map_or(self.fallback, |(_, label)| label.label)
    }
}

/// The label set of a slug.
///
/// # Errors
///
/// Where there is none.
pub(crate) fn label_set(slug: &str) -> anyhow::Result<&'static LabelSet> {
    LABEL_SETS.iter().find(|set| set.slug == slug).ok_or_else(|| {
        let all: Vec<_> = LABEL_SETS
            .iter()
            .map(|set| format!("{} ({})", set.slug, set.name))
            .collect();
        let names = LABEL_SETS.iter().map(|set| set.slug);
        anyhow::Error::msg(hints::unknown(
            "label set",
            slug,
            names,
            &format!("it is one of {}", all.join(", ")),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_title() {
        fn all<T: Titled>(values: &[T]) {
            for value in values {
                let (list, slug) = value.name();
                assert!(term(list, slug).is_some(), "{list} {slug}");
            }
        }
        all(Reason::ALL);
        all(Delivery::ALL);
        all(Address::ALL);
        all(Remedy::ALL);
        all(Party::ALL);
        all(Basis::ALL);
        all(BounceType::ALL);
        all(Standing::ALL);
    }

    #[test]
    fn labels_follow_reason_and_kind_of_bounce() {
        let set = LabelSet {
            slug: "x",
            name: "X",
            fallback: "other",
            labels: &[
                Label {
                    label: "block",
                    bounce: Some("block"),
                    reasons: &["policy", "mailbox-full"],
                },
                Label {
                    label: "full",
                    bounce: Some("soft"),
                    reasons: &["mailbox-full"],
                },
            ],
        };
        assert_eq!(set.label(&smtp_codes::diagnose("452 4.2.2 Mailbox full")), "full");
        assert_eq!(set.label(&smtp_codes::diagnose("hello")), "other");
    }
}
