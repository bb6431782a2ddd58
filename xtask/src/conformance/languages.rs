//! The languages, and what each needs on the machine.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::capi::is_there;

/// A language with a binding.
pub(crate) struct Language {
    /// Name of its folder in `bindings`.
    pub(crate) name: &'static str,
    /// Programs or files it needs, and the Debian package that brings each.
    pub(crate) needs: &'static [(&'static str, &'static str)],
}

/// The engine of web pages, run by Node.js.
pub(crate) const WASM: &str = "wasm";
/// Its scripts, below the prefix.
pub(crate) const PAGE: &str = "page";

/// Every language, those first that the others stand on.
pub(crate) const LANGUAGES: &[Language] = &[
    Language {
        name: "c",
        needs: &[("cc", "gcc"), ("pkg-config", "pkg-config")],
    },
    Language {
        name: "cpp",
        needs: &[("c++", "g++"), ("cmake", "cmake")],
    },
    Language {
        name: "python",
        needs: &[("python3", "python3")],
    },
    Language {
        name: "node",
        needs: &[("node", "nodejs"), ("cc", "gcc")],
    },
    Language {
        name: "go",
        needs: &[("go", "golang-go"), ("cc", "gcc")],
    },
    Language {
        name: "java",
        needs: &[
            ("javac", "default-jdk-headless"),
            ("/usr/share/java/jna.jar", "libjna-java"),
        ],
    },
    Language {
        name: "ruby",
        needs: &[("ruby", "ruby")],
    },
    Language {
        name: "php",
        needs: &[("php", "php-cli")],
    },
    Language {
        name: "perl",
        needs: &[("perl", "perl"), ("perl module FFI::Platypus", "libffi-platypus-perl")],
    },
    Language {
        name: "lua",
        needs: &[("luajit", "luajit")],
    },
    Language {
        name: WASM,
        needs: &[("node", "nodejs")],
    },
    Language {
        name: "csharp",
        needs: &[("mcs", "mono-mcs"), ("mono", "mono-runtime")],
    },
];

/// Whether the machine has what a language needs: a program in the path, a file, or a module of Perl's.
fn has(need: &str) -> bool {
    if let Some(module) = need.strip_prefix("perl module ") {
        return Command::new("perl")
            .arg(format!("-M{module}"))
            .args(["-e", "1"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
    }
    if need.starts_with('/') {
        Path::new(need).exists()
    } else {
        is_there(need)
    }
}

/// What a language lacks on this machine, and how to get it.
pub(crate) fn lacks(needs: &[(&str, &str)]) -> Option<String> {
    let (need, package) = needs.iter().find(|(need, _)| !has(need))?;
    Some(format!("{need} not found (apt-get install {package})"))
}
