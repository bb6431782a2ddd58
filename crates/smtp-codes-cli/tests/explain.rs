//! `explain`, as people and programs see it.

mod support;

use std::process::Command;

use support::{run, run_with, spawn};

fn json(arguments: &[&str]) -> serde_json::Value {
    let arguments: Vec<_> = ["explain", "--json"].iter().chain(arguments).copied().collect();
    let run = run(&arguments);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let mut rows = run.rows();
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

#[test]
fn a_reply_of_several_lines_is_one_reply() {
    let found = json(&["550-5.1.1 line one\n550 5.1.1 line two"]);
    assert_eq!(
        (&found["code"], &found["enhanced"], &found["reason"]),
        (&550.into(), &"5.1.1".into(), &"recipient-unknown".into())
    );
}

#[test]
fn a_report_field_is_unwrapped() {
    let found = json(&["smtp; 450 4.2.2 full"]);
    assert_eq!(
        (&found["code"], &found["enhanced"], &found["reason"]),
        (&450.into(), &"4.2.2".into(), &"mailbox-full".into())
    );
}

#[test]
fn a_log_line_is_unwrapped() {
    let found = json(&["host mx.example.net[192.0.2.1] said: 552 5.2.2 full (in reply to RCPT TO command)"]);
    assert_eq!(
        (&found["code"], &found["enhanced"], &found["reason"]),
        (&552.into(), &"5.2.2".into(), &"mailbox-full".into())
    );
}

#[test]
fn words_are_joined_by_a_blank() {
    assert_eq!(
        json(&["550", "5.1.1", "User", "unknown"]),
        json(&["550 5.1.1 User unknown"])
    );
}

#[test]
fn a_code_that_no_rfc_knows_has_an_answer_with_a_source() {
    let found = json(&["422"]);
    assert_eq!(
        (&found["code"], &found["reason"]),
        (&422.into(), &"mailbox-full".into())
    );
    assert!(!found["sources"].as_array().unwrap().is_empty());
}

#[test]
fn an_enhanced_code_alone_has_an_answer() {
    let found = json(&["5.7.26"]);
    assert_eq!(
        (&found["code"], &found["enhanced"], &found["reason"]),
        (&serde_json::Value::Null, &"5.7.26".into(), &"authentication".into())
    );
}

#[test]
fn what_is_no_reply_is_unknown_and_keeps_the_address() {
    for reply in ["hello", ""] {
        let found = json(&[reply]);
        assert_eq!(
            (&found["reason"], &found["address"], &found["basis"]),
            (&"unknown".into(), &"keep".into(), &"none".into()),
            "{reply:?}"
        );
    }
}

#[test]
fn the_keys_are_those_of_the_contract_in_their_order() {
    let run = run(&["explain", "--json", "550 5.1.1 User unknown"]);
    let keys = [
        "id",
        "code",
        "enhanced",
        "provider",
        "variant",
        "reason",
        "confidence",
        "bounce",
        "party",
        "delivery",
        "address",
        "remedies",
        "basis",
        "summary",
        "retry_after_s",
        "blocklist",
        "url",
        "tag",
        "class_mismatch",
        "sources",
    ];
    let mut rest = run.out.as_str();
    for key in keys {
        let mark = format!("\"{key}\":");
        let at = rest
            .find(&mark)
            .unwrap_or_else(|| panic!("{key} is missing or out of order in {}", run.out));
        rest = &rest[at + mark.len()..];
    }
    assert_eq!(run.rows()[0].as_object().unwrap().len(), keys.len());
}

#[test]
fn a_history_brings_a_decision() {
    let found = json(&["--failures", "1", "450 4.2.0 Greylisted, try again in 5 minutes"]);
    assert_eq!(found["decision"]["step"], "retry");
    assert!(found["decision"]["retry_in_s"][0].as_u64().unwrap() >= 300);
    assert!(
        json(&["450 4.2.0 Greylisted"]).get("decision").is_none(),
        "without a history the contract's keys are all"
    );
}

#[test]
fn standard_input_holds_any_bytes() {
    for arguments in [&["explain", "--json"][..], &["explain", "--json", "-"]] {
        let run = run_with(arguments, b"\x00\xFF\xFE550 5.1.1 Bo\xEEte inconnue\r\n\x1b[31m\x80");
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert_eq!(run.rows().len(), 1);
    }
    let run = run_with(&["explain", "-"], b"550 5.1.1 \x1b[31mno such user\x07");
    assert!(
        !run.out.contains(['\x1b', '\x07']),
        "a reply does not reach the terminal's controls: {:?}",
        run.out
    );
}

#[cfg(unix)]
#[test]
fn arguments_hold_any_bytes() {
    use std::os::unix::ffi::OsStrExt;
    let reply = std::ffi::OsStr::from_bytes(b"550 5.1.1 Bo\xEEte inconnue");
    let run = spawn(
        Command::new(env!("CARGO_BIN_EXE_smtp-codes"))
            .args(["explain", "--json"])
            .arg(reply),
        b"",
    );
    assert_eq!((run.code, &run.rows()[0]["enhanced"]), (Some(0), &"5.1.1".into()));
}

#[test]
fn a_hundred_megabytes_are_read_to_the_end() {
    let mut input = b"550 5.1.1 User unknown ".to_vec();
    input.resize(100 << 20, b'x');
    let run = run_with(&["explain", "--json"], &input);
    assert_eq!((run.code, &run.rows()[0]["code"]), (Some(0), &550.into()));
}

#[test]
fn no_line_is_wider_than_80_columns() {
    let long = format!(
        "550 5.7.1 {} see https://example.com/{}",
        "Unbelievably-long-words-without-end ".repeat(20),
        "x".repeat(200)
    );
    for reply in [
        "550-5.1.1 The email account that you tried to reach does not exist. gsmtp",
        "422",
        "hello",
        "",
        "451 4.7.1 Greylisted, please try again in 300 seconds",
        &long,
    ] {
        for more in [&[][..], &["--trace"], &["--failures", "3", "--ever-delivered", "no"]] {
            let arguments: Vec<_> = ["explain"].iter().chain(more).chain(&["--", reply]).copied().collect();
            let run = run(&arguments);
            assert_eq!(run.code, Some(0), "{}", run.err);
            for line in run.out.lines() {
                // An address on the web is not broken, so that it can be followed.
                assert!(line.chars().count() <= 80 || line.contains("https://"), "{line}");
            }
        }
    }
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let with = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_smtp-codes"));
        command
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .envs(variables.iter().copied())
            .args(arguments);
        spawn(&mut command, b"").out.contains('\x1b')
    };
    assert!(!with(&["explain", "550"], &[]), "a pipe is no terminal");
    assert!(with(&["--color", "always", "explain", "550"], &[]));
    assert!(with(&["explain", "550"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!with(&["explain", "550"], &[("NO_COLOR", "1")]));
    assert!(!with(
        &["--color", "never", "explain", "550"],
        &[("CLICOLOR_FORCE", "1")]
    ));
}

#[test]
fn the_page_shows_the_words_that_decided_and_where_it_stands() {
    let run = run(&["explain", "550 5.1.1 No such user here"]);
    for piece in [
        "550 5.1.1",
        "This message",
        "This address",
        "Words",
        "No such user",
        "Rests on",
        "Sources",
    ] {
        assert!(run.out.contains(piece), "{piece} is not in\n{}", run.out);
    }
}

#[test]
fn the_trace_shows_one_winner() {
    let run = run(&["explain", "--trace", "550 5.1.1 No such user here"]);
    assert_eq!(run.out.matches(": won").count(), 1, "{}", run.out);
}

#[test]
fn wrong_names_are_answered_with_the_right_ones() {
    for (arguments, help) in [
        (&["explain", "--provider", "gogle", "550"][..], "did you mean `google`?"),
        (&["explain", "--command", "RCTP", "550"], "did you mean `RCPT`?"),
        (&["codes", "--reason", "mailbox-ful"], "did you mean `mailbox-full`?"),
        (&["classify", "--label-set", "sendgird"], "did you mean `sendgrid`?"),
    ] {
        let run = run(arguments);
        assert_eq!(run.code, Some(2));
        assert!(run.err.contains(help), "{}", run.err);
    }
}
