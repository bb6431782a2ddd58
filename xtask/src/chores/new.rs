//! `new`: a scaffold for an entry, with placeholders that `cargo xtask check` does not let through.
//!
//! What must be filled in is prose without its full stop and a missing source: the next check lists
//! every such place.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail, ensure};
use clap::{Args, Subcommand};
use smtp_codes_catalog::closed;
use smtp_codes_catalog::load::Loaded;
use smtp_codes_catalog::patterns::{BasicPattern, EnhancedPattern};
use smtp_codes_catalog::signature::is_slug;

use super::catalogue::load;
use super::{CATALOGUE, root};

/// Add a scaffold for a new entry, with a placeholder vector.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand)]
enum Kind {
    /// A provider, in a file of its own.
    Provider {
        /// Its slug, such as `example-mail`.
        slug: String,
    },
    /// A provider's own use of a code or text.
    Variant {
        /// Provider and variant, such as `google/over-quota`.
        name: String,
    },
    /// Wording that means the same at any provider.
    Phrase {
        /// Its slug.
        slug: String,
        /// The reason, which is the name of its file too.
        #[arg(long)]
        reason: String,
    },
    /// A basic code (`599`) or an enhanced one (`x.7.99`, `5.7.606-5.7.649`).
    Code {
        /// The code.
        code: String,
    },
}

/// Text for the end of a file.
struct Scaffold {
    path: PathBuf,
    text: String,
    /// Whether the file must not be there yet.
    fresh: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let loaded = load(Vec::new());
    let scaffold = match &arguments.kind {
        Kind::Provider { slug } => provider(&loaded, slug)?,
        Kind::Variant { name } => variant(&loaded, name)?,
        Kind::Phrase { slug, reason } => phrase(&loaded, slug, reason)?,
        Kind::Code { code } => code_entry(&loaded, code)?,
    };
    let path = root().join(CATALOGUE).join(&scaffold.path);
    let shown = format!("{CATALOGUE}/{}", scaffold.path.display()).replace('\\', "/");
    let before = if path.exists() {
        ensure!(!scaffold.fresh, "{shown} is there already");
        fs::read_to_string(&path).with_context(|| format!("cannot read {shown}"))?
    } else {
        String::new()
    };
    let gap = if before.is_empty() { "" } else { "\n" };
    let line = before.lines().count() + gap.len() + 1;
    fs::write(&path, format!("{before}{gap}{}", scaffold.text)).with_context(|| format!("cannot write {shown}"))?;
    println!("{shown}:{line}: fill in what is in capitals, and name a source.");
    println!("Then: cargo xtask check {shown}");
    println!("Then: cargo xtask ids, cargo xtask generate");
    Ok(ExitCode::SUCCESS)
}

fn slug(text: &str) -> anyhow::Result<&str> {
    ensure!(
        is_slug(text),
        "`{text}` is not a slug: lower-case letters, digits and hyphens, starting with a letter or digit"
    );
    Ok(text)
}

fn provider(loaded: &Loaded, name: &str) -> anyhow::Result<Scaffold> {
    let name = slug(name)?;
    ensure!(
        !loaded
            .catalogue
            .providers
            .iter()
            .any(|entry| entry.slug.as_str() == name),
        "there is a provider `{name}`; `cargo xtask new variant {name}/…` adds to it"
    );
    let text = format!(
        r#"[[source]]
id = "{name}-postmaster"
title = "TITLE OF THE PAGE"
kind = "vendor"
url = "https://example.com/replace"

[provider]
slug = "{name}"
name = "NAME"
kind = "mailbox-provider"
summary = "WHO IT IS"
domains = ["{name}.example"]
mx = [".{name}.example"]
fingerprints = ["{name} example"]
sources = ["{name}-postmaster"]

{}"#,
        variant_text(name, "replace-this-slug")
    );
    Ok(Scaffold {
        path: PathBuf::from(format!("providers/{name}.toml")),
        text,
        fresh: true,
    })
}

