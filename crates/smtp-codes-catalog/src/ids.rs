//! The ledger of public numbers: `catalog/ids.toml`.
//!
//! A number that reaches the C ABI is given once and never moves. The ledger is written by
//! `cargo xtask ids`, committed, and only ever appended to: an entry that goes away leaves its number
//! in the `[retired]` tables, where it stays.
//!
//! Numbers start at 1 and go up (0 is "unknown" in the ABI), but for the closed lists, whose numbers
//! are the places in the list itself (see [`crate::closed`]).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::closed;
use crate::files::{FileId, Span};
use toml::Spanned as TomlSpanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::report::suggest::did_you_mean;
use crate::report::{Code, Diagnostic};
use crate::source::{Catalogue, Spanned};

macro_rules! id_kinds {
    ($( $(#[$meta:meta])* $name:ident = $key:literal, )+) => {
        /// A kind of thing that has public numbers.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum IdKind {
            $( $(#[$meta])* $name, )+
        }

        impl IdKind {
            /// Every kind, in the order of the file.
            pub const ALL: &'static [Self] = &[ $( Self::$name, )+ ];

            /// The name of its table.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $( Self::$name => $key, )+ }
            }

            /// The kind of a table.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                match key { $( $key => Some(Self::$name), )+ _ => None }
            }
        }
    };
}

id_kinds! {
    /// Reasons (closed list).
    Reason = "reason",
    /// Values of the delivery axis (closed list).
    Delivery = "delivery",
    /// Values of the address axis (closed list).
    Address = "address",
    /// Values of the remedy axis (closed list).
    Remedy = "remedy",
    /// Providers.
    Provider = "provider",
    /// Variants, named `google/over-quota`.
    Variant = "variant",
    /// Phrases.
    Phrase = "phrase",
    /// Blocklists.
    Blocklist = "blocklist",
    /// Sources.
    Source = "source",
    /// Retry schedules.
    Schedule = "schedule",
    /// Recurrence rules.
    Recurrence = "recurrence",
}

impl IdKind {
    /// The closed list that fixes the numbers of this kind, if one does.
    #[must_use]
    pub const fn closed_list(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Reason => Some(closed::REASONS),
            Self::Delivery => Some(closed::DELIVERIES),
            Self::Address => Some(closed::ADDRESSES),
            Self::Remedy => Some(closed::REMEDIES),
            _ => None,
        }
    }
}

/// One line of the ledger: a number, with the places of the name and of the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Id {
    /// The number.
    pub number: Spanned<u16>,
    /// Where the name stands.
    pub name: Spanned<()>,
}

impl Id {
    /// A number that is not in any file yet.
    fn new(number: u16) -> Self {
        Self {
            number: Spanned::new(number, 0..0),
            name: Spanned::default(),
        }
    }
}

/// The numbers of one kind by name.
pub type Ids = BTreeMap<String, Id>;

/// The ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// The file it was read from.
    pub file: Option<FileId>,
    /// Numbers in use.
    pub active: BTreeMap<IdKind, Ids>,
    /// Numbers that were in use once.
    pub retired: BTreeMap<IdKind, Ids>,
    /// Whether lines of the file could not be read, so that what seems missing may be there.
    pub incomplete: bool,
}

impl Ledger {
    /// The number of a name.
    #[must_use]
    pub fn number(&self, kind: IdKind, name: &str) -> Option<u16> {
        self.active.get(&kind)?.get(name).map(|id| *id.number.get())
    }

    /// Where a name stands in the ledger.
    #[must_use]
    pub fn place(&self, id: &Id) -> Option<Span> {
        Some(Span::new(self.file?, id.name.range()))
    }

    /// The ledger brought up to date with the catalogue: entries without a number get the next free
    /// ones, in the order of their names; names without an entry are retired. Nothing else moves, and
    /// the same ledger and catalogue always give the same result.
    ///
    /// A name that was retired before and is there again stays retired: the checks refuse it.
    #[must_use]
    pub fn updated(&self, catalogue: &Catalogue) -> Self {
        let mut next = self.clone();
        for (&kind, names) in &names(catalogue) {
            let active = next.active.entry(kind).or_default();
            let retired = next.retired.entry(kind).or_default();
            let gone: Vec<String> = active
                .keys()
                .filter(|name| !names.contains_key(*name))
                .cloned()
                .collect();
            for name in gone {
                if let Some(id) = active.remove(&name) {
                    retired.insert(name, id);
                }
            }
            let highest = active
                .values()
                .chain(retired.values())
                .map(|id| *id.number.get())
                .max()
                .unwrap_or(0);
            let mut number = highest;
            for name in names.keys().filter(|name| !retired.contains_key(*name)) {
                if active.contains_key(name) {
                    continue;
                }
                let fixed = kind.closed_list().map(|list| list.iter().position(|slug| slug == name));
                match fixed {
                    Some(Some(place)) => {
                        active.insert(name.clone(), Id::new(u16::try_from(place).unwrap_or(u16::MAX)));
                    }
                    Some(None) => {}
                    None => {
                        number = number.saturating_add(1);
                        active.insert(name.clone(), Id::new(number));
                    }
                }
            }
        }
        next
    }

