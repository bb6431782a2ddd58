//! The compiler: from the records of the catalogue to the tables that the engine runs on.
//!
//! It expects a catalogue that passed its checks; what those would have refused is skipped here.
//! The result is the same to the byte whatever order files and records come in.

mod codes;
mod learnable;
mod owned;
mod pack;
mod pool;
mod rank;
mod rules;
mod standards;
pub mod vectors;
pub(crate) mod wording;

use std::collections::BTreeMap;

use smtp_codes::Reason;
use smtp_codes::packed::LAST;
use smtp_codes::tables::{
    Blocklist, Cue, Cues, HostName, Limits, Provider, ProviderKind, RuleKind, Run, Source, Strength, Target, Wrapper,
};

pub use owned::{OwnedModel, OwnedTables};

use crate::ids::{IdKind, Ledger};
use crate::parallel::both;
use crate::signature::Signature;
use crate::source::{self, Catalogue, List, Text};
use pool::{Pool, Runs};
use rank::Specificity;
use rules::Draft;
use wording::{Atom, Builder, Lexicon};

/// Compiles a checked catalogue, the learned model left out.
#[must_use]
pub fn compile(catalogue: &Catalogue) -> OwnedTables {
    Compiler::new(catalogue).run()
}

/// Compiles like [`compile`], and tells which signature each pattern is, by its number.
#[must_use]
pub fn compile_with_signatures(catalogue: &Catalogue) -> (OwnedTables, Vec<Signature>) {
    let mut compiler = Compiler::new(catalogue);
    compiler.fill();
    let signatures = std::mem::take(&mut compiler.signatures);
    (compiler.finish(), signatures)
}

/// The concepts that tell whose fault is told of.
const CUES: &[(&str, Cue)] = &[
    ("recipient", Cue::Recipient),
    ("mailbox", Cue::Recipient),
    ("address", Cue::Recipient),
    ("domain", Cue::Recipient),
    ("cue-unsure-noun", Cue::UnsureNoun),
    ("cue-sender-check", Cue::SenderCheck),
    ("cue-login", Cue::Login),
    ("cue-senders-fault", Cue::SendersFault),
    ("cue-senders-own", Cue::SendersOwn),
];

/// Whether a concept tells whose fault is told of, and so is of use without any signature.
pub(crate) fn is_cue(slug: &str) -> bool {
    CUES.iter().any(|(name, _)| *name == slug)
}

/// Work in progress.
struct Compiler<'c> {
    catalogue: &'c Catalogue,
    ledger: Ledger,
    tables: OwnedTables,
    pool: Pool,
    remedies: Runs<smtp_codes::Remedy>,
    source_lists: Runs<u16>,
    reasons: BTreeMap<&'c str, &'c source::Reason>,
    source_index: BTreeMap<&'c str, u16>,
    schedule_index: BTreeMap<&'c str, u8>,
    provider_index: BTreeMap<&'c str, u16>,
    lexicon: Lexicon,
    builder: Builder,
    /// Signatures of rules, to be numbered by rank.
    drafts: Vec<PatternDraft>,
    /// The signature of each pattern, by its number.
    signatures: Vec<Signature>,
}

struct PatternDraft {
    signature: Signature,
    rule: u16,
    rank: u32,
    /// Slug and text, which part equal ranks.
    name: (String, String),
    guards: Vec<Signature>,
}

impl<'c> Compiler<'c> {
    fn new(catalogue: &'c Catalogue) -> Self {
        let lexicon = wording::lexicon_of(catalogue);
        // Numbers that the ledger does not have yet are given as `cargo xtask ids` would give them.
        let ledger = catalogue.ledger.clone().unwrap_or_default().updated(catalogue);
        Self {
            catalogue,
            ledger,
            tables: OwnedTables::default(),
            pool: Pool::default(),
            remedies: Runs::default(),
            source_lists: Runs::default(),
            reasons: catalogue
                .reasons
                .iter()
                .map(|entry| (entry.slug.as_str(), &entry.record))
                .collect(),
            source_index: BTreeMap::new(),
            schedule_index: BTreeMap::new(),
            provider_index: BTreeMap::new(),
            lexicon,
            builder: Builder::new(),
            drafts: Vec::new(),
            signatures: Vec::new(),
        }
    }

