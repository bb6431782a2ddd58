//! Reading the catalogue: files, TOML, records.
//!
//! Every file is read as far as it goes, and every record by itself, so that one run shows all that is
//! wrong. A file that is not TOML gives its syntax errors and no records; a record with a fault of
//! shape gives its errors and is left out, but its name is remembered so that nothing else complains
//! about it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned as TomlSpanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::check::text::{self, TextAt};
use crate::closed;
use crate::files::{ByteRange, FileId, Files, SourceFile, Span};
use crate::ids;
use crate::report::suggest::{did_you_mean, nearest};
use crate::report::{Code, Diagnostic, Diagnostics};
use crate::schema::{Shape, TableShape, TextRule};
use crate::source::{Catalogue, Concept, Entry, Form, Head, Kind, List, VariantEntry};

/// A catalogue as far as it could be read, and what was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// The files.
    pub files: Files,
    /// The records.
    pub catalogue: Catalogue,
    /// What could not be read.
    pub diagnostics: Diagnostics,
}

/// Reads every `.toml` file below a folder. In messages their paths start with `shown_as`
/// (`catalog`), whatever the folder is called on this machine.
#[must_use]
pub fn load_dir(root: &Path, shown_as: &str) -> Loaded {
    let mut files = Vec::new();
    let mut unreadable = BTreeMap::new();
    let mut folders = vec![(root.to_path_buf(), shown_as.trim_end_matches('/').to_owned())];
    while let Some((folder, shown)) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) => {
                files.push(SourceFile::new(shown.clone(), ""));
                unreadable.insert(shown, error.to_string());
                continue;
            }
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            let shown = if shown.is_empty() {
                name.clone()
            } else {
                format!("{shown}/{name}")
            };
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                folders.push((path, shown));
            } else if path.extension().is_some_and(|extension| extension == "toml") {
                let (text, problem) = read(&path);
                files.push(SourceFile::new(shown.clone(), text));
                unreadable.extend(problem.map(|problem| (shown, problem)));
            }
        }
    }
    load_with(files, &unreadable)
}

/// Reads the files of a list, whatever its order.
#[must_use]
pub fn load_files(files: Vec<SourceFile>) -> Loaded {
    load_with(files, &BTreeMap::new())
}

/// The text of a file, or why there is none.
fn read(path: &Path) -> (String, Option<String>) {
    match std::fs::read(path) {
        Err(error) => (String::new(), Some(error.to_string())),
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let good = error.utf8_error().valid_up_to();
                let line = error.as_bytes()[..good].iter().filter(|&&b| b == b'\n').count() + 1;
                (String::new(), Some(format!("line {line} is not UTF-8")))
            }
        },
    }
}

fn load_with(files: Vec<SourceFile>, unreadable: &BTreeMap<String, String>) -> Loaded {
    let files = Files::new(files);
    let mut catalogue = Catalogue::default();
    let mut diagnostics = Diagnostics::new();
    for (id, file) in files.iter() {
        let mut reader = Reader {
            files: &files,
            file: id,
            catalogue: &mut catalogue,
            out: Vec::new(),
            provider: None,
            kind: Kind::Catalog,
        };
        if let Some(problem) = unreadable.get(file.path()) {
            let message = format!("the file cannot be read: {problem}");
            reader
                .out
                .push(Diagnostic::new(Code::Unreadable, Span::new(id, 0..0), message));
        } else {
            reader.read(file);
        }
        let found = reader.out;
        diagnostics.extend(found);
    }
    catalogue.incomplete = diagnostics.has_errors();
    catalogue.paths = files.iter().map(|(_, file)| file.path().to_owned()).collect();
    Loaded {
        files,
        catalogue,
        diagnostics,
    }
}

/// Reads one file.
struct Reader<'a> {
    files: &'a Files,
    file: FileId,
    catalogue: &'a mut Catalogue,
    out: Vec<Diagnostic>,
    /// The provider of the file.
    provider: Option<String>,
    /// The kind of the record that is being read.
    kind: Kind,
}

