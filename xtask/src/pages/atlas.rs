//! What every page builder asks: where an entry has its page, what a value is called, what the engine
//! makes of a reply, and who refers to whom.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use smtp_codes::{Diagnosis, Engine, Query, Tables};
use smtp_codes_catalog::compile::vectors::{Vector, winner};
use smtp_codes_catalog::model::Model;
use smtp_codes_catalog::source::{Catalogue, Entry, List, Text, VariantEntry};

use super::codes_of;
use super::page::{Cited, Example, Outcome, Said};
use super::rich::{ListValue, Mark, Place, Rich, Span, Target};
use smtp_codes_catalog::parallel::parallel;

/// A reply of the catalogue, diagnosed.
pub(crate) struct Case<'m> {
    /// The vector.
    pub(crate) vector: &'m Vector,
    /// Name of the entry that won.
    pub(crate) winner: String,
    /// The basic code.
    pub(crate) code: Option<u16>,
    /// The enhanced code.
    pub(crate) enhanced: Option<String>,
    /// Slug of the reason.
    pub(crate) reason: &'static str,
    /// Slug of the blocklist.
    pub(crate) blocklist: String,
    /// The diagnosis as JSON.
    pub(crate) json: String,
    /// The diagnosis for people.
    pub(crate) outcome: Outcome,
}

/// The model with its indices, and what those who build pages note for each other. Builders may work beside each
/// other, each with a copy: what does not change is shared.
#[derive(Clone)]
pub(crate) struct Atlas<'m> {
    base: Arc<Base<'m>>,
    /// By id of a source: the entries that rest on it.
    pub(crate) resting: BTreeMap<String, Vec<String>>,
}

/// The model with its indices.
pub(crate) struct Base<'m> {
    /// The records.
    pub(crate) catalogue: &'m Catalogue,
    tables: Tables<'m>,
    places: BTreeMap<String, Place>,
    marks: BTreeMap<&'static str, BTreeMap<String, Mark>>,
    /// Every vector, diagnosed.
    pub(crate) cases: Vec<Case<'m>>,
    by_owner: BTreeMap<&'m str, Vec<usize>>,
    claims: BTreeMap<String, Vec<usize>>,
    variants: BTreeMap<String, &'m VariantEntry>,
    sources: BTreeMap<&'m str, Cited>,
}

impl<'m> Deref for Atlas<'m> {
    type Target = Base<'m>;

    fn deref(&self) -> &Base<'m> {
        &self.base
    }
}

impl<'m> Atlas<'m> {
    /// Reads the model once for everything that pages need.
    pub(crate) fn new(model: &'m Model) -> Self {
        Self {
            base: Arc::new(Base::new(model)),
            resting: BTreeMap::new(),
        }
    }

    /// The sources of an entry, and a note that the entry rests on them.
    pub(crate) fn cite(&mut self, sources: &List, entry: &str) -> Vec<Cited> {
        for id in sources.iter() {
            self.note(id.as_str(), entry);
        }
        let cited = sources.iter().filter_map(|id| self.sources.get(id.as_str()));
        cited.cloned().collect()
    }

    /// Takes over what another builder noted.
    pub(crate) fn take_notes(&mut self, other: Self) {
        for (id, entries) in other.resting {
            for entry in entries {
                self.note(&id, &entry);
            }
        }
    }

    fn note(&mut self, id: &str, entry: &str) {
        let list = self.resting.entry(id.to_owned()).or_default();
        if !list.iter().any(|known| known == entry) {
            list.push(entry.to_owned());
        }
    }
}

impl<'m> Base<'m> {
    /// Reads the model once for everything that pages need.
    fn new(model: &'m Model) -> Self {
        let catalogue = &model.catalogue;
        let places = super::places::all(catalogue);
        let mut atlas = Self {
            catalogue,
            tables: model.tables(),
            marks: marks(catalogue, &places),
            places,
            cases: Vec::new(),
            by_owner: BTreeMap::new(),
            claims: BTreeMap::new(),
            variants: catalogue
                .variants
                .iter()
                .map(|variant| (variant.name(), variant))
                .collect(),
            sources: BTreeMap::new(),
        };
        for source in &catalogue.sources {
            let cited = atlas.cited(source);
            atlas.sources.entry(source.id.as_str()).or_insert(cited);
        }
        for (index, claim) in catalogue.claims.iter().enumerate() {
            for concern in claim.concerns.iter() {
                atlas.claims.entry(concern.as_str().to_owned()).or_default().push(index);
            }
        }
        atlas.cases = parallel(&model.vectors, |vector| atlas.case(vector));
        for (index, vector) in model.vectors.iter().enumerate() {
            if !vector.owner.is_empty() && vector.expected.not_winner.is_none() {
                atlas.by_owner.entry(vector.owner.as_str()).or_default().push(index);
            }
        }
        atlas
    }

