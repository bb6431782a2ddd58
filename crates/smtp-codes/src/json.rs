//! A diagnosis as JSON: the contract that the command line, the site and every binding keep.

use core::fmt::{self, Write};

use crate::diagnose::Diagnosis;
use crate::lanes::{self, Flags, Lanes};

impl Diagnosis<'_> {
    /// Writes the diagnosis as one JSON object on one line.
    ///
    /// `id` is JSON already and is handed back as it is; `null` without one.
    ///
    /// # Errors
    ///
    /// Where `out` gives one.
    ///
    /// ```
    /// # #[cfg(feature = "builtin")] {
    /// let mut json = String::new();
    /// smtp_codes::diagnose("550 5.1.1 User unknown").write_json(&mut json, Some("7")).unwrap();
    /// assert!(json.starts_with(r#"{"id":7,"code":550,"enhanced":"5.1.1","#));
    /// # }
    /// ```
    pub fn write_json(&self, out: &mut impl Write, id: Option<&str>) -> fmt::Result {
        // Bulk work writes millions of these: pieces are written as they are, without formatting.
        out.write_str("{\"id\":")?;
        out.write_str(id.unwrap_or("null"))?;
        out.write_str(",\"code\":")?;
        match self.code {
            Some(code) => number(out, code.number().into())?,
            None => out.write_str("null")?,
        }
        out.write_str(",\"enhanced\":")?;
        match self.enhanced {
            Some(code) => {
                out.write_char('"')?;
                number(out, code.class().into())?;
                out.write_char('.')?;
                number(out, code.subject().into())?;
                out.write_char('.')?;
                number(out, code.detail().into())?;
                out.write_char('"')?;
            }
            None => out.write_str("null")?,
        }
        optional(out, "provider", self.provider_slug())?;
        optional(out, "variant", self.variant_slug())?;
        slug(out, "reason", self.reason.slug())?;
        out.write_str(",\"confidence\":")?;
        number(out, self.confidence.into())?;
        slug(out, "bounce", self.bounce.slug())?;
        slug(out, "party", self.party.slug())?;
        slug(out, "delivery", self.delivery.slug())?;
        slug(out, "address", self.address.slug())?;
        out.write_str(",\"remedies\":[")?;
        for (index, remedy) in self.remedies.iter().enumerate() {
            out.write_str(if index == 0 { "\"" } else { ",\"" })?;
            out.write_str(remedy.slug())?;
            out.write_char('"')?;
        }
        out.write_char(']')?;
        slug(out, "basis", self.basis.slug())?;
        out.write_str(",\"summary\":")?;
        string(out, self.summary())?;
        out.write_str(",\"retry_after_s\":")?;
        match self.extract.retry_after_s {
            Some(seconds) => number(out, seconds)?,
            None => out.write_str("null")?,
        }
        optional(out, "blocklist", self.blocklist_slug())?;
        optional(out, "url", self.url())?;
        optional(out, "tag", self.tag())?;
        out.write_str(if self.class_mismatch {
            ",\"class_mismatch\":true"
        } else {
            ",\"class_mismatch\":false"
        })?;
        out.write_str(",\"sources\":[")?;
        for (index, source) in self.sources().enumerate() {
            if index > 0 {
                out.write_char(',')?;
            }
            string(out, self.tables.text(source.id))?;
        }
        out.write_str("]}")
    }
}

/// A value that needs no escapes: slugs are letters, digits and hyphens.
fn slug(out: &mut impl Write, key: &str, value: &str) -> fmt::Result {
    for piece in [",\"", key, "\":\"", value, "\""] {
        out.write_str(piece)?;
    }
    Ok(())
}

fn number(out: &mut impl Write, mut number: u32) -> fmt::Result {
    let mut digits = [b'0'; 10];
    let mut first = digits.len();
    loop {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.write_str(core::str::from_utf8(&digits[first..]).unwrap_or("0"))
}

fn optional(out: &mut impl Write, key: &str, value: Option<&str>) -> fmt::Result {
    for piece in [",\"", key, "\":"] {
        out.write_str(piece)?;
    }
    match value {
        Some(value) => string(out, value),
        None => out.write_str("null"),
    }
}

/// Bytes that do not stand for themselves in a JSON string.
#[inline]
fn escaped(eight: Lanes) -> Flags {
    eight
        .within(0, 0x1F)
        .or(eight.equal(b'"'))
        .or(eight.equal(b'\\'))
        .or(eight.equal(0x7F))
}

/// Writes a JSON string.
///
/// # Errors
///
/// Where `out` gives one.
pub fn string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    let mut rest = text;
    while let Some(at) = lanes::first_flagged(rest.as_bytes(), 0, escaped) {
        out.write_str(&rest[..at])?;
        match rest.as_bytes()[at] {
            b'"' => out.write_str("\\\"")?,
            b'\\' => out.write_str("\\\\")?,
            b'\n' => out.write_str("\\n")?,
            b'\r' => out.write_str("\\r")?,
            b'\t' => out.write_str("\\t")?,
            byte => write!(out, "\\u{byte:04x}")?,
        }
        rest = &rest[at + 1..];
    }
    out.write_str(rest)?;
    out.write_char('"')
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::string;
    use std::string::String;

    #[test]
    fn strings_are_escaped() {
        let mut out = String::new();
        string(&mut out, "a\"b\\c\nd\u{1}e\u{7f}ü").unwrap();
        assert_eq!(out, "\"a\\\"b\\\\c\\nd\\u0001e\\u007fü\"");
    }
}
