//! Matching signatures one by one, with backtracking.

use std::collections::{HashMap, HashSet};

use smtp_codes::BasicCode;

use super::{lexicon, words};
use crate::compile;
use crate::signature::{Gap, Item, Signature};
use crate::source::Catalogue;

/// Every signature of a catalogue, by the number of its pattern.
#[derive(Clone, Debug)]
pub struct Oracle {
    /// Numbers for the words that signatures and idioms name. A word that none names is 0.
    numbers: HashMap<Vec<u8>, u32>,
    signatures: Vec<Vec<Part>>,
    /// Idioms by their first word: the concept, and the whole idiom.
    idioms: HashMap<u32, Vec<(u32, Vec<u32>)>>,
    /// Patterns that begin with a word, and patterns that begin with a concept.
    by_word: HashMap<u32, Vec<u16>>,
    by_concept: HashMap<u32, Vec<u16>>,
}

/// A part of a signature: what it stands for, and what may lie before it.
#[derive(Clone, Copy, Debug)]
struct Part {
    gap: Gap,
    wanted: Wanted,
}

#[derive(Clone, Copy, Debug)]
enum Wanted {
    Word(u32),
    Concept(u32),
}

/// A reply's words, with the idioms that begin at each: the concept, and how many words it takes.
struct Reply {
    words: Vec<u32>,
    idioms: Vec<Vec<(u32, usize)>>,
}

impl Oracle {
    /// The oracle of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let (_, signatures) = compile::compile_with_signatures(catalogue);
        let mut oracle = Self {
            numbers: HashMap::new(),
            signatures: Vec::new(),
            idioms: HashMap::new(),
            by_word: HashMap::new(),
            by_concept: HashMap::new(),
        };
        let mut concepts = HashMap::new();
        for (slug, idioms) in lexicon::lexicon(catalogue) {
            let concept = concepts.len() as u32;
            concepts.insert(slug.to_owned(), concept);
            for idiom in idioms {
                let words: Vec<u32> = idiom.iter().map(|word| oracle.number(word)).collect();
                oracle.idioms.entry(words[0]).or_default().push((concept, words));
            }
        }
        for (number, signature) in signatures.iter().enumerate() {
            oracle.signature(number as u16, signature, &mut concepts);
        }
        oracle
    }

    fn number(&mut self, word: &str) -> u32 {
        let next = self.numbers.len() as u32 + 1;
        *self.numbers.entry(word.as_bytes().to_vec()).or_insert(next)
    }

    fn signature(&mut self, number: u16, signature: &Signature, concepts: &mut HashMap<String, u32>) {
        let mut parts = Vec::new();
        for part in &signature.parts {
            let wanted = match &part.item {
                Item::Word(word) => Wanted::Word(self.number(word)),
                Item::Concept(slug) => {
                    // A concept that nothing defines has no idioms, so it is never found.
                    let next = concepts.len() as u32;
                    Wanted::Concept(*concepts.entry(slug.clone()).or_insert(next))
                }
            };
            parts.push(Part { gap: part.gap, wanted });
        }
        match parts[0].wanted {
            Wanted::Word(word) => self.by_word.entry(word).or_default().push(number),
            Wanted::Concept(concept) => self.by_concept.entry(concept).or_default().push(number),
        }
        self.signatures.push(parts);
    }

    /// How many patterns there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.signatures.len()
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }

    /// The numbers of the patterns that occur in a reply's text, lowest first.
    #[must_use]
    pub fn find(&self, text: &[u8], code: Option<BasicCode>) -> Vec<u16> {
        let words: Vec<u32> = words(text, code)
            .iter()
            .map(|word| self.numbers.get(word).copied().unwrap_or(0))
            .collect();
        let idioms = (0..words.len()).map(|at| self.idioms_at(&words[at..])).collect();
        let reply = Reply { words, idioms };
        let mut found = vec![false; self.signatures.len()];
        let mut failed = HashSet::new();
        for start in 0..reply.words.len() {
            // Only signatures whose first part stands here are tried here.
            let by_word = self.by_word.get(&reply.words[start]);
            let by_concept = reply.idioms[start]
                .iter()
                .filter_map(|(concept, _)| self.by_concept.get(concept));
            for &pattern in by_word.into_iter().chain(by_concept).flatten() {
                let pattern = usize::from(pattern);
                failed.clear();
                found[pattern] = found[pattern] || fits(&self.signatures[pattern], start, &reply, &mut failed);
            }
        }
        (0..)
            .zip(found)
            .filter(|(_, found)| *found)
            .map(|(pattern, _)| pattern)
            .collect()
    }

    /// The idioms at the start of `words`.
    fn idioms_at(&self, words: &[u32]) -> Vec<(u32, usize)> {
        let known = self.idioms.get(&words[0]).into_iter().flatten();
        known
            .filter(|(_, idiom)| words.starts_with(idiom))
            .map(|(concept, idiom)| (*concept, idiom.len()))
            .collect()
    }
}