    fn case(&self, vector: &'m Vector) -> Case<'m> {
        let tables = self.tables;
        let diagnosis = Engine::new(&tables).diagnose(&vector.query());
        let mut json = String::new();
        // Writing to a string cannot fail.
        let _ = diagnosis.write_json(&mut json, None);
        Case {
            vector,
            winner: winner(&diagnosis),
            code: diagnosis.code.map(|code| code.number()),
            enhanced: diagnosis.enhanced.map(|code| code.to_string()),
            reason: diagnosis.reason.slug(),
            blocklist: diagnosis.blocklist_slug().unwrap_or_default().to_owned(),
            json,
            outcome: self.outcome(&diagnosis),
        }
    }

    /// What the engine makes of a reply, for people and as JSON.
    pub(crate) fn diagnose(&self, reply: &str) -> (Outcome, String, String) {
        let tables = self.tables;
        let diagnosis = Engine::new(&tables).diagnose(&Query::from(reply));
        let mut json = String::new();
        let _ = diagnosis.write_json(&mut json, None);
        (self.outcome(&diagnosis), winner(&diagnosis), json)
    }

    fn outcome(&self, diagnosis: &Diagnosis<'_>) -> Outcome {
        let tables = diagnosis.tables;
        Outcome {
            reason: self.mark("reason", diagnosis.reason.slug()),
            bounce: self.mark("bounce", diagnosis.bounce.slug()),
            party: self.mark("party", diagnosis.party.slug()),
            delivery: self.mark("delivery", diagnosis.delivery.slug()),
            address: self.mark("address", diagnosis.address.slug()),
            remedies: diagnosis
                .remedies
                .iter()
                .map(|remedy| self.mark("remedy", remedy.slug()))
                .collect(),
            basis: Some(self.mark("basis", diagnosis.basis.slug())),
            confidence: diagnosis.confidence,
            schedule: diagnosis
                .schedule
                .and_then(|schedule| self.place(&format!("schedule:{}", tables.text(schedule.slug))))
                .cloned(),
            rule: self.winner_place(&winner(diagnosis)).cloned(),
            provider: diagnosis
                .provider_slug()
                .and_then(|slug| self.place(&format!("provider:{slug}")))
                .cloned(),
            blocklist: diagnosis
                .blocklist_slug()
                .and_then(|slug| self.place(&format!("blocklist:{slug}")))
                .cloned(),
            retry_after: diagnosis
                .extract
                .retry_after_s
                .map(|seconds| duration(i64::from(seconds)))
                .unwrap_or_default(),
        }
    }

    fn winner_place(&self, winner: &str) -> Option<&Place> {
        if winner.contains('/') && !winner.contains(':') {
            return self.place(&format!("variant:{winner}"));
        }
        self.place(winner)
    }

    /// The page of an entry, by its name: `reason:greylist`, `variant:google/over-quota`.
    pub(crate) fn place(&self, entry: &str) -> Option<&Place> {
        self.places.get(entry)
    }

    /// The page of an entry; one without a path where there is none.
    pub(crate) fn at(&self, entry: &str) -> Place {
        self.places.get(entry).cloned().unwrap_or_default()
    }

    /// Every place, by the name of its entry.
    pub(crate) const fn places(&self) -> &BTreeMap<String, Place> {
        &self.places
    }

    /// A link to an entry under its own name; the bare words where there is no such entry.
    pub(crate) fn link(&self, entry: &str) -> Rich {
        self.link_as(entry, None)
    }

    /// A link to an entry under another name.
    pub(crate) fn link_as(&self, entry: &str, name: Option<&str>) -> Rich {
        match self.places.get(entry) {
            Some(place) => vec![Span::Link(
                name.unwrap_or(&place.name).to_owned(),
                Target::Page(place.clone()),
            )],
            None => vec![Span::Text(name.unwrap_or(entry).to_owned())],
        }
    }

    /// A code, linked where it has a page: `550`, `5.7.26`, `x.7.1`, `550 5.7.1`.
    pub(crate) fn code(&self, code: &str) -> Rich {
        match self.code_place(code) {
            Some(place) => vec![Span::CodeLink(code.to_owned(), Target::Page(place.clone()))],
            None => vec![Span::Code(code.to_owned())],
        }
    }

    /// The page of a code in any of the forms that the catalogue writes.
    pub(crate) fn code_place(&self, code: &str) -> Option<&Place> {
        ["pair:", "basic:", "code:", "family:", "enhanced:"]
            .iter()
            .find_map(|kind| self.places.get(&format!("{kind}{code}")))
    }

    /// Codes with links, separated by commas.
    pub(crate) fn codes<'t>(&self, codes: impl IntoIterator<Item = &'t Text>) -> Rich {
        super::rich::join(codes.into_iter().map(|code| self.code(code)), ", ")
    }