    fn run(mut self) -> OwnedTables {
        self.fill();
        self.finish()
    }

    fn fill(&mut self) {
        let catalogue = self.catalogue;
        let (learnable, ()) = both(|| learnable::words(catalogue), || self.records());
        for word in &learnable {
            self.builder.word(word);
        }
    }

    /// Everything that the records say.
    fn records(&mut self) {
        // The first is no limit.
        self.tables.limits.push(Limits::default());
        self.pool.intern("");
        for slug in self.lexicon.keys() {
            self.builder.concept(slug, &self.lexicon);
        }
        self.tables.concept_count = self.lexicon.len() as u16;
        for (number, slug) in (0u16..).zip(self.lexicon.keys()) {
            let cue = CUES.iter().find(|(name, _)| name == slug);
            self.tables.cues.extend(cue.map(|(_, cue)| (number, Cues(*cue as u8))));
        }
        if let Some(head) = &self.catalogue.head {
            self.tables.version = self.pool.intern(&head.version);
            self.tables.date = self.pool.intern(&head.date);
        }
        self.sources();
        self.schedules();
        self.recurrences();
        self.providers();
        self.reason_rules();
        self.standards();
        self.phrases();
        self.variants();
        self.blocklists();
        self.patterns();
        self.wrappers();
    }

    fn number(&self, kind: IdKind, name: &str) -> u32 {
        self.ledger.number(kind, name).map_or(0, u32::from)
    }

    fn sources(&mut self) {
        let mut entries: Vec<_> = self.catalogue.sources.iter().collect();
        entries.sort_by(|a, b| a.id.as_str().cmp(b.id.as_str()));
        for entry in entries {
            self.source_index
                .insert(entry.id.as_str(), self.tables.sources.len() as u16);
            let source = Source {
                id: self.pool.intern(&entry.id),
                title: self.pool.intern(&entry.title),
                url: self.pool.intern(optional(entry.url.as_ref())),
            };
            self.tables.sources.push(source);
        }
    }

    fn providers(&mut self) {
        let catalogue = self.catalogue;
        let none = Provider {
            number: 0,
            slug: smtp_codes::tables::Text::default(),
            name: smtp_codes::tables::Text::default(),
            kind: ProviderKind::Mta,
            postmaster: smtp_codes::tables::Text::default(),
            delisting: smtp_codes::tables::Text::default(),
            by_code: Run::default(),
            sources: Run::default(),
        };
        self.tables.providers.push(none);
        let mut entries: Vec<_> = catalogue.providers.iter().collect();
        entries.sort_by(|a, b| a.slug.as_str().cmp(b.slug.as_str()));
        for entry in entries {
            let index = self.tables.providers.len() as u16;
            self.provider_index.insert(entry.slug.as_str(), index);
            let provider = Provider {
                number: self.number(IdKind::Provider, &entry.slug),
                slug: self.pool.intern(&entry.slug),
                name: self.pool.intern(&entry.name),
                kind: ProviderKind::ALL
                    .iter()
                    .copied()
                    .find(|kind| kind.slug() == entry.kind.as_str())
                    .unwrap_or(ProviderKind::Mta),
                postmaster: self.pool.intern(optional(entry.postmaster.as_ref())),
                delisting: self.pool.intern(optional(entry.delisting.as_ref())),
                by_code: Run::default(),
                sources: self.source_run(&entry.sources),
            };
            self.tables.providers.push(provider);
            for (names, hosts) in [(entry.mx.as_ref(), true), (entry.domains.as_ref(), false)] {
                for name in texts(names) {
                    let name = name
                        .trim_start_matches("*.")
                        .trim_start_matches('.')
                        .to_ascii_lowercase();
                    let host = HostName {
                        name: self.pool.intern(&name),
                        provider: index,
                    };
                    if hosts {
                        self.tables.mx_hosts.push(host)
                    } else {
                        self.tables.domains.push(host)
                    }
                }
            }
        }
    }

