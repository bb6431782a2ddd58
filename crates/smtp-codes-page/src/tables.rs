//! The tables that decide, packed and unpacked.
//!
//! What stands beside each other here is written and read in the same order. What only people or the C interface
//! read (titles, sources, schedules, standing) is left out: the page has it from elsewhere. Of a rule's text no more
//! is left than a number, which is the rule's own, from 1.

use alloc::vec::Vec;

use smtp_codes::tables::*;
use smtp_codes::{Address, BounceType, Delivery, Party, Reason, Remedy, Standing};

use crate::columns::{Reader, Writer};
use crate::{model, trie, vocabulary};

/// Packs tables; `weigh` says how many bytes some take when they are packed further, so that the best form is chosen.
#[must_use]
pub fn pack(tables: &Tables<'_>, weigh: &dyn Fn(&[u8]) -> usize) -> Vec<u8> {
    let mut out = Writer::new(weigh);
    vocabulary::write(&tables.vocabulary, &mut out);
    write_signatures(tables, &mut out);
    write_rules(tables, &mut out);
    write_codes(tables, &mut out);
    write_parties(tables, &mut out);
    model::write(&tables.model, &mut out);
    out.finish()
}

/// The tables that were packed; `None` where these bytes are none.
///
/// They stay for good: what borrows them lives as long as the page.
#[must_use]
pub fn unpack(bytes: &[u8]) -> Option<Tables<'static>> {
    let mut input = Reader::new(bytes);
    let vocabulary = vocabulary::read(&mut input)?;
    let signatures = read_signatures(&mut input)?;
    let rules = read_rules(&mut input)?;
    let codes = read_codes(&mut input)?;
    let parties = read_parties(&mut input)?;
    let model = model::read(&mut input)?;
    input.is_empty().then_some(Tables {
        vocabulary,
        trie: signatures.trie,
        graph: signatures.graph,
        patterns: signatures.patterns,
        ranks: signatures.ranks,
        guarded: signatures.guarded,
        guards: signatures.guards,
        model,
        rules: rules.rules,
        rule_texts: rules.rule_texts,
        limits: rules.limits,
        conditions: rules.conditions,
        advice: rules.advice,
        remedies: rules.remedies,
        cues: rules.cues,
        reasons: rules.reasons,
        classes: rules.classes,
        basic_index: codes.basic_index,
        basics: codes.basics,
        enhanced_index: codes.enhanced_index,
        enhanced: codes.enhanced,
        families: codes.families,
        exceptions: codes.exceptions,
        pairs: codes.pairs,
        ..parties
    })
}

// ---- words and signatures ----

fn write_signatures(tables: &Tables<'_>, out: &mut Writer<'_>) {
    trie::write(&tables.trie, out);
    for list in [tables.graph.starts, tables.graph.program, tables.graph.simple] {
        out.column(&wide(list));
    }
    out.number(tables.graph.slot_count.into());
    out.number(tables.graph.concept_count.into());
    out.column(&wide(tables.patterns));
    out.records(tables.ranks, |(first, rank)| [u32::from(*first), *rank]);
    out.records(tables.guarded, pair_fields);
    out.column(&wide(tables.guards));
}

/// The parts of the tables that are about signatures.
struct Signatures {
    trie: Trie<'static>,
    graph: Graph<'static>,
    patterns: &'static [u16],
    ranks: &'static [(u16, u32)],
    guarded: &'static [(u16, u16)],
    guards: &'static [u16],
}

fn read_signatures(input: &mut Reader<'_>) -> Option<Signatures> {
    Some(Signatures {
        trie: trie::read(input)?,
        graph: Graph {
            starts: narrow(input)?,
            program: narrow(input)?,
            simple: narrow(input)?,
            slot_count: input.number()? as u16,
            concept_count: input.number()? as u16,
        },
        patterns: narrow(input)?,
        ranks: input.records(|[first, rank]| Some((first as u16, rank)))?.leak(),
        guarded: input.records(pair)?.leak(),
        guards: narrow(input)?,
    })
}

// ---- rules ----

