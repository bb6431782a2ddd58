//! The standards: digits, basic codes, enhanced codes, families, pairs and the SMTP session.

use schemars::JsonSchema;
use serde::Deserialize;

use super::advice::{Advice, ClassAdvice, with_advice};
use super::forms;
use super::spanned::{List, OneOrMany, Spanned, Text};

/// `[[digit]]`: what one digit of a code says.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Digit {
    /// Which digit of which code: `first`, `second`, `class`, `subject`.
    #[schemars(with = "forms::Place")]
    pub place: Text,
    /// The digit, as a string.
    #[schemars(with = "forms::Digit")]
    pub digit: Text,
    /// Its name.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// What it says.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// Who is in control.
    #[schemars(with = "Option<forms::Line>")]
    pub who: Option<Text>,
    /// What else is worth knowing.
    #[schemars(with = "Option<forms::Prose>")]
    pub note: Option<Text>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}

with_advice! {
    reason: optional;
    /// `[[basic]]`: a basic code, or a range of them.
    pub struct Basic {
        /// `550`, `500-504`, `5xx`, `55x`.
        #[schemars(with = "forms::Basic")]
        pub code: Text,
        /// Its name.
        #[schemars(with = "forms::Title")]
        pub title: Text,
        /// What it means.
        #[schemars(with = "forms::Prose")]
        pub summary: Text,
        /// Its place in the standards.
        #[schemars(with = "forms::Standing")]
        pub standing: Text,
        /// The document that defines it: `RFC 5321`.
        #[schemars(with = "Option<forms::Line>")]
        pub reference: Option<Text>,
        /// The commands that it may answer.
        #[schemars(with = "Option<Vec<forms::Command>>")]
        pub answers: Option<List>,
        /// Slugs of the session steps it belongs to.
        #[schemars(with = "Option<Vec<forms::Reference>>")]
        pub steps: Option<List>,
        /// What an odd code reads as: `452 4.2.2`.
        #[schemars(with = "Option<forms::ReadsAs>")]
        pub reads_as: Option<Text>,
        /// The documents that had it before.
        #[schemars(with = "Option<forms::Line>")]
        pub history: Option<Text>,
        /// What else is worth knowing.
        #[schemars(with = "Option<forms::Prose>")]
        pub notes: Option<Text>,
        /// Where it was seen.
        #[schemars(with = "Option<forms::OneOrManyOf<forms::Line>>")]
        pub seen_in: Option<OneOrMany>,
        /// How widely it was seen.
        #[schemars(with = "Option<forms::Line>")]
        pub spread: Option<Text>,
        /// Where the facts stand.
        #[serde(default)]
        #[schemars(with = "Vec<forms::Reference>")]
        pub sources: List,
    }
}

with_advice! {
    reason: optional;
    /// `[[enhanced]]`: an enhanced status code, of one class or of any, or a range of details.
    pub struct Enhanced {
        /// `x.1.1`, `5.7.139`, `5.7.606-5.7.649`.
        #[schemars(with = "forms::EnhancedEntry")]
        pub code: Text,
        /// Its name.
        #[schemars(with = "forms::Title")]
        pub title: Text,
        /// What it means.
        #[schemars(with = "forms::Prose")]
        pub summary: Text,
        /// Its place in the standards.
        #[schemars(with = "forms::Standing")]
        pub standing: Text,
        /// The document that defines it.
        #[schemars(with = "Option<forms::Line>")]
        pub reference: Option<Text>,
        /// The basic codes that IANA associates with it.
        #[schemars(with = "Option<forms::OneOrManyOf<forms::Basic>>")]
        pub basic: Option<OneOrMany>,
        /// Whether IANA says that it goes with any basic code.
        pub any_basic: Option<Spanned<bool>>,
        /// The classes that are meant.
        #[schemars(with = "Option<Vec<forms::ClassDigit>>")]
        pub classes: Option<List>,
        /// Whether it says almost nothing by itself, so that inference from the words goes before it.
        pub catch_all: Option<Spanned<bool>>,
        /// What else is worth knowing.
        #[schemars(with = "Option<forms::Prose>")]
        pub notes: Option<Text>,
        /// What holds for 4.x only.
        pub transient: Option<ClassAdvice>,
        /// What holds for 5.x only.
        pub permanent: Option<ClassAdvice>,
        /// Where the facts stand.
        #[serde(default)]
        #[schemars(with = "Vec<forms::Reference>")]
        pub sources: List,
    }
}

with_advice! {
    reason: optional;
    /// `[[family]]`: all enhanced codes of a subject, where no entry of their own speaks.
    pub struct Family {
        /// `x.1.x`.
        #[schemars(with = "forms::Family")]
        pub code: Text,
        /// Codes of the family for which it does not speak.
        #[schemars(with = "Option<Vec<forms::EnhancedEntry>>")]
        pub except: Option<List>,
        /// Its name.
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
}

with_advice! {
    reason: optional;
    /// `[[pair]]`: a basic and an enhanced code that say more together. Only one with a `reason`
    /// takes part in diagnosis.
    pub struct Pair {
        /// The basic code.
        #[schemars(with = "forms::Basic")]
        pub basic: Text,
        /// The enhanced code.
        #[schemars(with = "forms::Enhanced")]
        pub enhanced: Text,
        /// Its name.
        #[schemars(with = "forms::Title")]
        pub title: Text,
        /// What the two say together.
        #[schemars(with = "forms::Prose")]
        pub summary: Text,
        /// What the pair shows.
        #[schemars(with = "forms::PairKind")]
        pub kind: Text,
        /// Where it was seen.
        #[schemars(with = "Option<forms::OneOrManyOf<forms::Line>>")]
        pub seen_in: Option<OneOrMany>,
        /// Where the facts stand.
        #[serde(default)]
        #[schemars(with = "Vec<forms::Reference>")]
        pub sources: List,
    }
}

/// `[[step]]`: a step of the SMTP session, with the codes that may answer it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Step {
    /// Its slug.
    #[schemars(with = "forms::Slug")]
    pub slug: Text,
    /// Its name.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// Its place in the session.
    pub order: Spanned<i64>,
    /// The commands of the step.
    #[schemars(with = "Vec<forms::Command>")]
    pub commands: List,
    /// What happens.
    #[schemars(with = "forms::Prose")]
    pub summary: Text,
    /// What the client sends.
    #[schemars(with = "forms::Line")]
    pub client: Text,
    /// The codes of success.
    #[schemars(with = "Vec<forms::BasicExact>")]
    pub success: List,
    /// The codes that ask for more.
    #[schemars(with = "Option<Vec<forms::BasicExact>>")]
    pub intermediate: Option<List>,
    /// The codes of failure.
    #[schemars(with = "Vec<forms::BasicExact>")]
    pub failure: List,
    /// What else is worth knowing.
    #[schemars(with = "Option<forms::Prose>")]
    pub notes: Option<Text>,
    /// Where the facts stand.
    #[serde(default)]
    #[schemars(with = "Vec<forms::Reference>")]
    pub sources: List,
}
