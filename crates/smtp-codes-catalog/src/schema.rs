//! The JSON Schema of the catalogue, made from the Rust types of [`crate::source`].
//!
//! Editors get it with [`schema`]. The loader takes the same schema as `Shape`s, so that what an
//! editor underlines and what the loader refuses are one.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::source::{
    Action, Basic, Blocklist, Claim, ConceptHead, Digit, Enhanced, Esp, Family, Form, Guide, Head, Kind, Label,
    LabelSet, Pair, Phrase, Portal, Provider, Reason, Recurrence, Schedule, Source, Step, Term, Variant, Vector,
    Vectors, Wrapper, forms,
};

/// Keys that have a default in the Rust types only so that a check of its own can speak about them.
const EXPECTED: &[&str] = &["sources", "vectors", "concerns"];

/// The pattern of the language keys of a concept.
const LANGUAGE: &str = "^[a-z]{2}$";

/// The JSON Schema (draft 7) that one file of the catalogue follows.
#[must_use]
pub fn schema() -> Value {
    let mut properties = Map::new();
    for &kind in Kind::ALL {
        let mut record = record_schema(kind);
        demand_expected(&mut record);
        let value = if kind.is_single() {
            record
        } else {
            json!({ "type": "array", "items": record })
        };
        properties.insert(kind.key().to_owned(), value);
    }
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "smtp-codes catalogue",
        "description": "One file of the catalogue. The format is explained in docs/catalogue.md.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The schema of one record.
fn record_schema(kind: Kind) -> Value {
    let mut schema = match kind {
        Kind::Catalog => of::<Head>(),
        Kind::Source => of::<Source>(),
        Kind::Reason => of::<Reason>(),
        Kind::Action => of::<Action>(),
        Kind::Term => of::<Term>(),
        Kind::Digit => of::<Digit>(),
        Kind::Basic => of::<Basic>(),
        Kind::Enhanced => of::<Enhanced>(),
        Kind::Family => of::<Family>(),
        Kind::Pair => of::<Pair>(),
        Kind::Step => of::<Step>(),
        Kind::Schedule => of::<Schedule>(),
        Kind::Recurrence => of::<Recurrence>(),
        Kind::Concept => concept(),
        Kind::Phrase => of::<Phrase>(),
        Kind::Provider => of::<Provider>(),
        Kind::Variant => of::<Variant>(),
        Kind::Blocklist => of::<Blocklist>(),
        Kind::Esp => of::<Esp>(),
        Kind::Label => of::<Label>(),
        Kind::LabelSet => of::<LabelSet>(),
        Kind::Portal => of::<Portal>(),
        Kind::Wrapper => of::<Wrapper>(),
        Kind::Claim => of::<Claim>(),
        Kind::Guide => of::<Guide>(),
        Kind::Vector => of::<Vector>(),
        Kind::Vectors => of::<Vectors>(),
    };
    tidy(&mut schema);
    schema
}

/// The schema of a type, with nothing to look up elsewhere.
fn of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings
        .for_deserialize()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// A concept's keys, and one for each language.
fn concept() -> Value {
    let mut schema = of::<ConceptHead>();
    let idioms = json!({
        "description": "Idioms of this language.",
        "type": "array",
        "items": of::<forms::Idiom>(),
    });
    if let Some(object) = schema.as_object_mut() {
        object.insert("patternProperties".to_owned(), json!({ LANGUAGE: idioms }));
    }
    schema
}

/// Takes out what TOML doesn't have (null), and what says nothing (defaults, integer sizes, titles).
fn tidy(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("default");
            object.remove("$schema");
            if object.get("title").is_some_and(Value::is_string) {
                object.remove("title");
            }
            if object.get("format").and_then(Value::as_str) == Some("int64") {
                object.remove("format");
            }
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    object.insert("type".to_owned(), one);
                }
            }
            if let Some(Value::Array(values)) = object.get_mut("enum") {
                values.retain(|value| !value.is_null());
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").and_then(Value::as_str) != Some("null"));
                if let [Value::Object(one)] = choices.as_mut_slice() {
                    let one = std::mem::take(one);
                    object.remove("anyOf");
                    for (key, value) in one {
                        object.entry(key).or_insert(value);
                    }
                }
            }
            for (key, value) in object.iter_mut() {
                // Below `properties` the keys are names of the catalogue, such as `title`.
                if key == "properties" {
                    if let Some(properties) = value.as_object_mut() {
                        properties.values_mut().for_each(tidy);
                    }
                } else {
                    tidy(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(tidy),
        _ => {}
    }
}

/// Says that the keys of [`EXPECTED`] must stand.
fn demand_expected(record: &mut Value) {
    let Some(object) = record.as_object_mut() else {
        return;
    };
    let names: Vec<&str> = match object.get("properties").and_then(Value::as_object) {
        Some(properties) => EXPECTED
            .iter()
            .copied()
            .filter(|name| properties.contains_key(*name))
            .collect(),
        None => Vec::new(),
    };
    if let Some(required) = object.entry("required").or_insert_with(|| json!([])).as_array_mut() {
        required.extend(names.into_iter().map(|name| json!(name)));
    }
}

/// What a value must look like.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// A string.
    Text(TextRule),
    /// An integer.
    Integer,
    /// True or false.
    Bool,
    /// An array of strings.
    List(TextRule),
    /// A string, or an array of strings.
    OneOrMany(TextRule),
    /// A table.
    Table(TableShape),
}

/// What a string must look like.
#[derive(Clone, Debug)]
pub(crate) enum TextRule {
    /// A form that a check knows.
    Form(Form),
    /// One of a closed list.
    Choice(Vec<String>),
}

