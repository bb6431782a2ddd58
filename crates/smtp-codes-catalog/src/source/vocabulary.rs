//! What the closed lists mean, and what they advise.

use schemars::JsonSchema;
use serde::Deserialize;

use super::forms;
use super::spanned::{List, Spanned, Text};

/// `[[reason]]`: one value of the closed list of reasons, with its default advice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Reason {
    /// A slug of the closed list.
    #[schemars(with = "forms::Reason")]
    pub slug: Text,
    /// Its name for people.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// What it means, in a sentence or two.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// More about it.
    #[schemars(with = "Option<forms::Prose>")]
    pub details: Option<Text>,
    /// Who must act.
    #[schemars(with = "forms::Party")]
    pub party: Text,
    /// The class that is assumed where a reply has no code.
    #[schemars(with = "forms::Class")]
    pub unstated: Text,
    /// Whether it is a fault of the sender, which never suppresses an address.
    pub sender_fault: Option<Spanned<bool>>,
    /// The advice for 4yz replies.
    pub transient: DefaultAdvice,
    /// The advice for 5yz replies.
    pub permanent: DefaultAdvice,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[reason.transient]` and `[reason.permanent]`: what a reason advises if nothing more special speaks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DefaultAdvice {
    /// The bounce type.
    #[schemars(with = "forms::Bounce")]
    pub bounce: Text,
    /// What to do with the message.
    #[schemars(with = "forms::Delivery")]
    pub delivery: Text,
    /// What to do with the address.
    #[schemars(with = "forms::Address")]
    pub address: Text,
    /// What repairs the cause, most helpful first.
    #[schemars(with = "Vec<forms::Remedy>")]
    pub remedies: List,
    /// The retry schedule.
    #[schemars(with = "Option<forms::Reference>")]
    pub schedule: Option<Text>,
    /// Who must act, where it is not the reason's party.
    #[schemars(with = "Option<forms::Party>")]
    pub party: Option<Text>,
}

/// `[[action]]`: one value of an axis of advice.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Action {
    /// The axis: `delivery`, `address` or `remedy`.
    #[schemars(with = "forms::Axis")]
    pub axis: Text,
    /// A slug of the axis's closed list.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name for people.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// What it means.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// What is done, step by step.
    #[schemars(with = "Option<Vec<forms::Prose>>")]
    pub steps: Option<List>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[[term]]`: one value of another closed list, explained.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Term {
    /// The list: `bounce`, `party`, `basis` or `standing`.
    #[schemars(with = "forms::Vocabulary")]
    pub vocabulary: Text,
    /// A slug of that list.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name for people.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// What it means.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}
