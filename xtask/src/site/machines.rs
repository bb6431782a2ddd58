//! What machines read: one JSON file per entry, linked data, site map, feed, search description, `llms.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use smtp_codes_catalog::model::Model;

use super::html::{Site, escape};
use crate::emit::Files;
use crate::pages::page::{Kind, Page};

/// Everything but the pages themselves.
pub(crate) fn emit(site: &Site<'_>, records: &BTreeMap<String, Value>) -> Files {
    let mut files = api(site, records);
    files.insert("changes.atom".into(), feed(site).into_bytes());
    // These two hold whole addresses, which a copy of files has none of.
    if !site.base_url.is_empty() {
        files.insert("sitemap.xml".into(), sitemap(site).into_bytes());
        files.insert("opensearch.xml".into(), opensearch(site).into_bytes());
    }
    files.insert("llms.txt".into(), llms(site).into_bytes());
    files.insert("robots.txt".into(), robots(site).into_bytes());
    files
}

/// One file for each entry, and the lists of all.
fn api(site: &Site<'_>, records: &BTreeMap<String, Value>) -> Files {
    let mut files = Files::new();
    let mut index = Vec::new();
    let mut codes = Vec::new();
    for page in site.book.pages.iter().filter(|page| !page.json.is_empty()) {
        let mut object = Map::new();
        object.insert("entry".into(), json!(page.entry));
        object.insert("title".into(), json!(page.title));
        object.insert("page".into(), json!(format!("{}{}", site.base_url, page.place.path)));
        // A concrete code rests on the entry of its form.
        let record = records.get(&page.entry).or_else(|| {
            let (_, detail) = page.entry.strip_prefix("code:")?.split_once('.')?;
            let any: String = detail
                .split('-')
                .map(|part| {
                    if part == detail.split('-').next().unwrap_or_default() {
                        format!("x.{part}")
                    } else {
                        format!("x{}", part.get(1..).unwrap_or_default())
                    }
                })
                .collect::<Vec<_>>()
                .join("-");
            records
                .get(&format!("enhanced:{any}"))
                .or_else(|| records.get(&page.entry.replace("code:", "enhanced:")))
        });
        if let Some(record) = record {
            object.insert("record".into(), record.clone());
        }
        if let Some(replies) = site.book.diagnoses.get(&page.entry) {
            let replies = replies.iter().map(|(reply, diagnosis)| json!({ "reply": reply, "diagnosis": serde_json::from_str::<Value>(diagnosis).unwrap_or_default() }));
            object.insert("replies".into(), replies.collect());
        }
        if !page.entry.is_empty() {
            files.insert(page.json.clone(), format!("{}\n", Value::Object(object)).into_bytes());
            index.push(json!({ "entry": page.entry, "title": page.title, "page": page.place.path, "json": page.json }));
        }
        if matches!(page.kind, Kind::Basic | Kind::Enhanced | Kind::Pair) {
            codes.push(json!({ "code": page.code, "title": page.heading, "page": page.place.path, "json": page.json, "reason": page.answer.as_ref().map(|answer| answer.outcome.reason.slug.clone()) }));
        }
    }
    let head = json!({ "title": site.book.title, "version": site.book.version, "date": site.book.date });
    files.insert("api/v1/index.json".into(), lines(&head, "entries", &index));
    files.insert("api/v1/codes.json".into(), lines(&head, "codes", &codes));
    let reasons: Vec<Value> = records.iter().filter(|(entry, _)| entry.starts_with("reason:")).map(|(_, record)| json!({ "reason": record["slug"], "sender-fault": record["sender-fault"], "transient": record["transient"], "permanent": record["permanent"] })).collect();
    files.insert("api/v1/decide.json".into(), lines(&head, "reasons", &reasons));
    files
}

