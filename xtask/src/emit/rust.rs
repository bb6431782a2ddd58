//! Rust: the tables of `smtp-codes`, as static data.
//!
//! Records stand one on a line, numbers many on a line: the files are for the compiler and for
//! `git diff`; reviewers read the fingerprint.

use std::fmt::{Debug, Write as _};

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use smtp_codes::tables::{Condition, Run, Text};
use smtp_codes_catalog::compile::OwnedTables;
use smtp_codes_catalog::model::Model;

use super::{Files, MARK};

const FOLDER: &str = "crates/smtp-codes/src/generated";

/// The files of `crates/smtp-codes/src/generated`.
pub(crate) fn emit(model: &Model) -> Files {
    let tables = &model.tables;
    let mut files = Files::new();
    let mut add = |name: &str, text: String| {
        files.insert(format!("{FOLDER}/{name}.rs"), text.into_bytes());
    };
    add("pool", file("Text.", &[("", text_static("POOL", &tables.pool))]));
    add("words", words(tables));
    add("signatures", signatures(tables));
    add("rules", rules(tables));
    add("codes", codes(tables));
    add("parties", parties(tables));
    add("weights", weights(tables));
    add("mod", assembly(tables));
    files
}

fn file(about: &str, parts: &[(&str, String)]) -> String {
    let mut text = format!("// {MARK}\n//! {about}\n\n");
    for (uses, _) in parts.iter().filter(|(uses, _)| !uses.is_empty()) {
        let _ = writeln!(text, "{uses}");
    }
    for (_, part) in parts {
        text.push('\n');
        text.push_str(part);
    }
    text
}

fn text_static(name: &str, text: &str) -> String {
    // A literal that knows how to write itself: the text may hold anything. One piece on a line; a line
    // that is continued loses the blanks it begins with, so a piece that begins with one is not parted.
    let written = Literal::string(text).to_string();
    let mut literal = String::with_capacity(written.len() + written.len() / 8);
    for piece in written.split_inclusive("\\0") {
        if literal.ends_with("\\0") && piece.starts_with(|c: char| !c.is_whitespace() && c != '"') {
            literal.push_str("\\\n");
        }
        literal.push_str(piece);
    }
    format!("pub(super) static {name}: &str = {literal};\n")
}

fn bytes_static(name: &str, bytes: &[u8]) -> String {
    format!("pub(super) static {name}: &[u8] = {};\n", Literal::byte_string(bytes))
}

