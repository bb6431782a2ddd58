//! `codes`, `providers`, `reasons`: what the catalogue holds.

use std::io::{self, Write};

use anstyle::Style;
use smtp_codes::code::{BasicCode, EnhancedCode};
use smtp_codes::json::string;
use smtp_codes::tables::{Condition, Run, Tables};
use smtp_codes::{Reason, Standing};

use crate::Outcome;
use crate::args::{CodeKind, Codes, List};
use crate::hints;
use crate::words::{Titled, term};

/// A line of a list.
#[derive(Debug)]
struct Item<'t> {
    kind: &'static str,
    /// How the code is written, or the slug.
    code: String,
    standing: Option<Standing>,
    reason: Option<Reason>,
    title: &'t str,
    summary: &'t str,
    sources: Run,
    /// Whether a number names it.
    named: bool,
}

/// What a query asks for: numbers name codes, words are looked for in titles and summaries.
#[derive(Debug, Default)]
struct Wanted {
    basic: Option<BasicCode>,
    enhanced: Option<EnhancedCode>,
    /// A class and subject, or the first digits of a basic code.
    starts: Option<String>,
    words: Vec<String>,
}

impl Wanted {
    fn new(query: &[String]) -> Self {
        let mut wanted = Self::default();
        for word in query.iter().flat_map(|text| text.split_whitespace()) {
            if let Ok(code) = word.parse() {
                wanted.enhanced = Some(code);
            } else if let &[a, b, c] = word.as_bytes()
                && let Some(code) = BasicCode::from_digits([a, b, c])
            {
                wanted.basic = Some(code);
            } else if word.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'x')
                && word.bytes().any(|b| b.is_ascii_digit())
            {
                wanted.starts = Some(word.trim_end_matches(['x', '.']).to_owned());
            } else {
                wanted.words.push(word.to_lowercase());
            }
        }
        wanted
    }

    fn by_number(&self) -> bool {
        self.basic.is_some() || self.enhanced.is_some() || self.starts.is_some()
    }

    /// Whether an entry is asked for, and if so whether by its number.
    fn takes(&self, item: &Item<'_>) -> bool {
        if self.by_number() && !item.named {
            return false;
        }
        let reason = item.reason.map_or("", Reason::slug);
        let text = format!("{} {} {} {reason}", item.code, item.title, item.summary).to_lowercase();
        self.words.iter().all(|word| text.contains(word))
    }

    fn names_basic(&self, first: u16, last: u16) -> bool {
        self.basic.is_some_and(|code| (first..=last).contains(&code.number()))
            || self
                .starts
                .as_ref()
                .is_some_and(|start| !start.contains('.') && format!("{first:03}").starts_with(start.as_str()))
    }

    fn names_enhanced(&self, code: &str, contains: impl Fn(EnhancedCode) -> bool) -> bool {
        self.enhanced.is_some_and(contains)
            || self.starts.as_ref().is_some_and(|start| {
                code.replacen('x', start.get(..1).unwrap_or("x"), 1)
                    .starts_with(&format!("{start}."))
            })
    }
}

pub(crate) fn run(task: &Codes) -> anyhow::Result<Outcome> {
    let standing = task
        .standing
        .as_deref()
        .map(|slug| from_list("standing", slug, Standing::ALL, Standing::from_slug))
        .transpose()?;
    let reason = task
        .reason
        .as_deref()
        .map(|slug| from_list("reason", slug, Reason::ALL, Reason::from_slug))
        .transpose()?;
    let wanted = Wanted::new(&task.query);
    let tables = smtp_codes::builtin();
    let mut items = Vec::new();
    for (kind, list) in [
        (
            CodeKind::Basic,
            basics as fn(&'static Tables<'static>, &Wanted) -> Vec<Item<'static>>,
        ),
        (CodeKind::Enhanced, enhanced),
        (CodeKind::Family, families),
        (CodeKind::Pair, pairs),
        (CodeKind::Variant, variants),
    ] {
        // Variants are many: they are listed where they are asked for.
        let asked = kind != CodeKind::Variant || !task.query.is_empty() || reason.is_some();
        if task.kind.map_or(asked, |only| only == kind) {
            items.extend(list(tables, &wanted));
        }
    }
    items.retain(|item| {
        wanted.takes(item)
            && standing.is_none_or(|standing| item.standing == Some(standing))
            && reason.is_none_or(|reason| item.reason == Some(reason))
    });
    show(tables, &items, task.json)?;
    if items.is_empty() {
        return nothing(&wanted);
    }
    Ok(Outcome::Done)
}

/// Says that nothing was found, and for a number what the class alone says.
fn nothing(wanted: &Wanted) -> anyhow::Result<Outcome> {
    let mut err = anstream::stderr().lock();
    writeln!(err, "Nothing in the catalogue fits.")?;
    if let Some(code) = wanted.basic {
        writeln!(err, "`smtp-codes explain {code}` says what its digits mean.")?;
    }
    Ok(Outcome::Done)
}

