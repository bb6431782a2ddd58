//! What the command needs beside the tables: titles of the closed lists, the labels of other
//! classifiers, and what a user's own entries may refer to.

use std::fmt::Write as _;

use proc_macro2::Literal;
use smtp_codes_catalog::model::Model;
use smtp_codes_catalog::source::{Catalogue, Concept, DefaultAdvice, List, Provider, Reason, Schedule, Source, Text};
use toml::{Table, Value};

use super::{Files, MARK};

const FOLDER: &str = "crates/smtp-codes-cli";

/// `src/generated.rs` and `data/base.toml` of the command.
pub(crate) fn emit(model: &Model) -> Files {
    let catalogue = &model.catalogue;
    Files::from([
        (format!("{FOLDER}/src/generated.rs"), words(catalogue).into_bytes()),
        (format!("{FOLDER}/data/base.toml"), base(catalogue).into_bytes()),
    ])
}

fn words(catalogue: &Catalogue) -> String {
    let mut text = format!(
        "// {MARK}\n//! Titles of the closed lists, and the labels of other classifiers.\n\nuse crate::words::{{Label, LabelSet, Term}};\n\n"
    );
    let mut terms: Vec<[&str; 4]> = Vec::new();
    terms.extend(
        catalogue
            .actions
            .iter()
            .map(|entry| [entry.axis.as_str(), &entry.slug, &entry.title, &entry.summary]),
    );
    terms.extend(
        catalogue
            .terms
            .iter()
            .map(|entry| [entry.vocabulary.as_str(), &entry.slug, &entry.title, &entry.summary]),
    );
    terms.extend(
        catalogue
            .reasons
            .iter()
            .map(|entry| ["reason", entry.slug.as_str(), &entry.title, &entry.summary]),
    );
    terms.sort_unstable();
    // Writing to a string does not fail.
    let _ = writeln!(
        text,
        "/// By list and slug, sorted.\npub(crate) static TERMS: &[Term] = &["
    );
    for [list, slug, title, summary] in terms.into_iter().map(|row| row.map(quoted)) {
        let _ = writeln!(
            text,
            "    Term {{ list: {list}, slug: {slug}, title: {title}, summary: {summary} }},"
        );
    }
    let _ = writeln!(
        text,
        "];\n\n/// Sorted by slug.\npub(crate) static LABEL_SETS: &[LabelSet] = &["
    );
    let mut sets: Vec<_> = catalogue.label_sets.iter().collect();
    sets.sort_by(|a, b| a.slug.as_str().cmp(b.slug.as_str()));
    for set in sets {
        let [slug, name, fallback] = [set.slug.as_str(), &set.name, &set.fallback].map(quoted);
        let _ = writeln!(
            text,
            "    LabelSet {{\n        slug: {slug},\n        name: {name},\n        fallback: {fallback},\n        labels: &["
        );
        for label in catalogue
            .labels
            .iter()
            .filter(|label| label.set.as_str() == set.slug.as_str())
        {
            let reasons: Vec<_> = label.reasons.iter().map(|reason| quoted(reason)).collect();
            let bounce = label
                .bounce
                .as_ref()
                .map_or("None".to_owned(), |bounce| format!("Some({})", quoted(bounce)));
            let _ = writeln!(
                text,
                "            Label {{ label: {}, bounce: {bounce}, reasons: &[{}] }},",
                quoted(&label.label),
                reasons.join(", ")
            );
        }
        let _ = writeln!(text, "        ],\n    }},");
    }
    text.push_str("];\n");
    text
}

fn quoted(text: &str) -> String {
    Literal::string(text).to_string()
}

/// The records that a user's own entries may refer to, as one text of several files: a provider's
/// record stands once in a file, and the user may bring a fuller one.
fn base(catalogue: &Catalogue) -> String {
    let mut text = format!("# {MARK}\n");
    let mut rest = String::new();
    for entry in sorted(&catalogue.sources, |entry| &entry.id) {
        record(&mut rest, "source", source(entry));
    }
    for entry in sorted(&catalogue.schedules, |entry| &entry.slug) {
        record(&mut rest, "schedule", schedule(entry));
    }
    for entry in sorted(&catalogue.reasons, |entry| &entry.slug) {
        record(&mut rest, "reason", reason(entry));
    }
    for entry in &catalogue.concepts {
        record(&mut rest, "concept", concept(entry));
    }
    file(&mut text, "base", &rest);
    for entry in sorted(&catalogue.providers, |entry| &entry.slug) {
        let table = Table::from_iter([("provider".to_owned(), Value::Table(provider(entry)))]);
        file(
            &mut text,
            &format!("providers/{}", entry.slug.as_str()),
            &table.to_string(),
        );
    }
    text
}

