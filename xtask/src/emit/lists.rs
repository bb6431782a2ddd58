//! The closed lists as every language gets them: number, slug and meaning of each value.

use smtp_codes::decide::Step;
use smtp_codes::recognise::How;
use smtp_codes::tables::{Escalation, ProviderKind, Scope, Unit};
use smtp_codes::{Address, Basis, BounceType, Command, Delivery, Party, Reason, Remedy, Standing};

/// A closed list.
pub(crate) struct List {
    /// Its name in C, in snake case: `provider_kind`.
    pub(crate) name: &'static str,
    /// What its values say.
    pub(crate) about: &'static str,
    /// Its values in the order of their numbers.
    pub(crate) values: Vec<Value>,
}

/// A value of a closed list.
pub(crate) struct Value {
    pub(crate) number: u8,
    pub(crate) slug: &'static str,
    pub(crate) about: &'static str,
}

macro_rules! list {
    ($list:ident, $name:literal, $about:literal) => {
        List {
            name: $name,
            about: $about,
            values: $list::ALL
                .iter()
                .map(|value| Value {
                    number: value.number(),
                    slug: value.slug(),
                    about: value.about(),
                })
                .collect(),
        }
    };
}

/// Every closed list of the interface.
pub(crate) fn all() -> Vec<List> {
    vec![
        list!(
            Reason,
            "reason",
            "Why a message was refused, or what else a reply says."
        ),
        list!(BounceType, "bounce", "What kind of bounce a reply is."),
        list!(Party, "party", "Who has to act."),
        list!(Delivery, "delivery", "What to do with this message."),
        list!(Address, "address", "What to do with the recipient's address."),
        list!(Remedy, "remedy", "One step towards mending the cause."),
        list!(Basis, "basis", "What kind of rule a diagnosis rests on."),
        list!(Standing, "standing", "How official a code is."),
        list!(
            Command,
            "command",
            "The SMTP command, or point of the session, that a reply answers."
        ),
        list!(Step, "step", "What to do next."),
        list!(How, "recognised_by", "How a provider was recognised, weakest first."),
        list!(ProviderKind, "provider_kind", "What a provider is."),
        list!(Unit, "unit", "In what a recurrence rule counts."),
        list!(Scope, "scope", "What a recurrence rule looks at."),
        list!(Escalation, "escalation", "What a recurrence rule leads to."),
    ]
}

/// `over-quota` or `provider_kind` as `OVER_QUOTA`, `PROVIDER_KIND`.
pub(crate) fn upper_snake(slug: &str) -> String {
    slug.replace('-', "_").to_ascii_uppercase()
}

/// `over-quota` or `provider_kind` as `OverQuota`, `ProviderKind`.
pub(crate) fn camel(slug: &str) -> String {
    let mut text = String::new();
    for word in slug.split(['-', '_']) {
        let mut letters = word.chars();
        text.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        text.extend(letters.map(|letter| letter.to_ascii_lowercase()));
    }
    text
}
