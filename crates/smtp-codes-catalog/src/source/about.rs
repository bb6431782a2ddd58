//! The catalogue itself, and where its facts stand.

use schemars::JsonSchema;
use serde::Deserialize;

use super::forms;
use super::spanned::Text;

/// `[catalog]`: what this catalogue is. Once, in `catalog.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Head {
    /// Version of the data (semantic versioning: of its shape).
    #[schemars(with = "forms::Version")]
    pub version: Text,
    /// The day of the last change.
    #[schemars(with = "forms::Day")]
    pub date: Text,
    /// Its name.
    #[schemars(with = "forms::Title")]
    pub title: Text,
}

/// `[[source]]`: where facts stand.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Source {
    /// Its slug. A provider's own source has an id that begins with the provider's slug.
    #[schemars(with = "forms::Slug")]
    pub id: Text,
    /// What it is called.
    #[schemars(with = "forms::Title")]
    pub title: Text,
    /// What kind of thing it is.
    #[schemars(with = "forms::SourceKind")]
    pub kind: Text,
    /// Where it is found.
    #[schemars(with = "Option<forms::Url>")]
    pub url: Option<Text>,
    /// Who published it.
    #[schemars(with = "Option<forms::Line>")]
    pub publisher: Option<Text>,
    /// The state of the page that was used.
    #[schemars(with = "Option<forms::Date>")]
    pub state: Option<Text>,
    /// When someone compared an entry with it.
    #[schemars(with = "Option<forms::Date>")]
    pub checked: Option<Text>,
    /// What else is worth knowing about it.
    #[schemars(with = "Option<forms::Prose>")]
    pub note: Option<Text>,
}
