//! A user's own variants and phrases, compiled to lie above the built-in catalogue.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use smtp_codes::{Engine, Query};
use smtp_codes_catalog::check::{self, Extent};
use smtp_codes_catalog::compile::{self, OwnedTables};
use smtp_codes_catalog::files::{Files, SourceFile, Span};
use smtp_codes_catalog::load::{self, Loaded};
use smtp_codes_catalog::report::{Code, Colour, Diagnostic, Diagnostics, Severity, render};
use smtp_codes_catalog::source::{Catalogue, List};

/// What stands before the paths of the built-in files. It sorts before any other path, so that a name
/// given twice is an error of the user's file.
const BUILT_IN: &str = "(built in)/";

/// What a user's entries may refer to: sources, reasons, schedules, concepts, providers.
const BASE: &str = include_str!("../data/base.toml");

/// Overlay files, read and checked.
pub(crate) struct Overlay {
    loaded: Loaded,
    found: Diagnostics,
    tables: Option<OwnedTables>,
}

/// Reads, checks and compiles overlay files; `None` without any.
///
/// # Errors
///
/// Where a file cannot be read or does not pass the checks: every message is in the error.
pub(crate) fn load(files: &[PathBuf]) -> anyhow::Result<Option<OwnedTables>> {
    if files.is_empty() {
        return Ok(None);
    }
    let overlay = Overlay::read(files)?;
    if overlay.found.has_errors() {
        anyhow::bail!(
            "the catalogue of --catalog has errors\n\n{}",
            overlay.messages(Colour::Never)
        );
    }
    Ok(overlay.tables)
}

/// The built-in records as files.
fn base() -> impl Iterator<Item = SourceFile> {
    BASE.split("\n#: ").skip(1).filter_map(|file| {
        let (name, text) = file.split_once('\n')?;
        Some(SourceFile::new(format!("{BUILT_IN}{name}"), text))
    })
}

