//! What to do over time: retry schedules and recurrence rules.

use schemars::JsonSchema;
use serde::Deserialize;

use super::forms;
use super::spanned::{List, Spanned, Text};

/// `[[schedule]]`: when to try again, and when to give up.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Schedule {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// What it is for.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// Seconds until the first try after the failure.
    pub first_delay_s: Spanned<i64>,
    /// By how much each delay grows, in percent: 200 doubles.
    pub factor: Spanned<i64>,
    /// The longest delay, in seconds.
    pub ceiling_s: Spanned<i64>,
    /// Seconds after which no more tries are made.
    pub give_up_s: Spanned<i64>,
    /// The most tries that are made.
    pub max_tries: Option<Spanned<i64>>,
    /// How much delays are spread, in percent.
    pub jitter_percent: Option<Spanned<i64>>,
    /// What must be done before the first try.
    #[schemars(with = "Option<Vec<forms::Prose>>")]
    pub preconditions: Option<List>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[[recurrence]]`: what follows when the same reason comes again and again.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Recurrence {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// What it is for.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// The reasons that count, or `*`.
    #[schemars(with = "Vec<forms::Reference>")]
    pub reasons: List,
    /// The class of replies that counts, where not both do.
    #[schemars(with = "Option<forms::Class>")]
    pub class: Option<Text>,
    /// How many.
    pub count: Spanned<i64>,
    /// How many of what.
    #[schemars(with = "forms::Unit")]
    pub unit: Text,
    /// Whether a success in between starts the count again.
    pub consecutive: Spanned<bool>,
    /// Over what is counted.
    #[schemars(with = "forms::Scope")]
    pub scope: Text,
    /// Whether it holds only for what was never delivered to before.
    pub never_delivered: Option<Spanned<bool>>,
    /// What it leads to.
    #[schemars(with = "forms::Escalation")]
    pub escalates_to: Text,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}
