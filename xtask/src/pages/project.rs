//! Pages about the reference itself: home, paste, changes, about, developers, not found.

use super::Beside;
use super::atlas::{Atlas, quoted};
use super::page::{Block, Card, Kind, Page};
use super::rich::{Location, Place, Rich, Span, Target, code, text};

/// Adds the pages.
pub(crate) fn pages(atlas: &Atlas<'_>, pages: &mut Vec<Page>, beside: Beside<'_>) {
    let changes = beside.changes;
    pages.push(home(atlas));
    pages.push(paste(atlas));
    pages.push(about(atlas));
    let languages: Vec<Page> = beside
        .languages
        .iter()
        .map(|(folder, text)| language(atlas, folder, text))
        .collect();
    let places = languages.iter().map(|page| page.place.clone()).collect();
    pages.push(developers(atlas, places));
    pages.extend(languages);
    let mut page = Page::new(
        Kind::Project,
        atlas.at("page:changes"),
        "Changes of the reference",
        text("What was added and corrected, newest first. The feed brings it to your reader."),
    );
    page.crumbs = atlas.way(&["page:home"]);
    // The log has its own first heading; the page has one already.
    let body: String = changes
        .lines()
        .skip_while(|line| line.starts_with("# ") || line.trim().is_empty())
        .collect::<Vec<_>>()
        .join("\n");
    let body = if body.trim().is_empty() {
        "Nothing has been released yet.".to_owned()
    } else {
        body
    };
    page.section("log", "", vec![Block::Markdown(body)]);
    pages.push(page);
    let mut missing = Page::new(
        Kind::Missing,
        atlas.at("page:missing"),
        "Not found",
        text(
            "There is no page at this address. Codes, providers and reasons all have short addresses; look them up here.",
        ),
    );
    missing.heading = "Not found".into();
    let ways: Vec<Rich> = ["page:codes", "page:reasons", "page:providers", "page:guides"]
        .iter()
        .map(|name| atlas.link(name))
        .collect();
    missing.section("ways", "Where to look", vec![Block::CodeJump, Block::List(ways)]);
    pages.push(missing);
}

fn card(atlas: &Atlas<'_>, entry: &str, name: &str, body: String, mark: &str) -> Card {
    let mut to = atlas.at(entry);
    if !name.is_empty() {
        to = Place::new(Location {
            name: name.to_owned(),
            ..Location::clone(&to)
        });
    }
    Card {
        to,
        body: text(body),
        mark: mark.to_owned(),
    }
}

