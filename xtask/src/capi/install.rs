//! Laying the library out below a prefix.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{Built, crate_dir};

/// Headers of C++, which lie beside C's.
const CPP_HEADERS: &[&str] = &["smtp_codes.hpp", "smtp_codes_lists.hpp"];

/// Installs what was built.
pub(crate) fn install(built: &Built, prefix: &Path, destdir: Option<&Path>) -> anyhow::Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("`capi install` knows the layout of Linux only; elsewhere use cargo-c: cargo cinstall -p smtp-codes-ffi");
    }
    if !prefix.is_absolute() {
        bail!(
            "--prefix {} is not absolute: pkg-config and CMake files name it",
            prefix.display()
        );
    }
    let root = destdir.map_or_else(
        || prefix.to_path_buf(),
        |destdir| destdir.join(prefix.strip_prefix("/").unwrap_or(prefix)),
    );
    let tree = Tree { root };
    tree.copy(&crate_dir().join("include/smtp_codes.h"), "include/smtp_codes.h")?;
    for header in CPP_HEADERS {
        tree.copy(
            &crate::root().join("bindings/cpp").join(header),
            &format!("include/{header}"),
        )?;
    }
    let (abi, version) = (built.abi, &built.version);
    let real = format!("libsmtp_codes.so.{abi}.{version}");
    tree.copy(&built.shared, &format!("lib/{real}"))?;
    tree.link(&real, &format!("lib/libsmtp_codes.so.{abi}"))?;
    tree.link(&format!("libsmtp_codes.so.{abi}"), "lib/libsmtp_codes.so")?;
    tree.copy(&built.fixed, "lib/libsmtp_codes.a")?;
    tree.write("lib/pkgconfig/smtp_codes.pc", &pkg_config(prefix, version))?;
    tree.write("lib/cmake/smtp_codes/smtp_codes-config.cmake", &cmake(&real, abi))?;
    tree.write(
        "lib/cmake/smtp_codes/smtp_codes-config-version.cmake",
        &cmake_version(version),
    )?;
    tree.copy(&crate_dir().join("man/smtp_codes.3"), "share/man/man3/smtp_codes.3")?;
    Ok(())
}

struct Tree {
    root: PathBuf,
}

impl Tree {
    fn place(&self, path: &str) -> anyhow::Result<PathBuf> {
        let place = self.root.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        // What was there may be a link, through which nothing is to be written.
        match fs::remove_file(&place) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot replace {}", place.display())),
        }
        Ok(place)
    }

    fn copy(&self, from: &Path, to: &str) -> anyhow::Result<()> {
        let place = self.place(to)?;
        fs::copy(from, &place).with_context(|| format!("cannot copy {} to {}", from.display(), place.display()))?;
        Ok(())
    }

    fn write(&self, to: &str, text: &str) -> anyhow::Result<()> {
        let place = self.place(to)?;
        fs::write(&place, text).with_context(|| format!("cannot write {}", place.display()))
    }

    #[cfg(unix)]
    fn link(&self, target: &str, to: &str) -> anyhow::Result<()> {
        let place = self.place(to)?;
        std::os::unix::fs::symlink(target, &place).with_context(|| format!("cannot link {}", place.display()))
    }

    #[cfg(not(unix))]
    fn link(&self, _: &str, _: &str) -> anyhow::Result<()> {
        bail!("no links here")
    }
}

fn pkg_config(prefix: &Path, version: &str) -> String {
    format!(
        "prefix={}\nexec_prefix=${{prefix}}\nlibdir=${{exec_prefix}}/lib\nincludedir=${{prefix}}/include\n\nName: smtp_codes\nDescription: What a mail server's reply means, who is at fault and what to do next\nURL: https://github.com/smtp-codes/smtp-codes\nVersion: {version}\nLibs: -L${{libdir}} -lsmtp_codes\nCflags: -I${{includedir}}\n",
        prefix.display()
    )
}

fn cmake(real: &str, abi: u32) -> String {
    format!(
        r#"# smtp_codes: the targets smtp_codes::smtp_codes (shared) and smtp_codes::static.
get_filename_component(_smtp_codes_prefix "${{CMAKE_CURRENT_LIST_DIR}}/../../.." ABSOLUTE)

if(NOT TARGET smtp_codes::smtp_codes)
  add_library(smtp_codes::smtp_codes SHARED IMPORTED)
  set_target_properties(smtp_codes::smtp_codes PROPERTIES
    IMPORTED_LOCATION "${{_smtp_codes_prefix}}/lib/{real}"
    IMPORTED_SONAME "libsmtp_codes.so.{abi}"
    INTERFACE_INCLUDE_DIRECTORIES "${{_smtp_codes_prefix}}/include")
endif()

if(NOT TARGET smtp_codes::static)
  add_library(smtp_codes::static STATIC IMPORTED)
  set_target_properties(smtp_codes::static PROPERTIES
    IMPORTED_LOCATION "${{_smtp_codes_prefix}}/lib/libsmtp_codes.a"
    INTERFACE_INCLUDE_DIRECTORIES "${{_smtp_codes_prefix}}/include")
endif()

unset(_smtp_codes_prefix)
"#
    )
}

fn cmake_version(version: &str) -> String {
    format!(
        r#"set(PACKAGE_VERSION "{version}")
if(PACKAGE_FIND_VERSION VERSION_GREATER PACKAGE_VERSION)
  set(PACKAGE_VERSION_COMPATIBLE FALSE)
else()
  set(PACKAGE_VERSION_COMPATIBLE TRUE)
  if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
    set(PACKAGE_VERSION_EXACT TRUE)
  endif()
endif()
"#
    )
}
