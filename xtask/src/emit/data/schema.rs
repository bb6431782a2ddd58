//! The JSON Schema of a diagnosis: what the command, the batch calls and the site give.

use serde_json::{Value, json};
use smtp_codes::{Address, Basis, BounceType, Delivery, Party, Reason, Remedy};

/// The schema (draft 2020-12).
pub(crate) fn diagnosis() -> Value {
    let slugs = |list: Vec<&str>| json!({ "type": "string", "enum": list });
    let slug = json!({ "type": ["string", "null"], "pattern": "^[a-z0-9][a-z0-9-]*$" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Diagnosis of one SMTP reply",
        "description": "What `smtp-codes explain --json` and every other caller of the engine gives. New values of the closed lists may be added; known ones never change their meaning.",
        "type": "object",
        "properties": {
            "id": { "description": "The caller's own id of the row, handed back as it came." },
            "code": { "description": "The basic reply code.", "type": ["integer", "null"], "minimum": 0, "maximum": 999 },
            "enhanced": { "description": "The enhanced status code.", "type": ["string", "null"], "pattern": "^[0-9]\\.[0-9]{1,3}\\.[0-9]{1,3}$" },
            "provider": describe(&slug, "Who answered."),
            "variant": describe(&slug, "The provider's own reply that was recognised."),
            "reason": describe(&slugs(Reason::ALL.iter().map(|value| value.slug()).collect()), "Why it was refused."),
            "confidence": { "description": "How sure that is.", "type": "integer", "minimum": 0, "maximum": 100 },
            "bounce": describe(&slugs(BounceType::ALL.iter().map(|value| value.slug()).collect()), "The kind of bounce."),
            "party": describe(&slugs(Party::ALL.iter().map(|value| value.slug()).collect()), "Who must act."),
            "delivery": describe(&slugs(Delivery::ALL.iter().map(|value| value.slug()).collect()), "What to do with this message."),
            "address": describe(&slugs(Address::ALL.iter().map(|value| value.slug()).collect()), "What to do with the address."),
            "remedies": { "description": "What mends the cause, first things first.", "type": "array", "items": slugs(Remedy::ALL.iter().map(|value| value.slug()).collect()) },
            "basis": describe(&slugs(Basis::ALL.iter().map(|value| value.slug()).collect()), "What kind of rule it rests on."),
            "summary": { "description": "One sentence on what happened.", "type": "string" },
            "retry_after_s": { "description": "Seconds after which the reply asks to come back.", "type": ["integer", "null"], "minimum": 0 },
            "blocklist": describe(&slug, "The blocklist that the reply names."),
            "url": { "description": "The page to read.", "type": ["string", "null"] },
            "tag": { "description": "The provider's own tag for the case.", "type": ["string", "null"] },
            "class_mismatch": { "description": "Whether the two codes are of different classes.", "type": "boolean" },
            "sources": { "description": "Where the facts stand.", "type": "array", "items": { "type": "string" } }
        },
        "required": REQUIRED,
    })
}

/// The keys of a diagnosis, in the order in which they are written.
const REQUIRED: [&str; 20] = [
    "id",
    "code",
    "enhanced",
    "provider",
    "variant",
    "reason",
    "confidence",
    "bounce",
    "party",
    "delivery",
    "address",
    "remedies",
    "basis",
    "summary",
    "retry_after_s",
    "blocklist",
    "url",
    "tag",
    "class_mismatch",
    "sources",
];

fn describe(schema: &Value, words: &str) -> Value {
    let mut schema = schema.clone();
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".into(), json!(words));
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_described_and_required() {
        let schema = diagnosis();
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(properties.len(), REQUIRED.len());
        for key in REQUIRED {
            assert!(properties[key]["description"].is_string(), "{key}");
        }
    }

    #[test]
    fn a_diagnosis_has_exactly_these_keys() {
        let tables = smtp_codes_catalog::compile::compile(&Default::default());
        let tables = tables.as_tables();
        let mut json = String::new();
        smtp_codes::Engine::new(&tables)
            .diagnose(&"550 5.1.1 no".into())
            .write_json(&mut json, None)
            .unwrap();
        let value: Value = serde_json::from_str(&json).unwrap();
        let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        let mut required = REQUIRED.to_vec();
        keys.sort_unstable();
        required.sort_unstable();
        assert_eq!(keys, required);
    }
}