fn home(atlas: &Atlas<'_>) -> Page {
    let catalogue = atlas.catalogue;
    let mut page = Page::new(
        Kind::Home,
        atlas.at("page:home"),
        "SMTP reply codes: what a bounce means, and what to do next",
        text(
            "Paste any reply that a mail server ever gave. You get what it means, whose move it is, and what to do next, with the source for every word of it.",
        ),
    );
    page.heading = "What did the mail server say?".into();
    page.json = "api/v1/index.json".into();
    page.section("paste", "Paste your bounce", vec![Block::PasteBox]);
    page.section(
        "jump",
        "Or go straight to a code",
        vec![Block::CodeJump, {
            let known = ["550", "554", "421", "450", "451", "452", "535", "552", "553", "571"];
            let enhanced = [
                "5.1.1", "5.7.1", "5.7.26", "5.2.2", "4.2.2", "4.7.0", "5.7.515", "5.4.1",
            ];
            Block::Links(known.iter().chain(&enhanced).map(|code| atlas.code(code)).collect())
        }],
    );
    let classes: Vec<Card> = ["2", "3", "4", "5"]
        .iter()
        .filter_map(|digit| {
            catalogue
                .digits
                .iter()
                .find(|entry| entry.place.as_str() == "first" && entry.digit.as_str() == *digit)
        })
        .map(|entry| {
            card(
                atlas,
                &format!("digit:first/{}", entry.digit.as_str()),
                &format!("{}yz {}", entry.digit.as_str(), entry.title.as_str()),
                entry.summary.to_string(),
                &format!("class-{}", entry.digit.as_str()),
            )
        })
        .collect();
    page.section("classes", "The classes at a glance", vec![Block::Cards(classes)]);
    let bounces: Vec<Card> = ["hard", "soft", "block", "technical"]
        .iter()
        .filter_map(|slug| {
            catalogue
                .terms
                .iter()
                .find(|term| term.vocabulary.as_str() == "bounce" && term.slug.as_str() == *slug)
        })
        .map(|term| {
            card(
                atlas,
                &format!("term:bounce/{}", term.slug.as_str()),
                "",
                term.summary.to_string(),
                term.slug.as_str(),
            )
        })
        .collect();
    page.section("bounces", "Four kinds of failure", vec![Block::Text(text("A code that begins with 5 is not a dead address. Most of them are blocks: the sender is at fault, and the address stays.")), Block::Cards(bounces)]);
    let count = |number: usize, what: &str| format!("{number} {what}");
    let ways = vec![
        card(
            atlas,
            "page:codes",
            "",
            count(
                catalogue.basics.len(),
                "basic codes and every enhanced code, registered or seen in the wild.",
            ),
            "",
        ),
        card(
            atlas,
            "page:providers",
            "",
            count(
                catalogue.variants.len(),
                "replies that only one provider gives, from Gmail to your own server.",
            ),
            "",
        ),
        card(
            atlas,
            "page:reasons",
            "",
            count(catalogue.reasons.len(), "reasons, each with its advice."),
            "",
        ),
        card(
            atlas,
            "page:decide",
            "",
            "The table for every reason, and when a soft bounce becomes a list problem.".into(),
            "",
        ),
        card(
            atlas,
            "page:blocklists",
            "",
            count(
                catalogue.blocklists.len(),
                "lists: what they list, whether they live, how to get off.",
            ),
            "",
        ),
        card(
            atlas,
            "page:session",
            "",
            "Each step with the codes that may answer it.".into(),
            "",
        ),
        card(
            atlas,
            "page:platforms",
            "",
            "What your platform's label hides.".into(),
            "",
        ),
        card(
            atlas,
            "page:portals",
            "",
            "Where providers show how they see your mail.".into(),
            "",
        ),
        card(
            atlas,
            "page:wording",
            "",
            "Sentences that mean the same anywhere, in many languages.".into(),
            "",
        ),
        card(
            atlas,
            "page:guides",
            "",
            "SPF, DKIM, DMARC, reverse DNS, TLS, greylisting, warm-up.".into(),
            "",
        ),
        card(
            atlas,
            "page:claims",
            "",
            count(catalogue.claims.len(), "claims, put right."),
            "",
        ),
        card(
            atlas,
            "page:sources",
            "",
            count(catalogue.sources.len(), "places where the facts stand."),
            "",
        ),
        card(
            atlas,
            "page:actions",
            "",
            "What to do with the message, the address and the cause.".into(),
            "",
        ),
        card(
            atlas,
            "page:terms",
            "",
            "Bounce types, parties, basis and standing, explained.".into(),
            "",
        ),
        card(
            atlas,
            "page:developers",
            "",
            "The same answers in your program, in any language.".into(),
            "",
        ),
        card(
            atlas,
            "page:about",
            "",
            "How entries are checked, and what is promised.".into(),
            "",
        ),
    ];
    page.section("reference", "The reference", vec![Block::Cards(ways)]);
    page
}

fn paste(atlas: &Atlas<'_>) -> Page {
    let mut page = Page::new(
        Kind::Project,
        atlas.at("page:paste"),
        "Paste your bounce: what it means and what to do",
        text(
            "A reply, a whole bounce message, lines of a log, or a file with thousands of rows. Everything stays in this page: it has no permission to send anything anywhere.",
        ),
    );
    page.crumbs = atlas.way(&["page:home"]);
    page.section("paste", "Your bounce", vec![Block::PasteBox]);
    page.section(
        "how",
        "How it works",
        vec![Block::List(vec![
            text("One reply, with or without its code: you get one diagnosis, with what it rests on."),
            text("A bounce message with its headers: the failed recipients and their replies are found in the report."),
            text("Several lines of a log or a CSV file: every row gets its diagnosis, and you take away the list of addresses to suppress and the list of causes to mend."),
            text("The same engine runs in the command, the libraries and here, and is held to the same replies."),
        ])],
    );
    page
}