/// A list with one entry a line.
fn lines(head: &Value, key: &str, entries: &[Value]) -> Vec<u8> {
    let entries: Vec<String> = entries.iter().map(Value::to_string).collect();
    format!("{{\"catalog\":{head},\"{key}\":[\n{}\n]}}\n", entries.join(",\n")).into_bytes()
}

/// JSON-LD of a page: the way to it, what it defines, and on the first page the data set.
pub(crate) fn linked_data(site: &Site<'_>, page: &Page) -> String {
    let url = |path: &str| format!("{}{path}", site.base_url);
    let mut graph = Vec::new();
    if !page.crumbs.is_empty() {
        let mut items: Vec<Value> = page.crumbs.iter().enumerate().map(|(index, crumb)| json!({ "@type": "ListItem", "position": index + 1, "name": crumb.name, "item": url(&crumb.path) })).collect();
        items.push(json!({ "@type": "ListItem", "position": items.len() + 1, "name": page.place.name }));
        graph.push(json!({ "@type": "BreadcrumbList", "itemListElement": items }));
    }
    if page.kind.is_term() {
        let mut term = json!({ "@type": "DefinedTerm", "name": if page.code.is_empty() { &page.heading } else { &page.code }, "description": crate::pages::rich::plain(&page.lead), "url": url(&page.place.path), "inDefinedTermSet": url("codes/") });
        if let (false, Some(term)) = (page.code.is_empty(), term.as_object_mut()) {
            term.insert("termCode".into(), json!(page.code));
        }
        graph.push(term);
    }
    if page.kind == Kind::Home {
        graph.push(json!({
            "@type": "Dataset", "name": site.book.title, "description": crate::pages::rich::plain(&page.lead), "version": site.book.version, "dateModified": site.book.date,
            "license": "https://spdx.org/licenses/MIT", "url": url(""), "isAccessibleForFree": true,
            "distribution": [{ "@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": url("api/v1/catalog.json") }],
        }));
    }
    // Within a script nothing may look like its end.
    json!({ "@context": "https://schema.org", "@graph": graph })
        .to_string()
        .replace('<', "\\u003c")
}

fn xml(text: &str) -> String {
    let mut out = String::new();
    escape(&mut out, text);
    out
}

fn sitemap(site: &Site<'_>) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in site.book.pages.iter().filter(|page| page.kind != Kind::Missing) {
        let _ = writeln!(
            out,
            "<url><loc>{}{}</loc><lastmod>{}</lastmod></url>",
            xml(site.base_url),
            xml(&page.place.path),
            site.book.date
        );
    }
    out + "</urlset>\n"
}

/// The change log as a feed: one entry for each release, and one for the catalogue as it is now.
fn feed(site: &Site<'_>) -> String {
    let address = xml(if site.base_url.is_empty() {
        "urn:smtp-codes:"
    } else {
        site.base_url
    });
    let (base, date) = (xml(site.base_url), &site.book.date);
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>{address}changes/</id>\n<title>Changes of smtp-codes</title>\n<subtitle>{}</subtitle>\n<updated>{date}T00:00:00Z</updated>\n<author><name>smtp-codes</name></author>\n<link href=\"{base}changes/\"/>\n<link rel=\"self\" href=\"{base}changes.atom\"/>\n",
        xml(&site.book.title)
    );
    let now = (
        format!("Catalogue {} of {date}", site.book.version),
        date.clone(),
        format!(
            "{} replies and {} pages of reference.",
            site.book.replies,
            site.book.pages.len()
        ),
    );
    let releases = site.changes.split("\n## ").skip(1).map(|part| {
        let (title, body) = part.split_once('\n').unwrap_or((part, ""));
        // `[1.2.3] - 2026-01-31`; what is not released yet has the date of the catalogue.
        let day = title
            .rsplit(' ')
            .next()
            .filter(|day| day.len() == 10 && day.as_bytes()[4] == b'-');
        (
            title.replace(['[', ']'], ""),
            day.unwrap_or(date).to_owned(),
            super::html::markdown(body),
        )
    });
    for (title, day, body) in std::iter::once(now).chain(releases) {
        let id: String = title
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' })
            .collect();
        let _ = writeln!(
            out,
            "<entry><id>{address}changes/{id}</id><title>{}</title><updated>{day}T00:00:00Z</updated><link href=\"{base}changes/\"/><content type=\"html\">{}</content></entry>",
            xml(&title),
            xml(&body)
        );
    }
    out + "</feed>\n"
}