impl Reader<'_> {
    fn read(&mut self, file: &SourceFile) {
        let (root, errors) = DeTable::parse_recoverable(file.text());
        for error in &errors {
            let range = error.span().unwrap_or(0..0);
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            self.out.push(Diagnostic::new(Code::Syntax, self.at(range), message));
        }
        if file.path().rsplit('/').next() == Some("ids.toml") {
            if errors.is_empty() {
                let (ledger, found) = ids::read(self.file, root.get_ref());
                self.out.extend(found);
                self.catalogue.ledger = Some(ledger);
            }
            return;
        }
        let root = root.into_inner();
        self.provider = root
            .get("provider")
            .and_then(|value| value.get_ref().get("slug"))
            .and_then(|slug| slug.get_ref().as_str())
            .map(str::to_owned);
        if !errors.is_empty() {
            for (key, value) in &root {
                self.remember_all(key.get_ref(), value.get_ref());
            }
            return;
        }
        let mut records: Vec<(TomlSpanned<String>, TomlSpanned<DeValue<'_>>)> = root
            .into_iter()
            .map(|(key, value)| (TomlSpanned::new(key.span(), key.into_inner().into_owned()), value))
            .collect();
        records.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in records {
            self.records(&key, value);
        }
    }

    fn at(&self, range: impl Into<ByteRange>) -> Span {
        Span::new(self.file, range)
    }

    /// Remembers the names of records that are not read.
    fn remember_all(&mut self, key: &str, value: &DeValue<'_>) {
        let Some(kind) = Kind::from_key(key) else {
            return;
        };
        match value {
            DeValue::Array(records) => records.iter().for_each(|record| self.remember(kind, record.get_ref())),
            record => self.remember(kind, record),
        }
    }

    fn remember(&mut self, kind: Kind, record: &DeValue<'_>) {
        let text = |key| record.get(key).and_then(|value| value.get_ref().as_str());
        let Some(name) = ["slug", "id", "code", "extends"].into_iter().find_map(text) else {
            return;
        };
        let name = match (kind, &self.provider) {
            (Kind::Variant, Some(provider)) => format!("{provider}/{name}"),
            _ => name.to_owned(),
        };
        self.catalogue.unreadable.entry(kind).or_default().insert(name);
    }

    /// All records of one kind in this file.
    fn records(&mut self, key: &TomlSpanned<String>, value: TomlSpanned<DeValue<'_>>) {
        let Some(kind) = Kind::from_key(key.get_ref()) else {
            let names = Kind::ALL.iter().map(|kind| kind.key());
            let help = did_you_mean(key.get_ref(), names);
            let message = format!("there is no kind of record `{}`", key.get_ref());
            self.out
                .push(Diagnostic::new(Code::UnknownKind, self.at(key.span()), message).maybe_help(help));
            return;
        };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(records) => {
                if kind.is_single() {
                    let place = records.first().map_or(span, TomlSpanned::span);
                    self.wrong_header(kind, self.at(place));
                }
                for record in records {
                    let span = record.span();
                    match record.into_inner() {
                        DeValue::Table(table) => self.record(kind, span.into(), table),
                        other => self.wrong_type(kind.key(), "a table", &other, self.at(span)),
                    }
                }
            }
            DeValue::Table(table) => {
                if !kind.is_single() {
                    self.wrong_header(kind, self.at(span.clone()));
                }
                self.record(kind, span.into(), table);
            }
            other => self.wrong_type(kind.key(), "a table", &other, self.at(span)),
        }
    }

    fn wrong_header(&mut self, kind: Kind, span: Span) {
        let message = format!("a `{kind}` record has the wrong brackets");
        let help = format!("write `{}`", kind.header());
        self.out
            .push(Diagnostic::new(Code::WrongHeader, span, message).help(help));
    }

    fn wrong_type(&mut self, key: &str, wanted: &str, found: &DeValue<'_>, span: Span) {
        let message = format!("`{key}` takes {wanted}, not {}", type_name(found));
        let quoted = match found {
            _ if !matches!(wanted, "a string" | "strings") => None,
            DeValue::Integer(number) => Some(format!("\"{number}\"")),
            DeValue::Float(number) => Some(format!("\"{number}\"")),
            DeValue::Datetime(date) => Some(format!("\"{date}\"")),
            _ => None,
        };
        let help = quoted.map(|text| format!("write it in quotes: `{text}`"));
        let label = format!("{} is expected", if wanted == "strings" { "a string" } else { wanted });
        self.out.push(
            Diagnostic::new(Code::WrongType, span, message)
                .label(label)
                .maybe_help(help),
        );
    }

    /// One record: its shape first, then its value.
    fn record(&mut self, kind: Kind, header: ByteRange, mut table: DeTable<'_>) {
        self.kind = kind;
        let name = kind.header();
        let whole = self.table(TableShape::of(kind), &mut table, &name, header);
        let record = DeValue::Table(table);
        if !whole {
            self.remember(kind, &record);
            return;
        }
        self.keep(kind, header, TomlSpanned::new(header.to_range(), record));
    }

    /// Checks the keys and values of a table. Whether it has the right shape.
    ///
    /// Keys that nobody knows are taken out; where one was probably meant to be a required key that is
    /// not there, its value is read as that.
    fn table(&mut self, shape: &TableShape, table: &mut DeTable<'_>, name: &str, header: ByteRange) -> bool {
        let mut whole = true;
        self.unknown_keys(shape, table, name);
        for (key, value) in table.iter_mut() {
            let range = value.span();
            if let Some(known) = shape.keys.get(key.get_ref().as_ref()) {
                whole &= self.value(&known.shape, key.get_ref(), value.get_mut(), range);
            } else {
                let idioms = Shape::List(TextRule::Form(Form::Idiom));
                whole &= self.value(&idioms, key.get_ref(), value.get_mut(), range);
            }
        }
        let required = shape.keys.iter().filter(|(_, known)| known.required);
        let missing: Vec<String> = required
            .filter(|(key, _)| !table.contains_key(key.as_str()))
            .map(|(key, known)| format!("`{key}` ({})", known.shape.name()))
            .collect();
        if !missing.is_empty() {
            let message = format!("`{name}` has no {}", missing.join(", no "));
            let label = if missing.len() == 1 {
                "a key is missing"
            } else {
                "keys are missing"
            };
            self.out
                .push(Diagnostic::new(Code::MissingKey, self.at(header), message).label(label));
            whole = false;
        }
        whole
    }

    /// Tells of keys that nobody knows, and takes them out or gives them the name that was meant.
    fn unknown_keys(&mut self, shape: &TableShape, table: &mut DeTable<'_>, name: &str) {
        let known = |key: &str| {
            let language = shape.languages && closed::LANGUAGES.contains(&key);
            language || shape.keys.contains_key(key)
        };
        let unknown: Vec<(String, std::ops::Range<usize>)> = table
            .keys()
            .filter(|key| !known(key.get_ref()))
            .map(|key| (key.get_ref().to_string(), key.span()))
            .collect();
        for (key, span) in unknown {
            // A key that is there already is not what was meant.
            let free = shape
                .keys
                .keys()
                .map(String::as_str)
                .filter(|known| !table.contains_key(*known));
            let near = nearest(&key, free).map(str::to_owned);
            let value = table.remove(key.as_str());
            let help = near.as_ref().map(|near| format!("did you mean `{near}`?")).or_else(|| {
                shape
                    .languages
                    .then(|| "idioms stand under the two letters of a language (ISO 639-1), such as `en`".to_owned())
            });
            let message = format!("`{name}` has no key `{key}`");
            self.out
                .push(Diagnostic::new(Code::UnknownKey, self.at(span.clone()), message).maybe_help(help));
            if let (Some(near), Some(value)) = (near, value)
                && shape.keys.get(&near).is_some_and(|key| key.required)
            {
                table.insert(TomlSpanned::new(span, near.into()), value);
            }
        }
    }

    /// Checks one value. Whether it has the right type.
    fn value(&mut self, shape: &Shape, key: &str, value: &mut DeValue<'_>, range: std::ops::Range<usize>) -> bool {
        let span = self.at(range.clone());
        match (shape, value) {
            (Shape::Text(rule) | Shape::OneOrMany(rule), DeValue::String(text)) => {
                text::check(
                    rule,
                    TextAt {
                        files: self.files,
                        key,
                        text,
                        span,
                    },
                    &mut self.out,
                );
                true
            }
            (Shape::List(rule) | Shape::OneOrMany(rule), DeValue::Array(items)) => {
                let mut whole = true;
                let mut first: BTreeMap<&str, Span> = BTreeMap::new();
                for item in items.iter() {
                    let span = self.at(item.span());
                    match item.get_ref() {
                        DeValue::String(text) => {
                            if let Some(&before) = first.get(text.as_ref()) {
                                self.out.extend(repeated(rule, key, text, span, before));
                            }
                            first.insert(text, span);
                            text::check(
                                rule,
                                TextAt {
                                    files: self.files,
                                    key,
                                    text,
                                    span,
                                },
                                &mut self.out,
                            );
                        }
                        other => {
                            self.wrong_type(key, "strings", other, span);
                            whole = false;
                        }
                    }
                }
                whole
            }
            (Shape::Integer, DeValue::Integer(number)) => {
                let fits = i64::from_str_radix(number.as_str(), number.radix()).is_ok();
                if !fits {
                    let message = format!("`{key}` is too large a number");
                    self.out.push(Diagnostic::new(Code::NumberOutOfRange, span, message));
                }
                fits
            }
            (Shape::Bool, DeValue::Boolean(_)) => true,
            (Shape::Table(shape), DeValue::Table(table)) => self.table(shape, table, key, range.into()),
            (Shape::List(_), DeValue::String(text)) => {
                let message = format!("`{key}` takes an array of strings, not a string");
                let help = format!("write `[\"{text}\"]`");
                let label = "an array of strings is expected";
                let short = text.len() <= 40 && !text.contains(['"', '\\', '\n']);
                let found = Diagnostic::new(Code::WrongType, span, message).label(label);
                self.out.push(found.maybe_help(short.then_some(help)));
                false
            }
            (shape, found) => {
                self.wrong_type(key, shape.name(), found, span);
                false
            }
        }
    }

    /// Puts a record of the right shape into the catalogue.
    fn keep(&mut self, kind: Kind, header: ByteRange, value: TomlSpanned<DeValue<'_>>) {
        macro_rules! push {
            ($list:ident) => {
                if let Some(entry) = self.entry(kind, header, value) {
                    self.catalogue.$list.push(entry);
                }
            };
        }
        match kind {
            Kind::Catalog => self.keep_head(header, value),
            Kind::Source => push!(sources),
            Kind::Reason => push!(reasons),
            Kind::Action => push!(actions),
            Kind::Term => push!(terms),
            Kind::Digit => push!(digits),
            Kind::Basic => push!(basics),
            Kind::Enhanced => push!(enhanced),
            Kind::Family => push!(families),
            Kind::Pair => push!(pairs),
            Kind::Step => push!(steps),
            Kind::Schedule => push!(schedules),
            Kind::Recurrence => push!(recurrences),
            Kind::Concept => self.keep_concept(header, value),
            Kind::Phrase => push!(phrases),
            Kind::Provider => push!(providers),
            Kind::Variant => self.keep_variant(header, value),
            Kind::Blocklist => push!(blocklists),
            Kind::Esp => push!(esps),
            Kind::Label => push!(labels),
            Kind::LabelSet => push!(label_sets),
            Kind::Portal => push!(portals),
            Kind::Wrapper => push!(wrappers),
            Kind::Claim => push!(claims),
            Kind::Guide => push!(guides),
            Kind::Vector => push!(vectors),
            Kind::Vectors => push!(vector_groups),
        }
    }

    /// A record as its Rust type.
    fn entry<T: DeserializeOwned>(
        &mut self,
        kind: Kind,
        header: ByteRange,
        value: TomlSpanned<DeValue<'_>>,
    ) -> Option<Entry<T>> {
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(record) => Some(Entry {
                record,
                file: self.file,
                header,
            }),
            // The shapes come from the same types, so this is not expected to happen.
            Err(error) => {
                let span = error.span().map_or(self.at(header), |range| self.at(range));
                let message = format!("this `{kind}` record cannot be read: {}", error.message());
                self.out.push(Diagnostic::new(Code::WrongType, span, message));
                None
            }
        }
    }

    fn keep_head(&mut self, header: ByteRange, value: TomlSpanned<DeValue<'_>>) {
        let Some(entry): Option<Entry<Head>> = self.entry(Kind::Catalog, header, value) else {
            return;
        };
        if let Some(first) = &self.catalogue.head {
            let message = "`[catalog]` stands twice";
            let found = Diagnostic::new(Code::CatalogHead, entry.span(), message).also(first.span(), "first here");
            self.out.push(found);
        } else {
            self.catalogue.head = Some(entry);
        }
    }

    fn keep_concept(&mut self, header: ByteRange, value: TomlSpanned<DeValue<'_>>) {
        let mut value = value;
        let mut idioms = BTreeMap::new();
        if let DeValue::Table(table) = value.get_mut() {
            let languages: Vec<String> = table
                .keys()
                .map(|key| key.get_ref().to_string())
                .filter(|key| key.len() == 2)
                .collect();
            for language in languages {
                if let Some(list) = table.remove(language.as_str())
                    && let Ok(list) = List::deserialize(ValueDeserializer::from(list))
                {
                    idioms.insert(language, list);
                }
            }
        }
        if let Some(Entry { record, file, header }) = self.entry(Kind::Concept, header, value) {
            self.catalogue.concepts.push(Entry {
                record: Concept { head: record, idioms },
                file,
                header,
            });
        }
    }

    fn keep_variant(&mut self, header: ByteRange, value: TomlSpanned<DeValue<'_>>) {
        let Some(entry) = self.entry(Kind::Variant, header, value) else {
            return;
        };
        match &self.provider {
            Some(provider) => self.catalogue.variants.push(VariantEntry {
                provider: provider.clone(),
                entry,
            }),
            None => {
                let message = "a variant stands in a file without a `[provider]`";
                let help = "put it into the file of its provider";
                self.out
                    .push(Diagnostic::new(Code::VariantWithoutProvider, entry.span(), message).help(help));
            }
        }
    }
}

/// A value that stands in a list for the second time. Signatures have a check that knows more.
fn repeated(rule: &TextRule, key: &str, text: &str, span: Span, before: Span) -> Option<Diagnostic> {
    if matches!(rule, TextRule::Form(Form::Signature | Form::LiteralSignature)) {
        return None;
    }
    let short: String = text.chars().take(60).collect();
    let message = format!("`{key}` names `{short}` twice");
    Some(
        Diagnostic::new(Code::RepeatedValue, span, message)
            .label("says nothing more")
            .also(before, "first here"),
    )
}

/// What a value is called in a message.
const fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a number with a point",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