    /// One rule for each reason: what holds where the words alone gave the reason.
    fn reason_rules(&mut self) {
        for reason in Reason::ALL {
            let Some(entry) = self.reasons.get(reason.slug()).copied() else {
                self.tables.reasons.push(0);
                continue;
            };
            let advice = source::Advice {
                reason: Some(&entry.slug),
                bounce: None,
                party: None,
                delivery: None,
                address: None,
                remedies: None,
                schedule: None,
            };
            let rule = self.rule(Draft {
                kind: RuleKind::Phrase,
                advice: [advice, advice],
                strength: None,
                confidence: 60,
                provider: 0,
                distinctive: false,
                catch_all: false,
                conditions: Vec::new(),
                command: None,
                number: 0,
                slug: format!("reason:{}", reason.slug()),
                title: &entry.title,
                summary: &entry.summary,
                fix: "",
                url: "",
                tag: "",
                sources: &entry.sources,
            });
            self.tables.reasons.push(rule);
        }
    }

    fn phrases(&mut self) {
        let mut entries: Vec<_> = self.catalogue.phrases.iter().collect();
        entries.sort_by(|a, b| a.slug.as_str().cmp(b.slug.as_str()));
        for entry in entries {
            let conditions = rules::conditions(entry.basic.as_ref(), entry.enhanced.as_ref());
            let generic = rules::strength(entry.strength.as_ref()) == Strength::Generic;
            let rule = self.rule(Draft {
                kind: RuleKind::Phrase,
                advice: [entry.advice(), entry.advice()],
                strength: entry.strength.as_ref(),
                confidence: rules::confidence(entry.confidence.as_ref(), generic, 88),
                provider: 0,
                distinctive: false,
                catch_all: false,
                conditions: conditions.clone(),
                command: entry.command.as_ref(),
                number: self.number(IdKind::Phrase, &entry.slug),
                slug: format!("phrase:{}", entry.slug.as_str()),
                title: "",
                summary: &entry.summary,
                fix: "",
                url: "",
                tag: "",
                sources: &entry.sources,
            });
            self.draft(
                rule,
                entry.slug.as_str(),
                Some(&entry.signatures),
                entry.not.as_ref(),
                None,
            );
        }
    }

    fn variants(&mut self) {
        let mut entries: Vec<_> = self.catalogue.variants.iter().collect();
        entries.sort_by_key(|entry| entry.name());
        let mut by_code: BTreeMap<u16, Vec<(u32, u16)>> = BTreeMap::new();
        for entry in entries {
            let Some(&provider) = self.provider_index.get(entry.provider.as_str()) else {
                continue;
            };
            let conditions = rules::conditions(entry.basic.as_ref(), entry.enhanced.as_ref());
            let worded = entry.signatures.is_some() || entry.tag.is_some();
            let generic = rules::strength(entry.strength.as_ref()) == Strength::Generic;
            let rule = self.rule(Draft {
                kind: if worded {
                    RuleKind::Variant
                } else {
                    RuleKind::VariantCode
                },
                advice: [entry.advice(), entry.advice()],
                strength: entry.strength.as_ref(),
                confidence: rules::confidence(Some(&entry.confidence), generic, 88),
                provider,
                distinctive: entry.distinctive.as_ref().is_some_and(|flag| *flag.get()),
                catch_all: false,
                conditions: conditions.clone(),
                command: entry.command.as_ref(),
                number: self.number(IdKind::Variant, &entry.name()),
                slug: entry.name(),
                title: &entry.entry.record.title,
                summary: &entry.entry.record.summary,
                fix: &entry.entry.record.fix,
                url: optional(entry.entry.record.url.as_ref()),
                tag: optional(entry.entry.record.tag.as_ref()),
                sources: &entry.entry.record.sources,
            });
            if worded {
                self.draft(
                    rule,
                    &entry.name(),
                    entry.signatures.as_ref(),
                    entry.not.as_ref(),
                    entry.tag.as_ref(),
                );
            } else {
                let width = conditions
                    .iter()
                    .map(|c| {
                        u32::from(c.basic.1 - c.basic.0)
                            + if c.classes == 0 {
                                100_000
                            } else {
                                (u32::from(c.detail.1 - c.detail.0) + 1) * c.classes.count_ones() * 1000
                            }
                    })
                    .max()
                    .unwrap_or(u32::MAX);
                by_code.entry(provider).or_default().push((width, rule));
            }
        }
        for (provider, mut rules) in by_code {
            rules.sort_unstable();
            let run = Run {
                start: self.tables.by_code.len() as u32,
                len: rules.len() as u16,
            };
            self.tables.by_code.extend(rules.iter().map(|(_, rule)| rule));
            self.tables.providers[usize::from(provider)].by_code = run;
        }
    }

