//! The pages of the reference: what stands on them, built from the model once, and written twice, as
//! Markdown for the repository and as HTML for the site.

mod actions;
pub(crate) mod atlas;
mod codes;
mod codes_of;
mod common;
mod figures;
mod knowledge;
pub(crate) mod page;
mod places;
pub(crate) use places::sentence;
mod policy;
mod project;
mod providers;
mod reasons;
pub(crate) mod rich;
mod session;
mod sources;
mod tools;
mod wording;

use std::collections::BTreeMap;

use smtp_codes_catalog::model::Model;

use atlas::Atlas;
use page::Page;

use smtp_codes_catalog::parallel::both;

/// What servers call one thing.
#[derive(Debug, Default)]
pub(crate) struct Idioms {
    /// In all languages.
    pub(crate) words: Vec<String>,
    /// The reason that it mostly helps to say; empty for none.
    pub(crate) reason: String,
}

/// What the project says of itself, besides the model. The Markdown reference stands beside it and needs none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beside<'a> {
    /// The change log, in Markdown.
    pub(crate) changes: &'a str,
    /// How each language calls the library: its folder, and its own page in Markdown.
    pub(crate) languages: &'a [(String, String)],
}

/// All pages, and what stands for them elsewhere.
pub(crate) struct Book {
    /// The pages, sorted by path.
    pub(crate) pages: Vec<Page>,
    /// Old and short addresses, and the path that each leads to.
    pub(crate) redirects: BTreeMap<String, String>,
    /// By name of the entry: its replies with their diagnoses, as JSON.
    pub(crate) diagnoses: BTreeMap<String, Vec<(String, String)>>,
    /// Name, version and date of the catalogue.
    pub(crate) title: String,
    /// Version of the catalogue.
    pub(crate) version: String,
    /// Date of the catalogue.
    pub(crate) date: String,
    /// How many replies it holds.
    pub(crate) replies: usize,
    /// The lexicon, by the slug of the concept: what search finds beside titles.
    pub(crate) idioms: BTreeMap<String, Idioms>,
}

impl Book {
    /// Builds every page of a model.
    pub(crate) fn new(model: &Model, beside: Beside<'_>) -> Self {
        let mut atlas = Atlas::new(model);
        let mut others = atlas.clone();
        // Half of the pages are those of the providers.
        let (mut pages, more) = both(
            || {
                let mut pages = Vec::new();
                codes::pages(&mut atlas, &mut pages);
                reasons::pages(&mut atlas, &mut pages);
                actions::pages(&mut atlas, &mut pages);
                pages
            },
            || {
                let mut pages = Vec::new();
                providers::pages(&mut others, &mut pages);
                wording::pages(&mut others, &mut pages);
                tools::pages(&mut others, &mut pages);
                session::pages(&mut others, &mut pages);
                policy::pages(&mut others, &mut pages);
                knowledge::pages(&mut others, &mut pages);
                pages
            },
        );
        pages.extend(more);
        atlas.take_notes(others);
        // What rests on a source is known only now.
        sources::pages(&atlas, &mut pages);
        project::pages(&atlas, &mut pages, beside);
        pages.sort_by(|a, b| a.place.path.cmp(&b.place.path));
        let head = atlas.catalogue.head.as_ref();
        let taken: std::collections::BTreeSet<&str> = pages.iter().map(|page| page.place.path.as_str()).collect();
        let redirects = redirects(&atlas)
            .into_iter()
            .filter(|(from, _)| !taken.contains(from.as_str()))
            .collect();
        let mut diagnoses: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for case in &atlas.cases {
            if !case.vector.owner.is_empty() && case.vector.expected.not_winner.is_none() {
                let owner = if case.vector.owner.contains(':') {
                    case.vector.owner.clone()
                } else {
                    format!("variant:{}", case.vector.owner)
                };
                diagnoses.entry(owner).or_default().push((
                    String::from_utf8_lossy(&case.vector.reply).into_owned(),
                    case.json.clone(),
                ));
            }
        }
        for page in &pages {
            if let Some(kind) = page
                .entry
                .split_once(':')
                .filter(|(kind, _)| matches!(*kind, "basic" | "code" | "pair"))
            {
                let json = atlas.diagnose(codes_of::first(kind.1)).2;
                diagnoses
                    .entry(page.entry.clone())
                    .or_default()
                    .push((codes_of::first(kind.1).to_owned(), json));
            }
        }
        Self {
            redirects,
            diagnoses,
            title: head.map(|head| head.title.to_string()).unwrap_or_default(),
            version: head.map(|head| head.version.to_string()).unwrap_or_default(),
            date: head.map(|head| head.date.to_string()).unwrap_or_default(),
            replies: atlas.cases.len(),
            idioms: wording::idioms(&atlas),
            pages,
        }
    }
}

/// Short addresses that are no pages of their own: `/x.7.26/`, `/5.7.610/` in a range, `/5xx/`, and every
/// pair of codes that a standard or a reply of the catalogue puts together.
fn redirects(atlas: &Atlas<'_>) -> BTreeMap<String, String> {
    let mut table = BTreeMap::new();
    for (entry, place) in atlas.places() {
        if let Some(code) = entry.strip_prefix("code:").or(entry.strip_prefix("enhanced:")) {
            table.insert(format!("{code}/"), place.path.clone());
        }
        if let Some(digit) = entry.strip_prefix("digit:first/") {
            table.insert(format!("{digit}xx/"), format!("{}#{}", place.path, place.anchor));
        }
    }
    for entry in &atlas.catalogue.enhanced {
        for basic in entry.basic.iter().flat_map(|list| list.iter()) {
            for code in codes_of::concrete(entry) {
                for single in codes_of::singles(&code) {
                    if single.as_bytes().first() == basic.as_bytes().first() {
                        table.insert(format!("{}/{single}/", basic.as_str()), format!("{code}/"));
                    }
                }
            }
        }
    }
    for case in &atlas.cases {
        if let (Some(code), Some(enhanced)) = (case.code, &case.enhanced) {
            if let Some(place) = atlas.place(&format!("code:{enhanced}")) {
                table.insert(format!("{code:03}/{enhanced}/"), place.path.clone());
            }
        }
    }
    table
}