fn write_rules(tables: &Tables<'_>, out: &mut Writer<'_>) {
    out.records(tables.rules, |rule| {
        let traits = rule.traits();
        let flags = [traits.distinctive, traits.catch_all, traits.permanent];
        let flags = flags.iter().fold(0, |bits, flag| bits << 1 | u32::from(*flag));
        [
            traits.kind as u32,
            traits.strength as u32,
            flags,
            rule.reason.number().into(),
            rule.confidence.into(),
            rule.provider.into(),
            rule.limits.into(),
            rule.advice[0].into(),
            rule.advice[1].into(),
        ]
    });
    out.records(tables.limits, |limits| {
        [limits.conditions.0.into(), limits.conditions.1.into(), limits.commands]
    });
    out.records(tables.conditions, condition_fields);
    out.records(tables.advice, |advice| {
        [
            advice.bounce.number().into(),
            advice.party.number().into(),
            advice.delivery.number().into(),
            advice.address.number().into(),
            advice.remedies.start,
            advice.remedies.len.into(),
        ]
    });
    out.records(tables.remedies, |remedy| [remedy.number().into()]);
    out.records(tables.cues, |(concept, cues)| [u32::from(*concept), cues.0.into()]);
    out.column(&wide(tables.reasons));
    out.column(&wide(tables.classes));
}

/// The parts of the tables that are about rules.
struct Rules {
    rules: &'static [Rule],
    rule_texts: &'static [RuleText],
    limits: &'static [Limits],
    conditions: &'static [Condition],
    advice: &'static [Advice],
    remedies: &'static [Remedy],
    cues: &'static [(u16, Cues)],
    reasons: &'static [u16],
    classes: &'static [u16],
}

fn read_rules(input: &mut Reader<'_>) -> Option<Rules> {
    let rules = input.records(
        |[
            kind,
            strength,
            flags,
            reason,
            confidence,
            provider,
            limits,
            first,
            second,
        ]| {
            let traits = Traits {
                kind: *KINDS.get(kind as usize)?,
                strength: *STRENGTHS.get(strength as usize)?,
                distinctive: flags & 4 != 0,
                catch_all: flags & 2 != 0,
                permanent: flags & 1 != 0,
            };
            let reason = Reason::from_number(reason as u8)?;
            let advice = [first as u16, second as u16];
            Some(Rule::new(
                traits,
                reason,
                confidence as u8,
                provider as u16,
                limits as u16,
                advice,
            ))
        },
    )?;
    let rule_texts: Vec<RuleText> = (1..=rules.len() as u32)
        .map(|number| RuleText {
            number,
            ..RuleText::default()
        })
        .collect();
    Some(Rules {
        rules: rules.leak(),
        rule_texts: rule_texts.leak(),
        limits: input
            .records(|[first, count, commands]| {
                Some(Limits {
                    conditions: (first as u16, count as u16),
                    commands,
                })
            })?
            .leak(),
        conditions: input.records(condition)?.leak(),
        advice: input
            .records(|[bounce, party, delivery, address, start, len]| {
                Some(Advice {
                    bounce: BounceType::from_number(bounce as u8)?,
                    party: Party::from_number(party as u8)?,
                    delivery: Delivery::from_number(delivery as u8)?,
                    address: Address::from_number(address as u8)?,
                    remedies: Run { start, len: len as u16 },
                    schedule: NO_SCHEDULE,
                })
            })?
            .leak(),
        remedies: input.records(|[remedy]| Remedy::from_number(remedy as u8))?.leak(),
        cues: input
            .records(|[concept, cues]| Some((concept as u16, Cues(cues as u8))))?
            .leak(),
        reasons: narrow(input)?,
        classes: narrow(input)?,
    })
}

/// By their numbers.
const KINDS: [RuleKind; 8] = [
    RuleKind::Class,
    RuleKind::Basic,
    RuleKind::Family,
    RuleKind::Enhanced,
    RuleKind::Pair,
    RuleKind::Phrase,
    RuleKind::VariantCode,
    RuleKind::Variant,
];
const STRENGTHS: [Strength; 3] = [Strength::Generic, Strength::Normal, Strength::Specific];

fn condition_fields(condition: &Condition) -> [u32; 7] {
    [
        condition.basic.0,
        condition.basic.1,
        condition.classes,
        condition.subject.0,
        condition.subject.1,
        condition.detail.0,
        condition.detail.1,
    ]
    .map(u32::from)
}