    /// A value of a closed list with its name.
    pub(crate) fn mark(&self, list: &'static str, slug: &str) -> Mark {
        let known = self.marks.get(list).and_then(|marks| marks.get(slug));
        known.cloned().unwrap_or_else(|| mark(&self.places, list, slug, slug))
    }

    /// A mark as a piece of text.
    pub(crate) fn marked(&self, list: &'static str, slug: &str) -> Rich {
        vec![Span::Mark(self.mark(list, slug))]
    }

    /// Prose of the catalogue: enhanced codes and RFCs in it become links.
    pub(crate) fn prose(&self, words: &str) -> Rich {
        let mut rich = Rich::new();
        let mut plain = String::new();
        let mut rest = words;
        while !rest.is_empty() {
            let at_start = plain
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric() && c != '.' && c != '-' && c != '/');
            let found = if at_start { self.known_word(rest) } else { None };
            match found {
                Some((len, span)) => {
                    if !plain.is_empty() {
                        rich.push(Span::Text(std::mem::take(&mut plain)));
                    }
                    rich.push(span);
                    // The next character has a word before it.
                    rest = &rest[len..];
                    if let Some(next) = rest.chars().next() {
                        plain.push(next);
                        rest = &rest[next.len_utf8()..];
                    }
                }
                None => {
                    let Some(next) = rest.chars().next() else { break };
                    plain.push(next);
                    rest = &rest[next.len_utf8()..];
                }
            }
        }
        if !plain.is_empty() {
            rich.push(Span::Text(plain));
        }
        rich
    }

    /// A code or an RFC at the start of `words`, and how long it is.
    fn known_word(&self, words: &str) -> Option<(usize, Span)> {
        if let Some(number) = words.strip_prefix("RFC ") {
            let digits = number.bytes().take_while(u8::is_ascii_digit).count();
            let place = self.places.get(&format!("source:rfc{}", &number[..digits]))?;
            return Some((
                4 + digits,
                Span::Link(words[..4 + digits].to_owned(), Target::Page(place.clone())),
            ));
        }
        let (code, len) = codes_of::enhanced_at(words)?;
        let place = self.places.get(&format!("code:{code}"))?;
        Some((len, Span::CodeLink(code, Target::Page(place.clone()))))
    }

    /// A variant by its full name: `google/over-quota`.
    pub(crate) fn variant(&self, name: &str) -> Option<&'m VariantEntry> {
        self.variants.get(name).copied()
    }

    /// The replies that stand on an entry.
    pub(crate) fn cases_of(&self, owner: &str) -> impl Iterator<Item = &Case<'m>> {
        self.by_owner
            .get(owner)
            .into_iter()
            .flatten()
            .filter_map(|index| self.cases.get(*index))
    }

    /// Replies with their diagnosis, ready to be shown.
    pub(crate) fn examples<'c>(&self, cases: impl IntoIterator<Item = &'c Case<'m>>) -> Vec<Example>
    where
        'm: 'c,
    {
        cases.into_iter().map(example).collect()
    }

    /// What is often said about an entry.
    pub(crate) fn said(&self, names: &[String]) -> Vec<Said> {
        let mut indices: Vec<usize> = names
            .iter()
            .flat_map(|name| self.claims.get(name).into_iter().flatten().copied())
            .collect();
        indices.sort_unstable();
        indices.dedup();
        indices
            .into_iter()
            .filter_map(|index| self.catalogue.claims.get(index))
            .map(|claim| self.said_of(claim))
            .collect()
    }

    /// One claim.
    pub(crate) fn said_of(&self, claim: &Entry<smtp_codes_catalog::source::Claim>) -> Said {
        Said {
            place: self.at(&format!("claim:{}", claim.slug.as_str())),
            said: self.prose(&claim.said),
            right: self.prose(&claim.right),
            verdict: claim.verdict.as_str().replace('-', " "),
        }
    }

    fn cited(&self, source: &Entry<smtp_codes_catalog::source::Source>) -> Cited {
        let dates: Vec<String> = [
            ("state of ", source.state.as_ref()),
            ("checked ", source.checked.as_ref()),
        ]
        .into_iter()
        .filter_map(|(word, date)| Some(format!("{word}{}", date?.as_str())))
        .collect();
        Cited {
            place: self.at(&format!("source:{}", source.id.as_str())),
            url: source.url.as_ref().map(|url| url.to_string()).unwrap_or_default(),
            kind: source_kind(&source.kind).to_owned(),
            dates: dates.join(", "),
        }
    }

    /// The file of a record, from the root of the repository.
    pub(crate) fn file<T>(&self, entry: &Entry<T>) -> String {
        self.catalogue.path_of(entry).to_owned()
    }

    /// A way of places.
    pub(crate) fn way(&self, entries: &[&str]) -> Vec<Place> {
        entries
            .iter()
            .filter_map(|entry| self.places.get(*entry).cloned())
            .collect()
    }
}

