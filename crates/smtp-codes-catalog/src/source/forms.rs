//! What the text of a key must look like.
//!
//! The types of this module are never values: a field names one with `#[schemars(with = "…")]`, and
//! from there it reaches the JSON Schema (for editors) and the checks of the loader. So what a field
//! may hold is said once, at the field.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::closed;

/// The schema's key that carries the slug of a [`Form`].
pub(crate) const FORM_KEY: &str = "x-form";

/// Declares the forms: a marker type for schemas, and the value of [`Form`] that checks match on.
macro_rules! forms {
    ($( $(#[$meta:meta])* $name:ident = $slug:literal { $($json:tt)* } )+) => {
        /// What a text must look like.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Form {
            $( $(#[$meta])* $name, )+
        }

        impl Form {
            /// The form of a slug.
            pub(crate) fn from_slug(slug: &str) -> Option<Self> {
                match slug { $( $slug => Some(Self::$name), )+ _ => None }
            }
        }

        $(
            $(#[$meta])*
            pub(crate) struct $name;

            impl JsonSchema for $name {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    Cow::Borrowed($slug)
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "x-form": $slug, $($json)* })
                }
            }
        )+
    };
}

forms! {
    /// Lower-case letters, digits and hyphens, starting with a letter or digit.
    Slug = "slug" { "pattern": "^[a-z0-9][a-z0-9-]*$" }
    /// A name of another record; whether it exists is checked over the whole catalogue.
    Reference = "reference" { "minLength": 1 }
    /// A heading: no full stop at its end.
    Title = "title" { "minLength": 1, "pattern": "[^.]$" }
    /// Whole sentences, ending with a full stop.
    Prose = "prose" { "minLength": 1 }
    /// A piece of plain text, not a sentence.
    Line = "line" { "minLength": 1 }
    /// Markdown, over several lines.
    Markdown = "markdown" { "minLength": 1 }
    /// A web address.
    Url = "url" { "format": "uri", "pattern": "^https?://" }
    /// A year, a month or a day: `2026`, `2026-06`, `2026-06-30`.
    Date = "date" { "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }
    /// A day: `2026-06-30`.
    Day = "day" { "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" }
    /// A version: `1.2.3`.
    Version = "version" { "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+" }
    /// A host name or a domain, perhaps with a leading point.
    Host = "host" { "minLength": 1 }
    /// Basic codes: `550`, `500-504`, `5xx`, `55x`.
    Basic = "basic" { "pattern": "^[0-9]([0-9]{2}|[0-9]x|xx)(-[0-9]{3})?$" }
    /// One basic code: `550`.
    BasicExact = "basic-exact" { "pattern": "^[0-9]{3}$" }
    /// Enhanced codes: `5.1.1`, `x.1.1`, `5.7.606-5.7.649`, `5.1.x`, `x.x.x`.
    Enhanced = "enhanced" { "pattern": "^[245x]\\.([0-9]{1,3}|x)\\.([0-9]{1,3}|x)(-[245x]\\.[0-9]{1,3}\\.[0-9]{1,3})?$" }
    /// The basic code that a vector expects, or `none`.
    ExpectedBasic = "expected-basic" { "pattern": "^([0-9]{3}|none)$" }
    /// The enhanced code that a vector expects, or `none`.
    ExpectedEnhanced = "expected-enhanced" { "pattern": "^([245]\\.[0-9]{1,3}\\.[0-9]{1,3}|none)$" }
    /// A code of an entry: one code or a range of details, not a family.
    EnhancedEntry = "enhanced-entry" { "pattern": "^[245x]\\.[0-9]{1,3}\\.[0-9]{1,3}(-[245x]\\.[0-9]{1,3}\\.[0-9]{1,3})?$" }
    /// A family: `5.1.x`, `x.1.x`, `x.x.x`.
    Family = "family" { "pattern": "^[245x]\\.([0-9]{1,3}|x)\\.x$" }
    /// What an odd code reads as: `452 4.2.2`, `452` or `4.2.2`.
    ReadsAs = "reads-as" { "minLength": 1 }
    /// A digit, or a small number for subjects.
    Digit = "digit" { "pattern": "^[0-9]{1,3}$" }
    /// A signature that may hold concepts.
    Signature = "signature" { "minLength": 1 }
    /// A signature without concepts.
    LiteralSignature = "literal-signature" { "minLength": 1, "pattern": "^[^{}]*$" }
    /// An idiom: a few words that follow one another.
    Idiom = "idiom" { "minLength": 1 }
    /// A reply of a server, as it came.
    Reply = "reply" { }
    /// A reference of a claim: `basic:550`, `reason:blocklist`.
    Concern = "concern" { "pattern": "^[a-z-]+:.+$" }
}

/// Declares marker types for the closed lists.
macro_rules! choices {
    ($( $name:ident = $list:ident, )+) => {
        $(
            #[doc = concat!("A value of [`closed::", stringify!($list), "`].")]
            pub(crate) struct $name;

            impl JsonSchema for $name {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    Cow::Borrowed(stringify!($name))
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "enum": closed::$list })
                }
            }
        )+
    };
}

choices! {
    Reason = REASONS,
    Bounce = BOUNCES,
    Party = PARTIES,
    Delivery = DELIVERIES,
    Address = ADDRESSES,
    Remedy = REMEDIES,
    Basis = BASES,
    Standing = STANDINGS,
    Command = COMMANDS,
    Class = CLASSES,
    SourceKind = SOURCE_KINDS,
    Axis = AXES,
    Vocabulary = VOCABULARIES,
    Place = PLACES,
    PairKind = PAIR_KINDS,
    Unit = UNITS,
    Scope = SCOPES,
    Escalation = ESCALATIONS,
    Strength = STRENGTHS,
    Confidence = CONFIDENCES,
    ProviderKind = PROVIDER_KINDS,
    ListedThing = LISTED_THINGS,
    Remover = REMOVERS,
    BlocklistState = BLOCKLIST_STATES,
    Verdict = VERDICTS,
    ClassDigit = CLASS_DIGITS,
}

/// One text of form `T`, or an array of them.
pub(crate) struct OneOrManyOf<T>(std::marker::PhantomData<T>);

impl<T: JsonSchema> JsonSchema for OneOrManyOf<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        Cow::Owned(format!("one-or-many-{}", T::schema_name()))
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one.clone(), { "type": "array", "items": one }] })
    }
}
