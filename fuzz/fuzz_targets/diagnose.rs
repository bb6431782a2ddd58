//! The promises hold for any bytes, any hint and any history.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_codes::decide::{History, Step};
use smtp_codes::{Address, Basis, Command, Engine, Query, Reason, builtin};

fuzz_target!(|input: &[u8]| {
    // The last bytes choose the hints and the history, so that a seed is a reply with six bytes behind it.
    let (reply, choice) = input.split_at(input.len().saturating_sub(6));
    let choice = |index: usize| choice.get(index).copied().unwrap_or(0);
    let tables = builtin();
    let provider = tables.providers.get(usize::from(choice(0))).map(|provider| tables.text(provider.slug)).filter(|slug| !slug.is_empty());
    let host = tables.mx_hosts.get(usize::from(choice(1)).wrapping_sub(1)).map(|host| tables.text(host.name).as_bytes());
    let query = Query { reply, provider, mx: host, recipient: None, command: Command::from_number(choice(2)) };
    let engine = Engine::new(tables);
    let diagnosis = engine.diagnose(&query);
    assert!(diagnosis.confidence <= 100);
    assert_eq!(diagnosis.rule.is_some(), diagnosis.basis != Basis::None);
    if diagnosis.rule.is_some() {
        assert!(diagnosis.sources().next().is_some(), "no source");
    }
    let suppresses = |address: Address| matches!(address, Address::Suppress | Address::SuppressDomain);
    if diagnosis.reason.is_sender_fault() || diagnosis.reason == Reason::Unknown {
        assert!(!suppresses(diagnosis.address), "{}", diagnosis.reason);
    }
    if matches!(diagnosis.basis, Basis::None | Basis::Class) && diagnosis.reason == Reason::Unknown {
        assert_eq!(diagnosis.address, Address::Keep);
    }
    let mut history = History::default();
    history.attempts = u32::from(choice(3)) << (choice(5) % 25);
    history.consecutive_campaigns = u32::from(choice(3));
    history.total_campaigns = u32::from(choice(3)) * 2;
    history.ever_delivered = [None, Some(false), Some(true)][usize::from(choice(4) % 3)];
    history.domain_share_percent = (choice(4) > 127).then_some(choice(4));
    history.elapsed_s = u32::from(choice(5)) << 20;
    let decision = diagnosis.decide(&history);
    if diagnosis.reason.is_sender_fault() || diagnosis.reason == Reason::Unknown {
        assert!(!suppresses(decision.address) && decision.step != Step::Suppress, "{}", diagnosis.reason);
    }
    assert!(decision.retry_in_s.is_none_or(|(earliest, latest)| earliest <= latest));
    let mut json = String::new();
    diagnosis.write_json(&mut json, Some("1")).expect("a string takes everything");
    serde_json::from_str::<serde_json::Value>(&json).expect("JSON");
    assert!(!json.contains('\n'));
    let again = engine.diagnose(&query);
    let mut same = String::new();
    again.write_json(&mut same, Some("1")).expect("a string takes everything");
    assert_eq!(json, same);
});