    /// Notes the signatures of a rule; a tag alone is a signature too, and beside others narrows nothing.
    fn draft(&mut self, rule: u16, name: &str, signatures: Option<&List>, not: Option<&List>, tag: Option<&Text>) {
        let guards: Vec<Signature> = texts(not).filter_map(|text| Signature::parse(text).ok()).collect();
        let tag = tag.map(|tag| tag.as_str()).into_iter();
        let entry = self.tables.rules[usize::from(rule)];
        for text in texts(signatures).chain(tag.clone()) {
            let Ok(signature) = Signature::parse(text) else {
                continue;
            };
            let atoms = wording::atoms_of(&signature);
            let is_tag = tag.clone().any(|tag| tag == text);
            let limits = self.tables.limits[usize::from(entry.limits)];
            let conditions =
                self.tables.conditions[usize::from(limits.conditions.0)..][..usize::from(limits.conditions.1)].to_vec();
            let rank = rank::rank(&Specificity {
                variant: entry.kind() == RuleKind::Variant,
                // A provider's tag beats its prose.
                strength: if is_tag && entry.strength() == Strength::Normal {
                    Strength::Specific
                } else {
                    entry.strength()
                },
                atoms: &atoms,
                conditions: &conditions,
                command: limits.commands != 0,
                guarded: !guards.is_empty(),
            });
            self.drafts.push(PatternDraft {
                signature,
                rule,
                rank,
                name: (name.to_owned(), text.to_owned()),
                guards: guards.clone(),
            });
        }
    }

    fn blocklists(&mut self) {
        self.tables.blocklists.push(Blocklist {
            number: 0,
            slug: smtp_codes::tables::Text::default(),
            name: smtp_codes::tables::Text::default(),
            removal: smtp_codes::tables::Text::default(),
            sources: Run::default(),
        });
        let mut entries: Vec<_> = self.catalogue.blocklists.iter().collect();
        entries.sort_by(|a, b| a.slug.as_str().cmp(b.slug.as_str()));
        for entry in entries {
            let blocklist = Blocklist {
                number: self.number(IdKind::Blocklist, &entry.slug),
                slug: self.pool.intern(&entry.slug),
                name: self.pool.intern(&entry.name),
                removal: self.pool.intern(optional(entry.removal.as_ref())),
                sources: self.source_run(&entry.sources),
            };
            self.tables.blocklists.push(blocklist);
        }
    }

    /// Numbers all patterns: fingerprints and blocklists, rules by rank, guards last.
    fn patterns(&mut self) {
        let catalogue = self.catalogue;
        let mut marks: Vec<(u32, String, Signature, Target)> = Vec::new();
        for entry in &catalogue.providers {
            let Some(&index) = self.provider_index.get(entry.slug.as_str()) else {
                continue;
            };
            for text in texts(entry.fingerprints.as_ref()) {
                marks.extend(
                    Signature::parse(text)
                        .ok()
                        .map(|signature| (length(&signature), text.to_owned(), signature, Target::Provider(index))),
                );
            }
        }
        let mut lists: Vec<_> = catalogue.blocklists.iter().collect();
        lists.sort_by(|a, b| a.slug.as_str().cmp(b.slug.as_str()));
        for (index, entry) in lists.iter().enumerate() {
            for text in texts(Some(&entry.signatures)) {
                marks.extend(Signature::parse(text).ok().map(|signature| {
                    (
                        length(&signature),
                        text.to_owned(),
                        signature,
                        Target::Blocklist(index as u16 + 1),
                    )
                }));
            }
        }
        // The longer mark is the more telling: "zen spamhaus org" before "spamhaus".
        marks.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        for (_, _, signature, target) in marks {
            self.pattern(&signature, target, 0, false);
        }
        let mut drafts = std::mem::take(&mut self.drafts);
        drafts.sort_by(|a, b| b.rank.cmp(&a.rank).then_with(|| a.name.cmp(&b.name)));
        let first_guard = self.tables.patterns.len() + drafts.len();
        let mut guards: BTreeMap<String, (u16, Signature)> = BTreeMap::new();
        let mut lists: BTreeMap<Vec<u16>, u16> = BTreeMap::new();
        for draft in &drafts {
            let numbers: Vec<u16> = draft
                .guards
                .iter()
                .map(|guard| {
                    let next = (first_guard + guards.len()) as u16;
                    guards.entry(format!("{guard:?}")).or_insert((next, guard.clone())).0
                })
                .collect();
            let guarded = !numbers.is_empty();
            self.pattern(&draft.signature, Target::Rule(draft.rule), draft.rank, guarded);
            if guarded {
                let list = self.guard_list(&mut lists, numbers);
                self.tables.guarded.push((draft.rule, list));
            }
        }
        // What an entry excludes, it excludes for each of its signatures.
        self.tables.guarded.sort_unstable();
        self.tables.guarded.dedup();
        let mut guards: Vec<_> = guards.into_values().collect();
        guards.sort_by_key(|(number, _)| *number);
        for (_, signature) in guards {
            self.pattern(&signature, Target::Guard, 0, false);
        }
    }

