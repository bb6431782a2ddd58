//! A diagnosis as JSON: the contract that the command line, the site and every binding keep.

use core::fmt::{self, Write};

use crate::diagnose::Diagnosis;

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
        write!(out, "{{\"id\":{}", id.unwrap_or("null"))?;
        match self.code {
            Some(code) => write!(out, ",\"code\":{}", code.number())?,
            None => out.write_str(",\"code\":null")?,
        }
        match self.enhanced {
            Some(code) => write!(out, ",\"enhanced\":\"{code}\"")?,
            None => out.write_str(",\"enhanced\":null")?,
        }
        optional(out, "provider", self.provider_slug())?;
        optional(out, "variant", self.variant_slug())?;
        write!(
            out,
            ",\"reason\":\"{}\",\"confidence\":{},\"bounce\":\"{}\",\"party\":\"{}\",\"delivery\":\"{}\",\"address\":\"{}\",\"remedies\":[",
            self.reason.slug(),
            self.confidence,
            self.bounce.slug(),
            self.party.slug(),
            self.delivery.slug(),
            self.address.slug()
        )?;
        for (index, remedy) in self.remedies.iter().enumerate() {
            write!(out, "{}\"{}\"", if index == 0 { "" } else { "," }, remedy.slug())?;
        }
        write!(out, "],\"basis\":\"{}\",\"summary\":", self.basis.slug())?;
        string(out, self.summary())?;
        match self.extract.retry_after_s {
            Some(seconds) => write!(out, ",\"retry_after_s\":{seconds}")?,
            None => out.write_str(",\"retry_after_s\":null")?,
        }
        optional(out, "blocklist", self.blocklist_slug())?;
        optional(out, "url", self.url())?;
        optional(out, "tag", self.tag())?;
        write!(out, ",\"class_mismatch\":{},\"sources\":[", self.class_mismatch)?;
        for (index, source) in self.sources().enumerate() {
            if index > 0 {
                out.write_char(',')?;
            }
            string(out, self.tables.text(source.id))?;
        }
        out.write_str("]}")
    }
}

fn optional(out: &mut impl Write, key: &str, value: Option<&str>) -> fmt::Result {
    write!(out, ",\"{key}\":")?;
    match value {
        Some(value) => string(out, value),
        None => out.write_str("null"),
    }
}

/// Writes a JSON string.
///
/// # Errors
///
/// Where `out` gives one.
pub fn string(out: &mut impl Write, text: &str) -> fmt::Result {
    out.write_char('"')?;
    let mut plain = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0..=0x1F | 0x7F => "",
            _ => continue,
        };
        out.write_str(&text[plain..at])?;
        if escape.is_empty() {
            write!(out, "\\u{byte:04x}")?;
        } else {
            out.write_str(escape)?;
        }
        plain = at + 1;
    }
    out.write_str(&text[plain..])?;
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