/// What the keys of a table are.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableShape {
    /// The keys.
    pub(crate) keys: BTreeMap<String, Key>,
    /// Whether two-letter keys are languages, each with a list of idioms.
    pub(crate) languages: bool,
}

/// One key of a table.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// Its value.
    pub(crate) shape: Shape,
    /// Whether it must stand.
    pub(crate) required: bool,
}

impl Shape {
    /// What it is called in a message.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Integer => "an integer",
            Self::Bool => "true or false",
            Self::List(_) => "an array of strings",
            Self::OneOrMany(_) => "a string or an array of strings",
            Self::Table(_) => "a table",
        }
    }

    /// The shape of a schema. What is not a string, number, truth value or table is a list.
    fn from_schema(schema: &Value) -> Self {
        if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
            return Self::OneOrMany(
                choices
                    .first()
                    .map_or(TextRule::Form(Form::Line), TextRule::from_schema),
            );
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("integer") => Self::Integer,
            Some("boolean") => Self::Bool,
            Some("object") => Self::Table(TableShape::from_schema(schema)),
            Some("array") => Self::List(
                schema
                    .get("items")
                    .map_or(TextRule::Form(Form::Line), TextRule::from_schema),
            ),
            _ => Self::Text(TextRule::from_schema(schema)),
        }
    }
}

impl TextRule {
    fn from_schema(schema: &Value) -> Self {
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return Self::Choice(values.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        }
        let form = schema
            .get(forms::FORM_KEY)
            .and_then(Value::as_str)
            .and_then(Form::from_slug);
        Self::Form(form.unwrap_or(Form::Line))
    }
}

impl TableShape {
    fn from_schema(schema: &Value) -> Self {
        let required = |name: &str| match schema.get("required").and_then(Value::as_array) {
            Some(names) => names.iter().any(|own| own == name),
            None => false,
        };
        let mut keys = BTreeMap::new();
        for (name, schema) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            keys.insert(
                name.clone(),
                Key {
                    shape: Shape::from_schema(schema),
                    required: required(name),
                },
            );
        }
        Self {
            keys,
            languages: schema.get("patternProperties").is_some(),
        }
    }

    /// The shape of a kind of record.
    pub(crate) fn of(kind: Kind) -> &'static Self {
        static SHAPES: OnceLock<BTreeMap<Kind, TableShape>> = OnceLock::new();
        static NONE: TableShape = TableShape {
            keys: BTreeMap::new(),
            languages: false,
        };
        let shapes = SHAPES.get_or_init(|| {
            let shape = |&kind| (kind, Self::from_schema(&record_schema(kind)));
            Kind::ALL.iter().map(shape).collect()
        });
        shapes.get(&kind).unwrap_or(&NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every object of a schema, with its path.
    fn walk(value: &Value, path: &str, visit: &mut dyn FnMut(&str, &Map<String, Value>)) {
        match value {
            Value::Object(object) => {
                visit(path, object);
                for (key, value) in object {
                    walk(value, &format!("{path}/{key}"), visit);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| walk(value, path, visit)),
            _ => {}
        }
    }

    #[test]
    fn every_string_says_its_form_and_every_key_its_meaning() {
        walk(&schema(), "", &mut |path, object| {
            if object.get("type").and_then(Value::as_str) == Some("string") {
                let known = object.contains_key("enum") || object.contains_key(forms::FORM_KEY);
                assert!(known, "{path} is a string of no form");
            }
            if let Some(properties) = object
                .get("properties")
                .filter(|_| path.matches("/properties").count() > 0)
            {
                for (key, schema) in properties.as_object().into_iter().flatten() {
                    assert!(schema.get("description").is_some(), "{path}/{key} has no description");
                }
            }
            assert!(
                !object.get("$ref").is_some_and(Value::is_string),
                "{path} looks up elsewhere"
            );
            assert!(object.get("type").is_none_or(Value::is_string), "{path}: {object:?}");
        });
    }

    #[test]
    fn required_keys_are_those_without_a_question_mark() {
        let schema = schema();
        let required = |kind: &str| {
            let mut names: Vec<String> = schema["properties"][kind]["items"]["required"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|name| name.as_str().map(str::to_owned))
                .collect();
            names.sort();
            names.join(" ")
        };
        assert_eq!(required("source"), "id kind title");
        assert_eq!(required("basic"), "code sources standing summary title");
        assert_eq!(required("phrase"), "reason signatures slug sources summary vectors");
        assert_eq!(
            required("variant"),
            "confidence fix reason slug sources summary title vectors"
        );
        assert_eq!(required("claim"), "concerns right said slug sources verdict");
        assert_eq!(required("concept"), "");
    }

    #[test]
    fn shapes_follow_the_types() {
        let shape = |kind, key: &str| TableShape::of(kind).keys.get(key).map(|key| key.shape.name());
        assert_eq!(shape(Kind::Phrase, "basic"), Some("a string or an array of strings"));
        assert_eq!(shape(Kind::Basic, "remedies"), Some("an array of strings"));
        assert_eq!(shape(Kind::Reason, "sender-fault"), Some("true or false"));
        assert_eq!(shape(Kind::Reason, "transient"), Some("a table"));
        assert_eq!(shape(Kind::Enhanced, "permanent"), Some("a table"));
        assert_eq!(shape(Kind::Schedule, "first-delay-s"), Some("an integer"));
        assert_eq!(shape(Kind::Basic, "title"), Some("a string"));
        assert_eq!(shape(Kind::Basic, "titel"), None);
        assert!(TableShape::of(Kind::Concept).languages);
    }
}