    /// The ledger as the text of `ids.toml`: tables in a fixed order, lines in the order of numbers.
    #[must_use]
    pub fn render(&self) -> String {
        let mut out = String::from(
            "# The ledger of public numbers. Written by `cargo xtask ids`; only ever appended to.\n\
             # A number never moves and is never used again: what goes away is kept as retired.\n",
        );
        for (prefix, tables) in [("", &self.active), ("retired.", &self.retired)] {
            for kind in IdKind::ALL {
                let Some(ids) = tables.get(kind).filter(|ids| !ids.is_empty()) else {
                    continue;
                };
                let mut lines: Vec<(u16, &str)> =
                    ids.iter().map(|(name, id)| (*id.number.get(), name.as_str())).collect();
                lines.sort_unstable();
                // Writing to a string does not fail.
                let _ = write!(out, "\n[{prefix}{}]\n", kind.key());
                for (number, name) in lines {
                    let bare = !name.is_empty()
                        && name
                            .bytes()
                            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
                    let name = if bare {
                        name.to_owned()
                    } else {
                        toml::Value::String(name.to_owned()).to_string()
                    };
                    let _ = writeln!(out, "{name} = {number}");
                }
            }
        }
        out
    }
}

/// The names of every kind that need a number, with their places.
#[must_use]
pub fn names(catalogue: &Catalogue) -> BTreeMap<IdKind, BTreeMap<String, Span>> {
    let mut names: BTreeMap<IdKind, BTreeMap<String, Span>> =
        IdKind::ALL.iter().map(|&kind| (kind, BTreeMap::new())).collect();
    let mut add = |kind: IdKind, name: &str, span: Span| {
        names.entry(kind).or_default().entry(name.to_owned()).or_insert(span);
    };
    for reason in &catalogue.reasons {
        add(IdKind::Reason, &reason.slug, reason.at(&reason.slug));
    }
    for action in &catalogue.actions {
        let kind = match action.axis.as_str() {
            "delivery" => IdKind::Delivery,
            "address" => IdKind::Address,
            "remedy" => IdKind::Remedy,
            _ => continue,
        };
        add(kind, &action.slug, action.at(&action.slug));
    }
    for provider in &catalogue.providers {
        add(IdKind::Provider, &provider.slug, provider.at(&provider.slug));
    }
    for variant in &catalogue.variants {
        add(IdKind::Variant, &variant.name(), variant.at(&variant.slug));
    }
    for phrase in &catalogue.phrases {
        add(IdKind::Phrase, &phrase.slug, phrase.at(&phrase.slug));
    }
    for blocklist in &catalogue.blocklists {
        add(IdKind::Blocklist, &blocklist.slug, blocklist.at(&blocklist.slug));
    }
    for source in &catalogue.sources {
        add(IdKind::Source, &source.id, source.at(&source.id));
    }
    for schedule in &catalogue.schedules {
        add(IdKind::Schedule, &schedule.slug, schedule.at(&schedule.slug));
    }
    for recurrence in &catalogue.recurrences {
        add(IdKind::Recurrence, &recurrence.slug, recurrence.at(&recurrence.slug));
    }
    names
}

/// Reads the ledger from its parsed file.
pub(crate) fn read(file: FileId, root: &DeTable<'_>) -> (Ledger, Vec<Diagnostic>) {
    let mut ledger = Ledger {
        file: Some(file),
        ..Ledger::default()
    };
    let mut out = Vec::new();
    for (key, value) in root {
        let place = Span::new(file, key.span());
        if key.get_ref() == "retired" {
            let DeValue::Table(tables) = value.get_ref() else {
                out.push(malformed(place, "`retired` holds tables, one for each kind".to_owned()));
                continue;
            };
            for (key, value) in tables {
                read_table(file, key, value, &mut ledger.retired, &mut out);
            }
        } else {
            read_table(file, key, value, &mut ledger.active, &mut out);
        }
    }
    ledger.incomplete = !out.is_empty();
    (ledger, out)
}