fn opensearch(site: &Site<'_>) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\"><ShortName>smtp-codes</ShortName><Description>SMTP reply codes and bounces</Description><InputEncoding>UTF-8</InputEncoding><Url type=\"text/html\" template=\"{}codes/?q={{searchTerms}}\"/></OpenSearchDescription>\n",
        xml(site.base_url)
    )
}

fn robots(site: &Site<'_>) -> String {
    if site.base_url.is_empty() {
        "User-agent: *\nAllow: /\n".to_owned()
    } else {
        format!("User-agent: *\nAllow: /\nSitemap: {}sitemap.xml\n", site.base_url)
    }
}

/// A guide for machines that read text.
fn llms(site: &Site<'_>) -> String {
    let mut out = format!(
        "# smtp-codes\n\n> What a mail server's reply means, whose move it is, and what to do next, with sources. {} replies are diagnosed.\n\nEvery page has a Markdown twin below md/ and JSON below api/v1/. Short addresses are permanent: /550/, /5.7.26/, /550/5.7.26/, /p/google/. A diagnosis follows [the schema]({1}api/v1/diagnosis.schema.json); all data: [catalog.json]({1}api/v1/catalog.json), [vectors.json]({1}api/v1/vectors.json).\n",
        site.book.replies, site.base_url
    );
    let parts = [
        ("Codes and indices", Kind::Index),
        ("Guides", Kind::Guide),
        ("Reasons", Kind::Reason),
        ("Providers", Kind::Provider),
        ("Basic codes", Kind::Basic),
        ("Optional", Kind::Platform),
    ];
    for (title, kind) in parts {
        let _ = write!(out, "\n## {title}\n\n");
        for page in site
            .book
            .pages
            .iter()
            .filter(|page| page.kind == kind && !page.place.twin.is_empty())
        {
            let lead = crate::pages::rich::plain(&page.lead);
            let first = lead.split_inclusive(". ").next().unwrap_or_default().trim();
            let name = if page.code.is_empty() {
                page.place.name.clone()
            } else {
                format!("{} {}", page.code, page.heading)
            };
            let _ = writeln!(out, "- [{name}]({}md/{}): {first}", site.base_url, page.place.twin);
        }
    }
    out
}

/// The table of redirects in the form that static hosts read.
pub(crate) fn redirect_table(redirects: &BTreeMap<String, String>) -> String {
    redirects
        .iter()
        .map(|(from, to)| format!("/{from} /{to} 301\n"))
        .collect()
}

/// What slugs are called, for the page that shows diagnoses.
pub(crate) fn words(model: &Model) -> String {
    let catalogue = &model.catalogue;
    let mut words: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for entry in &catalogue.reasons {
        words.entry("reason").or_default().insert(&entry.slug, &entry.title);
    }
    for entry in &catalogue.actions {
        words
            .entry(entry.axis.as_str())
            .or_default()
            .insert(&entry.slug, &entry.title);
    }
    for entry in &catalogue.terms {
        words
            .entry(entry.vocabulary.as_str())
            .or_default()
            .insert(&entry.slug, &entry.title);
    }
    for entry in &catalogue.providers {
        words.entry("provider").or_default().insert(&entry.slug, &entry.name);
    }
    for entry in &catalogue.blocklists {
        words.entry("blocklist").or_default().insert(&entry.slug, &entry.name);
    }
    // Which replies have pages of their own is known by the provider and the variant of a diagnosis.
    format!("self.SMTP_CODES_WORDS={};\n", json!(words))
}
