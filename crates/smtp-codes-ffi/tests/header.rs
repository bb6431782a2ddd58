//! The header: complete, documented, and of the same layout as the library.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::mem::offset_of;
use std::path::{Path, PathBuf};
use std::process::Command;

use smtp_codes_ffi::types::*;

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn header() -> String {
    fs::read_to_string(folder().join("include/smtp_codes.h")).expect("the header is committed")
}

#[test]
fn every_item_is_documented() {
    let header = header();
    let mut documented = false;
    let mut in_comment = false;
    let mut missing = Vec::new();
    let mut items = 0;
    for line in header.lines() {
        let code = line.trim();
        if in_comment || code.starts_with("/*") {
            in_comment = !code.ends_with("*/");
            documented |= !in_comment;
            continue;
        }
        let is_item = code.starts_with("typedef struct")
            || code.starts_with("enum ")
            || (code.starts_with("#define SMTP_CODES_") && code != "#define SMTP_CODES_H")
            || code.contains(" smtp_codes_") && code.contains('(')
            || code.contains("*smtp_codes_") && code.contains('(')
            || (line.starts_with("  ") && !line.starts_with("   ") && (code.ends_with(';') || code.contains(" = ")));
        if is_item {
            items += 1;
            if !documented {
                missing.push(code.to_owned());
            }
        }
        if !code.is_empty() {
            documented = false;
        }
    }
    assert!(items > 500, "only {items} items were found");
    assert!(missing.is_empty(), "without a word of documentation: {missing:#?}");
}

#[test]
fn the_header_declares_the_committed_symbols() {
    let header = header();
    let declared: BTreeSet<&str> = header
        .lines()
        .filter(|line| !line.starts_with([' ', '*', '/', '#']) && line.contains('('))
        .filter_map(|line| {
            let name = line.split('(').next()?;
            name.rsplit([' ', '*']).next()
        })
        .filter(|name| name.starts_with("smtp_codes_"))
        .collect();
    let committed = fs::read_to_string(folder().join("abi/symbols.txt")).expect("the list is committed");
    let committed: BTreeSet<&str> = committed.lines().collect();
    assert_eq!(
        declared, committed,
        "if a function was added, add it to abi/symbols.txt; what was released stays"
    );
}

/// C assertions on the size of a struct and the place of its members.
macro_rules! layout {
    ($out:ident, $rust:ident, $c:literal, [$($member:ident),+ $(,)?]) => {
        let _ = writeln!($out, "HOLDS({}_size, sizeof({}) == {});", $c, $c, size_of::<$rust>());
        $( let _ = writeln!($out, "HOLDS({}_{}, offsetof({}, {}) == {});", $c, stringify!($member), $c, stringify!($member), offset_of!($rust, $member)); )+
        // No hidden padding: the members fill the struct.
        let probe: $rust = unsafe_zero();
        let filled = 0 $( + size_of_val(&probe.$member) )+;
        assert_eq!(filled, size_of::<$rust>(), "{} has hidden padding, or a member is missing here", $c);
    };
}

fn unsafe_zero<T>() -> T {
    // SAFETY: the structs of the ABI are integers and pointers, for which zero is a value.
    unsafe { std::mem::zeroed() }
}

fn assertions() -> String {
    let mut out = String::from(
        "#include \"smtp_codes.h\"\n#include \"smtp_codes.h\"\n#include <stddef.h>\n#define HOLDS(name, condition) typedef char holds_##name[(condition) ? 1 : -1]\n",
    );
    layout!(
        out,
        Query,
        "smtp_codes_query",
        [
            struct_size,
            reserved,
            reply,
            reply_len,
            provider,
            provider_len,
            mx,
            mx_len,
            recipient,
            recipient_len,
            command,
            command_len
        ]
    );
    layout!(
        out,
        Diagnosis,
        "smtp_codes_diagnosis",
        [
            struct_size,
            code,
            enhanced_class,
            enhanced_subject,
            enhanced_detail,
            reason,
            confidence,
            basis,
            bounce,
            party,
            delivery,
            address,
            provider,
            provider_by,
            variant,
            phrase,
            blocklist,
            runner_up,
            retry_after_s,
            command,
            class_mismatch,
            hint_contradicted,
            wrapped,
            remedy_count,
            limit,
            remedies,
            summary,
            fix,
            provider_slug,
            variant_slug,
            blocklist_slug,
            entry,
            schedule,
            url,
            url_len,
            tag,
            tag_len,
            limit_unit,
            limit_unit_len,
            text,
            text_len
        ]
    );
    layout!(
        out,
        Reply,
        "smtp_codes_reply",
        [
            struct_size,
            code,
            enhanced_class,
            enhanced_subject,
            enhanced_detail,
            class_mismatch,
            wrapped,
            command,
            text,
            text_len,
            host,
            host_len,
            recipient,
            recipient_len
        ]
    );
    layout!(
        out,
        History,
        "smtp_codes_history",
        [
            struct_size,
            attempts,
            consecutive_campaigns,
            total_campaigns,
            ever_delivered,
            domain_share_percent,
            elapsed_s,
            reserved
        ]
    );
    layout!(
        out,
        Decision,
        "smtp_codes_decision",
        [
            struct_size,
            step,
            address,
            remedy,
            retry_earliest_s,
            retry_latest_s,
            because,
            recurrence,
            schedule
        ]
    );
    layout!(
        out,
        Advice,
        "smtp_codes_advice",
        [
            struct_size,
            bounce,
            party,
            delivery,
            address,
            remedy_count,
            remedies,
            schedule
        ]
    );
    layout!(out, Column, "smtp_codes_column", [field, width, values, stride]);
    layout!(
        out,
        Batch,
        "smtp_codes_batch",
        [
            struct_size,
            offset_bits,
            count,
            data,
            data_len,
            offsets,
            validity,
            validity_offset,
            common,
            columns,
            column_count
        ]
    );
    out
}

/// Compilers, and how each is told to read the header.
const WAYS: &[(&str, &[&str])] = &[
    ("gcc", &["-std=c99"]),
    ("clang", &["-std=c99"]),
    ("g++", &["-x", "c++", "-std=c++11"]),
    ("g++", &["-x", "c++", "-std=c++17"]),
    ("g++", &["-x", "c++", "-std=c++20"]),
    ("clang++", &["-x", "c++", "-std=c++11"]),
    ("clang++", &["-x", "c++", "-std=c++17"]),
    ("clang++", &["-x", "c++", "-std=c++20"]),
];

#[test]
fn compilers_see_the_layout_that_the_library_has() {
    let source = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("layout.c");
    fs::write(&source, assertions()).expect("cargo's folder for tests can be written");
    let mut ran = 0;
    for (compiler, flags) in WAYS {
        let compile = Command::new(compiler)
            .args(*flags)
            .args(["-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only", "-I"])
            .arg(folder().join("include"))
            .arg(&source)
            .output();
        match compile {
            Ok(output) => {
                ran += 1;
                assert!(
                    output.status.success(),
                    "{compiler} {flags:?}\n{}",
                    String::from_utf8_lossy(&output.stderr)
                );
            }
            Err(_) => {
                eprintln!(
                    "not run: {compiler} not found (apt-get install {})",
                    if compiler.starts_with("clang") { "clang" } else { "g++" }
                );
                assert!(std::env::var_os("CI").is_none(), "in CI every compiler must run");
            }
        }
    }
    eprintln!("{ran} of {} ways compiled", WAYS.len());
}