fn malformed(span: Span, message: String) -> Diagnostic {
    Diagnostic::new(Code::LedgerFormat, span, message)
}

/// One table: the numbers of a kind.
fn read_table(
    file: FileId,
    key: &TomlSpanned<DeString<'_>>,
    value: &TomlSpanned<DeValue<'_>>,
    tables: &mut BTreeMap<IdKind, Ids>,
    out: &mut Vec<Diagnostic>,
) {
    let place = Span::new(file, key.span());
    let Some(kind) = IdKind::from_key(key.get_ref()) else {
        let help = did_you_mean(key.get_ref(), IdKind::ALL.iter().map(|kind| kind.key()));
        let message = format!("the ledger has no kind `{}`", key.get_ref());
        out.push(malformed(place, message).maybe_help(help));
        return;
    };
    let DeValue::Table(table) = value.get_ref() else {
        out.push(malformed(
            place,
            format!("`{}` is a table of names and numbers", kind.key()),
        ));
        return;
    };
    let lowest = if kind.closed_list().is_some() { 0 } else { 1 };
    let ids = tables.entry(kind).or_default();
    for (name, value) in table {
        let number = match value.get_ref() {
            DeValue::Integer(number) => u16::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        match number.filter(|&number| number >= lowest) {
            Some(number) => {
                let id = Id {
                    number: Spanned::new(number, value.span()),
                    name: Spanned::new((), name.span()),
                };
                ids.insert(name.get_ref().to_string(), id);
            }
            None => {
                let message = format!("`{}` has no number from {lowest} to {}", name.get_ref(), u16::MAX);
                out.push(malformed(Span::new(file, value.span()), message));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::files::SourceFile;
    use crate::load::{Loaded, load_files};

    fn load(ids: &str, sources: &[&str]) -> Loaded {
        let record = |id: &&str| format!("[[source]]\nid = \"{id}\"\ntitle = \"A\"\nkind = \"list\"\n");
        let text: String = sources.iter().map(record).collect();
        load_files(vec![
            SourceFile::new("catalog/ids.toml", ids),
            SourceFile::new("catalog/a.toml", text),
        ])
    }

    /// The ledger of `ids`, brought up to date with some sources.
    fn updated(ids: &str, sources: &[&str]) -> String {
        let loaded = load(ids, sources);
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        let text = loaded
            .catalogue
            .ledger
            .clone()
            .unwrap_or_default()
            .updated(&loaded.catalogue)
            .render();
        text.lines()
            .filter(|line| !line.starts_with('#'))
            .collect::<Vec<_>>()
            .join("\n")
            .trim()
            .to_owned()
    }

    #[test]
    fn new_names_get_the_next_numbers_and_old_ones_keep_theirs() {
        assert_eq!(updated("", &["b", "a"]), "[source]\na = 1\nb = 2");
        assert_eq!(
            updated("[source]\nb = 7", &["c", "b", "a"]),
            "[source]\nb = 7\na = 8\nc = 9"
        );
    }

    #[test]
    fn what_goes_away_is_retired_and_its_number_is_never_given_again() {
        let after = updated("[source]\na = 1\nb = 2", &["a"]);
        assert_eq!(after, "[source]\na = 1\n\n[retired.source]\nb = 2");
        assert_eq!(
            updated(&after, &["a", "c"]),
            "[source]\na = 1\nc = 3\n\n[retired.source]\nb = 2"
        );
        assert_eq!(
            updated(&after, &["a", "b"]),
            after,
            "a retired name stays retired: a check refuses the entry"
        );
    }

    #[test]
    fn rendering_is_stable() {
        let mut ledger = load("[source]\nb = 2\na = 1\n[variant]\n\"x/y\" = 1", &[])
            .catalogue
            .ledger
            .unwrap_or_default();
        let text = ledger.render();
        assert!(
            text.contains("\n[variant]\n\"x/y\" = 1\n\n[source]\na = 1\nb = 2\n"),
            "{text}"
        );
        let again = load(&text, &[]).catalogue.ledger.unwrap_or_default();
        assert_eq!(again.render(), text);
        ledger.active.clear();
        assert!(
            !ledger.render().contains('['),
            "no empty tables, and nothing else in brackets"
        );
    }
}
