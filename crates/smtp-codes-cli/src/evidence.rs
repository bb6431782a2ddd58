//! The words of a reply that decided: the matcher runs again and is watched.

use std::ops::Range;

use smtp_codes::infer::Feature;
use smtp_codes::lookup::Codes;
use smtp_codes::matcher::{self, Matches, Observer, Reader, Words};
use smtp_codes::tables::{ANY_GAP, Pattern, Tables, Target};
use smtp_codes::{Basis, Diagnosis, Reason};

/// How many words or idioms of a weighed wording are shown.
const SHOWN: usize = 4;

/// A reply read once more, with everything that was found on the way.
pub(crate) struct Reading<'r> {
    tables: &'r Tables<'r>,
    words: Words,
    /// Where each word stands in the text.
    places: Vec<Range<usize>>,
    watched: Watched,
    matches: Matches,
    codes: Codes,
}

/// Atoms and completed patterns, as word numbers.
#[derive(Default)]
struct Watched {
    atoms: Vec<(u16, usize, usize)>,
}

impl Observer for Watched {
    fn atom(&mut self, atom: u16, start: usize, end: usize) {
        self.atoms.push((atom, start, end));
    }
}

impl<'r> Reading<'r> {
    /// Reads the reply of a diagnosis with some tables: those that won, or others.
    pub(crate) fn new(diagnosis: &Diagnosis<'_>, tables: &'r Tables<'r>) -> Self {
        let reply = &diagnosis.reply;
        let words = Words::read(reply.text, reply.code, &tables.vocabulary);
        let mut reader = Reader::new(reply.text, reply.code);
        let mut places = Vec::with_capacity(words.numbers().len());
        while places.len() < words.numbers().len() && reader.next() {
            places.push(reader.word.start..reader.word.end);
        }
        let mut watched = Watched::default();
        let matches = matcher::find_with(words.numbers(), tables, &mut watched);
        let codes = Codes {
            basic: diagnosis.code,
            enhanced: diagnosis.enhanced,
            command: reply.command,
        };
        Self {
            tables,
            words,
            places,
            watched,
            matches,
            codes,
        }
    }

    /// The words, as numbers of the tables.
    pub(crate) fn numbers(&self) -> &[u16] {
        self.words.numbers()
    }

    /// What the reply says beside its words.
    pub(crate) fn codes(&self) -> &Codes {
        &self.codes
    }

    /// Every pattern of a rule that occurs, best first.
    pub(crate) fn patterns(&self) -> impl Iterator<Item = (u16, Pattern<'r>, u16)> {
        self.matches.iter().filter_map(|number| {
            let pattern = self.tables.pattern(number)?;
            match pattern.target {
                Target::Rule(rule) => Some((number, pattern, rule)),
                _ => None,
            }
        })
    }

    /// Whether something else that occurs speaks against a pattern.
    pub(crate) fn guarded(&self, pattern: Pattern<'_>) -> bool {
        pattern.guards.into_iter().any(|guard| self.matches.contains(guard))
    }

    /// Bytes of the text that a pattern rests on, piece by piece.
    pub(crate) fn pieces(&self, pattern: u16) -> Vec<Range<usize>> {
        let graph = &self.tables.graph;
        for &(atom, start, end) in &self.watched.atoms {
            for step in graph.steps(atom).filter(|step| step.completed.contains(&pattern)) {
                if let Some(mut pieces) = self.prefix(step.before, step.gap, start) {
                    pieces.push((start, end));
                    return self.bytes(pieces);
                }
            }
        }
        Vec::new()
    }

    /// The pieces of a prefix that ends near enough before the word `start`.
    fn prefix(&self, slot: u16, gap: u8, start: usize) -> Option<Vec<(usize, usize)>> {
        if slot == 0 {
            return Some(Vec::new());
        }
        let graph = &self.tables.graph;
        // The latest end first: that is the one the matcher goes on from.
        let mut atoms: Vec<_> = self
            .watched
            .atoms
            .iter()
            .filter(|(_, _, end)| *end < start && (gap == ANY_GAP || start - end - 1 <= usize::from(gap)))
            .collect();
        atoms.sort_by_key(|(_, _, end)| std::cmp::Reverse(*end));
        atoms.into_iter().find_map(|&(atom, from, to)| {
            graph.steps(atom).filter(|step| step.after == slot).find_map(|step| {
                let mut pieces = self.prefix(step.before, step.gap, from)?;
                pieces.push((from, to));
                Some(pieces)
            })
        })
    }

