//! Constants of the closed lists for every language that binds the C library.
//!
//! Each language gets them in its own manner; a value is the slug where the language's people expect text,
//! and the number where they expect an enumeration.

use std::fmt::Write as _;

use super::lists::{self, List, camel, upper_snake};
use super::{Files, MARK};

/// Lists that a diagnosis or a decision speaks in; the others are for those who read the catalogue in C.
const SPOKEN: &[&str] = &[
    "reason", "bounce", "party", "delivery", "address", "remedy", "basis", "command", "step",
];

/// The files.
pub(crate) fn emit() -> Files {
    let lists: Vec<List> = lists::all()
        .into_iter()
        .filter(|list| SPOKEN.contains(&list.name))
        .collect();
    let mut files = Files::new();
    let mut add = |path: &str, text: String| {
        files.insert(format!("bindings/{path}"), text.into_bytes());
    };
    add("cpp/smtp_codes_lists.hpp", cpp(&lists));
    add("python/src/smtp_codes/lists.py", python(&lists));
    add("node/lists.js", node(&lists));
    add("node/lists.d.ts", node_types(&lists));
    add("go/lists.go", go(&lists));
    add("ruby/lib/smtp_codes/lists.rb", ruby(&lists));
    add("php/src/Lists.php", php(&lists));
    add("perl/lib/SMTP/Codes/Lists.pm", perl(&lists));
    add("lua/smtp_codes_lists.lua", lua(&lists));
    add("csharp/Lists.cs", csharp(&lists));
    for list in &lists {
        add(&format!("java/src/smtpcodes/{}.java", camel(list.name)), java(list));
    }
    files
}

