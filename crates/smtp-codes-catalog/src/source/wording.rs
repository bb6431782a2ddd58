//! Wording: concepts of the lexicon, and phrases that mean the same at any provider.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::advice::{Advice, with_advice};
use super::forms;
use super::spanned::{List, OneOrMany, Spanned, Text};

/// `[[concept]]`: words and idioms of the field that stand for one thing, in many languages.
#[derive(Clone, Debug)]
pub struct Concept {
    /// All keys but the languages.
    pub head: ConceptHead,
    /// Idioms by language (two letters).
    pub idioms: BTreeMap<String, List>,
}

impl Concept {
    /// The concept that the record begins or continues.
    #[must_use]
    pub fn name(&self) -> Option<&Text> {
        self.head.slug.as_ref().or(self.head.extends.as_ref())
    }
}

/// The keys of a `[[concept]]` that are not languages.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ConceptHead {
    /// Its slug.
    #[schemars(with = "Option<forms::Slug>")]
    pub slug: Option<Text>,
    /// In place of `slug`: the concept that is continued here.
    #[schemars(with = "Option<forms::Reference>")]
    pub extends: Option<Text>,
    /// Its name.
    #[schemars(with = "Option<forms::Title>")]
    pub title: Option<Text>,
    /// What it stands for.
    #[schemars(with = "Option<forms::Prose>")]
    pub summary: Option<Text>,
    /// Other concepts whose idioms count too.
    #[schemars(with = "Option<Vec<forms::Reference>>")]
    pub include: Option<List>,
}

with_advice! {
    reason: required;
    /// `[[phrase]]`: wording that means the same at any provider.
    pub struct Phrase {
        /// Its slug.
        #[schemars(with = "forms::Slug")]
        pub slug: Text,
        /// Alternatives: each string is a complete signature.
        #[schemars(with = "Vec<forms::Signature>")]
        pub signatures: List,
        /// Signatures that must not occur anywhere in the reply.
        #[schemars(with = "Option<Vec<forms::Signature>>")]
        pub not: Option<List>,
        /// The basic codes it applies to.
        #[schemars(with = "Option<forms::OneOrManyOf<forms::Basic>>")]
        pub basic: Option<OneOrMany>,
        /// The enhanced codes it applies to.
        #[schemars(with = "Option<forms::OneOrManyOf<forms::Enhanced>>")]
        pub enhanced: Option<OneOrMany>,
        /// The command it answers.
        #[schemars(with = "Option<forms::Command>")]
        pub command: Option<Text>,
        /// How much the wording says.
        #[schemars(with = "Option<forms::Strength>")]
        pub strength: Option<Text>,
        /// What happened.
        #[schemars(with = "forms::Prose")]
        pub summary: Text,
        /// How sure it is.
        #[schemars(with = "Option<forms::Confidence>")]
        pub confidence: Option<Text>,
        /// Where the facts stand.
        #[serde(default)]
        #[schemars(with = "Vec<forms::Reference>")]
        pub sources: List,
        /// Replies that it must win.
        #[serde(default)]
        #[schemars(with = "Vec<forms::Reply>")]
        pub vectors: List,
        /// Replies that it must not win.
        #[schemars(with = "Option<Vec<forms::Reply>>")]
        pub near: Option<List>,
    }
}

/// A standing-alone `[[vector]]`: a reply with what is expected of it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Vector {
    /// The reply.
    #[schemars(with = "forms::Reply")]
    pub reply: Text,
    /// Whether `\xNN`, `\n`, `\r`, `\t` and `\\` in `reply` stand for bytes.
    pub unescape: Option<Spanned<bool>>,
    /// The provider that the caller names.
    #[schemars(with = "Option<forms::Reference>")]
    pub provider: Option<Text>,
    /// The MX host that the caller names.
    #[schemars(with = "Option<forms::Host>")]
    pub mx: Option<Text>,
    /// The recipient that the caller names.
    #[schemars(with = "Option<forms::Line>")]
    pub recipient: Option<Text>,
    /// The command that the caller names.
    #[schemars(with = "Option<forms::Command>")]
    pub command: Option<Text>,
    /// The reason that is expected.
    #[schemars(with = "forms::Reason")]
    pub reason: Text,
    /// Reasons that are as good.
    #[schemars(with = "Option<Vec<forms::Reason>>")]
    pub also: Option<List>,
    /// The basic code that is expected, or `none`.
    #[schemars(with = "Option<forms::ExpectedBasic>")]
    pub code: Option<Text>,
    /// The enhanced code that is expected, or `none`.
    #[schemars(with = "Option<forms::ExpectedEnhanced>")]
    pub enhanced: Option<Text>,
    /// The provider that must be recognised, or `none`.
    #[schemars(with = "Option<forms::Reference>")]
    pub expect_provider: Option<Text>,
    /// The entry that must win: `google/over-quota`, `phrase:mailbox-full`, or `none`.
    #[schemars(with = "Option<forms::Reference>")]
    pub winner: Option<Text>,
    /// An entry that must not win.
    #[schemars(with = "Option<forms::Reference>")]
    pub not_winner: Option<Text>,
    /// The basis that is expected.
    #[schemars(with = "Option<forms::Basis>")]
    pub basis: Option<Text>,
    /// The bounce type that is expected.
    #[schemars(with = "Option<forms::Bounce>")]
    pub bounce: Option<Text>,
    /// The party that is expected.
    #[schemars(with = "Option<forms::Party>")]
    pub party: Option<Text>,
    /// The delivery advice that is expected.
    #[schemars(with = "Option<forms::Delivery>")]
    pub delivery: Option<Text>,
    /// The address advice that is expected.
    #[schemars(with = "Option<forms::Address>")]
    pub address: Option<Text>,
    /// The delay in seconds that the reply asks for.
    pub retry_after_s: Option<Spanned<i64>>,
    /// The blocklist that the reply names, or `none`.
    #[schemars(with = "Option<forms::Reference>")]
    pub blocklist: Option<Text>,
    /// The URL that the reply gives, or `none`.
    #[schemars(with = "Option<forms::Line>")]
    pub url: Option<Text>,
    /// The provider's tag in the reply, or `none`.
    #[schemars(with = "Option<forms::Line>")]
    pub tag: Option<Text>,
    /// Whether basic and enhanced class disagree.
    pub class_mismatch: Option<Spanned<bool>>,
    /// What the vector is for.
    #[schemars(with = "Option<forms::Prose>")]
    pub note: Option<Text>,
}

/// `[[vectors]]`: many replies with one verdict.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Vectors {
    /// The reason that is expected.
    #[schemars(with = "forms::Reason")]
    pub reason: Text,
    /// Reasons that are as good.
    #[schemars(with = "Option<Vec<forms::Reason>>")]
    pub also: Option<List>,
    /// The provider that the caller names.
    #[schemars(with = "Option<forms::Reference>")]
    pub provider: Option<Text>,
    /// The replies.
    #[schemars(with = "Vec<forms::Reply>")]
    pub replies: List,
}