/// A reply with its diagnosis.
pub(crate) fn example(case: &Case<'_>) -> Example {
    let text = String::from_utf8_lossy(&case.vector.reply).replace(['\r', '\u{0}'], "");
    let vector = case.vector;
    let told: Vec<String> = [
        ("provider", vector.provider.as_deref()),
        ("MX", vector.mx.as_deref()),
        ("recipient", vector.recipient.as_deref()),
        ("command", vector.command.map(|command| command.slug())),
    ]
    .into_iter()
    .filter_map(|(word, value)| Some(format!("{word} {}", value?)))
    .collect();
    Example {
        lines: text.lines().map(codes_of::split_codes).collect(),
        told: told.join(", "),
        outcome: case.outcome.clone(),
    }
}

/// A word of the shell, quoted so that any text survives.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The command that gives the diagnosis of a case.
pub(crate) fn command(case: &Case<'_>) -> String {
    let vector = case.vector;
    let mut words = vec!["smtp-codes explain".to_owned()];
    for (option, value) in [
        ("--provider", vector.provider.as_deref()),
        ("--mx", vector.mx.as_deref()),
        ("--recipient", vector.recipient.as_deref()),
        ("--command", vector.command.map(|command| command.slug())),
    ] {
        words.extend(value.map(|value| format!("{option} {value}")));
    }
    words.push(quoted(
        String::from_utf8_lossy(&vector.reply)
            .lines()
            .next()
            .unwrap_or_default(),
    ));
    words.join(" ")
}

/// A number of seconds in words.
pub(crate) fn duration(seconds: i64) -> String {
    let (number, unit) = match seconds {
        s if s >= 172_800 && s % 86_400 == 0 => (s / 86_400, "day"),
        s if s >= 3600 && s % 3600 == 0 => (s / 3600, "hour"),
        s if s >= 60 && s % 60 == 0 => (s / 60, "minute"),
        s => (s, "second"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// A kind of source in words.
pub(crate) fn source_kind(kind: &str) -> &str {
    match kind {
        "standard" => "standard",
        "registry" => "registry",
        "vendor" => "the vendor's own page",
        "product-source" => "the program's source",
        "observed" => "real replies",
        "list" => "somebody's list",
        "practice" => "practice",
        _ => "general knowledge",
    }
}

/// A value of a closed list, and where it is explained.
fn mark(places: &BTreeMap<String, Place>, list: &'static str, slug: &str, title: &str) -> Mark {
    let entry = match list {
        "reason" => format!("reason:{slug}"),
        "delivery" | "address" | "remedy" => format!("action:{slug}"),
        _ => format!("term:{list}/{slug}"),
    };
    Mark::new(ListValue {
        list,
        slug: slug.to_owned(),
        title: title.to_owned(),
        to: places.get(&entry).cloned().map(Target::Page),
    })
}

/// The values of closed lists that have names, by list and slug.
fn marks(catalogue: &Catalogue, places: &BTreeMap<String, Place>) -> BTreeMap<&'static str, BTreeMap<String, Mark>> {
    let mut marks: BTreeMap<&'static str, BTreeMap<String, Mark>> = BTreeMap::new();
    let mut put = |list: &'static str, slug: &Text, title: &Text| {
        let value = mark(places, list, slug.as_str(), title.as_str());
        marks.entry(list).or_default().insert(slug.to_string(), value);
    };
    for entry in &catalogue.reasons {
        put("reason", &entry.slug, &entry.title);
    }
    for entry in &catalogue.actions {
        let list = match entry.axis.as_str() {
            "delivery" => "delivery",
            "address" => "address",
            _ => "remedy",
        };
        put(list, &entry.slug, &entry.title);
    }
    for entry in &catalogue.terms {
        let list = match entry.vocabulary.as_str() {
            "bounce" => "bounce",
            "party" => "party",
            "basis" => "basis",
            _ => "standing",
        };
        put(list, &entry.slug, &entry.title);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_the_largest_whole_unit() {
        assert_eq!(duration(1), "1 second");
        assert_eq!(duration(900), "15 minutes");
        assert_eq!(duration(5400), "90 minutes");
        assert_eq!(duration(86_400), "24 hours");
        assert_eq!(duration(432_000), "5 days");
    }

    #[test]
    fn words_of_the_shell_survive_quotes() {
        assert_eq!(quoted("550 can't"), r"'550 can'\''t'");
    }
}