fn from_list<T: Copy + Titled>(
    what: &str,
    slug: &str,
    all: &[T],
    find: impl Fn(&str) -> Option<T>,
) -> anyhow::Result<T> {
    find(slug).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|value| value.name().1).collect();
        anyhow::Error::msg(hints::unknown(
            what,
            slug,
            names.iter().copied(),
            &format!("it is one of {}", names.join(", ")),
        ))
    })
}

/// The line of a rule.
fn item<'t>(
    tables: &'t Tables<'t>,
    rule: u16,
    kind: &'static str,
    code: String,
    standing: Option<Standing>,
    named: bool,
) -> Option<Item<'t>> {
    let (entry, text) = (tables.rule(rule)?, tables.rule_texts.get(usize::from(rule))?);
    Some(Item {
        kind,
        code,
        standing,
        reason: Some(entry.reason),
        title: tables.text(text.title),
        summary: tables.text(text.summary),
        sources: text.sources,
        named,
    })
}

fn basics<'t>(tables: &'t Tables<'t>, wanted: &Wanted) -> Vec<Item<'t>> {
    let range = |(first, last): (u16, u16)| {
        if first == last {
            format!("{first:03}")
        } else {
            format!("{first:03}-{last:03}")
        }
    };
    let of = |entry: &smtp_codes::tables::Basic| {
        item(
            tables,
            entry.rule,
            "basic",
            range(entry.codes),
            Some(entry.standing),
            wanted.names_basic(entry.codes.0, entry.codes.1),
        )
    };
    tables.basics.iter().filter_map(of).collect()
}

fn enhanced<'t>(tables: &'t Tables<'t>, wanted: &Wanted) -> Vec<Item<'t>> {
    let of = |entry: &smtp_codes::tables::Enhanced| {
        let class = class(entry.classes);
        let code = range(&class, entry.subject, entry.detail);
        let named = wanted.names_enhanced(&code, |code| {
            entry.classes >> code.class() & 1 == 1
                && entry.subject == code.subject()
                && (entry.detail.0..=entry.detail.1).contains(&code.detail())
        });
        item(tables, entry.rules[2], "enhanced", code, Some(entry.standing), named)
    };
    tables.enhanced.iter().filter_map(of).collect()
}

fn families<'t>(tables: &'t Tables<'t>, wanted: &Wanted) -> Vec<Item<'t>> {
    let of = |entry: &smtp_codes::tables::Family| {
        let code = format!("{}.{}.x", class(entry.classes), entry.subject);
        let named = wanted.names_enhanced(&code, |code| {
            entry.classes >> code.class() & 1 == 1 && entry.subject == code.subject()
        });
        item(tables, entry.rule, "family", code, None, named)
    };
    tables.families.iter().filter_map(of).collect()
}

fn pairs<'t>(tables: &'t Tables<'t>, wanted: &Wanted) -> Vec<Item<'t>> {
    tables
        .pairs
        .iter()
        .filter_map(|entry| {
            item(
                tables,
                entry.rule,
                "pair",
                condition(&entry.condition),
                None,
                names(wanted, &entry.condition),
            )
        })
        .collect()
}

fn variants<'t>(tables: &'t Tables<'t>, wanted: &Wanted) -> Vec<Item<'t>> {
    let of = |(index, (rule, text)): (usize, (&smtp_codes::tables::Rule, &smtp_codes::tables::RuleText))| {
        let index = u16::try_from(index).ok().filter(|_| rule.provider != 0)?;
        let conditions = tables.conditions_of(rule);
        // A range as wide as a class is not about this code.
        let named = conditions.iter().any(|condition| {
            names(wanted, condition) && (wanted.enhanced.is_some() || condition.basic.1 - condition.basic.0 < 99)
        });
        let codes: Vec<_> = conditions.iter().map(condition).collect();
        let code = [tables.text(text.slug).to_owned(), codes.join(", ")].join(" ");
        item(tables, index, "variant", code.trim_end().to_owned(), None, named)
    };
    tables
        .rules
        .iter()
        .zip(tables.rule_texts)
        .enumerate()
        .filter_map(of)
        .collect()
}

/// Whether a condition is about the codes asked for.
fn names(wanted: &Wanted, condition: &Condition) -> bool {
    let any = condition.basic == (0, 999);
    let basic = wanted
        .basic
        .map(|code| !any && (condition.basic.0..=condition.basic.1).contains(&code.number()));
    let enhanced = wanted
        .enhanced
        .map(|code| condition.classes != 0 && condition.names(code));
    match (basic, enhanced) {
        (Some(basic), Some(enhanced)) => basic && enhanced,
        (basic, enhanced) => basic.or(enhanced).unwrap_or(false),
    }
}

