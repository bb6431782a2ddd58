//! What a page loads with the first pasted text: the engine, its tables, and the texts of the entries it shows.
//!
//! All of it comes as classic scripts, which a page opened from a file may load too.

mod script;
mod texts;

use smtp_codes_catalog::model::Model;

use super::check::brotlied;
use crate::emit::Files;

/// How the engine is asked, by the page and by the conformance run.
const READER: &str = include_str!("../../../assets/reader.js");

/// The scripts that every reading needs: these and the texts of one shard are what a first pasted reply waits for.
pub(crate) const ALWAYS: [&str; 4] = [
    "assets/engine.js",
    "assets/tables.js",
    "assets/diagnose.js",
    "assets/words.js",
];
/// Folder of the scripts that hold texts.
pub(crate) const TEXTS: &str = "assets/texts/";

/// The scripts around a module.
pub(crate) fn emit(module: &[u8], model: &Model) -> Files {
    let tables = model.tables();
    let packed = smtp_codes_page::pack(&tables, &|bytes| brotlied(bytes, QUICKLY));
    let mut files = texts::emit(&tables);
    let module = format!("{READER}self.SMTP_CODES_MODULE={};\n", script::letters(module));
    files.insert(ALWAYS[0].into(), module.into_bytes());
    // Apart from the module: they have little in common, and pack better so.
    let tables = format!(
        "self.SMTP_CODES_TABLES={{textsInOne:{},packed:{}}};\n",
        texts::IN_ONE,
        script::letters(&packed)
    );
    files.insert(ALWAYS[1].into(), tables.into_bytes());
    files
}

/// How hard brotli tries when forms of a column are compared: they differ by more than it could still find.
const QUICKLY: u32 = 5;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::whole::model;
    use smtp_codes::Engine;

    #[test]
    fn unpacked_tables_diagnose_as_those_that_were_packed() {
        let tables = model().tables();
        let packed = smtp_codes_page::pack(&tables, &|bytes| bytes.len());
        let unpacked = smtp_codes_page::unpack(&packed).expect("what was packed is unpacked");
        let texts = texts::rows(&tables);
        let mut seen = 0;
        for vector in &model().vectors {
            let whole = Engine::new(&tables).diagnose(&vector.query());
            let bare = Engine::new(&unpacked).diagnose(&vector.query());
            let mut json = String::new();
            bare.write_json(&mut json, None).unwrap();
            let mut bare_json: serde_json::Value = serde_json::from_str(&json).unwrap();
            if let Some(text) = bare.text {
                texts[text.number as usize - 1].join(&mut bare_json);
            }
            json.clear();
            whole.write_json(&mut json, None).unwrap();
            let whole: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(bare_json, whole, "{}", String::from_utf8_lossy(&vector.reply));
            seen += 1;
        }
        assert!(seen > 1000, "{seen}");
    }

    #[test]
    fn bytes_that_are_no_tables_are_refused() {
        let tables = model().tables();
        let packed = smtp_codes_page::pack(&tables, &|bytes| bytes.len());
        for cut in [0, 1, 10, packed.len() / 2, packed.len() - 1] {
            assert!(smtp_codes_page::unpack(&packed[..cut]).is_none(), "{cut}");
        }
    }
}