fn about(atlas: &Atlas<'_>) -> Page {
    let catalogue = atlas.catalogue;
    let head = catalogue.head.as_ref();
    let mut page = Page::new(
        Kind::Project,
        atlas.at("page:about"),
        "About this reference, and how its entries are checked",
        text(
            "Everything here is made of one catalogue of plain text files. Nothing on a page is typed by hand where the catalogue knows it.",
        ),
    );
    page.crumbs = atlas.way(&["page:home"]);
    let list = |lines: &[&str]| Block::List(lines.iter().map(|line| text(*line)).collect());
    page.section(
        "promises",
        "What is promised",
        vec![list(&[
            "No false suppression: a fault of the sender (authentication, blocklists, reputation, rate, content, policy, TLS, login) never removes an address.",
            "Unknown is an answer: what is not recognised is said to be so. No guess is sold as knowledge; the basis of each diagnosis tells what it rests on.",
            "Nothing is lost: one row in, one row out, in order.",
            "The same reply gives the same answer in every language and on every machine.",
            "Every word has a source, with its date.",
        ])],
    );
    page.section(
        "checks",
        "How an entry is checked",
        vec![list(&[
            "It names its sources, and each source says what kind of thing it is: a standard, the vendor's own page, a program's source, real replies, somebody's list.",
            "It carries at least one real reply, and must be the entry that wins on it. Every reply on these pages is shown with its computed diagnosis, not with a written one.",
            "An entry that another shadows, wording that never matches, a reference to nothing: each is an error before anything is published.",
            "What is often said and wrong is kept too, with what is right and who says so.",
        ])],
    );
    let number = |count: usize| text(count.to_string());
    page.section(
        "numbers",
        "In numbers",
        vec![Block::Facts(vec![
            (
                "Catalogue".into(),
                text(
                    head.map(|head| format!("version {}, {}", head.version.as_str(), head.date.as_str()))
                        .unwrap_or_default(),
                ),
            ),
            ("Basic codes".into(), number(catalogue.basics.len())),
            ("Enhanced codes".into(), number(catalogue.enhanced.len())),
            ("Pairs with a note".into(), number(catalogue.pairs.len())),
            ("Providers".into(), number(catalogue.providers.len())),
            ("Replies of their own".into(), number(catalogue.variants.len())),
            ("Wordings".into(), number(catalogue.phrases.len())),
            ("Blocklists".into(), number(catalogue.blocklists.len())),
            ("Replies it is held to".into(), number(atlas.cases.len())),
            ("Sources".into(), number(catalogue.sources.len())),
        ])],
    );
    page.section(
        "wrong",
        "Something is wrong?",
        vec![Block::Text(vec![
            Span::Text("Every page ends with a link to the file it is made of. Correct it there, with the source, or bring a reply that is read wrongly: ".into()),
            Span::Link("how to contribute".into(), Target::Page(atlas.at("page:developers"))),
            Span::Text(".".into()),
        ])],
    );
    page.section("privacy", "Privacy", vec![Block::Text(text("No cookies, no counters, no fonts or scripts from elsewhere. What you paste is read in your browser and goes nowhere: the page's security policy forbids every connection."))]);
    page
}

/// How one language calls the library: the page that stands in its folder.
fn language(atlas: &Atlas<'_>, folder: &str, readme: &str) -> Page {
    let heading = readme.lines().next().unwrap_or_default();
    let name = heading.rsplit(" for ").next().unwrap_or(folder).trim().to_owned();
    let body = readme.split_once('\n').map_or("", |(_, body)| body);
    let place = Place::new(Location {
        path: format!("developers/{folder}/"),
        name: name.clone(),
        ..Location::default()
    });
    let mut page = Page::new(
        Kind::Project,
        place,
        format!("SMTP bounces in {name}: what a reply means, from your own program"),
        text(format!(
            "The same engine, called from {name}: the same answer to every reply as the crate, the command and this site give."
        )),
    );
    page.heading = format!("smtp-codes for {name}");
    page.crumbs = atlas.way(&["page:home", "page:developers"]);
    page.edit = format!("bindings/{folder}/README.md");
    page.section("use", "Use", vec![Block::Markdown(body.to_owned())]);
    page
}

