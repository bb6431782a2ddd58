//! Records as JSON, with the keys of `docs/catalogue.md`; what was left out is left out. Their replies stand in
//! `vectors.json`, with the name of the entry.

use serde_json::{Map, Value, json};
use smtp_codes_catalog::source::{Catalogue, ClassAdvice, DefaultAdvice, List, OneOrMany, Spanned, Text};

/// A value of a record as JSON; `None` where it was left out.
trait Field {
    fn json(&self) -> Option<Value>;
}

impl Field for Text {
    fn json(&self) -> Option<Value> {
        Some(json!(self.as_str()))
    }
}

impl Field for List {
    fn json(&self) -> Option<Value> {
        Some(self.iter().map(|text| json!(text.as_str())).collect())
    }
}

impl Field for OneOrMany {
    fn json(&self) -> Option<Value> {
        Some(self.iter().map(|text| json!(text.as_str())).collect())
    }
}

impl Field for Spanned<i64> {
    fn json(&self) -> Option<Value> {
        Some(json!(self.get()))
    }
}

impl Field for Spanned<bool> {
    fn json(&self) -> Option<Value> {
        Some(json!(self.get()))
    }
}

impl<T: Field> Field for Option<T> {
    fn json(&self) -> Option<Value> {
        self.as_ref().and_then(Field::json)
    }
}

/// Names the fields of a record once.
macro_rules! record {
    ($record:expr; $($field:ident)*) => {{
        let mut map = Map::new();
        $(
            if let Some(value) = Field::json(&$record.$field) {
                map.insert(stringify!($field).trim_start_matches("r#").replace('_', "-"), value);
            }
        )*
        Value::Object(map)
    }};
}

impl Field for ClassAdvice {
    fn json(&self) -> Option<Value> {
        Some(record!(self; summary reason bounce party delivery address remedies schedule))
    }
}

impl Field for DefaultAdvice {
    fn json(&self) -> Option<Value> {
        Some(record!(self; bounce delivery address remedies schedule party))
    }
}