fn variant(loaded: &Loaded, name: &str) -> anyhow::Result<Scaffold> {
    let Some((provider, variant)) = name.split_once('/') else {
        bail!("name provider and variant: `google/over-quota`");
    };
    let (provider, variant) = (slug(provider)?, slug(variant)?);
    let Some(entry) = loaded
        .catalogue
        .providers
        .iter()
        .find(|entry| entry.slug.as_str() == provider)
    else {
        bail!("there is no provider `{provider}`; `cargo xtask new provider {provider}` makes it");
    };
    ensure!(
        !loaded.catalogue.variants.iter().any(|entry| entry.name() == name),
        "there is a variant `{name}`"
    );
    let path = loaded.files.get(entry.file).path();
    let path = path.strip_prefix(CATALOGUE).unwrap_or(path).trim_start_matches('/');
    Ok(Scaffold {
        path: PathBuf::from(path),
        text: variant_text(provider, variant),
        fresh: false,
    })
}

fn variant_text(provider: &str, variant: &str) -> String {
    format!(
        r#"[[variant]]
slug = "{variant}"
title = "TITLE WITHOUT A FULL STOP"
reason = "unknown"
signatures = ["replace by the words of {provider}"]
basic = "550"
summary = "WHAT HAPPENED"
fix = "WHAT THE SENDER DOES"
confidence = "medium"
sources = []
vectors = ["550 Replace by the words of {provider}, as a server really sent them"]
"#
    )
}

fn phrase(loaded: &Loaded, name: &str, reason: &str) -> anyhow::Result<Scaffold> {
    let name = slug(name)?;
    if !closed::REASONS.contains(&reason) {
        bail!("there is no reason `{reason}`; one of {}", closed::REASONS.join(", "));
    }
    ensure!(
        !loaded.catalogue.phrases.iter().any(|entry| entry.slug.as_str() == name),
        "there is a phrase `{name}`"
    );
    let text = format!(
        r#"[[phrase]]
slug = "{name}"
reason = "{reason}"
signatures = ["replace by the words of {name}"]
summary = "WHAT HAPPENED"
sources = []
vectors = [
  "550 Replace by the words of {name}, as a server really sent them",
  "451 And once more in other clothes: replace by the words of {name}",
]
near = ["550 REPLACE BY A REPLY THAT LOOKS LIKE IT AND IS NONE"]
"#
    );
    Ok(Scaffold {
        path: PathBuf::from(format!("phrases/{reason}.toml")),
        text,
        fresh: false,
    })
}

fn code_entry(loaded: &Loaded, code: &str) -> anyhow::Result<Scaffold> {
    let taken = |names: Vec<&str>| names.contains(&code);
    let (path, kind, standing) = if code.contains('.') {
        EnhancedPattern::parse(code).map_err(|error| anyhow::anyhow!(error.message))?;
        ensure!(
            !taken(
                loaded
                    .catalogue
                    .enhanced
                    .iter()
                    .map(|entry| entry.code.as_str())
                    .collect()
            ),
            "there is an entry for `{code}`"
        );
        ("standards/enhanced-unregistered.toml", "enhanced", "unregistered")
    } else {
        BasicPattern::parse(code).map_err(|error| anyhow::anyhow!(error.message))?;
        ensure!(
            !taken(
                loaded
                    .catalogue
                    .basics
                    .iter()
                    .map(|entry| entry.code.as_str())
                    .collect()
            ),
            "there is an entry for `{code}`"
        );
        ("standards/basic-unregistered.toml", "basic", "unregistered")
    };
    // A vector names one code: the first of a range, a family's class 5.
    let one = code.split('-').next().unwrap_or(code).replace('x', "5");
    let (reply, key) = if kind == "basic" {
        (format!("{one} Replace this reply"), "code")
    } else {
        (format!("550 {one} Replace this reply"), "enhanced")
    };
    let text = format!(
        r#"[[{kind}]]
code = "{code}"
title = "TITLE WITHOUT A FULL STOP"
summary = "WHAT IT MEANS"
standing = "{standing}"
reason = "unknown"
sources = []

[[vector]]
reply = "{reply}"
{key} = "{one}"
reason = "unknown"
note = "WHERE IT WAS SEEN"
"#
    );
    Ok(Scaffold {
        path: PathBuf::from(path),
        text,
        fresh: false,
    })
}
