//! Every code gives an answer, and it is the one that looking at every record gives.

mod support;

use smtp_codes::{BasicCode, Basis, Class, Diagnosis, Engine, EnhancedCode, Query};
use smtp_codes_catalog::compile::vectors::winner;
use smtp_codes_catalog::oracle::{self, Answer};
use support::{MODEL, TABLES};

fn diagnose(reply: &str) -> Diagnosis<'_> {
    Engine::new(&TABLES).diagnose(&Query::new(reply.as_bytes()))
}

/// What the engine makes of a reply, as the oracle says it.
fn engine(reply: &str) -> Answer {
    let diagnosis = diagnose(reply);
    Answer {
        winner: winner(&diagnosis),
        basis: diagnosis.basis,
        reason: diagnosis.reason,
    }
}

/// Whether the answer rests on the codes; bare digits may be wording too ("500.0", "10 5.7.26 …").
fn rests_on_codes(basis: Basis) -> bool {
    !matches!(
        basis,
        Basis::Variant | Basis::VariantCode | Basis::Phrase | Basis::Inferred
    )
}

#[test]
fn every_basic_code() {
    let tables = &*TABLES;
    for code in (0..=999).filter_map(BasicCode::new) {
        let naive = oracle::basic(&MODEL.catalogue, code).map(|entry| format!("basic:{}", *entry.code));
        let fast = tables
            .basic(code)
            .map(|entry| tables.text(tables.rule_texts[usize::from(entry.rule)].slug).to_owned());
        assert_eq!(fast, naive, "{code}");
        let answer = engine(&code.to_string());
        assert_eq!(answer, oracle::answer(&MODEL.catalogue, Some(code), None), "{code}");
        assert!(
            answer.basis != Basis::None || code.class().is_none(),
            "a code of a class has an answer: {code}"
        );
    }
}

#[test]
fn every_enhanced_code() {
    let tables = &*TABLES;
    let slug = |rule: u16| tables.text(tables.rule_texts[usize::from(rule)].slug).to_owned();
    let mut spoken = 0;
    // The details of the registry, and those behind them to the end of what can be written.
    let details = (0..=99).chain(
        (100..=999).filter(|detail| detail % 7 == 0 || (130..=150).contains(detail) || (500..=720).contains(detail)),
    );
    let details: Vec<u16> = details.collect();
    for class in 0..=9 {
        for subject in 0..=19 {
            for code in details
                .iter()
                .filter_map(|&detail| EnhancedCode::new(class, subject, detail))
            {
                let naive = oracle::enhanced(&MODEL.catalogue, code).map(|entry| format!("enhanced:{}", *entry.code));
                assert_eq!(
                    tables.enhanced(code).map(|entry| slug(entry.rule_for(class))),
                    naive,
                    "{code}"
                );
                let naive = oracle::family(&MODEL.catalogue, code).map(|entry| format!("family:{}", *entry.code));
                assert_eq!(tables.family(code).map(|entry| slug(entry.rule)), naive, "{code}");
                let answer = engine(&code.to_string());
                if !rests_on_codes(answer.basis) {
                    spoken += 1;
                    continue;
                }
                // Other numbers with two points are no enhanced codes: versions, dates, addresses.
                let read = Some(code).filter(|_| {
                    Class::from_digit(class).is_some_and(|class| class != Class::Intermediate) && subject <= 7
                });
                assert_eq!(answer, oracle::answer(&MODEL.catalogue, None, read), "{code}");
                // Behind a basic code its meaning is beyond doubt, whatever its subject.
                if let Some(first) = BasicCode::new(u16::from(class) * 100 + 50).filter(|_| matches!(class, 2 | 4 | 5))
                {
                    let reply = format!("{first} {code}");
                    assert_eq!(
                        engine(&reply),
                        oracle::answer(&MODEL.catalogue, Some(first), Some(code)),
                        "{reply}"
                    );
                }
            }
        }
    }
    assert!(spoken < 20, "{spoken} bare codes were taken for wording");
}

#[test]
fn every_pair_of_known_codes() {
    let basics: Vec<BasicCode> = (200..=599)
        .filter_map(BasicCode::new)
        .filter(|code| TABLES.basic(*code).is_some())
        .collect();
    for class in [2, 4, 5] {
        for subject in 0..=7 {
            for code in (0..=35).filter_map(|detail| EnhancedCode::new(class, subject, detail)) {
                for &basic in &basics {
                    let reply = format!("{basic} {code}");
                    let diagnosis = diagnose(&reply);
                    assert_eq!(
                        (diagnosis.code, diagnosis.enhanced),
                        (Some(basic), Some(code)),
                        "{reply}"
                    );
                    assert_eq!(diagnosis.class_mismatch, basic.first_digit() != class, "{reply}");
                    let answer = engine(&reply);
                    assert!(rests_on_codes(answer.basis), "{reply}");
                    assert_eq!(
                        answer,
                        oracle::answer(&MODEL.catalogue, Some(basic), Some(code)),
                        "{reply}"
                    );
                }
            }
        }
    }
}
