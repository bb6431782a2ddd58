//! The catalogue as data: `catalog.json`, `vectors.json`, and the JSON Schemas.

mod records;
mod schema;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use smtp_codes_catalog::compile::vectors::Vector;
use smtp_codes_catalog::model::Model;

use super::Files;

/// The folder.
const FOLDER: &str = "docs/reference";

/// Writes the data.
pub(crate) fn emit(model: &Model) -> Files {
    let mut files = Files::new();
    files.insert(format!("{FOLDER}/catalog.json"), catalogue(model));
    files.insert(format!("{FOLDER}/vectors.json"), vectors(model));
    files.insert(
        format!("{FOLDER}/schema/catalog.schema.json"),
        pretty(&smtp_codes_catalog::schema::schema()),
    );
    files.insert(
        format!("{FOLDER}/schema/diagnosis.schema.json"),
        pretty(&schema::diagnosis()),
    );
    files
}

/// The records of one kind by the name of their entry: `reason:greylist`.
pub(crate) fn records(model: &Model) -> BTreeMap<String, Value> {
    records::all(&model.catalogue)
        .into_iter()
        .flat_map(|(_, records)| records)
        .collect()
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text.into_bytes()
}

/// The whole catalogue, one record a line, so that a change shows as a change of few lines. Keys are those
/// of `docs/catalogue.md`.
fn catalogue(model: &Model) -> Vec<u8> {
    let mut out = String::from("{");
    if let Some(head) = &model.catalogue.head {
        let head =
            json!({ "version": head.version.as_str(), "date": head.date.as_str(), "title": head.title.as_str() });
        out.push_str(&format!("\n\"catalog\":{head}"));
    }
    for (kind, records) in records::all(&model.catalogue) {
        out.push_str(&format!(",\n\"{kind}\":["));
        for (index, (_, record)) in records.iter().enumerate() {
            out.push_str(if index == 0 { "\n" } else { ",\n" });
            out.push_str(&record.to_string());
        }
        out.push_str("\n]");
    }
    out.push_str("\n}\n");
    out.into_bytes()
}

/// Every reply with its diagnosis, one a line: what each language's library is held to.
fn vectors(model: &Model) -> Vec<u8> {
    let tables = model.tables();
    let engine = smtp_codes::Engine::new(&tables);
    let mut out = String::from("[");
    for (index, vector) in model.vectors.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&vector_json(vector, &engine).to_string());
    }
    out.push_str("\n]\n");
    out.into_bytes()
}

fn vector_json(vector: &Vector, engine: &smtp_codes::Engine<'_>) -> Value {
    let mut record = Map::new();
    match std::str::from_utf8(&vector.reply) {
        Ok(text) => record.insert("reply".into(), json!(text)),
        // Bytes that are no text are handed over as such.
        Err(_) => record.insert(
            "reply_hex".into(),
            json!(
                vector
                    .reply
                    .iter()
                    .map(|byte| format!("{byte:02x}"))
                    .collect::<String>()
            ),
        ),
    };
    let told = [
        ("provider", vector.provider.as_deref()),
        ("mx", vector.mx.as_deref()),
        ("recipient", vector.recipient.as_deref()),
        ("command", vector.command.map(|command| command.slug())),
    ];
    for (key, value) in told {
        if let Some(value) = value {
            record.insert(key.into(), json!(value));
        }
    }
    if !vector.owner.is_empty() {
        record.insert("entry".into(), json!(vector.owner));
        if vector.expected.not_winner.is_some() {
            // A reply that looks like the entry's, and must not be taken for it.
            record.insert("near".into(), json!(true));
        }
    }
    let tables = engine.tables();
    let diagnosis = smtp_codes::Engine::new(tables).diagnose(&vector.query());
    let mut written = String::new();
    // Writing to a string cannot fail.
    let _ = diagnosis.write_json(&mut written, None);
    let mut diagnosis: Value = serde_json::from_str(&written).unwrap_or_default();
    if let Some(object) = diagnosis.as_object_mut() {
        // The words stand in catalog.json under the entry that won; here they would triple the size.
        for key in ["id", "summary", "sources"] {
            object.remove(key);
        }
        object.retain(|_, value| !value.is_null() && *value != json!(false));
    }
    record.insert("diagnosis".into(), diagnosis);
    Value::Object(record)
}