/// Whether `parts` can be laid over the reply so that the first stands at the word `at`.
///
/// `failed` remembers what was tried in vain, by the number of parts left and the place, so that a reply full
/// of the same words does not take for ever.
fn fits(parts: &[Part], at: usize, reply: &Reply, failed: &mut HashSet<(usize, usize)>) -> bool {
    if at >= reply.words.len() || failed.contains(&(parts.len(), at)) {
        return false;
    }
    let lengths: Vec<usize> = match parts[0].wanted {
        Wanted::Word(word) => (reply.words[at] == word).then_some(1).into_iter().collect(),
        Wanted::Concept(concept) => reply.idioms[at]
            .iter()
            .filter(|(own, _)| *own == concept)
            .map(|(_, length)| *length)
            .collect(),
    };
    if lengths.is_empty() {
        return false;
    }
    for length in lengths {
        let end = at + length;
        let Some(next) = parts.get(1) else { return true };
        let reach = match next.gap {
            Gap::Adjacent => end,
            Gap::Within(between) => end + usize::from(between),
            Gap::Any => reply.words.len(),
        };
        if (end..=reach).any(|place| fits(&parts[1..], place, reply, failed)) {
            return true;
        }
    }
    failed.insert((parts.len(), at));
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::SourceFile;
    use crate::load::load_files;

    /// Which of the signatures, in the order they are given, occur in the text.
    fn found(signatures: &[&str], text: &str) -> Vec<usize> {
        let mut toml = String::from(
            "[[concept]]\nslug = \"who\"\ntitle = \"Who\"\ninclude = [\"box\"]\nen = [\"user\", \"user account\"]\n[[concept]]\nslug = \"box\"\ntitle = \"Box\"\nen = [\"mailbox\"]\n",
        );
        for (index, signature) in signatures.iter().enumerate() {
            toml += &format!(
                "[[phrase]]\nslug = \"p{index}\"\nreason = \"policy\"\nsignatures = [{signature:?}]\nsummary = \"S.\"\n"
            );
        }
        let loaded = load_files(vec![SourceFile::new("a.toml", toml)]);
        let (tables, _) = compile::compile_with_signatures(&loaded.catalogue);
        let tables = tables.as_tables();
        let oracle = Oracle::new(&loaded.catalogue);
        let slug = |pattern: u16| match smtp_codes::tables::Target::read(tables.patterns[usize::from(pattern)]).0 {
            smtp_codes::tables::Target::Rule(rule) => tables.text(tables.rule_texts[usize::from(rule)].slug),
            _ => "",
        };
        let mut found: Vec<usize> = oracle
            .find(text.as_bytes(), None)
            .into_iter()
            .filter_map(|pattern| slug(pattern).strip_prefix("phrase:p")?.parse().ok())
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn words_stand_side_by_side() {
        assert_eq!(found(&["over quota", "quota over"], "Over-QUOTA!"), [0]);
        assert_eq!(found(&["over quota"], "over the quota"), Vec::<usize>::new());
    }

    #[test]
    fn gaps_say_how_many_words_lie_between() {
        let signatures = ["a ~1 b", "a ~2 b", "a ... b", "b ... a"];
        assert_eq!(found(&signatures, "a b"), [0, 1, 2]);
        assert_eq!(found(&signatures, "a x b"), [0, 1, 2]);
        assert_eq!(found(&signatures, "a x x b"), [1, 2]);
        assert_eq!(found(&signatures, "a x x x b"), [2]);
    }

    #[test]
    fn a_concept_is_any_of_its_idioms_and_of_those_it_includes() {
        let signatures = ["{who} unknown", "{box} unknown", "account unknown"];
        assert_eq!(found(&signatures, "user unknown"), [0]);
        assert_eq!(found(&signatures, "user account unknown"), [0, 2]);
        assert_eq!(found(&signatures, "mailbox unknown"), [0, 1]);
    }

    #[test]
    fn a_later_place_is_tried_where_the_first_fails() {
        assert_eq!(found(&["a ~1 b c"], "a b x a b c"), [0]);
        assert_eq!(found(&["a ... b ~1 c"], "a b x x x b c"), [0]);
    }
}
