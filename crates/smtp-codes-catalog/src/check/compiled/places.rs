//! Where the entries stand that a diagnosis can rest on.

use std::collections::BTreeMap;

use crate::files::Span;
use crate::source::Catalogue;

/// Places of entries, by the names that rules have: `google/over-quota`, `phrase:mailbox-full`, `basic:550`.
pub(super) struct Places {
    by_name: BTreeMap<String, Span>,
}

impl Places {
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut by_name = BTreeMap::new();
        let mut add = |name: String, span: Span| {
            by_name.entry(name).or_insert(span);
        };
        for entry in &catalogue.phrases {
            add(format!("phrase:{}", entry.slug.as_str()), entry.at(&entry.slug));
        }
        for entry in &catalogue.variants {
            add(entry.name(), entry.at(&entry.slug));
        }
        for entry in &catalogue.blocklists {
            add(format!("blocklist:{}", entry.slug.as_str()), entry.at(&entry.slug));
        }
        for entry in &catalogue.reasons {
            add(format!("reason:{}", entry.slug.as_str()), entry.at(&entry.slug));
        }
        for entry in &catalogue.basics {
            add(format!("basic:{}", entry.code.as_str()), entry.at(&entry.code));
        }
        for entry in &catalogue.enhanced {
            add(format!("enhanced:{}", entry.code.as_str()), entry.at(&entry.code));
        }
        for entry in &catalogue.families {
            add(format!("family:{}", entry.code.as_str()), entry.at(&entry.code));
        }
        for entry in &catalogue.pairs {
            add(
                format!("pair:{} {}", entry.basic.as_str(), entry.enhanced.as_str()),
                entry.at(&entry.basic),
            );
        }
        for entry in catalogue.digits.iter().filter(|entry| entry.place.as_str() == "first") {
            add(format!("class:{}", entry.digit.as_str()), entry.at(&entry.digit));
        }
        Self { by_name }
    }

    /// Where an entry's slug or code stands.
    pub(super) fn of(&self, name: &str) -> Option<Span> {
        self.by_name.get(name).copied()
    }
}