fn sorted<T>(entries: &[T], name: impl Fn(&T) -> &Text) -> Vec<&T> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_by(|a, b| name(a).as_str().cmp(name(b).as_str()));
    entries
}

fn file(text: &mut String, name: &str, content: &str) {
    // Writing to a string does not fail.
    let _ = write!(text, "\n#: {name}.toml\n{content}");
}

fn record(text: &mut String, kind: &str, table: Table) {
    let list = Value::Array(vec![Value::Table(table)]);
    text.push_str(&Table::from_iter([(kind.to_owned(), list)]).to_string());
    text.push('\n');
}

/// Adds keys that have a value.
fn table<'v>(keys: impl IntoIterator<Item = (&'v str, Option<Value>)>) -> Table {
    keys.into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect()
}

fn text(text: &Text) -> Option<Value> {
    Some(Value::String(text.to_string()))
}

fn list(list: &List) -> Option<Value> {
    Some(Value::Array(list.iter().filter_map(text).collect()))
}

fn source(entry: &Source) -> Table {
    table([
        ("id", text(&entry.id)),
        ("title", text(&entry.title)),
        ("kind", text(&entry.kind)),
        ("url", entry.url.as_ref().and_then(text)),
        ("state", entry.state.as_ref().and_then(text)),
    ])
}

fn schedule(entry: &Schedule) -> Table {
    let number = |number: &i64| Some(Value::Integer(*number));
    table([
        ("slug", text(&entry.slug)),
        ("title", text(&entry.title)),
        ("summary", text(&entry.summary)),
        ("first-delay-s", number(&entry.first_delay_s)),
        ("factor", number(&entry.factor)),
        ("ceiling-s", number(&entry.ceiling_s)),
        ("give-up-s", number(&entry.give_up_s)),
        ("max-tries", entry.max_tries.as_ref().and_then(|value| number(value))),
        (
            "jitter-percent",
            entry.jitter_percent.as_ref().and_then(|value| number(value)),
        ),
        ("sources", list(&entry.sources)),
    ])
}

fn reason(entry: &Reason) -> Table {
    table([
        ("slug", text(&entry.slug)),
        ("title", text(&entry.title)),
        ("summary", text(&entry.summary)),
        ("party", text(&entry.party)),
        ("unstated", text(&entry.unstated)),
        (
            "sender-fault",
            entry.sender_fault.as_ref().map(|fault| Value::Boolean(**fault)),
        ),
        ("transient", Some(Value::Table(advice(&entry.transient)))),
        ("permanent", Some(Value::Table(advice(&entry.permanent)))),
        ("sources", list(&entry.sources)),
    ])
}

fn advice(entry: &DefaultAdvice) -> Table {
    table([
        ("bounce", text(&entry.bounce)),
        ("delivery", text(&entry.delivery)),
        ("address", text(&entry.address)),
        ("remedies", list(&entry.remedies)),
        ("schedule", entry.schedule.as_ref().and_then(text)),
        ("party", entry.party.as_ref().and_then(text)),
    ])
}

fn concept(entry: &Concept) -> Table {
    let head = &entry.head;
    let mut keys = table([
        ("slug", head.slug.as_ref().and_then(text)),
        ("extends", head.extends.as_ref().and_then(text)),
        ("title", head.title.as_ref().and_then(text)),
        ("include", head.include.as_ref().and_then(list)),
    ]);
    keys.extend(
        entry
            .idioms
            .iter()
            .filter_map(|(language, idioms)| Some((language.clone(), list(idioms)?))),
    );
    keys
}

/// Who it is, and by which words a reply shows it; hosts and domains are the built-in catalogue's matter.
fn provider(entry: &Provider) -> Table {
    table([
        ("slug", text(&entry.slug)),
        ("name", text(&entry.name)),
        ("kind", text(&entry.kind)),
        ("fingerprints", entry.fingerprints.as_ref().and_then(list)),
        ("sources", list(&entry.sources)),
    ])
}
