//! The pool of text: every piece once, each followed by a NUL byte.

use std::collections::BTreeMap;

use smtp_codes::tables::{Run, Text};

/// Collects text.
#[derive(Default)]
pub(super) struct Pool {
    text: String,
    known: BTreeMap<String, Text>,
}

impl Pool {
    /// The place of `text`; the empty text takes no room.
    pub(super) fn intern(&mut self, text: &str) -> Text {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        // A length that does not fit is cut at a character: no text of the catalogue is that long.
        let mut end = text.len().min(usize::from(u16::MAX));
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let place = Text {
            start: self.text.len() as u32,
            len: end as u16,
        };
        self.text.push_str(&text[..end]);
        self.text.push('\0');
        self.known.insert(text.to_owned(), place);
        place
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// Collects runs of values, sharing equal ones.
pub(super) struct Runs<T> {
    values: Vec<T>,
    known: BTreeMap<Vec<T>, Run>,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            known: BTreeMap::new(),
        }
    }
}

impl<T: Ord + Clone> Runs<T> {
    /// The run that holds `values`.
    pub(super) fn intern(&mut self, values: Vec<T>) -> Run {
        if values.is_empty() {
            return Run::default();
        }
        if let Some(known) = self.known.get(&values) {
            return *known;
        }
        let run = Run {
            start: self.values.len() as u32,
            len: values.len() as u16,
        };
        self.values.extend(values.iter().cloned());
        self.known.insert(values, run);
        run
    }

    pub(super) fn finish(self) -> Vec<T> {
        self.values
    }
}