fn condition(fields: [u32; 7]) -> Option<Condition> {
    let [
        low,
        high,
        classes,
        first_subject,
        last_subject,
        first_detail,
        last_detail,
    ] = fields.map(|field| field as u16);
    Some(Condition {
        basic: (low, high),
        classes,
        subject: (first_subject, last_subject),
        detail: (first_detail, last_detail),
    })
}

// ---- codes ----

fn write_codes(tables: &Tables<'_>, out: &mut Writer<'_>) {
    out.column(&wide(tables.basic_index));
    out.records(tables.basics, |basic| {
        [basic.codes.0, basic.codes.1, basic.rule].map(u32::from)
    });
    out.column(&wide(tables.enhanced_index));
    out.records(tables.enhanced, |code| {
        let [success, transient, permanent] = code.rules;
        [
            code.classes,
            code.subject,
            code.detail.0,
            code.detail.1,
            success,
            transient,
            permanent,
        ]
        .map(u32::from)
    });
    out.records(tables.families, |family| {
        let except = [family.except.start, family.except.len.into()];
        [
            family.classes.into(),
            family.subject.into(),
            except[0],
            except[1],
            family.rule.into(),
        ]
    });
    out.records(tables.exceptions, pair_fields);
    let conditions: Vec<Condition> = tables.pairs.iter().map(|pair| pair.condition).collect();
    out.records(&conditions, condition_fields);
    let rules: Vec<u32> = tables.pairs.iter().map(|pair| pair.rule.into()).collect();
    out.column(&rules);
}

/// The parts of the tables that are about codes.
struct Codes {
    basic_index: &'static [u16],
    basics: &'static [Basic],
    enhanced_index: &'static [u16],
    enhanced: &'static [Enhanced],
    families: &'static [Family],
    exceptions: &'static [(u16, u16)],
    pairs: &'static [Pair],
}

fn read_codes(input: &mut Reader<'_>) -> Option<Codes> {
    Some(Codes {
        basic_index: narrow(input)?,
        basics: input
            .records(|fields| {
                let [low, high, rule] = fields.map(|field| field as u16);
                Some(Basic {
                    codes: (low, high),
                    rule,
                    standing: Standing::Registered,
                    answers: 0,
                    reads_as: 0,
                    reads_as_enhanced: (0, 0),
                    reference: Text::default(),
                })
            })?
            .leak(),
        enhanced_index: narrow(input)?,
        enhanced: input
            .records(|fields| {
                let [classes, subject, first, last, success, transient, permanent] = fields.map(|field| field as u16);
                Some(Enhanced {
                    classes,
                    subject,
                    detail: (first, last),
                    rules: [success, transient, permanent],
                    standing: Standing::Registered,
                    reference: Text::default(),
                })
            })?
            .leak(),
        families: input
            .records(|[classes, subject, start, len, rule]| {
                Some(Family {
                    classes: classes as u16,
                    subject: subject as u16,
                    except: Run { start, len: len as u16 },
                    rule: rule as u16,
                })
            })?
            .leak(),
        exceptions: input.records(pair)?.leak(),
        pairs: {
            let conditions = input.records(condition)?;
            let rules = input.column()?;
            let pairs = conditions.into_iter().zip(rules);
            pairs
                .map(|(condition, rule)| Pair {
                    condition,
                    rule: rule as u16,
                })
                .collect::<Vec<_>>()
                .leak()
        },
    })
}

// ---- providers, hosts, blocklists, wrappers: what has text that decides ----

fn write_parties(tables: &Tables<'_>, out: &mut Writer<'_>) {
    let hosts = [tables.mx_hosts, tables.domains];
    let texts = (tables.providers.iter().map(|provider| provider.slug))
        .chain(tables.blocklists.iter().map(|blocklist| blocklist.slug))
        .chain(hosts.iter().flat_map(|names| names.iter().map(|host| host.name)))
        .chain(tables.wrappers.iter().map(|wrapper| wrapper.intro));
    let mut pool = Vec::new();
    for text in texts {
        pool.extend(tables.text(text).as_bytes());
        pool.push(0);
    }
    out.bytes(&pool);
    out.records(tables.providers, |provider| {
        [
            provider.kind.number().into(),
            provider.by_code.start,
            provider.by_code.len.into(),
        ]
    });
    out.number(tables.blocklists.len() as u32);
    for names in hosts {
        out.records(names, |host| [host.provider.into()]);
    }
    out.number(tables.wrappers.len() as u32);
    out.column(&wide(tables.by_code));
}