    /// Where a list of guards starts; equal lists are kept once.
    fn guard_list(&mut self, lists: &mut BTreeMap<Vec<u16>, u16>, numbers: Vec<u16>) -> u16 {
        if let Some(&start) = lists.get(&numbers) {
            return start;
        }
        let start = self.tables.guards.len() as u16;
        self.tables.guards.extend(&numbers);
        if let Some(last) = self.tables.guards.last_mut() {
            *last |= LAST;
        }
        lists.insert(numbers, start);
        start
    }

    fn pattern(&mut self, signature: &Signature, target: Target, rank: u32, guarded: bool) {
        let number = self.tables.patterns.len() as u16;
        self.tables.patterns.push(target.pack(guarded));
        if self.tables.ranks.last().is_none_or(|(_, last)| *last != rank) {
            self.tables.ranks.push((number, rank));
        }
        self.builder.signature(signature, number, &self.lexicon);
        self.signatures.push(signature.clone());
    }

    fn wrappers(&mut self) {
        let mut wrappers: Vec<(&str, &str)> = self
            .catalogue
            .wrappers
            .iter()
            .map(|entry| (entry.slug.as_str(), entry.intro.as_str()))
            .collect();
        wrappers.sort_unstable();
        for (slug, intro) in wrappers {
            let wrapper = Wrapper {
                slug: self.pool.intern(slug),
                intro: self.pool.intern(&smtp_codes::reply::trim_intro(intro).to_lowercase()),
            };
            self.tables.wrappers.push(wrapper);
        }
    }

    fn finish(mut self) -> OwnedTables {
        let packed = self.builder.finish(self.tables.concept_count);
        self.tables.word_buckets = packed.buckets;
        self.tables.word_starts = packed.starts;
        self.tables.word_marks = packed.marks;
        self.tables.word_lens = packed.lens;
        self.tables.word_bytes = packed.bytes;
        self.tables.roots = packed.roots;
        self.tables.nodes = packed.nodes;
        self.tables.atom_starts = packed.atom_starts;
        self.tables.program = packed.program;
        self.tables.simple = packed.simple;
        self.tables.slot_count = packed.slot_count;
        self.tables.most_edges = packed.most_edges;
        self.tables.remedies = self.remedies.finish();
        self.tables.source_lists = self.source_lists.finish();
        self.tables.pool = self.pool.finish();
        let pool = &self.tables.pool;
        let name = |host: &HostName| pool[host.name.start as usize..][..usize::from(host.name.len)].to_owned();
        self.tables.mx_hosts.sort_by_key(name);
        self.tables.domains.sort_by_key(name);
        self.tables
    }
}

/// How many words a mark has, literal ones and concepts alike.
fn length(signature: &Signature) -> u32 {
    wording::atoms_of(signature)
        .iter()
        .map(|(_, atom)| match atom {
            Atom::Concept(_) => 1,
            Atom::Literal(words) => words.iter().map(|word| word.len() as u32).sum(),
        })
        .sum()
}

fn optional(text: Option<&Text>) -> &str {
    text.map_or("", |text| text.as_str())
}

fn texts(list: Option<&List>) -> impl Iterator<Item = &str> + Clone {
    list.into_iter().flat_map(|list| list.iter().map(|text| text.as_str()))
}