fn condition(condition: &Condition) -> String {
    let (first, last) = condition.basic;
    let basic = match (first, last) {
        (0, 999) => String::new(),
        _ if first == last => format!("{first:03}"),
        _ => format!("{first:03}-{last:03}"),
    };
    if condition.classes == 0 {
        return basic;
    }
    let class = class(condition.classes);
    let enhanced = match (condition.subject, condition.detail) {
        ((subject, same), detail) if subject == same && detail.1 < 999 => range(&class, subject, detail),
        ((subject, same), _) if subject == same => format!("{class}.{subject}.x"),
        _ => format!("{class}.x.x"),
    };
    format!("{basic} {enhanced}").trim_start().to_owned()
}

/// A single class as its digit, several as `x`.
fn class(classes: u16) -> String {
    if classes.count_ones() == 1 {
        classes.trailing_zeros().to_string()
    } else {
        "x".to_owned()
    }
}

fn range(class: &str, subject: u16, (first, last): (u16, u16)) -> String {
    let one = format!("{class}.{subject}.{first}");
    if first == last {
        one
    } else {
        format!("{one}-{class}.{subject}.{last}")
    }
}

pub(crate) fn providers(task: &List) -> anyhow::Result<Outcome> {
    let tables = smtp_codes::builtin();
    let items = tables.providers.iter().skip(1).map(|provider| Item {
        kind: provider.kind.slug(),
        code: tables.text(provider.slug).to_owned(),
        standing: None,
        reason: None,
        title: tables.text(provider.name),
        summary: tables.text(provider.postmaster),
        sources: provider.sources,
        named: false,
    });
    list(tables, items.collect(), task)
}

pub(crate) fn reasons(task: &List) -> anyhow::Result<Outcome> {
    let items = Reason::ALL.iter().map(|reason| {
        let rule = smtp_codes::builtin()
            .reasons
            .get(usize::from(reason.number()))
            .and_then(|rule| smtp_codes::builtin().rule_texts.get(usize::from(*rule)));
        Item {
            kind: "reason",
            code: reason.slug().to_owned(),
            standing: None,
            reason: None,
            title: reason.title(),
            summary: term("reason", reason.slug()).map_or("", |term| term.summary),
            sources: rule.map(|text| text.sources).unwrap_or_default(),
            named: false,
        }
    });
    list(smtp_codes::builtin(), items.collect(), task)
}

fn list(tables: &Tables<'_>, mut items: Vec<Item<'_>>, task: &List) -> anyhow::Result<Outcome> {
    let words: Vec<_> = task.query.iter().map(|word| word.to_lowercase()).collect();
    items.retain(|item| {
        let text = format!("{} {} {} {}", item.code, item.title, item.summary, item.kind).to_lowercase();
        words.iter().all(|word| text.contains(word))
    });
    show(tables, &items, task.json)?;
    Ok(Outcome::Done)
}

fn show(tables: &Tables<'_>, items: &[Item<'_>], json: bool) -> anyhow::Result<()> {
    if json {
        return as_json(tables, items);
    }
    let mut out = anstream::stdout().lock();
    let width = items
        .iter()
        .map(|item| item.code.len())
        .filter(|len| *len <= 24)
        .max()
        .unwrap_or(0);
    let strong = Style::new().bold();
    for item in items {
        let title = if item.title.is_empty() {
            item.summary
        } else {
            item.title
        };
        let mark = item
            .standing
            .filter(|standing| *standing != Standing::Registered)
            .map(|standing| format!(" [{standing}]"))
            .unwrap_or_default();
        let reason = item.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        let indent = " ".repeat(width + 2);
        let first = format!("{:width$}  ", item.code);
        let options = textwrap::Options::new(80)
            .initial_indent(&first)
            .subsequent_indent(&indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for (index, line) in textwrap::wrap(&format!("{title}{reason}{mark}"), options)
            .iter()
            .enumerate()
        {
            match line.strip_prefix(item.code.as_str()).filter(|_| index == 0) {
                Some(rest) => writeln!(out, "{strong}{}{strong:#}{rest}", item.code)?,
                None => writeln!(out, "{line}")?,
            }
        }
    }
    Ok(())
}

fn as_json(tables: &Tables<'_>, items: &[Item<'_>]) -> anyhow::Result<()> {
    use std::fmt::Write as _;
    let mut text = String::new();
    for item in items {
        text.push_str("{\"kind\":");
        string(&mut text, item.kind)?;
        text.push_str(",\"code\":");
        string(&mut text, &item.code)?;
        if let Some(standing) = item.standing {
            write!(text, ",\"standing\":\"{standing}\"")?;
        }
        if let Some(reason) = item.reason {
            write!(text, ",\"reason\":\"{reason}\"")?;
        }
        for (key, value) in [("title", item.title), ("summary", item.summary)] {
            write!(text, ",\"{key}\":")?;
            string(&mut text, value)?;
        }
        text.push_str(",\"sources\":[");
        for (index, source) in tables.sources_of(item.sources).enumerate() {
            if index > 0 {
                text.push(',');
            }
            string(&mut text, tables.text(source.id))?;
        }
        text.push_str("]}\n");
    }
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}
