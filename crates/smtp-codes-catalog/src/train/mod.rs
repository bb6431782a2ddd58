//! Learning the linear model from the catalogue's vectors.
//!
//! Multinomial logistic regression with adaptive steps and feature dropout, in single precision and
//! only with operations whose result IEEE 754 fixes, in a fixed order: every machine learns the same
//! weights. They are rounded to small integers, and small ones are dropped.

mod arithmetic;
mod calibrate;
mod fit;
mod transfer;

use smtp_codes::infer::{self, Feature, REASONS};
use smtp_codes::lookup::Codes;
use smtp_codes::matcher::Words;
use smtp_codes::{Reason, Tables, reply};

use crate::compile::OwnedModel;
use crate::compile::vectors::Vector;
use crate::parallel::{joined, parallel};
use fit::{Weights, fit};

/// Score units in one unit of the logarithm of the odds.
pub const SCALE: f32 = 16.0;

/// What was learned, and how good it is on replies kept apart.
#[derive(Clone, Debug)]
pub struct Learned {
    /// The model.
    pub model: OwnedModel,
    /// One row for each band of confidence: stated, how many, how many of them right.
    pub reliability: Vec<Band>,
    /// How many replies it learned from.
    pub examples: usize,
    /// By vector: what the wording alone says to weights that have not seen it, nor any other vector of
    /// its entry. `None` for a vector that names no reason.
    pub held_out: Vec<Option<HeldOut>>,
}

/// A reason that wording alone suggests, and how sure that is in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldOut {
    /// The reason.
    pub reason: Reason,
    /// How sure.
    pub confidence: u8,
}

pub use calibrate::Band;
pub use transfer::transfer;

/// One reply as the model sees it.
#[derive(Clone)]
struct Example {
    features: Vec<u32>,
    reason: usize,
    /// How much it counts.
    weight: f32,
    /// Whether it has its codes.
    whole: bool,
    /// Replies of one entry are kept apart together, or a fold would know its test replies.
    group: u64,
    /// Which vector it is.
    vector: usize,
}

/// What weights say about a reply that they have not seen.
struct Outcome {
    margin: i32,
    found: usize,
    right: bool,
    vector: usize,
}

/// Numbers for the features worth learning.
struct Space {
    features: Vec<Feature>,
}

impl Space {
    /// By feature: how much room its weight takes.
    fn costs(&self) -> Vec<f32> {
        self.features
            .iter()
            .map(|feature| {
                if matches!(feature, Feature::Pair(..)) {
                    PAIR_COST
                } else {
                    1.0
                }
            })
            .collect()
    }
}

/// How often a feature must occur: words and concepts once or twice, pairs more often.
const LEAST_WORDS: usize = 2;
const LEAST_PAIRS: usize = 5;
/// A pair takes more room than a word or concept, so its weights must be as much larger to stay.
const PAIR_COST: f32 = 10.0;
/// How much a reply of a generic entry counts: there the weights decide whether the entry speaks at all.
const GENERIC: f32 = 1.5;
/// In how many parts the replies are kept apart in turn, to see how good the weights are.
const FOLDS: u64 = 3;

/// Learns a model from the vectors that name a reason.
#[must_use]
pub fn learn(vectors: &[Vector], tables: &Tables<'_>) -> Learned {
    let (space, examples) = prepare(vectors, tables);
    if examples.is_empty() {
        return Learned {
            model: OwnedModel::default(),
            reliability: Vec::new(),
            examples: 0,
            held_out: vec![None; vectors.len()],
        };
    }
    let costs = space.costs();
    // The weights that are kept take the longest: they are fitted beside those of the folds.
    let (weights, folds) = std::thread::scope(|scope| {
        let (examples, costs) = (&examples, costs.as_slice());
        let whole = scope.spawn(move || fit(examples.iter(), costs));
        let handles: Vec<_> = (0..FOLDS)
            .map(|fold| scope.spawn(move || held_out(examples, costs, fold)))
            .collect();
        let folds: Vec<Outcome> = handles.into_iter().flat_map(joined).collect();
        (joined(whole), folds)
    });
    let mut model = pack(&space, &weights, tables);
    let margins: Vec<_> = folds.iter().map(|outcome| (outcome.margin, outcome.right)).collect();
    let calibration = calibrate::calibrate(&margins);
    let mut held_out = vec![None; vectors.len()];
    for outcome in folds {
        if let (Some(place), Some(reason)) = (
            held_out.get_mut(outcome.vector),
            Reason::ALL.get(outcome.found).copied(),
        ) {
            *place = Some(HeldOut {
                reason,
                confidence: calibrate::confidence(&calibration.table, outcome.margin),
            });
        }
    }
    model.calibration = calibration.table;
    model.threshold = 36;
    Learned {
        model,
        reliability: calibration.bands,
        examples: vectors.len(),
        held_out,
    }
}

/// What weights that have not seen the replies of a fold say about each of them.
fn held_out(examples: &[Example], costs: &[f32], fold: u64) -> Vec<Outcome> {
    let apart = |example: &&Example| example.group % FOLDS == fold;
    let mut weights = fit(examples.iter().filter(|example| !apart(example)), costs);
    weights.each(rounded);
    let whole = examples.iter().filter(apart).filter(|example| example.whole);
    whole.map(|example| outcome(&weights, example)).collect()
}

