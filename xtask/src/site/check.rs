//! Checks of a built site: no dead link or anchor, every page reachable, and the budgets.

use std::collections::{HashMap, HashSet, VecDeque};
use std::fmt;
use std::io::Write as _;

use super::engine;
use crate::emit::Files;
use smtp_codes_catalog::parallel::{both, parallel};

/// Bytes that a page may have, packed by gzip.
pub(crate) const PAGE_BUDGET: usize = 30 * 1024;
/// Bytes that the style sheet may have, packed by gzip.
pub(crate) const STYLE_BUDGET: usize = 12 * 1024;
/// Bytes that the search index may have, packed by brotli.
pub(crate) const SEARCH_BUDGET: usize = 80 * 1024;
/// Bytes that a first pasted reply may wait for, packed by brotli: engine, tables, scripts and the largest texts.
pub(crate) const ENGINE_BUDGET: usize = 200 * 1024;

/// What was measured, and what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// One line for each fault.
    pub(crate) faults: Vec<String>,
    links: usize,
    pages: usize,
    largest: (usize, String),
    style: usize,
    search: usize,
    engine: usize,
    bytes: usize,
    files: usize,
}

/// Looks at every page of a site.
pub(crate) fn check(files: &Files) -> Findings {
    let (engine, mut findings) = both(|| first_paste(files), || links(files));
    findings.engine = engine;
    budgets(files, &mut findings);
    findings
}

/// Follows every link.
fn links(files: &Files) -> Findings {
    let mut findings = Findings {
        files: files.len(),
        bytes: files.values().map(Vec::len).sum(),
        ..Findings::default()
    };
    let texts: Vec<(&str, &str)> = files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .filter_map(|(path, content)| Some((path.as_str(), std::str::from_utf8(content).ok()?)))
        .collect();
    let read = parallel(&texts, |(path, html)| (*path, Page::read(html)));
    findings.links = read.iter().map(|(_, page)| page.links.len()).sum();
    let paths: Vec<&str> = read.iter().map(|(path, _)| *path).collect();
    // Asked some hundred thousand times.
    let pages: HashMap<&str, Page<'_>> = read.into_iter().collect();
    let known: HashSet<&str> = files.keys().map(String::as_str).collect();
    findings.pages = pages.len();
    let faults = parallel(&paths, |path| {
        let Some(page) = pages.get(path) else { return Vec::new() };
        let doubled = page
            .doubled
            .iter()
            .map(|id| format!("{path}: the id `{id}` stands twice"));
        let dead = page
            .links
            .iter()
            .filter_map(|link| follow(path, link, &known, &pages).err())
            .map(|fault| format!("{path}: {fault}"));
        doubled.chain(dead).collect()
    });
    findings.faults.extend(faults.into_iter().flatten());
    for path in unreachable(&known, &pages) {
        findings
            .faults
            .push(format!("{path}: no way leads here from the first page"));
    }
    findings
}

/// A page's links and anchors.
struct Page<'a> {
    links: Vec<&'a str>,
    ids: HashSet<&'a str>,
    doubled: Vec<&'a str>,
    /// Whether it only leads on to another.
    stub: bool,
}

impl<'a> Page<'a> {
    fn read(html: &'a str) -> Self {
        let mut page = Page {
            links: Vec::new(),
            ids: HashSet::new(),
            doubled: Vec::new(),
            stub: html.contains("http-equiv=\"refresh\""),
        };
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let tag = &rest[at + 1..];
            let Some(end) = tag_end(tag) else { break };
            let inside = &tag[..end];
            for name in ["href", "src"] {
                page.links.extend(attribute(inside, name));
            }
            if let Some(id) = attribute(inside, "id") {
                if !page.ids.insert(id) {
                    page.doubled.push(id);
                }
            }
            rest = &tag[end..];
            // What a script holds is no markup.
            if inside.starts_with("script") {
                rest = rest.find("</script").map_or("", |at| &rest[at..]);
            }
        }
        page
    }
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quoted = false;
    tag.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

