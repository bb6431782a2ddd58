//! What helps people: ESPs and their labels, portals, wrappers, claims and guides.

use schemars::JsonSchema;
use serde::Deserialize;

use super::forms;
use super::spanned::{List, Spanned, Text};

/// `[[esp]]`: a sending platform, and where it shows raw replies.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Esp {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Line")]
    pub name: Text,
    /// Where the raw reply is found.
    #[schemars(with = "forms::Prose")]
    pub raw_replies: Text,
    /// What else is worth knowing.
    #[schemars(with = "Option<forms::Prose>")]
    pub notes: Option<Text>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[[label]]`: one word of an ESP's or a classifier's own vocabulary.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Label {
    /// The ESP or the label set it belongs to.
    #[schemars(with = "forms::Reference")]
    pub set: Text,
    /// The label, as it is written there.
    #[schemars(with = "forms::Line")]
    pub label: Text,
    /// What it means there.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// The reasons of ours that it covers, best first.
    #[schemars(with = "Vec<forms::Reason>")]
    pub reasons: List,
    /// The bounce type that it gives.
    #[schemars(with = "Option<forms::Bounce>")]
    pub bounce: Option<Text>,
    /// Whether the platform suppresses the address then.
    pub suppresses: Option<Spanned<bool>>,
    /// What the translation loses.
    #[schemars(with = "Option<forms::Prose>")]
    pub lost: Option<Text>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[[label-set]]`: the vocabulary of a classifier.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LabelSet {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Line")]
    pub name: Text,
    /// Whose it is and what it is for.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// The label for reasons with no label of their own.
    #[schemars(with = "forms::Line")]
    pub fallback: Text,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[[portal]]`: a page where one sees how a provider sees one's mail.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Portal {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Line")]
    pub name: Text,
    /// Who runs it.
    #[schemars(with = "forms::Line")]
    pub operator: Text,
    /// Where it is.
    #[schemars(with = "forms::Url")]
    pub url: Text,
    /// What it covers.
    #[schemars(with = "forms::Line")]
    pub covers: Text,
    /// Whom it is for.
    #[schemars(with = "forms::Line")]
    pub r#for: Text,
    /// Until when it worked.
    #[schemars(with = "Option<forms::Date>")]
    pub until: Option<Text>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[[wrapper]]`: the words that an MTA or a log puts around a reply.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wrapper {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// The product that writes it.
    #[schemars(with = "forms::Line")]
    pub product: Text,
    /// Words before the reply.
    #[schemars(with = "forms::Reply")]
    pub intro: Text,
    /// Words after the reply.
    #[schemars(with = "Option<forms::Reply>")]
    pub outro: Option<Text>,
    /// A whole line.
    #[schemars(with = "forms::Reply")]
    pub example: Text,
    /// What it is.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[[claim]]`: what is often said, and what a source says against it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Claim {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// What is often said.
    #[schemars(with = "forms::Line")]
    pub said: Text,
    /// What is right.
    #[schemars(with = "forms::Prose")]
    pub right: Text,
    /// What is wrong with it.
    #[schemars(with = "forms::Verdict")]
    pub verdict: Text,
    /// What it is about: `basic:550`, `reason:blocklist`, `variant:google/over-quota`.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Concern>")]
    pub concerns: List,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

/// `[[guide]]`: a page for people.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Guide {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// What one learns.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// Its place among the guides.
    pub order: Spanned<i64>,
    /// Whom it is for.
    #[schemars(with = "Option<forms::Line>")]
    pub audience: Option<Text>,
    /// The text, in Markdown.
    #[schemars(with = "forms::Markdown")]
    pub body: Text,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}