fn developers(atlas: &Atlas<'_>, languages: Vec<Place>) -> Page {
    let sample = "550-5.1.1 The email account that you tried to reach does not exist. gsmtp";
    let mut page = Page::new(
        Kind::Project,
        atlas.at("page:developers"),
        "For developers: the crate, the command, the C ABI and the JSON",
        text(
            "The same engine and the same catalogue, as a Rust crate, a command, a C library for every other language, and as data.",
        ),
    );
    page.crumbs = atlas.way(&["page:home"]);
    page.section(
        "crate",
        "The crate",
        vec![
            Block::Text(text("No allocation, no dependencies, no unsafe code, no work at start; it builds without the standard library.")),
            Block::Listing(format!("use smtp_codes::{{diagnose, Address, Reason}};\n\nlet diagnosis = diagnose({sample:?});\nassert_eq!(diagnosis.reason, Reason::RecipientUnknown);\nassert_eq!(diagnosis.address, Address::Suppress);")),
            Block::Text(vec![Span::Link("Documentation of the crate".into(), Target::Url("https://docs.rs/smtp-codes".into()))]),
        ],
    );
    page.section(
        "command",
        "The command",
        vec![
            Block::Listing(format!("cargo install smtp-codes-cli\nsmtp-codes explain {}\nsmtp-codes classify --input-format csv --output-format jsonl bounces.csv", quoted(sample))),
            Block::Text(vec![Span::Code("explain".into()), Span::Text(" tells about one reply, ".into()), Span::Code("classify".into()), Span::Text(" about millions: one row in, one row out, in order. ".into()), Span::Code("codes".into()), Span::Text(" lists and finds codes.".into())]),
        ],
    );
    let (_, _, json) = atlas.diagnose(sample);
    let pretty = serde_json::from_str::<serde_json::Value>(&json)
        .ok()
        .and_then(|value| serde_json::to_string_pretty(&value).ok())
        .unwrap_or(json);
    page.section(
        "json",
        "The JSON of a diagnosis",
        vec![
            Block::Text(vec![
                Span::Text("The command, the batch calls and this page give the same object. Its schema: ".into()),
                Span::Link(
                    "diagnosis.schema.json".into(),
                    Target::Asset("api/v1/diagnosis.schema.json".into()),
                ),
                Span::Text(".".into()),
            ]),
            Block::Listing(pretty),
        ],
    );
    page.section(
        "c",
        "The C ABI, and every other language",
        vec![
            Block::Text(text("One shared library with plain functions: value structs, integer enums, static strings, no allocation and no global state. A batch call takes Arrow's string layout and fills columns that the caller owns.")),
            Block::List(vec![
                vec![Span::Text("The header is ".into()), Span::Link("smtp_codes.h".into(), Target::Repository("crates/smtp-codes-ffi/include/smtp_codes.h".into())), Span::Text("; every constant in it comes from the catalogue.".into())],
                text("NULL, zero length, bytes that are not UTF-8 and inputs of 100 MB are safe. No panic crosses the boundary."),
            ]),
            Block::Links(
                languages
                    .into_iter()
                    .map(|place| vec![Span::Link(place.name.clone(), Target::Page(place))])
                    .collect(),
            ),
        ],
    );
    page.section(
        "data",
        "The data",
        vec![Block::Facts(vec![
            (
                "The whole catalogue".into(),
                vec![Span::Link(
                    "catalog.json".into(),
                    Target::Asset("api/v1/catalog.json".into()),
                )],
            ),
            (
                "Its schema".into(),
                vec![Span::Link(
                    "catalog.schema.json".into(),
                    Target::Asset("api/v1/catalog.schema.json".into()),
                )],
            ),
            (
                "Every reply with its diagnosis".into(),
                vec![Span::Link(
                    "vectors.json".into(),
                    Target::Asset("api/v1/vectors.json".into()),
                )],
            ),
            (
                "One entry".into(),
                vec![
                    Span::Code("api/v1/KIND/SLUG.json".into()),
                    Span::Text(", linked at the foot of each page".into()),
                ],
            ),
            (
                "All of them".into(),
                vec![Span::Link(
                    "index.json".into(),
                    Target::Asset("api/v1/index.json".into()),
                )],
            ),
            (
                "For reading machines".into(),
                vec![Span::Link("llms.txt".into(), Target::Asset("llms.txt".into()))],
            ),
        ])],
    );
    page.section(
        "contributing",
        "Contributing",
        vec![
            Block::Text(vec![
                Span::Text("A provider's new wording is a few lines of TOML with a real reply. ".into()),
                Span::Code("cargo xtask generate".into()),
                Span::Text(" makes everything from it, or shows what is wrong with line and column.".into()),
            ]),
            Block::List(vec![
                vec![Span::Link(
                    "The format of the catalogue".into(),
                    Target::Repository("docs/catalogue.md".into()),
                )],
                vec![Span::Link(
                    "How to contribute".into(),
                    Target::Repository("CONTRIBUTING.md".into()),
                )],
                vec![
                    Span::Text("Check before you send: ".into()),
                    code("cargo xtask generate --check").remove(0),
                ],
            ]),
        ],
    );
    page
}
