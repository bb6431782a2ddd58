//! A user's own entries above the catalogue, and the smaller commands.

mod support;

use std::fs;
use std::path::PathBuf;

use support::run;

const OWN: &str = r#"
[provider]
slug = "acme-own"
name = "Acme Mail"
kind = "mailbox-provider"
mx = [".acme.test"]
sources = ["observed-replies"]

[[variant]]
slug = "flux"
title = "The flux is full"
reason = "mailbox-full"
signatures = ["flux capacitor overflow"]
distinctive = true
confidence = "high"
summary = "The flux capacitor of the recipient has no room."
fix = "Wait for it to drain."
sources = ["observed-replies"]
vectors = ["550 flux capacitor overflow"]
"#;

fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the folder of tests can be written");
    path.to_str().expect("the folder's name is UTF-8").to_owned()
}

#[test]
fn a_users_own_variant_is_recognised() {
    let path = file("own.toml", OWN);
    let check = run(&["check", &path]);
    assert_eq!(check.code, Some(0), "{}", check.out);
    let run = run(&[
        "explain",
        "--json",
        "--catalog",
        &path,
        "550 Flux  capacitor\noverflow!",
    ]);
    let found = &run.rows()[0];
    assert_eq!(
        (&found["reason"], &found["variant"], &found["provider"]),
        (&"mailbox-full".into(), &"flux".into(), &"acme-own".into()),
        "{}",
        run.err
    );
    assert_eq!(found["summary"], "The flux capacitor of the recipient has no room.");
}

#[test]
fn beside_a_users_own_entries_the_catalogue_speaks_as_before() {
    let path = file("beside.toml", OWN);
    for reply in [
        "550-5.1.1 The email account that you tried to reach does not exist. gsmtp",
        "452 4.2.2 Mailbox full",
        "571",
        "hello",
        "554 5.7.1 blocked using zen.spamhaus.org",
    ] {
        assert_eq!(
            run(&["explain", "--json", reply]).out,
            run(&["explain", "--json", "--catalog", &path, reply]).out
        );
    }
}

#[test]
fn errors_of_an_overlay_are_those_of_the_catalogue() {
    let path = file("broken.toml", &OWN.replace("mailbox-full", "mailbox-ful"));
    let check = run(&["check", &path]);
    assert_eq!(check.code, Some(1));
    assert!(
        check.out.contains("broken.toml:12:10: error[E0030]") && check.out.contains("did you mean `mailbox-full`?"),
        "{}",
        check.out
    );
    let explain = run(&["explain", "--catalog", &path, "550"]);
    assert_eq!((explain.code, explain.out.as_str()), (Some(2), ""));
    assert!(explain.err.contains("error[E0030]"));
    assert_eq!(run(&["check", "not-there.toml"]).code, Some(2));
}

#[test]
fn codes_are_found_by_number_and_by_words() {
    let first = |arguments: &[&str]| {
        let arguments: Vec<_> = ["codes", "--json"].iter().chain(arguments).copied().collect();
        let run = run(&arguments);
        assert_eq!(run.code, Some(0), "{}", run.err);
        run.rows()
            .first()
            .map(|row| row["code"].as_str().unwrap_or_default().to_owned())
            .unwrap_or_default()
    };
    assert_eq!(first(&["571"]), "571");
    assert_eq!(first(&["5.7.26"]), "x.7.26");
    assert_eq!(first(&["--standing", "not-smtp", "404"]), "404");
    assert!(run(&["codes", "mailbox full"]).out.contains("x.2.2"));
    for line in run(&["codes"]).out.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn lists_manual_and_completions_are_printed() {
    for (arguments, piece) in [
        (&["providers", "google"][..], "google"),
        (&["reasons"], "recipient-unknown"),
        (&["man"], ".TH smtp-codes"),
        (&["completions", "bash"], "complete -F"),
        (&["completions", "zsh"], "#compdef smtp-codes"),
    ] {
        let run = run(arguments);
        assert_eq!(run.code, Some(0), "{}", run.err);
        assert!(run.out.contains(piece), "{arguments:?}");
    }
}