/// What the weights say about one reply that they have not seen.
fn outcome(weights: &Weights, example: &Example) -> Outcome {
    let scores = weights.scores(&example.features);
    let mut order: Vec<usize> = (0..REASONS).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let margin = (scores[order[0]] - scores[order[1]]) as i32;
    Outcome {
        margin,
        found: order[0],
        right: order[0] == example.reason,
        vector: example.vector,
    }
}

/// A weight as it is kept: a small integer, or nothing.
fn rounded(weight: f32) -> f32 {
    let scaled = (weight * SCALE).round();
    if scaled.abs() < LEAST_WEIGHT {
        0.0
    } else {
        scaled.clamp(-127.0, 127.0)
    }
}

/// Weights below this say too little for their room.
const LEAST_WEIGHT: f32 = 1.0;

/// What the examples consist of, and the examples: each reply with its codes, and without them.
fn prepare(vectors: &[Vector], tables: &Tables<'_>) -> (Space, Vec<Example>) {
    let seen: Vec<Option<Seen>> = parallel(vectors, |vector| Seen::of(vector, tables));
    let seen: Vec<(usize, Seen)> = seen
        .into_iter()
        .enumerate()
        .filter_map(|(index, seen)| Some((index, seen?)))
        .collect();
    let mut all: Vec<Feature> = seen.iter().flat_map(|(_, seen)| &seen.full).copied().collect();
    all.sort_unstable();
    let features: Vec<Feature> = all
        .chunk_by(|a, b| a == b)
        .filter(|same| {
            same.len()
                >= if matches!(same[0], Feature::Pair(..)) {
                    LEAST_PAIRS
                } else {
                    LEAST_WORDS
                }
        })
        .map(|same| same[0])
        .collect();
    let examples = parallel(&seen, |(index, seen)| {
        let share = if vectors[*index].generic { GENERIC } else { 1.0 };
        [(&seen.full, 1.0, true), (&seen.codeless, 0.5, false)].map(|(kept, weight, whole)| Example {
            whole,
            features: kept
                .iter()
                .filter_map(|feature| features.binary_search(feature).ok().map(|number| number as u32))
                .collect(),
            reason: seen.reason,
            weight: weight * share,
            group: seen.group,
            vector: *index,
        })
    });
    let examples = examples.into_iter().flatten().collect();
    (Space { features }, examples)
}

/// What there is to learn from one reply.
struct Seen {
    /// Its features, sorted.
    full: Vec<Feature>,
    /// Those it has without its codes: codes mislead as often as they are missing.
    codeless: Vec<Feature>,
    reason: usize,
    group: u64,
}

impl Seen {
    fn of(vector: &Vector, tables: &Tables<'_>) -> Option<Self> {
        let reason = vector.reason()?;
        let reply = reply::read(&vector.reply, Some(tables));
        let words = Words::read(reply.text, reply.code, &tables.vocabulary);
        let features = |codes: &Codes| {
            let mut features = Vec::new();
            infer::features(words.numbers(), codes, tables, |feature| features.push(feature));
            features.sort_unstable();
            features.dedup();
            features
        };
        Some(Self {
            full: features(&Codes {
                basic: reply.code,
                enhanced: reply.enhanced,
                command: None,
            }),
            codeless: features(&Codes::default()),
            reason: usize::from(reason.number()),
            group: hash(
                vector.owner.as_bytes(),
                if vector.owner.is_empty() { &vector.reply } else { &[] },
            ),
        })
    }
}

fn hash(first: &[u8], second: &[u8]) -> u64 {
    let mut h = 0xCBF2_9CE4_8422_2325u64;
    for byte in first.iter().chain(second) {
        h = (h ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    h ^ (h >> 29)
}

/// Rounds the weights and lays them out as the engine reads them.
fn pack(space: &Space, weights: &Weights, tables: &Tables<'_>) -> OwnedModel {
    let mut model = OwnedModel {
        bias: weights
            .bias
            .iter()
            .map(|bias| (bias * SCALE).round().clamp(-32000.0, 32000.0) as i16)
            .collect(),
        ..OwnedModel::default()
    };
    let row = |feature: Feature| -> Vec<(u8, i8)> {
        let Ok(index) = space.features.binary_search(&feature) else {
            return Vec::new();
        };
        weights
            .of(index)
            .map(|(reason, weight)| (reason, rounded(weight) as i8))
            .filter(|(_, weight)| *weight != 0)
            .collect()
    };
    for word in 0..tables.vocabulary.len() {
        model.word_runs.push(model.weights.len() as u16);
        model.weights.extend(row(Feature::Word(word as u16)));
    }
    model.word_runs.push(model.weights.len() as u16);
    for concept in 0..tables.graph.concept_count {
        model.concept_runs.push(model.weights.len() as u16);
        model.weights.extend(row(Feature::Concept(concept)));
    }
    model.concept_runs.push(model.weights.len() as u16);
    for feature in &space.features {
        if let Feature::Pair(first, second) = *feature {
            let row = row(*feature);
            if !row.is_empty() {
                model.pairs.push((first, second));
                model.pair_runs.push(model.weights.len() as u16);
                model.weights.extend(row);
            }
        }
    }
    model.pair_runs.push(model.weights.len() as u16);
    model.pair_slots = transfer::pair_slots(&model.pairs);
    model
}
