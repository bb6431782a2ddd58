//! Every value of the catalogue with its place, whatever record it stands in.

use std::ops::Range;

use smtp_codes_catalog::files::{FileId, Files};
use toml::de::{DeTable, DeValue};

/// One value: a string, a number or a flag, also one in an array.
#[derive(Clone)]
pub(super) struct Value {
    pub(super) file: FileId,
    /// The kind of its record: `variant`.
    pub(super) record: String,
    /// Its key.
    pub(super) key: String,
    /// Where the key stands.
    pub(super) key_range: Range<usize>,
    /// Where the value stands, its quotes included.
    pub(super) range: Range<usize>,
    /// The string; empty for what is none.
    pub(super) text: String,
    pub(super) is_string: bool,
    pub(super) in_array: bool,
}

/// All values, and the files they stand in.
pub(super) struct Values<'a> {
    pub(super) files: &'a Files,
    pub(super) all: Vec<Value>,
}

impl<'a> Values<'a> {
    pub(super) fn of(files: &'a Files) -> Self {
        let mut all = Vec::new();
        for (id, file) in files.iter() {
            // The ledger is written by a chore, not by hand.
            if file.path().ends_with("/ids.toml") {
                continue;
            }
            let (root, _) = DeTable::parse_recoverable(file.text());
            for (key, value) in root.get_ref() {
                let record = key.get_ref().to_string();
                match value.get_ref() {
                    DeValue::Array(records) => {
                        for table in records.iter().filter_map(|record| record.get_ref().as_table()) {
                            collect(id, &record, table, &mut all);
                        }
                    }
                    DeValue::Table(table) => collect(id, &record, table, &mut all),
                    _ => {}
                }
            }
        }
        all.sort_by_key(|value| (value.file, value.range.start));
        Self { files, all }
    }

    /// The values that fulfil a condition.
    pub(super) fn which(&self, condition: impl Fn(&Value) -> bool) -> Vec<&Value> {
        self.all.iter().filter(|value| condition(value)).collect()
    }

    /// The text of a file.
    pub(super) fn text(&self, file: FileId) -> &str {
        self.files.get(file).text()
    }
}

fn collect(file: FileId, record: &str, table: &DeTable<'_>, all: &mut Vec<Value>) {
    for (key, value) in table {
        let template = |range: Range<usize>, value: &DeValue<'_>, in_array| Value {
            file,
            record: record.to_owned(),
            key: key.get_ref().to_string(),
            key_range: key.span(),
            range,
            text: value.as_str().unwrap_or_default().to_owned(),
            is_string: value.is_str(),
            in_array,
        };
        match value.get_ref() {
            DeValue::Array(items) => {
                all.extend(items.iter().map(|item| template(item.span(), item.get_ref(), true)));
            }
            DeValue::Table(inner) => collect(file, record, inner, all),
            scalar => all.push(template(value.span(), scalar, false)),
        }
    }
}
