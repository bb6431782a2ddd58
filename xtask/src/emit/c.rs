//! C: the header. Functions and types come from the source of `smtp-codes-ffi` by way of cbindgen, every
//! constant from the model.

use std::fmt::Write as _;

use anyhow::Context as _;
use cbindgen::{Builder, Config, DocumentationStyle, ExportConfig, Language, Style};
use smtp_codes_catalog::model::Model;

use super::lists::{self, upper_snake};
use super::{Files, MARK};

const PATH: &str = "crates/smtp-codes-ffi/include/smtp_codes.h";
const SOURCE: &str = "crates/smtp-codes-ffi/src";

/// The source files in the order in which the manual tells them.
const MODULES: &[&str] = &[
    "types",
    "version",
    "diagnose",
    "decide",
    "reply",
    "render",
    "batch",
    "vocabulary",
    "codes",
    "entry",
    "parties",
    "policy",
];

/// Rust's names of the types, and C's.
const TYPES: &[(&str, &str)] = &[
    ("Basic", "smtp_codes_basic"),
    ("Enhanced", "smtp_codes_enhanced"),
    ("Family", "smtp_codes_family"),
    ("Pair", "smtp_codes_pair"),
    ("Entry", "smtp_codes_entry"),
    ("Provider", "smtp_codes_provider"),
    ("Blocklist", "smtp_codes_blocklist"),
    ("Source", "smtp_codes_source"),
    ("Schedule", "smtp_codes_schedule"),
    ("Recurrence", "smtp_codes_recurrence"),
    ("Query", "smtp_codes_query"),
    ("Diagnosis", "smtp_codes_diagnosis"),
    ("Reply", "smtp_codes_reply"),
    ("History", "smtp_codes_history"),
    ("Decision", "smtp_codes_decision"),
    ("Advice", "smtp_codes_advice"),
    ("Column", "smtp_codes_column"),
    ("Batch", "smtp_codes_batch"),
];

/// What the head of the header says.
const MANUAL: &str = "\
smtp-codes: what a mail server's reply means, who is at fault, and what to do next.

  smtp_codes_query query = {0};
  smtp_codes_diagnosis diagnosis = {0};
  query.struct_size = sizeof query;
  diagnosis.struct_size = sizeof diagnosis;
  query.reply = \"550 5.1.1 User unknown\";
  query.reply_len = strlen(query.reply);
  if (smtp_codes_diagnose(&query, &diagnosis) == SMTP_CODES_OK)
    puts(diagnosis.summary);

The rules, which hold for every item unless it says otherwise:

- Nothing is allocated and nothing is to be freed. There is no state: every function may be called from
  any number of threads at once, and in a signal handler.
- Text goes in as pointer and length, and may hold any bytes. NULL is an empty text. A length above
  PTRDIFF_MAX is read as zero.
- Text comes out as static, NUL-terminated UTF-8 that is valid for ever; where a length stands beside the
  pointer it may instead be a piece of your own input, valid as long as that is.
- Records of the catalogue are opaque pointers to static data. They are compared and never followed: NULL,
  or a pointer to something else, gives what the function says for NULL.
- Structs begin with struct_size: set it to sizeof before the call. An older library writes less, a newer
  one writes no more. Set everything else to zero first: zero means \"not said\".
- Numbers that name something are plain integers. Numbers never change their meaning; new ones may come
  with any release, so be ready for one that you do not know. -1 says that there is none.
- No function fails over what a reply holds, and none ends the process.
";

/// The header.
pub(crate) fn emit(model: &Model) -> anyhow::Result<Files> {
    let mut config = Config {
        language: Language::C,
        cpp_compat: true,
        include_guard: Some("SMTP_CODES_H".into()),
        autogen_warning: Some(format!("/* {MARK} */")),
        header: Some(comment(MANUAL, "")),
        no_includes: true,
        sys_includes: vec!["stddef.h".into(), "stdint.h".into()],
        after_includes: Some(constants(model)),
        documentation_style: DocumentationStyle::Doxy,
        style: Style::Both,
        usize_is_size_t: true,
        line_length: 110,
        tab_width: 2,
        export: ExportConfig {
            rename: TYPES
                .iter()
                .map(|(rust, c)| ((*rust).to_owned(), (*c).to_owned()))
                .collect(),
            ..ExportConfig::default()
        },
        ..Config::default()
    };
    config.structure.associated_constants_in_body = false;
    let mut builder = Builder::new().with_config(config);
    for module in MODULES {
        builder = builder.with_src(crate::root().join(SOURCE).join(format!("{module}.rs")));
    }
    let bindings = builder
        .generate()
        .with_context(|| format!("cannot read the items of {SOURCE}"))?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    let text = String::from_utf8(text).context("the header is not UTF-8")?;
    Ok(Files::from([(PATH.to_owned(), tidy(&text).into_bytes())]))
}

/// What the items of the source do not say: code marks are Markdown's, and lines end with their text.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = if line.trim_start().starts_with('*') || line.trim_start().starts_with("/*") {
            line.replace('`', "")
        } else {
            line.to_owned()
        };
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// A comment of several lines.
fn comment(text: &str, indent: &str) -> String {
    let mut out = format!("{indent}/*");
    for (index, line) in text.trim_end().lines().enumerate() {
        if index > 0 {
            out.push_str(&format!("\n{indent} *"));
        }
        if !line.is_empty() {
            out.push(' ');
            out.push_str(line);
        }
    }
    out.push_str(&format!("\n{indent} */"));
    out
}

fn constants(model: &Model) -> String {
    let tables = model.tables();
    let mut text = String::new();
    for list in lists::all() {
        let values = list
            .values
            .iter()
            .map(|value| (i64::from(value.number), upper_snake(value.slug), value.about.to_owned()));
        enumeration(&mut text, list.name, list.about, values.collect());
    }
    let mut providers: Vec<_> = tables.providers.iter().filter(|record| record.number > 0).collect();
    providers.sort_by_key(|record| record.number);
    let values = providers.iter().map(|record| {
        (
            i64::from(record.number),
            upper_snake(tables.text(record.slug)),
            format!("{}.", tables.text(record.name)),
        )
    });
    enumeration(&mut text, "provider_number", "Who answers.", values.collect());
    let mut blocklists: Vec<_> = tables.blocklists.iter().filter(|record| record.number > 0).collect();
    blocklists.sort_by_key(|record| record.number);
    let values = blocklists.iter().map(|record| {
        (
            i64::from(record.number),
            upper_snake(tables.text(record.slug)),
            format!("{}.", tables.text(record.name)),
        )
    });
    enumeration(
        &mut text,
        "blocklist_number",
        "Blocklists that replies name.",
        values.collect(),
    );
    text.truncate(text.trim_end().len());
    text
}

fn enumeration(text: &mut String, name: &str, about: &str, values: Vec<(i64, String, String)>) {
    let prefix = upper_snake(name.strip_suffix("_number").unwrap_or(name));
    let _ = write!(text, "\n/**\n * {about}\n */\nenum smtp_codes_{name} {{\n");
    if !values.iter().any(|(_, name, _)| name == "UNKNOWN") {
        let _ = write!(
            text,
            "  /** There is none, or it is not known. */\n  SMTP_CODES_{prefix}_UNKNOWN = -1,\n"
        );
    }
    for (number, value, about) in values {
        let about = about.replace("*/", "* /").replace("..", ".");
        let _ = write!(text, "  /** {about} */\n  SMTP_CODES_{prefix}_{value} = {number},\n");
    }
    text.push_str("};\n");
}
