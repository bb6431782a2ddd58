//! Who answers: providers with their variants, and blocklists.

use schemars::JsonSchema;
use serde::Deserialize;

use super::advice::{Advice, with_advice};
use super::forms;
use super::spanned::{List, OneOrMany, Spanned, Text};

/// `[provider]`: who answered. Once per provider file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Provider {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Line")]
    pub name: Text,
    /// What kind of house it is.
    #[schemars(with = "forms::ProviderKind")]
    pub kind: Text,
    /// What is worth knowing about it.
    #[schemars(with = "Option<forms::Prose>")]
    pub summary: Option<Text>,
    /// Recipient domains that are its own.
    #[schemars(with = "Option<Vec<forms::Host>>")]
    pub domains: Option<List>,
    /// Suffixes of its MX hosts: `.google.com`.
    #[schemars(with = "Option<Vec<forms::Host>>")]
    pub mx: Option<List>,
    /// Signatures whose presence in a reply shows that it answered.
    #[schemars(with = "Option<Vec<forms::LiteralSignature>>")]
    pub fingerprints: Option<List>,
    /// Its page for postmasters.
    #[schemars(with = "Option<forms::Url>")]
    pub postmaster: Option<Text>,
    /// Its page for removal from its lists.
    #[schemars(with = "Option<forms::Url>")]
    pub delisting: Option<Text>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

with_advice! {
    reason: required;
    /// `[[variant]]`: one provider's own use of a code or text. It belongs to the provider of its file.
    pub struct Variant {
        /// Its slug, unique within the provider.
        #[schemars(with = "forms::Slug")]
        pub slug: Text,
        /// Its name.
        #[schemars(with = "forms::Title")]
        pub title: Text,
        /// Alternatives: each string is a complete signature, without concepts.
        #[schemars(with = "Option<Vec<forms::LiteralSignature>>")]
        pub signatures: Option<List>,
        /// Signatures that must not occur anywhere in the reply.
        #[schemars(with = "Option<Vec<forms::LiteralSignature>>")]
        pub not: Option<List>,
        /// The provider's own tag: `TSS04`.
        #[schemars(with = "Option<forms::Line>")]
        pub tag: Option<Text>,
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
        /// Whether the wording alone shows that this provider answered.
        pub distinctive: Option<Spanned<bool>>,
        /// What happened.
        #[schemars(with = "forms::Prose")]
        pub summary: Text,
        /// What the sender does.
        #[schemars(with = "forms::Prose")]
        pub fix: Text,
        /// What the administrator of the receiver does.
        #[schemars(with = "Option<forms::Prose>")]
        pub admin: Option<Text>,
        /// The provider's page about it.
        #[schemars(with = "Option<forms::Url>")]
        pub url: Option<Text>,
        /// How sure it is.
        #[schemars(with = "forms::Confidence")]
        pub confidence: Text,
        /// The year it was seen in.
        pub year: Option<Spanned<i64>>,
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

/// `[[blocklist]]`: a list of senders, and how a reply shows that it was asked.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Blocklist {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Line")]
    pub name: Text,
    /// Who runs it.
    #[schemars(with = "forms::Line")]
    pub operator: Text,
    /// What it lists.
    #[schemars(with = "Vec<forms::ListedThing>")]
    pub lists: List,
    /// Signatures by which a reply shows it.
    #[schemars(with = "Vec<forms::LiteralSignature>")]
    pub signatures: List,
    /// Its DNS zones.
    #[schemars(with = "Option<Vec<forms::Host>>")]
    pub zones: Option<List>,
    /// Its page.
    #[schemars(with = "Option<forms::Url>")]
    pub url: Option<Text>,
    /// Its page for removal.
    #[schemars(with = "Option<forms::Url>")]
    pub removal: Option<Text>,
    /// Who can have an entry removed.
    #[schemars(with = "forms::Remover")]
    pub removal_by: Text,
    /// Whether it still works.
    #[schemars(with = "forms::BlocklistState")]
    pub status: Text,
    /// What it is.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// What else is worth knowing.
    #[schemars(with = "Option<forms::Prose>")]
    pub notes: Option<Text>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
    /// Replies in which it must be found.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reply>")]
    pub vectors: List,
}