/// The value of an attribute in double quotes.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let at = rest.find(name)?;
        let before = rest[..at].chars().next_back();
        let after = &rest[at + name.len()..];
        if before.is_some_and(char::is_whitespace) {
            if let Some(value) = after.strip_prefix("=\"") {
                return value.split('"').next();
            }
        }
        rest = after;
    }
}

/// The file that a link leads to, and the anchor; `None` where it leads out of the site.
fn resolve(from: &str, link: &str) -> Option<(String, String)> {
    if link.contains("://") || link.starts_with("mailto:") || link.starts_with("data:") {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return Some((from.to_owned(), anchor.to_owned()));
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut file = parts.join("/");
    if path.ends_with('/') || path.ends_with("..") || path == "." {
        file = if file.is_empty() {
            "index.html".into()
        } else {
            format!("{file}/index.html")
        };
    }
    Some((file, anchor.to_owned()))
}

fn follow(from: &str, link: &str, files: &HashSet<&str>, pages: &HashMap<&str, Page<'_>>) -> Result<(), String> {
    let Some((file, anchor)) = resolve(from, link) else {
        let plain = link.starts_with("https://") || link.starts_with("http://") || link.starts_with("data:");
        return if plain && !link.contains(char::is_whitespace) {
            Ok(())
        } else {
            Err(format!("`{link}` is no address"))
        };
    };
    // The root itself stands for the folder of data that pages hand to their script.
    if !files.contains(file.as_str()) {
        return Err(format!("`{link}` leads to {file}, which is not there"));
    }
    match pages.get(file.as_str()) {
        Some(page) if !anchor.is_empty() && !page.ids.contains(anchor.as_str()) => {
            Err(format!("`{link}`: {file} has no anchor `{anchor}`"))
        }
        _ => Ok(()),
    }
}

/// Pages that no way leads to from the first page. Stubs for old addresses and the page for none are exempt.
fn unreachable<'a>(files: &HashSet<&str>, pages: &HashMap<&'a str, Page<'_>>) -> Vec<&'a str> {
    let mut seen = HashSet::from(["index.html".to_owned()]);
    let mut queue = VecDeque::from(["index.html".to_owned()]);
    while let Some(path) = queue.pop_front() {
        let Some(page) = pages.get(path.as_str()) else { continue };
        for (file, _) in page.links.iter().filter_map(|link| resolve(&path, link)) {
            if files.contains(file.as_str()) && seen.insert(file.clone()) {
                queue.push_back(file);
            }
        }
    }
    let mut unreachable: Vec<&str> = pages
        .iter()
        .filter(|(path, page)| !page.stub && **path != "404.html" && !seen.contains(**path))
        .map(|(path, _)| *path)
        .collect();
    unreachable.sort_unstable();
    unreachable
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    // Writing to a vector cannot fail.
    packer
        .write_all(bytes)
        .and_then(|()| packer.finish())
        .map_or(usize::MAX, |packed| packed.len())
}

/// Bytes after packing by brotli at a quality of up to [`BEST`].
pub(super) fn brotlied(bytes: &[u8], quality: u32) -> usize {
    let mut packed = Vec::new();
    let mut packer = brotli::CompressorWriter::new(&mut packed, 1 << 16, quality, 22);
    let done = packer.write_all(bytes);
    drop(packer);
    done.map_or(usize::MAX, |()| packed.len())
}

/// The quality at which static hosts pack files beforehand.
const BEST: u32 = 11;

/// Bytes that a first pasted reply waits for.
fn first_paste(files: &Files) -> usize {
    let texts = files.keys().filter(|path| path.starts_with(engine::TEXTS));
    // The largest is large packed too; one that packs worse is not far from it.
    let texts = texts
        .max_by_key(|path| files.get(*path).map_or(0, Vec::len))
        .map(String::as_str);
    let scripts: Vec<&Vec<u8>> = engine::ALWAYS
        .into_iter()
        .chain(texts)
        .filter_map(|path| files.get(path))
        .collect();
    parallel(&scripts, |script| brotlied(script, BEST)).into_iter().sum()
}

fn budgets(files: &Files, findings: &mut Findings) {
    // What is small unpacked need not be packed to know.
    let large: Vec<(&String, &Vec<u8>)> = files
        .iter()
        .filter(|(path, content)| path.ends_with(".html") && content.len() > PAGE_BUDGET)
        .collect();
    for (size, path) in parallel(&large, |(path, content)| (gzipped(content), *path)) {
        if size > findings.largest.0 {
            findings.largest = (size, path.clone());
        }
        if size > PAGE_BUDGET {
            findings.faults.push(format!(
                "{path}: {size} bytes packed, more than the {PAGE_BUDGET} that a page may have"
            ));
        }
    }
    findings.style = files.get("assets/site.css").map_or(0, |style| gzipped(style));
    findings.search = files.get("assets/search.js").map_or(0, |search| brotlied(search, 9));
    for (what, size, budget) in [
        ("the style sheet", findings.style, STYLE_BUDGET),
        ("the search index", findings.search, SEARCH_BUDGET),
        ("what a first pasted reply waits for", findings.engine, ENGINE_BUDGET),
    ] {
        if size > budget {
            findings
                .faults
                .push(format!("{what}: {size} bytes packed, more than its {budget}"));
        }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kb = |bytes: usize| bytes.div_ceil(1024);
        writeln!(
            f,
            "{} files, {} MB; {} links and anchors followed on {} pages",
            self.files,
            self.bytes.div_ceil(1_000_000),
            self.links,
            self.pages
        )?;
        write!(
            f,
            "packed: largest page {} KB ({}) of {}, style {} of {}, search {} of {}, paste box {} of {}",
            kb(self.largest.0),
            self.largest.1,
            kb(PAGE_BUDGET),
            kb(self.style),
            kb(STYLE_BUDGET),
            kb(self.search),
            kb(SEARCH_BUDGET),
            kb(self.engine),
            kb(ENGINE_BUDGET)
        )?;
        for fault in self.faults.iter().take(40) {
            write!(f, "\nerror: {fault}")?;
        }
        if self.faults.len() > 40 {
            write!(f, "\nand {} more", self.faults.len() - 40)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(pages: &[(&str, &str)]) -> Files {
        pages
            .iter()
            .map(|(path, html)| ((*path).to_owned(), html.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn a_sound_site_has_no_faults() {
        let files = site(&[
            (
                "index.html",
                r#"<a href="550/">x</a> <a href="550/index.html#do">x</a> <a href="https://example.com/">x</a>"#,
            ),
            (
                "550/index.html",
                r##"<h2 id="do">x</h2><a href="../">home</a><a href="#do">up</a><script>"<a href='nowhere/'>"</script>"##,
            ),
        ]);
        assert_eq!(check(&files).faults, Vec::<String>::new());
    }

    #[test]
    fn dead_links_anchors_doubles_and_lost_pages_are_found() {
        let files = site(&[
            (
                "index.html",
                r#"<a title="a > b" href="551/">x</a><a href="550/#no">x</a><i id="a"></i><i id="a"></i><a href="http s://x">y</a>"#,
            ),
            ("550/index.html", "<p>x"),
            ("lost/index.html", "<p>x"),
            (
                "old/index.html",
                r#"<meta http-equiv="refresh" content="0"><a href="../550/">x</a>"#,
            ),
            ("404.html", "<p>x"),
        ]);
        let faults = check(&files).faults;
        assert_eq!(faults.len(), 5, "{faults:?}");
        for part in [
            "id `a` stands twice",
            "551/index.html, which is not there",
            "no anchor `no`",
            "lost/index.html: no way",
            "http s://x",
        ] {
            assert!(faults.iter().any(|fault| fault.contains(part)), "{part}: {faults:?}");
        }
    }

    #[test]
    fn what_is_too_large_is_a_fault() {
        let mut state = 1_u64;
        let noise: String = (0..80_000)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                char::from(b'a' + (state % 26) as u8)
            })
            .collect();
        let files = site(&[("index.html", &noise), ("assets/site.css", &noise)]);
        let faults = check(&files).faults;
        assert_eq!(faults.len(), 2, "{faults:?}");
    }
}