/// A name that is no reserved word of the language.
fn lower_snake(slug: &str, reserved: &[&str]) -> String {
    let name = slug.replace('-', "_").to_ascii_lowercase();
    if reserved.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

fn cpp(lists: &[List]) -> String {
    let mut text = format!(
        "// {MARK}\n#ifndef SMTP_CODES_LISTS_HPP\n#define SMTP_CODES_LISTS_HPP\n\n#include <cstdint>\n\n#include \"smtp_codes.h\"\n\nnamespace smtp_codes {{\n"
    );
    for list in lists {
        let prefix = upper_snake(list.name);
        let _ = write!(
            text,
            "\n/// {}\nenum class {} : std::int32_t {{\n",
            list.about, list.name
        );
        for value in &list.values {
            let _ = write!(
                text,
                "  /// {}\n  {} = SMTP_CODES_{prefix}_{},\n",
                value.about,
                lower_snake(value.slug, &["continue", "class"]),
                upper_snake(value.slug)
            );
        }
        text.push_str("};\n");
    }
    text.push_str("\n}  // namespace smtp_codes\n\n#endif  // SMTP_CODES_LISTS_HPP\n");
    text
}

fn python(lists: &[List]) -> String {
    let mut text = format!(
        "# {MARK}\n\"\"\"The closed lists: each value is its slug, and compares equal to it.\"\"\"\n\nfrom enum import Enum\n"
    );
    for list in lists {
        let _ = write!(
            text,
            "\n\nclass {}(str, Enum):\n    \"\"\"{}\"\"\"\n\n",
            camel(list.name),
            list.about
        );
        for value in &list.values {
            let _ = write!(
                text,
                "    {} = \"{}\"\n    \"\"\"{}\"\"\"\n",
                upper_snake(value.slug),
                value.slug,
                value.about
            );
        }
        text.push_str("\n    def __str__(self) -> str:\n        return self.value\n");
    }
    text
}

fn node(lists: &[List]) -> String {
    let mut text = format!("// {MARK}\n'use strict';\n");
    for list in lists {
        let _ = write!(
            text,
            "\n/** {} */\nexports.{} = Object.freeze({{\n",
            list.about,
            camel(list.name)
        );
        for value in &list.values {
            let _ = write!(
                text,
                "  /** {} */\n  {}: '{}',\n",
                value.about,
                camel(value.slug),
                value.slug
            );
        }
        text.push_str("});\n");
    }
    text
}

fn node_types(lists: &[List]) -> String {
    let mut text = format!("// {MARK}\n");
    for list in lists {
        let name = camel(list.name);
        let _ = write!(text, "\n/** {} */\nexport declare const {name}: {{\n", list.about);
        for value in &list.values {
            let _ = write!(
                text,
                "  /** {} */\n  readonly {}: '{}';\n",
                value.about,
                camel(value.slug),
                value.slug
            );
        }
        let _ = write!(
            text,
            "}};\n/** One of them, or one that a later catalogue brings. */\nexport type {name} = (typeof {name})[keyof typeof {name}] | (string & {{}});\n"
        );
    }
    text
}

fn go(lists: &[List]) -> String {
    let mut text = format!(
        "// Code {}\n\npackage smtpcodes\n",
        MARK.trim_start_matches('@').replace("Do not edit.", "DO NOT EDIT.")
    );
    for list in lists {
        let name = camel(list.name);
        let _ = write!(
            text,
            "\n// {name}: {}\ntype {name} string\n\n// Values of {name}.\nconst (\n",
            list.about
        );
        for value in &list.values {
            let _ = write!(
                text,
                "\t// {}\n\t{name}{} {name} = \"{}\"\n",
                value.about,
                camel(value.slug),
                value.slug
            );
        }
        text.push_str(")\n");
    }
    text
}

fn java(list: &List) -> String {
    let name = camel(list.name);
    let mut text = format!(
        "// {MARK}\npackage smtpcodes;\n\n/** {} */\npublic enum {name} {{\n",
        list.about
    );
    for value in &list.values {
        let _ = write!(
            text,
            "  /** {} */\n  {}({}, \"{}\"),\n",
            value.about,
            upper_snake(value.slug),
            value.number,
            value.slug
        );
    }
    text.truncate(text.len() - 2);
    let _ = write!(
        text,
        ";\n\n  private final int number;\n  private final String slug;\n\n  {name}(int number, String slug) {{\n    this.number = number;\n    this.slug = slug;\n  }}\n\n  /** The slug that JSON uses. */\n  public String slug() {{\n    return slug;\n  }}\n\n  /** The value of a number, or null for one that this version does not know. */\n  static {name} of(int number) {{\n    for ({name} value : values()) {{\n      if (value.number == number) {{\n        return value;\n      }}\n    }}\n    return null;\n  }}\n\n  @Override\n  public String toString() {{\n    return slug;\n  }}\n}}\n"
    );
    text
}

fn ruby(lists: &[List]) -> String {
    let mut text = format!("# frozen_string_literal: true\n\n# {MARK}\nmodule SmtpCodes\n");
    for (index, list) in lists.iter().enumerate() {
        let _ = write!(
            text,
            "{}  # {}\n  module {}\n",
            if index == 0 { "" } else { "\n" },
            list.about,
            camel(list.name)
        );
        for value in &list.values {
            let _ = write!(
                text,
                "    # {}\n    {} = '{}'\n",
                value.about,
                upper_snake(value.slug),
                value.slug
            );
        }
        text.push_str("  end\n");
    }
    text.push_str("end\n");
    text
}

fn php(lists: &[List]) -> String {
    let mut text = format!("<?php\n\n// {MARK}\n\ndeclare(strict_types=1);\n\nnamespace SmtpCodes;\n");
    for list in lists {
        let _ = write!(text, "\n/** {} */\nenum {}: string\n{{\n", list.about, camel(list.name));
        for value in &list.values {
            // The one name that PHP keeps for itself.
            let name = if value.slug == "class" {
                "Class_".to_owned()
            } else {
                camel(value.slug)
            };
            let _ = write!(
                text,
                "    /** {} */\n    case {name} = '{}';\n",
                value.about, value.slug
            );
        }
        text.push_str("}\n");
    }
    text
}

fn perl(lists: &[List]) -> String {
    let mut text = format!(
        "# {MARK}\npackage SMTP::Codes::Lists;\n\nuse strict;\nuse warnings;\n\nuse Exporter 'import';\n\nour @EXPORT_OK;\nour %EXPORT_TAGS;\n"
    );
    for list in lists {
        let prefix = upper_snake(list.name);
        let _ = write!(text, "\n# {}\nuse constant {{\n", list.about);
        for value in &list.values {
            let _ = writeln!(
                text,
                "    {prefix}_{} => '{}',    # {}",
                upper_snake(value.slug),
                value.slug,
                value.about
            );
        }
        text.push_str("};\n");
        let names: Vec<String> = list
            .values
            .iter()
            .map(|value| format!("    {prefix}_{}\n", upper_snake(value.slug)))
            .collect();
        let _ = write!(text, "$EXPORT_TAGS{{{}}} = [qw(\n{})];\n", list.name, names.concat());
    }
    text.push_str("\n@EXPORT_OK = map { @$_ } values %EXPORT_TAGS;\n\n1;\n");
    text
}

fn lua(lists: &[List]) -> String {
    let mut text = format!("-- {MARK}\nlocal lists = {{}}\n");
    for list in lists {
        let _ = write!(text, "\n--- {}\nlists.{} = {{\n", list.about, list.name);
        for value in &list.values {
            let _ = writeln!(
                text,
                "  {} = '{}', -- {}",
                upper_snake(value.slug),
                value.slug,
                value.about
            );
        }
        text.push_str("}\n");
    }
    text.push_str("\nreturn lists\n");
    text
}

fn csharp(lists: &[List]) -> String {
    let mut text = format!("// {MARK}\nnamespace SmtpCodes\n{{\n");
    for (index, list) in lists.iter().enumerate() {
        let name = camel(list.name);
        let unknown = if list.values.iter().any(|value| value.slug == "unknown") {
            ""
        } else {
            "        /// <summary>There is none, or it is not known.</summary>\n        Unknown = -1,\n"
        };
        let _ = write!(
            text,
            "{}    /// <summary>{}</summary>\n    public enum {name}\n    {{\n{unknown}",
            if index == 0 { "" } else { "\n" },
            list.about
        );
        for value in &list.values {
            let _ = write!(
                text,
                "        /// <summary>{}</summary>\n        {} = {},\n",
                value.about,
                camel(value.slug),
                value.number
            );
        }
        text.push_str("    }\n");
    }
    text.push_str("}\n");
    text
}