impl Overlay {
    /// Reads and checks files.
    ///
    /// # Errors
    ///
    /// Where a file cannot be read at all.
    pub(crate) fn read(paths: &[PathBuf]) -> anyhow::Result<Self> {
        let own = paths
            .iter()
            .map(|path| {
                let shown = path.display().to_string().replace('\\', "/");
                let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
                Ok(SourceFile::new(shown, text))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        Ok(Self::new(own))
    }

    fn new(own: Vec<SourceFile>) -> Self {
        // A provider that the user describes anew is theirs to describe.
        let described: BTreeSet<String> = load::load_files(own.clone())
            .catalogue
            .providers
            .iter()
            .map(|provider| format!("{BUILT_IN}providers/{}.toml", provider.slug.as_str()))
            .collect();
        let files = base()
            .filter(|file| !described.contains(file.path()))
            .chain(own)
            .collect();
        let loaded = load::load_files(files);
        let mut found: Diagnostics = check::all(&loaded, Extent::Part)
            .into_iter()
            .filter(|diagnostic| is_own(&loaded.files, diagnostic))
            .collect();
        let mut tables = None;
        if !found.has_errors() {
            let mut compiled = compile::compile(&loaded.catalogue);
            smtp_codes_catalog::overlay::fit(&mut compiled, smtp_codes::builtin());
            found.extend(vectors(&loaded.files, &loaded.catalogue, &compiled));
            tables = Some(compiled);
        }
        Self {
            found: found.sorted(),
            loaded,
            tables,
        }
    }

    /// How many variants and phrases the user's files hold.
    pub(crate) fn entries(&self) -> usize {
        self.loaded.catalogue.variants.len() + self.loaded.catalogue.phrases.len()
    }

    /// Whether anything stops its use.
    pub(crate) fn has_errors(&self) -> bool {
        self.found.has_errors()
    }

    /// How many warnings there are.
    pub(crate) fn warnings(&self) -> usize {
        self.found.count(Severity::Warning)
    }

    /// What was found, for people.
    pub(crate) fn messages(&self, colour: Colour) -> String {
        render(&self.loaded.files, &self.found, colour)
    }
}

/// Whether a message is about a user's file.
fn is_own(files: &Files, diagnostic: &Diagnostic) -> bool {
    let own = |span: Span| !files.get(span.file).path().starts_with(BUILT_IN);
    diagnostic
        .primary
        .iter()
        .chain(&diagnostic.secondary)
        .any(|label| own(label.span))
}

/// Every entry must win its own vectors, above the built-in catalogue, and lose those near by.
fn vectors(files: &Files, catalogue: &Catalogue, tables: &OwnedTables) -> Vec<Diagnostic> {
    let tables = tables.as_tables();
    let engine = Engine::with_overlay(smtp_codes::builtin(), &tables);
    let mut found = Vec::new();
    let mut check = |name: &str,
                     provider: Option<&str>,
                     list: &List,
                     place: &dyn Fn(&smtp_codes_catalog::source::Text) -> Span,
                     wins: bool| {
        for reply in list.iter() {
            let diagnosis = engine.diagnose(&Query {
                provider,
                ..Query::new(reply.as_bytes())
            });
            let winner = diagnosis
                .text
                .map_or("nothing", |text| diagnosis.tables.text(text.slug));
            let won = winner == name && std::ptr::eq(diagnosis.tables, &tables);
            if won == wins || files.get(place(reply).file).path().starts_with(BUILT_IN) {
                continue;
            }
            found.push(if wins {
                Diagnostic::new(
                    Code::VectorLost,
                    place(reply),
                    format!("`{name}` does not win its vector"),
                )
                .label(format!("`{winner}` wins it, by {}", diagnosis.basis))
                .help("make the signature say more, or see `smtp-codes explain --trace`")
            } else {
                Diagnostic::new(
                    Code::NearMissWon,
                    place(reply),
                    format!("`{name}` wins a reply that it must not win"),
                )
                .label("won by this entry")
            });
        }
    };
    for entry in &catalogue.phrases {
        let name = format!("phrase:{}", entry.slug.as_str());
        check(&name, None, &entry.vectors, &|text| entry.at(text), true);
        if let Some(near) = &entry.near {
            check(&name, None, near, &|text| entry.at(text), false);
        }
    }
    for entry in &catalogue.variants {
        let name = entry.name();
        check(
            &name,
            Some(&entry.provider),
            &entry.vectors,
            &|text| entry.entry.at(text),
            true,
        );
        if let Some(near) = &entry.near {
            check(&name, Some(&entry.provider), near, &|text| entry.entry.at(text), false);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlay(text: &str) -> Overlay {
        Overlay::new(vec![SourceFile::new("own.toml", text)])
    }

    #[test]
    fn the_built_in_records_pass_the_checks_by_themselves() {
        let overlay = overlay("");
        assert!(overlay.found.is_empty(), "{}", overlay.messages(Colour::Never));
        assert!(base().count() > 100, "each provider is a file");
    }

    #[test]
    fn providers_of_an_overlay_have_the_numbers_of_the_base() {
        let overlay = overlay(
            "[provider]\nslug = \"acme-own\"\nname = \"Acme\"\nkind = \"isp\"\nmx = [\".acme.test\"]\nsources = [\"observed-replies\"]\n",
        );
        let tables = overlay.tables.expect("the overlay has no errors");
        let (tables, base) = (tables.as_tables(), smtp_codes::builtin());
        for (number, provider) in base.providers.iter().enumerate().skip(1) {
            assert_eq!(tables.text(tables.providers[number].slug), base.text(provider.slug));
        }
        let new = &tables.providers[base.providers.len()];
        assert_eq!(tables.text(new.slug), "acme-own");
        assert_eq!(usize::from(tables.mx_hosts[0].provider), base.providers.len());
        assert_eq!(
            tables.text(base.providers[1].slug),
            base.text(base.providers[1].slug),
            "text of the base is in the overlay's pool"
        );
    }

    #[test]
    fn an_entry_that_loses_its_vector_is_an_error() {
        let overlay = overlay(
            "[[phrase]]\nslug = \"own\"\nreason = \"policy\"\nsignatures = [\"flux capacitor\"]\nsummary = \"It is refused.\"\nsources = [\"observed-replies\"]\nvectors = [\"550 something else\"]\n",
        );
        assert!(overlay.has_errors());
        assert!(
            overlay
                .messages(Colour::Never)
                .starts_with("own.toml:7:12: error[E0201]"),
            "{}",
            overlay.messages(Colour::Never)
        );
    }
}