fn read_parties(input: &mut Reader<'_>) -> Option<Tables<'static>> {
    let pool: &'static [u8] = input.bytes()?.to_vec().leak();
    let pool = core::str::from_utf8(pool).ok()?;
    let mut texts = pool.split_terminator('\0').scan(0, |start, text| {
        let place = Text {
            start: *start,
            len: text.len() as u16,
        };
        *start += text.len() as u32 + 1;
        Some(place)
    });
    let providers = input.records(|[kind, start, len]| {
        Some(Provider {
            number: 0,
            slug: texts.next()?,
            name: Text::default(),
            kind: ProviderKind::from_number(kind as u8)?,
            postmaster: Text::default(),
            delisting: Text::default(),
            by_code: Run { start, len: len as u16 },
            sources: Run::default(),
        })
    })?;
    let blocklists = (0..input.number()?).map(|_| {
        Some(Blocklist {
            number: 0,
            slug: texts.next()?,
            name: Text::default(),
            removal: Text::default(),
            sources: Run::default(),
        })
    });
    let blocklists: Vec<Blocklist> = blocklists.collect::<Option<_>>()?;
    let mut hosts = || {
        input.records(|[provider]| {
            Some(HostName {
                name: texts.next()?,
                provider: provider as u16,
            })
        })
    };
    let (mx_hosts, domains) = (hosts()?, hosts()?);
    let wrappers = (0..input.number()?).map(|_| {
        Some(Wrapper {
            slug: Text::default(),
            intro: texts.next()?,
        })
    });
    let wrappers: Vec<Wrapper> = wrappers.collect::<Option<_>>()?;
    Some(Tables {
        pool,
        providers: providers.leak(),
        blocklists: blocklists.leak(),
        mx_hosts: mx_hosts.leak(),
        domains: domains.leak(),
        wrappers: wrappers.leak(),
        by_code: narrow(input)?,
        ..EMPTY
    })
}

/// Tables without anything.
const EMPTY: Tables<'static> = Tables {
    pool: "",
    vocabulary: Vocabulary {
        buckets: &[],
        starts: &[],
        marks: &[],
        lens: &[],
        bytes: &[],
    },
    trie: Trie { roots: &[], nodes: &[] },
    graph: Graph {
        starts: &[],
        program: &[],
        simple: &[],
        slot_count: 0,
        concept_count: 0,
    },
    patterns: &[],
    ranks: &[],
    guarded: &[],
    guards: &[],
    rules: &[],
    rule_texts: &[],
    limits: &[],
    conditions: &[],
    advice: &[],
    remedies: &[],
    cues: &[],
    reasons: &[],
    classes: &[],
    basic_index: &[],
    basics: &[],
    enhanced_index: &[],
    enhanced: &[],
    families: &[],
    exceptions: &[],
    pairs: &[],
    providers: &[],
    by_code: &[],
    mx_hosts: &[],
    domains: &[],
    blocklists: &[],
    sources: &[],
    source_lists: &[],
    schedules: &[],
    recurrences: &[],
    wrappers: &[],
    model: Model {
        bias: &[],
        word_runs: &[],
        concept_runs: &[],
        pair_slots: &[],
        pairs: &[],
        pair_runs: &[],
        weights: &[],
        calibration: &[],
        threshold: 0,
    },
    version: Text { start: 0, len: 0 },
    date: Text { start: 0, len: 0 },
};

// ---- what several share ----

pub(crate) fn wide(numbers: &[u16]) -> Vec<u32> {
    numbers.iter().map(|number| u32::from(*number)).collect()
}

pub(crate) fn narrow(input: &mut Reader<'_>) -> Option<&'static [u16]> {
    let numbers: Vec<u16> = input.column()?.into_iter().map(|number| number as u16).collect();
    Some(numbers.leak())
}

pub(crate) fn pair_fields(pair: &(u16, u16)) -> [u32; 2] {
    [pair.0.into(), pair.1.into()]
}

pub(crate) fn pair([first, second]: [u32; 2]) -> Option<(u16, u16)> {
    Some((first as u16, second as u16))
}
