//! What people read of an entry, in small scripts of neighbouring rules: the page loads those that it shows.

use serde_json::{Value, json};
use smtp_codes::Tables;
use smtp_codes::tables::{RuleText, Text};

use super::TEXTS;
use crate::emit::Files;

/// How many rules one script tells of: some 20 KB, five of them packed.
pub(super) const IN_ONE: usize = 128;

/// One script for every so many rules, by their number in a diagnosis.
pub(super) fn emit(tables: &Tables<'_>) -> Files {
    rows(tables)
        .chunks(IN_ONE)
        .enumerate()
        .map(|(place, rows)| {
            let rows: Vec<Value> = rows.iter().map(Row::json).collect();
            let script = format!("SMTP_CODES_TEXTS({place},{});\n", Value::Array(rows));
            (format!("{TEXTS}{place}.js"), script.into_bytes())
        })
        .collect()
}

/// The texts of every rule, in the order of the rules.
pub(super) fn rows<'t>(tables: &Tables<'t>) -> Vec<Row<'t>> {
    tables.rule_texts.iter().map(|text| Row::new(tables, text)).collect()
}

/// The texts of one rule.
pub(super) struct Row<'t> {
    summary: &'t str,
    variant: &'t str,
    url: &'t str,
    tag: &'t str,
    sources: Vec<&'t str>,
}

impl<'t> Row<'t> {
    fn new(tables: &Tables<'t>, text: &RuleText) -> Self {
        let read = |text: Text| tables.text(text);
        let slug = read(text.slug);
        Self {
            summary: read(text.summary),
            variant: slug.split_once('/').map_or("", |(_, variant)| variant),
            url: read(text.url),
            tag: read(text.tag),
            sources: tables.sources_of(text.sources).map(|source| read(source.id)).collect(),
        }
    }

    /// As the page reads it.
    fn json(&self) -> Value {
        json!([self.summary, self.sources, self.variant, self.url, self.tag])
    }

    /// Adds the texts to a diagnosis without them, as the page does.
    #[cfg(test)]
    pub(super) fn join(&self, diagnosis: &mut Value) {
        diagnosis["summary"] = json!(self.summary);
        diagnosis["sources"] = json!(self.sources);
        if !diagnosis["variant"].is_null() {
            diagnosis["variant"] = json!(self.variant);
        }
        if diagnosis["url"].is_null() && !self.url.is_empty() {
            diagnosis["url"] = json!(self.url);
        }
        if !self.tag.is_empty() {
            diagnosis["tag"] = json!(self.tag);
        }
    }
}
