//! Values that know where they stand in their file.

use core::fmt;
use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use crate::files::ByteRange;

/// A value and the bytes it was written in. It dereferences to the value.
///
/// A value that was left out and got a default has an empty range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    value: T,
    range: ByteRange,
}

/// A string with its place.
pub type Text = Spanned<String>;

/// An array of strings: the array has a place, and each string has its own.
pub type List = Spanned<Vec<Text>>;

impl<T> Spanned<T> {
    /// `value`, written in `range`.
    pub fn new(value: T, range: impl Into<ByteRange>) -> Self {
        Self {
            value,
            range: range.into(),
        }
    }

    /// The value.
    pub const fn get(&self) -> &T {
        &self.value
    }

    /// The bytes of the file that the value was written in.
    pub const fn range(&self) -> ByteRange {
        self.range
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = toml::Spanned::<T>::deserialize(deserializer)?;
        let range = spanned.span().into();
        Ok(Self {
            value: spanned.into_inner(),
            range,
        })
    }
}

/// In the schema a spanned value is the value.
impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// One string, or an array of strings: `basic = "550"` or `basic = ["550", "554"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OneOrMany(Vec<Text>);

impl Deref for OneOrMany {
    type Target = [Text];

    fn deref(&self) -> &[Text] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Spanned::<Raw>::deserialize(deserializer)?;
        let range = raw.range();
        Ok(Self(match raw.into_inner() {
            Raw::One(text) => vec![Spanned { value: text, range }],
            Raw::Many(texts) => texts,
        }))
    }
}

/// What stands in the file, before it knows its place.
enum Raw {
    One(String),
    Many(Vec<Text>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RawVisitor;

        impl<'de> Visitor<'de> for RawVisitor {
            type Value = Raw;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or an array of strings")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Raw, E> {
                Ok(Raw::One(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Raw, A::Error> {
                let mut texts = Vec::new();
                while let Some(text) = seq.next_element()? {
                    texts.push(text);
                }
                Ok(Raw::Many(texts))
            }
        }

        deserializer.deserialize_any(RawVisitor)
    }
}
