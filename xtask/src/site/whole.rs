//! The whole site and the whole reference, as the catalogue makes them now.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use smtp_codes_catalog::model::Model;

use super::{Options, build, check};
use crate::chores::catalogue::{Checked, checked, load};
use crate::emit::{Files, data, docs};
use crate::pages::atlas::Atlas;
use crate::pages::{Beside, Book};

static CATALOGUE: LazyLock<Checked> = LazyLock::new(|| checked(|| load(Vec::new())));

pub(super) fn model() -> &'static Model {
    CATALOGUE.model.as_ref().expect("the catalogue is compiled")
}

fn site(base_url: &str) -> Files {
    build(
        model(),
        &Options {
            base_url,
            repository: "https://example.com/repository",
            engine: Some(b"engine"),
            beside: Beside {
                changes: "# Changes\n\n## One\n",
                languages: &[("python".into(), "# smtp-codes for Python\n\n```python\nx\n```\n".into())],
            },
            moved: "",
        },
    )
    .0
}

fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    std::str::from_utf8(files.get(path).unwrap_or_else(|| panic!("{path} is missing"))).expect("pages are text")
}

#[test]
fn a_copy_from_files_and_a_published_one_have_no_dead_link_and_keep_the_budgets() {
    for base_url in ["", "https://example.com/codes/"] {
        let findings = check::check(&site(base_url));
        assert!(findings.faults.is_empty(), "{findings}");
    }
}

#[test]
fn two_builds_are_the_same_to_the_byte() {
    let (first, second) = (site(""), site(""));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, content) in &first {
        assert!(second.get(path) == Some(content), "{path} differs");
    }
}

#[test]
fn every_code_is_found_by_its_number() {
    let files = site("");
    for code in [
        "550",
        "421",
        "571",
        "422",
        "200",
        "101",
        "5.7.26",
        "4.7.26",
        "5.2.2",
        "2.0.0",
        "x.7.26",
        "5.7.610",
        "550/5.7.1",
        "550/5.7.26",
        "5xx",
        "x.7.x",
    ] {
        assert!(
            files.contains_key(&format!("{code}/index.html")),
            "/{code}/ leads nowhere"
        );
    }
}

#[test]
fn every_entry_has_its_place() {
    let files = site("");
    let atlas = Atlas::new(model());
    let mut missing = Vec::new();
    for entry in data::records(model()).keys() {
        // A label stands on the page of its platform.
        let set = entry.strip_prefix("label:").and_then(|label| label.split('/').next());
        let place = match set {
            Some(set) => ["esp", "label-set"]
                .iter()
                .find_map(|kind| atlas.place(&format!("{kind}:{set}"))),
            None => atlas.place(entry),
        };
        let found = place.is_some_and(|place| {
            let path = if place.path.ends_with(".html") {
                place.path.clone()
            } else {
                format!("{}index.html", place.path)
            };
            files.get(&path).is_some_and(|page| {
                place.anchor.is_empty() || String::from_utf8_lossy(page).contains(&format!("id=\"{}\"", place.anchor))
            })
        });
        if !found {
            missing.push(entry.clone());
        }
    }
    assert!(missing.is_empty(), "{} without a place: {missing:?}", missing.len());
}

#[test]
fn every_reply_of_a_variant_stands_on_its_page_with_its_diagnosis() {
    let files = site("");
    let vectors = model()
        .vectors
        .iter()
        .filter(|vector| vector.owner.contains('/') && vector.expected.not_winner.is_none());
    let mut seen = 0;
    for vector in vectors {
        let page = text(&files, &format!("p/{}/index.html", vector.owner));
        let shown = page.replace("<b>", "").replace("</b>", "");
        let reply = super::html::visible(&String::from_utf8_lossy(&vector.reply).replace(['\r', '\0'], ""));
        let mut escaped = String::new();
        super::html::escape(&mut escaped, reply.trim_end_matches('\n'));
        // The template writes entities by number.
        let plain = |text: &str| {
            text.replace("&#34;", "\"")
                .replace("&quot;", "\"")
                .replace("&#38;", "&")
                .replace("&amp;", "&")
                .replace("&#60;", "<")
                .replace("&lt;", "<")
                .replace("&#62;", ">")
                .replace("&gt;", ">")
                .replace("&#39;", "'")
        };
        assert!(plain(&shown).contains(&plain(&escaped)), "{}: {reply}", vector.owner);
        assert!(page.contains("figure class=\"reply b-"), "{}", vector.owner);
        seen += 1;
    }
    assert!(seen > 0);
}

#[test]
fn links_of_the_markdown_reference_lead_somewhere() {
    let files = docs::emit(&Book::new(model(), Beside::default()));
    let mut anchors: BTreeSet<String> = BTreeSet::new();
    for (path, content) in &files {
        let content = std::str::from_utf8(content).expect("pages are text");
        anchors.extend(
            content
                .split("<a id=\"")
                .skip(1)
                .filter_map(|rest| Some(format!("{path}#{}", rest.split('"').next()?))),
        );
    }
    let mut links = 0;
    for (path, content) in &files {
        let content = std::str::from_utf8(content).expect("pages are text");
        for event in pulldown_cmark::Parser::new_ext(content, pulldown_cmark::Options::ENABLE_TABLES) {
            let pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) = event else {
                continue;
            };
            if dest_url.contains("://") || dest_url.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = dest_url.split_once('#').unwrap_or((&dest_url, ""));
            let mut parts: Vec<&str> = path.split('/').collect();
            if !file.is_empty() {
                parts.pop();
                for part in file.split('/') {
                    match part {
                        ".." => parts.truncate(parts.len().saturating_sub(1)),
                        part => parts.push(part),
                    }
                }
            }
            let target = parts.join("/");
            links += 1;
            if !target.starts_with(docs::FOLDER) {
                assert!(
                    crate::chores::root().join(&target).exists() || target.ends_with(".h") || target.ends_with(".md"),
                    "{path}: {dest_url}"
                );
            } else if target.ends_with(".md") {
                assert!(
                    files.contains_key(&target),
                    "{path}: {dest_url} leads to {target}, which is not there"
                );
                assert!(
                    anchor.is_empty() || anchors.contains(&format!("{target}#{anchor}")),
                    "{path}: {target} has no anchor {anchor}"
                );
            }
        }
    }
    assert!(links > 1000, "{links}");
}
