//! The reference as a static site: pages, data for machines, search, and the engine in the page.

pub(crate) mod check;
pub(crate) mod engine;
mod html;
mod machines;
mod search;
#[cfg(test)]
mod whole;

use std::collections::BTreeMap;
use std::fmt;

use smtp_codes_catalog::model::Model;

use crate::emit::{Files, data, docs};
use crate::pages::{Beside, Book};
use smtp_codes_catalog::parallel::parallel;

/// What a site is built from, besides the model.
pub(crate) struct Options<'a> {
    /// Where it will be published, with a slash at its end; empty for a copy that is read from files.
    pub(crate) base_url: &'a str,
    /// Where the repository is.
    pub(crate) repository: &'a str,
    /// The engine as WebAssembly; `None` where it was not built.
    pub(crate) engine: Option<&'a [u8]>,
    /// What the project says of itself.
    pub(crate) beside: Beside<'a>,
    /// Addresses that were published once: old path, new path, a blank between them; `#` begins a note.
    pub(crate) moved: &'a str,
}

const STYLE: &str = include_str!("../../assets/site.css");
const SCRIPT: &str = include_str!("../../assets/site.js");
const DIAGNOSE: &str = include_str!("../../assets/diagnose.js");
const ICON: &str = include_str!("../../assets/icon.svg");

/// Builds the whole site, by path from its root.
pub(crate) fn build(model: &Model, options: &Options<'_>) -> (Files, Summary) {
    let book = Book::new(model, options.beside);
    let site = html::Site {
        book: &book,
        base_url: options.base_url,
        repository: options.repository,
        changes: options.beside.changes,
        engine: options.engine.is_some(),
    };
    let mut files = Files::new();
    files.extend(parallel(&book.pages, |page| {
        let path = if page.place.path.ends_with(".html") {
            page.place.path.clone()
        } else {
            format!("{}index.html", page.place.path)
        };
        (path, html::page(&site, page).into_bytes())
    }));
    let mut redirects = book.redirects.clone();
    redirects.extend(moved(options.moved));
    for (from, to) in &redirects {
        files
            .entry(format!("{from}index.html"))
            .or_insert_with(|| html::redirect(&site, from, to).into_bytes());
    }
    files.insert("_redirects".into(), machines::redirect_table(&redirects).into_bytes());
    files.insert("assets/site.css".into(), STYLE.as_bytes().to_vec());
    files.insert("assets/site.js".into(), SCRIPT.as_bytes().to_vec());
    files.insert("assets/diagnose.js".into(), DIAGNOSE.as_bytes().to_vec());
    files.insert("assets/icon.svg".into(), ICON.as_bytes().to_vec());
    files.insert("assets/search.js".into(), search::index(&book).into_bytes());
    files.insert("assets/words.js".into(), machines::words(model).into_bytes());
    if let Some(module) = options.engine {
        files.extend(engine::emit(module, model));
    }
    let records = data::records(model);
    for (path, content) in docs::emit(&book) {
        if let Some(path) = path.strip_prefix(docs::FOLDER) {
            files.insert(format!("md{path}"), content);
        }
    }
    for (path, content) in data::emit(model) {
        if let Some(name) = path.rsplit('/').next() {
            files.insert(format!("api/v1/{name}"), content);
        }
    }
    files.extend(machines::emit(&site, &records));
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    for page in &book.pages {
        *kinds.entry(page.kind.name()).or_default() += 1;
    }
    (
        files,
        Summary {
            kinds,
            redirects: redirects.len(),
            engine: options.engine.is_some(),
        },
    )
}

/// The lines of the table of addresses that were published once.
fn moved(table: &str) -> BTreeMap<String, String> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .map(|(from, to)| {
            (
                from.trim().trim_start_matches('/').to_owned(),
                to.trim().trim_start_matches('/').to_owned(),
            )
        })
        .collect()
}

/// What was built.
pub(crate) struct Summary {
    kinds: BTreeMap<&'static str, usize>,
    redirects: usize,
    engine: bool,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total: usize = self.kinds.values().sum();
        write!(f, "{total} pages:")?;
        for (index, (kind, count)) in self.kinds.iter().enumerate() {
            write!(f, "{} {count} {kind}", if index == 0 { "" } else { "," })?;
        }
        write!(f, "; {} short addresses", self.redirects)?;
        if !self.engine {
            write!(
                f,
                "\nWithout the engine: pages cannot read pasted bounces. Build it with\n  rustup target add wasm32-unknown-unknown\nor name the file with `--engine`."
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_moved_addresses_is_read() {
        let table = moved("# note\n/old/ /new/\nolder/ new/#part\n");
        assert_eq!(table.get("old/").map(String::as_str), Some("new/"));
        assert_eq!(table.get("older/").map(String::as_str), Some("new/#part"));
        assert_eq!(table.len(), 2);
    }
}