/// Numbers, as many on a line as fit.
fn numbers<T: Debug>(name: &str, of: &str, values: &[T]) -> String {
    let mut text = format!("pub(super) static {name}: [{of}; {}] = [\n", values.len());
    let mut line = String::from("   ");
    for value in values {
        let item = format!(" {value:?},");
        if line.len() + item.len() > 110 {
            text.push_str(&line);
            text.push('\n');
            line = String::from("   ");
        }
        line.push_str(&item);
    }
    if line.len() > 3 {
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str("];\n");
    text
}

/// Records, one on a line.
fn records<T>(name: &str, of: &str, values: &[T], write: impl Fn(&T) -> String) -> String {
    let mut text = format!("pub(super) static {name}: [{of}; {}] = [\n", values.len());
    for value in values {
        let _ = writeln!(text, "    {},", write(value));
    }
    text.push_str("];\n");
    text
}

fn t(text: Text) -> String {
    format!("t({}, {})", text.start, text.len)
}

fn r(run: Run) -> String {
    format!("r({}, {})", run.start, run.len)
}

const SHORT: &str = "use super::{r, t};";

fn words(tables: &OwnedTables) -> String {
    file(
        "Words and word sequences.",
        &[
            ("", bytes_static("BYTES", &tables.word_bytes)),
            ("", numbers("BUCKETS", "u16", &tables.word_buckets)),
            ("", numbers("STARTS", "u32", &tables.word_starts)),
            ("", numbers("MARKS", "u8", &tables.word_marks)),
            ("", numbers("LENS", "u8", &tables.word_lens)),
            ("", numbers("ROOTS", "u16", &tables.roots)),
            ("", numbers("NODES", "u16", &tables.nodes)),
        ],
    )
}

fn signatures(tables: &OwnedTables) -> String {
    file(
        "Signatures.",
        &[
            ("", numbers("ATOM_STARTS", "u16", &tables.atom_starts)),
            ("", numbers("PROGRAM", "u16", &tables.program)),
            ("", numbers("SIMPLE", "u16", &tables.simple)),
            ("", numbers("PATTERNS", "u16", &tables.patterns)),
            ("", numbers("RANKS", "(u16, u32)", &tables.ranks)),
            ("", numbers("GUARDED", "(u16, u16)", &tables.guarded)),
            ("", numbers("GUARDS", "u16", &tables.guards)),
        ],
    )
}

fn condition(condition: &Condition) -> String {
    format!(
        "Condition {{ basic: {:?}, classes: {}, subject: {:?}, detail: {:?} }}",
        condition.basic, condition.classes, condition.subject, condition.detail
    )
}

fn rules(tables: &OwnedTables) -> String {
    file(
        "Rules, their text and their advice.",
        &[
            (SHORT, String::new()),
            (
                "use crate::tables::{Advice, Condition, Cues, Limits, Rule, RuleKind, RuleText, Strength, Traits};",
                String::new(),
            ),
            (
                "use crate::vocabulary::{Address, BounceType, Delivery, Party, Reason, Remedy};",
                String::new(),
            ),
            (
                "",
                format!(
                    "const fn is(kind: RuleKind, strength: Strength, distinctive: bool, catch_all: bool, permanent: bool) -> Traits {{\n    Traits {{ kind, strength, distinctive, catch_all, permanent }}\n}}\n\n{}",
                    records("RULES", "Rule", &tables.rules, |rule| {
                        let traits = rule.traits();
                        format!(
                            "Rule::new(is(RuleKind::{:?}, Strength::{:?}, {}, {}, {}), Reason::{:?}, {}, {}, {}, {:?})",
                            traits.kind,
                            traits.strength,
                            traits.distinctive,
                            traits.catch_all,
                            traits.permanent,
                            rule.reason,
                            rule.confidence,
                            rule.provider,
                            rule.limits,
                            rule.advice
                        )
                    })
                ),
            ),
            (
                "",
                records("LIMITS", "Limits", &tables.limits, |limits| {
                    format!(
                        "Limits {{ conditions: {:?}, commands: {} }}",
                        limits.conditions, limits.commands
                    )
                }),
            ),
            (
                "",
                records("RULE_TEXTS", "RuleText", &tables.rule_texts, |text| {
                    format!(
                        "RuleText {{ number: {}, slug: {}, title: {}, summary: {}, fix: {}, url: {}, tag: {}, sources: {} }}",
                        text.number,
                        t(text.slug),
                        t(text.title),
                        t(text.summary),
                        t(text.fix),
                        t(text.url),
                        t(text.tag),
                        r(text.sources)
                    )
                }),
            ),
            ("", records("CONDITIONS", "Condition", &tables.conditions, condition)),
            (
                "",
                records("ADVICE", "Advice", &tables.advice, |advice| {
                    format!(
                        "Advice {{ bounce: BounceType::{:?}, party: Party::{:?}, delivery: Delivery::{:?}, address: Address::{:?}, remedies: {}, schedule: {} }}",
                        advice.bounce,
                        advice.party,
                        advice.delivery,
                        advice.address,
                        r(advice.remedies),
                        advice.schedule
                    )
                }),
            ),
            (
                "",
                records("REMEDIES", "Remedy", &tables.remedies, |remedy| {
                    format!("Remedy::{remedy:?}")
                }),
            ),
            (
                "",
                records("CUES", "(u16, Cues)", &tables.cues, |(concept, cues)| {
                    format!("({concept}, Cues({}))", cues.0)
                }),
            ),
            ("", numbers("REASONS", "u16", &tables.reasons)),
            ("", numbers("CLASSES", "u16", &tables.classes)),
        ],
    )
}

fn codes(tables: &OwnedTables) -> String {
    file(
        "Codes, families and pairs.",
        &[
            (SHORT, String::new()),
            (
                "use crate::tables::{Basic, Condition, Enhanced, Family, Pair};",
                String::new(),
            ),
            ("use crate::vocabulary::Standing;", String::new()),
            ("", numbers("BASIC_INDEX", "u16", &tables.basic_index)),
            (
                "",
                records("BASICS", "Basic", &tables.basics, |basic| {
                    format!(
                        "Basic {{ codes: {:?}, rule: {}, standing: Standing::{:?}, answers: {}, reads_as: {}, reads_as_enhanced: {:?}, reference: {} }}",
                        basic.codes,
                        basic.rule,
                        basic.standing,
                        basic.answers,
                        basic.reads_as,
                        basic.reads_as_enhanced,
                        t(basic.reference)
                    )
                }),
            ),
            ("", numbers("ENHANCED_INDEX", "u16", &tables.enhanced_index)),
            (
                "",
                records("ENHANCED", "Enhanced", &tables.enhanced, |entry| {
                    format!(
                        "Enhanced {{ classes: {}, subject: {}, detail: {:?}, rules: {:?}, standing: Standing::{:?}, reference: {} }}",
                        entry.classes,
                        entry.subject,
                        entry.detail,
                        entry.rules,
                        entry.standing,
                        t(entry.reference)
                    )
                }),
            ),
            (
                "",
                records("FAMILIES", "Family", &tables.families, |family| {
                    format!(
                        "Family {{ classes: {}, subject: {}, except: {}, rule: {} }}",
                        family.classes,
                        family.subject,
                        r(family.except),
                        family.rule
                    )
                }),
            ),
            ("", numbers("EXCEPTIONS", "(u16, u16)", &tables.exceptions)),
            (
                "",
                records("PAIRS", "Pair", &tables.pairs, |pair| {
                    format!(
                        "Pair {{ condition: {}, rule: {} }}",
                        condition(&pair.condition),
                        pair.rule
                    )
                }),
            ),
        ],
    )
}

fn parties(tables: &OwnedTables) -> String {
    file(
        "Providers, blocklists, sources, schedules, recurrence rules and wrappers.",
        &[
            (SHORT, String::new()),
            (
                "use crate::tables::{Blocklist, Escalation, HostName, Provider, ProviderKind, Recurrence, Schedule, Scope, Source, Unit, Wrapper};",
                String::new(),
            ),
            (
                "",
                records("PROVIDERS", "Provider", &tables.providers, |provider| {
                    format!(
                        "Provider {{ number: {}, slug: {}, name: {}, kind: ProviderKind::{:?}, postmaster: {}, delisting: {}, by_code: {}, sources: {} }}",
                        provider.number,
                        t(provider.slug),
                        t(provider.name),
                        provider.kind,
                        t(provider.postmaster),
                        t(provider.delisting),
                        r(provider.by_code),
                        r(provider.sources)
                    )
                }),
            ),
            ("", numbers("BY_CODE", "u16", &tables.by_code)),
            (
                "",
                format!(
                    "const fn h(name: crate::tables::Text, provider: u16) -> HostName {{\n    HostName {{ name, provider }}\n}}\n\n{}",
                    records("MX_HOSTS", "HostName", &tables.mx_hosts, |host| format!(
                        "h({}, {})",
                        t(host.name),
                        host.provider
                    ))
                ),
            ),
            (
                "",
                records("DOMAINS", "HostName", &tables.domains, |host| {
                    format!("h({}, {})", t(host.name), host.provider)
                }),
            ),
            (
                "",
                records("BLOCKLISTS", "Blocklist", &tables.blocklists, |list| {
                    format!(
                        "Blocklist {{ number: {}, slug: {}, name: {}, removal: {}, sources: {} }}",
                        list.number,
                        t(list.slug),
                        t(list.name),
                        t(list.removal),
                        r(list.sources)
                    )
                }),
            ),
            (
                "",
                records("SOURCES", "Source", &tables.sources, |source| {
                    format!(
                        "Source {{ id: {}, title: {}, url: {} }}",
                        t(source.id),
                        t(source.title),
                        t(source.url)
                    )
                }),
            ),
            ("", numbers("SOURCE_LISTS", "u16", &tables.source_lists)),
            (
                "",
                records("SCHEDULES", "Schedule", &tables.schedules, |schedule| {
                    format!(
                        "Schedule {{ slug: {}, title: {}, first_delay_s: {}, factor_percent: {}, ceiling_s: {}, give_up_s: {}, max_tries: {}, jitter_percent: {}, sources: {} }}",
                        t(schedule.slug),
                        t(schedule.title),
                        schedule.first_delay_s,
                        schedule.factor_percent,
                        schedule.ceiling_s,
                        schedule.give_up_s,
                        schedule.max_tries,
                        schedule.jitter_percent,
                        r(schedule.sources)
                    )
                }),
            ),
            (
                "",
                records("RECURRENCES", "Recurrence", &tables.recurrences, |rule| {
                    format!(
                        "Recurrence {{ slug: {}, title: {}, reasons: {}, class: {}, count: {}, unit: Unit::{:?}, consecutive: {}, scope: Scope::{:?}, never_delivered: {}, escalates_to: Escalation::{:?}, sources: {} }}",
                        t(rule.slug),
                        t(rule.title),
                        rule.reasons,
                        rule.class,
                        rule.count,
                        rule.unit,
                        rule.consecutive,
                        rule.scope,
                        rule.never_delivered,
                        rule.escalates_to,
                        r(rule.sources)
                    )
                }),
            ),
            (
                "",
                records("WRAPPERS", "Wrapper", &tables.wrappers, |wrapper| {
                    format!("Wrapper {{ slug: {}, intro: {} }}", t(wrapper.slug), t(wrapper.intro))
                }),
            ),
        ],
    )
}

fn weights(tables: &OwnedTables) -> String {
    let model = &tables.model;
    file(
        "Weights of the linear model.",
        &[
            ("", numbers("BIAS", "i16", &model.bias)),
            ("", numbers("WORD_RUNS", "u16", &model.word_runs)),
            ("", numbers("CONCEPT_RUNS", "u16", &model.concept_runs)),
            ("", numbers("PAIR_SLOTS", "u16", &model.pair_slots)),
            ("", numbers("PAIRS", "(u16, u16)", &model.pairs)),
            ("", numbers("PAIR_RUNS", "u16", &model.pair_runs)),
            ("", numbers("WEIGHTS", "(u8, i8)", &model.weights)),
            ("", numbers("CALIBRATION", "u8", &model.calibration)),
        ],
    )
}

/// `mod.rs`: the tables put together.
fn assembly(tables: &OwnedTables) -> String {
    let field = |name: &str, module: &str, constant: &str| -> TokenStream {
        let (name, module, constant) = (ident(name), ident(module), ident(constant));
        quote! { #name: &#module::#constant, }
    };
    let group = |list: &[(&str, &str, &str)]| -> TokenStream {
        list.iter()
            .map(|(name, module, constant)| field(name, module, constant))
            .collect()
    };
    let vocabulary = quote! {
        Vocabulary {
            buckets: &words::BUCKETS,
            starts: &words::STARTS,
            marks: &words::MARKS,
            lens: &words::LENS,
            bytes: words::BYTES
        }
    };
    let trie = group(&[("roots", "words", "ROOTS"), ("nodes", "words", "NODES")]);
    let graph = group(&[
        ("starts", "signatures", "ATOM_STARTS"),
        ("program", "signatures", "PROGRAM"),
        ("simple", "signatures", "SIMPLE"),
    ]);
    let slot_count = Literal::u16_unsuffixed(tables.slot_count);
    let concept_count = Literal::u16_unsuffixed(tables.concept_count);
    let rest = group(&[
        ("patterns", "signatures", "PATTERNS"),
        ("ranks", "signatures", "RANKS"),
        ("guarded", "signatures", "GUARDED"),
        ("guards", "signatures", "GUARDS"),
        ("rules", "rules", "RULES"),
        ("rule_texts", "rules", "RULE_TEXTS"),
        ("limits", "rules", "LIMITS"),
        ("conditions", "rules", "CONDITIONS"),
        ("advice", "rules", "ADVICE"),
        ("remedies", "rules", "REMEDIES"),
        ("cues", "rules", "CUES"),
        ("reasons", "rules", "REASONS"),
        ("classes", "rules", "CLASSES"),
        ("basic_index", "codes", "BASIC_INDEX"),
        ("basics", "codes", "BASICS"),
        ("enhanced_index", "codes", "ENHANCED_INDEX"),
        ("enhanced", "codes", "ENHANCED"),
        ("families", "codes", "FAMILIES"),
        ("exceptions", "codes", "EXCEPTIONS"),
        ("pairs", "codes", "PAIRS"),
        ("providers", "parties", "PROVIDERS"),
        ("by_code", "parties", "BY_CODE"),
        ("mx_hosts", "parties", "MX_HOSTS"),
        ("domains", "parties", "DOMAINS"),
        ("blocklists", "parties", "BLOCKLISTS"),
        ("sources", "parties", "SOURCES"),
        ("source_lists", "parties", "SOURCE_LISTS"),
        ("schedules", "parties", "SCHEDULES"),
        ("recurrences", "parties", "RECURRENCES"),
        ("wrappers", "parties", "WRAPPERS"),
    ]);
    let model = group(&[
        ("bias", "weights", "BIAS"),
        ("word_runs", "weights", "WORD_RUNS"),
        ("concept_runs", "weights", "CONCEPT_RUNS"),
        ("pair_slots", "weights", "PAIR_SLOTS"),
        ("pairs", "weights", "PAIRS"),
        ("pair_runs", "weights", "PAIR_RUNS"),
        ("weights", "weights", "WEIGHTS"),
        ("calibration", "weights", "CALIBRATION"),
    ]);
    let threshold = Literal::u8_unsuffixed(tables.model.threshold);
    let text = |text: Text| {
        let (start, len) = (Literal::u32_unsuffixed(text.start), Literal::u16_unsuffixed(text.len));
        quote! { t(#start, #len) }
    };
    let (version, date) = (text(tables.version), text(tables.date));
    let tokens = quote! {
        //! The catalogue, compiled.

        mod codes;
        mod parties;
        mod pool;
        mod rules;
        mod signatures;
        mod weights;
        mod words;

        use crate::tables::{Graph, Model, Run, Tables, Text, Trie, Vocabulary};

        const fn t(start: u32, len: u16) -> Text {
            Text { start, len }
        }

        const fn r(start: u32, len: u16) -> Run {
            Run { start, len }
        }

        /// The catalogue that the crate ships.
        pub(crate) static TABLES: Tables<'static> = Tables {
            pool: pool::POOL,
            vocabulary: #vocabulary,
            trie: Trie { #trie },
            graph: Graph { #graph slot_count: #slot_count, concept_count: #concept_count },
            #rest
            model: Model { #model threshold: #threshold },
            version: #version,
            date: #date,
        };
    };
    // Tokens that `quote!` made of whole items are always a file; if they ever were not, the compiler of
    // the generated crate says so better than a panic here could.
    let text = match syn::parse2(tokens.clone()) {
        Ok(parsed) => prettyplease::unparse(&parsed),
        Err(_) => tokens.to_string(),
    };
    format!("// {MARK}\n{text}")
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}