/// Records of one kind: the key they stand under, and each with the name of its entry.
type Group = (&'static str, Vec<(String, Value)>);

/// All records, kinds in the order of the format's page, records in the order of their names.
pub(crate) fn all(c: &Catalogue) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![
        ("source", c.sources.iter().map(|r| (format!("source:{}", r.id.as_str()), record!(r; id title kind url publisher state checked note))).collect()),
        ("reason", c.reasons.iter().map(|r| (format!("reason:{}", r.slug.as_str()), record!(r; slug title summary details party unstated sender_fault transient permanent sources))).collect()),
        ("action", c.actions.iter().map(|r| (format!("action:{}", r.slug.as_str()), record!(r; axis slug title summary steps sources))).collect()),
        ("term", c.terms.iter().map(|r| (format!("term:{}/{}", r.vocabulary.as_str(), r.slug.as_str()), record!(r; vocabulary slug title summary sources))).collect()),
        ("digit", c.digits.iter().map(|r| (format!("digit:{}/{}", r.place.as_str(), r.digit.as_str()), record!(r; place digit title summary who note sources))).collect()),
        (
            "basic",
            c.basics
                .iter()
                .map(|r| (format!("basic:{}", r.code.as_str()), record!(r; code title summary standing reference answers steps reads_as history notes seen_in spread reason bounce party delivery address remedies schedule sources)))
                .collect(),
        ),
        (
            "enhanced",
            c.enhanced
                .iter()
                .map(|r| {
                    let json = record!(r; code title summary standing reference basic any_basic classes catch_all notes reason bounce party delivery address remedies schedule transient permanent sources);
                    (format!("enhanced:{}", r.code.as_str()), json)
                })
                .collect(),
        ),
        ("family", c.families.iter().map(|r| (format!("family:{}", r.code.as_str()), record!(r; code except title summary reason bounce party delivery address remedies schedule sources))).collect()),
        (
            "pair",
            c.pairs
                .iter()
                .map(|r| (format!("pair:{} {}", r.basic.as_str(), r.enhanced.as_str()), record!(r; basic enhanced title summary kind seen_in reason bounce party delivery address remedies schedule sources)))
                .collect(),
        ),
        ("step", c.steps.iter().map(|r| (format!("step:{}", r.slug.as_str()), record!(r; slug title order commands summary client success intermediate failure notes sources))).collect()),
        (
            "schedule",
            c.schedules.iter().map(|r| (format!("schedule:{}", r.slug.as_str()), record!(r; slug title summary first_delay_s factor ceiling_s give_up_s max_tries jitter_percent preconditions sources))).collect(),
        ),
        (
            "recurrence",
            c.recurrences.iter().map(|r| (format!("recurrence:{}", r.slug.as_str()), record!(r; slug title summary reasons class count unit consecutive scope never_delivered escalates_to sources))).collect(),
        ),
        ("concept", concepts(c)),
        (
            "phrase",
            c.phrases
                .iter()
                .map(|r| {
                    let json = record!(r; slug reason signatures not basic enhanced command strength summary confidence bounce party delivery address remedies schedule sources);
                    (format!("phrase:{}", r.slug.as_str()), json)
                })
                .collect(),
        ),
        (
            "provider",
            c.providers.iter().map(|r| (format!("provider:{}", r.slug.as_str()), record!(r; slug name kind summary domains mx fingerprints postmaster delisting sources))).collect(),
        ),
        ("variant", variants(c)),
        (
            "blocklist",
            c.blocklists.iter().map(|r| (format!("blocklist:{}", r.slug.as_str()), record!(r; slug name operator lists signatures zones url removal removal_by status summary notes sources))).collect(),
        ),
        ("esp", c.esps.iter().map(|r| (format!("esp:{}", r.slug.as_str()), record!(r; slug name raw_replies notes sources))).collect()),
        ("label-set", c.label_sets.iter().map(|r| (format!("label-set:{}", r.slug.as_str()), record!(r; slug name summary fallback sources))).collect()),
        ("label", c.labels.iter().map(|r| (format!("label:{}/{}", r.set.as_str(), r.label.as_str()), record!(r; set label summary reasons bounce suppresses lost sources))).collect()),
        ("portal", c.portals.iter().map(|r| (format!("portal:{}", r.slug.as_str()), record!(r.record; slug name operator url covers r#for until sources))).collect()),
        ("wrapper", c.wrappers.iter().map(|r| (format!("wrapper:{}", r.slug.as_str()), record!(r; slug title product intro outro example summary sources))).collect()),
        ("claim", c.claims.iter().map(|r| (format!("claim:{}", r.slug.as_str()), record!(r; slug said right verdict concerns sources))).collect()),
        ("guide", c.guides.iter().map(|r| (format!("guide:{}", r.slug.as_str()), record!(r; slug title summary order audience body sources))).collect()),
    ];
    for (_, records) in &mut groups {
        records.sort_by(|a, b| a.0.cmp(&b.0));
    }
    groups
}

/// Concepts with what continues them elsewhere put together.
fn concepts(c: &Catalogue) -> Vec<(String, Value)> {
    let mut whole: std::collections::BTreeMap<String, Map<String, Value>> = Default::default();
    for entry in &c.concepts {
        let Some(name) = entry.name() else { continue };
        let map = whole.entry(name.as_str().to_owned()).or_default();
        map.insert("slug".into(), json!(name.as_str()));
        if let Value::Object(head) = record!(entry.head; title summary include) {
            map.extend(head);
        }
        for (language, idioms) in &entry.idioms {
            let list = map.entry(language.clone()).or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.extend(idioms.iter().map(|idiom| json!(idiom.as_str())));
            }
        }
    }
    whole
        .into_iter()
        .map(|(name, map)| (format!("concept:{name}"), Value::Object(map)))
        .collect()
}

/// Variants with the provider that each belongs to.
fn variants(c: &Catalogue) -> Vec<(String, Value)> {
    c.variants
        .iter()
        .map(|entry| {
            let r = &entry.entry.record;
            let mut json = record!(r; slug title reason signatures not tag basic enhanced command strength distinctive summary fix admin url confidence year bounce party delivery address remedies schedule sources);
            if let Some(map) = json.as_object_mut() {
                map.insert("provider".into(), json!(entry.provider));
            }
            (format!("variant:{}", entry.name()), json)
        })
        .collect()
}