    /// The words and idioms that weighed most for `reason` and against `other`.
    fn weighed(&self, reason: Reason, other: Option<Reason>) -> Vec<Range<usize>> {
        let model = &self.tables.model;
        let weight = |feature| {
            let weights = model.weights_of(feature);
            let of = |reason: Reason| {
                weights
                    .iter()
                    .find(|(number, _)| *number == reason.number())
                    .map_or(0, |(_, weight)| i32::from(*weight))
            };
            of(reason) - other.map_or(0, of)
        };
        let words = self
            .words
            .numbers()
            .iter()
            .enumerate()
            .filter(|(_, word)| **word != 0)
            .map(|(place, word)| (weight(Feature::Word(*word)), (place, place)));
        let concepts = self
            .watched
            .atoms
            .iter()
            .filter(|(atom, ..)| *atom < self.tables.graph.concept_count)
            .map(|&(atom, start, end)| (weight(Feature::Concept(atom)), (start, end)));
        let mut found: Vec<_> = words.chain(concepts).filter(|(weight, _)| *weight > 0).collect();
        found.sort_by_key(|(weight, place)| (std::cmp::Reverse(*weight), *place));
        found.truncate(SHOWN);
        self.bytes(found.into_iter().map(|(_, place)| place).collect())
    }

    /// Words as bytes of the text; what touches is joined.
    fn bytes(&self, mut pieces: Vec<(usize, usize)>) -> Vec<Range<usize>> {
        pieces.sort_unstable();
        let mut joined: Vec<(usize, usize)> = Vec::new();
        for (start, end) in pieces {
            match joined.last_mut() {
                Some(last) if start <= last.1 + 1 => last.1 = last.1.max(end),
                _ => joined.push((start, end)),
            }
        }
        joined
            .into_iter()
            .filter_map(|(start, end)| Some(self.places.get(start)?.start..self.places.get(end)?.end))
            .collect()
    }
}

/// Bytes of the reply's text that a diagnosis rests on; none where codes alone decided.
pub(crate) fn of(diagnosis: &Diagnosis<'_>) -> Vec<Range<usize>> {
    match diagnosis.basis {
        Basis::Variant | Basis::Phrase => {
            let reading = Reading::new(diagnosis, diagnosis.tables);
            let won = reading
                .patterns()
                .find(|(_, pattern, rule)| is_rule(diagnosis, *rule) && !reading.guarded(*pattern));
            won.map(|(number, ..)| reading.pieces(number)).unwrap_or_default()
        }
        Basis::Inferred => Reading::new(diagnosis, diagnosis.tables).weighed(diagnosis.reason, diagnosis.runner_up),
        _ => Vec::new(),
    }
}

/// Whether a rule of the diagnosis' own tables is the one that won.
pub(crate) fn is_rule(diagnosis: &Diagnosis<'_>, rule: u16) -> bool {
    diagnosis.rule.is_some_and(|won| {
        diagnosis
            .tables
            .rule(rule)
            .is_some_and(|entry| std::ptr::eq(entry, won))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(reply: &str) -> Vec<String> {
        let diagnosis = smtp_codes::diagnose(reply);
        of(&diagnosis)
            .into_iter()
            .map(|range| String::from_utf8_lossy(&diagnosis.reply.text[range]).into_owned())
            .collect()
    }

    #[test]
    fn evidence_lies_in_the_reply_and_holds_words() {
        for vector in [
            "550 5.1.1 User unknown",
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
            "552-5.2.2 The email account that you tried to reach is over quota. gsmtp",
        ] {
            let words = words(vector);
            assert!(!words.is_empty(), "{vector}");
            assert!(words.iter().all(|piece| vector.contains(piece.as_str())), "{words:?}");
        }
    }

    #[test]
    fn codes_alone_leave_no_words() {
        assert!(words("550").is_empty());
    }
}
