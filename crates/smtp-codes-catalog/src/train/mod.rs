//! Learning the linear model from the catalogue's vectors.
//!
//! Multinomial logistic regression with adaptive steps and feature dropout, in single precision and
//! only with operations whose result IEEE 754 fixes, in a fixed order: every machine learns the same
//! weights. They are rounded to small integers, and small ones are dropped.

mod arithmetic;
mod calibrate;
mod transfer;

use std::collections::BTreeMap;

use smtp_codes::infer::{self, Feature, REASONS};
use smtp_codes::lookup::Codes;
use smtp_codes::matcher::Words;
use smtp_codes::{Reason, Tables, reply};

use crate::compile::OwnedModel;
use crate::compile::vectors::Vector;
use crate::parallel::joined;
use arithmetic::{Random, exp};

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
const LEAST_WORDS: u32 = 2;
const LEAST_PAIRS: u32 = 5;
const EPOCHS: usize = 12;
/// The epoch from which on weights are dropped, the smallest first, down to the budget at [`SETTLED`].
const PRUNE_FROM: usize = 5;
/// From this epoch on the weights that are left only settle: what is kept is their mean over these epochs, since
/// single steps sway them.
const SETTLED: usize = EPOCHS - 4;
/// How many weights are kept.
const BUDGET: usize = 26_000;
/// A pair takes more room than a word or concept, so its weights must be as much larger to stay.
const PAIR_COST: f32 = 10.0;
const FOLDS: u64 = 3;
/// Share of features left out of an example in one epoch, of 256.
const DROPOUT: u64 = 80;
const RATE: f32 = 0.8;
const DECAY: f32 = 2e-5;

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
    // The weights that are kept take the longest: they are fitted beside those of the folds.
    let (weights, folds) = std::thread::scope(|scope| {
        let (space, examples) = (&space, &examples);
        let whole = scope.spawn(move || fit(space, examples.iter()));
        let handles: Vec<_> = (0..FOLDS)
            .map(|fold| scope.spawn(move || held_out(space, examples, fold)))
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
fn held_out(space: &Space, examples: &[Example], fold: u64) -> Vec<Outcome> {
    let apart = |example: &&Example| example.group % FOLDS == fold;
    let weights = fit(space, examples.iter().filter(|example| !apart(example)));
    let whole = examples.iter().filter(apart).filter(|example| example.weight >= 1.0);
    whole.map(|example| outcome(&weights, example)).collect()
}

/// What the weights say about one reply that they have not seen.
fn outcome(weights: &Weights, example: &Example) -> Outcome {
    let mut scores = [0f32; REASONS];
    for (score, bias) in scores.iter_mut().zip(&weights.bias) {
        *score = rounded(*bias);
    }
    for &feature in &example.features {
        for (score, weight) in scores.iter_mut().zip(&weights.rows[feature as usize]) {
            *score += rounded(*weight);
        }
    }
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

fn prepare(vectors: &[Vector], tables: &Tables<'_>) -> (Space, Vec<Example>) {
    let mut raw: Vec<(Vec<Feature>, usize, f32, u64, usize)> = Vec::new();
    for (index, vector) in vectors.iter().enumerate() {
        let Some(reason) = vector.reason() else { continue };
        let reply = reply::read(&vector.reply, Some(tables));
        let full = Codes {
            basic: reply.code,
            enhanced: reply.enhanced,
            command: None,
        };
        let words = Words::read(reply.text, reply.code, &tables.vocabulary);
        let group = hash(
            vector.owner.as_bytes(),
            if vector.owner.is_empty() { &vector.reply } else { &[] },
        );
        // Codes mislead as often as they are missing: each reply counts without them too.
        for (codes, weight) in [(full, 1.0), (Codes::default(), 0.5)] {
            let mut features = Vec::new();
            infer::features(words.numbers(), &codes, tables, |feature| features.push(feature));
            features.sort_unstable();
            features.dedup();
            raw.push((features, usize::from(reason.number()), weight, group, index));
        }
    }
    let mut counts: BTreeMap<Feature, u32> = BTreeMap::new();
    for (features, _, weight, _, _) in &raw {
        if *weight >= 1.0 {
            for feature in features {
                *counts.entry(*feature).or_default() += 1;
            }
        }
    }
    let kept: Vec<Feature> = counts
        .into_iter()
        .filter(|(feature, count)| {
            *count
                >= if matches!(feature, Feature::Pair(..)) {
                    LEAST_PAIRS
                } else {
                    LEAST_WORDS
                }
        })
        .map(|(feature, _)| feature)
        .collect();
    let numbers: BTreeMap<Feature, u32> = kept
        .iter()
        .enumerate()
        .map(|(number, feature)| (*feature, number as u32))
        .collect();
    let examples = raw
        .into_iter()
        .map(|(features, reason, weight, group, vector)| Example {
            features: features
                .iter()
                .filter_map(|feature| numbers.get(feature).copied())
                .collect(),
            reason,
            weight,
            group,
            vector,
        })
        .collect();
    (Space { features: kept }, examples)
}

fn hash(first: &[u8], second: &[u8]) -> u64 {
    let mut h = 0xCBF2_9CE4_8422_2325u64;
    for byte in first.iter().chain(second) {
        h = (h ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3);
    }
    h ^ (h >> 29)
}

struct Weights {
    bias: [f32; REASONS],
    rows: Vec<[f32; REASONS]>,
}

impl Weights {
    /// Adds `other`, weight by weight.
    fn add(&mut self, other: &Self) {
        self.rows.resize(other.rows.len(), [0.0; REASONS]);
        let ours = self.bias.iter_mut().chain(self.rows.iter_mut().flatten());
        for (weight, more) in ours.zip(other.bias.iter().chain(other.rows.iter().flatten())) {
            *weight += more;
        }
    }

    /// Multiplies every weight.
    fn scale(&mut self, by: f32) {
        for weight in self.bias.iter_mut().chain(self.rows.iter_mut().flatten()) {
            *weight *= by;
        }
    }
}

/// Fits weights to examples.
fn fit<'e>(space: &Space, examples: impl Iterator<Item = &'e Example>) -> Weights {
    let examples: Vec<&Example> = examples.collect();
    let features = space.features.len();
    let mut weights = Weights {
        bias: [0.0; REASONS],
        rows: vec![[0.0; REASONS]; features],
    };
    let costs = space.costs();
    // 1 for each weight that is still there; none while all are.
    let mut masks: Vec<[f32; REASONS]> = Vec::new();
    let mut sums = vec![1e-6f32; features];
    let mut bias_sum = 1e-6f32;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(0x5EED);
    let mut kept: Vec<u32> = Vec::new();
    let mut means = Weights {
        bias: [0.0; REASONS],
        rows: Vec::new(),
    };
    for epoch in 0..EPOCHS {
        if (PRUNE_FROM..SETTLED).contains(&epoch) {
            masks.resize(features, [1.0; REASONS]);
            let ahead = SETTLED - 1 - epoch;
            prune(
                &mut weights,
                &mut masks,
                &costs,
                BUDGET + 2 * BUDGET * ahead / (SETTLED - PRUNE_FROM),
            );
        }
        random.shuffle(&mut order);
        for &index in &order {
            let example = examples[index];
            let mut mask = random.next();
            kept.clear();
            kept.extend(example.features.iter().copied().filter(|_| {
                mask = mask
                    .wrapping_mul(0x5851_F42D_4C95_7F2D)
                    .wrapping_add(0x1405_7B7E_F767_814F);
                mask >> 56 >= DROPOUT
            }));
            let mut scores = weights.bias;
            for &feature in &kept {
                for (score, weight) in scores.iter_mut().zip(&weights.rows[feature as usize]) {
                    *score += weight;
                }
            }
            let mut gradient = softmax(&scores);
            gradient[example.reason] -= 1.0;
            for value in &mut gradient {
                *value *= example.weight;
            }
            let square = gradient.iter().fold(0.0, |square, slope| square + slope * slope);
            step(&mut weights.bias, &mut bias_sum, &gradient, square, 0.0, None);
            for &feature in &kept {
                step(
                    &mut weights.rows[feature as usize],
                    &mut sums[feature as usize],
                    &gradient,
                    square,
                    DECAY,
                    masks.get(feature as usize),
                );
            }
        }
        if epoch >= SETTLED {
            means.add(&weights);
        }
    }
    let mut weights = means;
    weights.scale(1.0 / (EPOCHS - SETTLED) as f32);
    // Fewer features were there while learning than will be: scores would be too sure otherwise.
    let keep = 1.0 - DROPOUT as f32 / 256.0;
    for row in &mut weights.rows {
        for weight in row {
            *weight *= keep;
        }
    }
    weights
}

/// Drops the smallest weights until no more than `budget` are left.
fn prune(weights: &mut Weights, masks: &mut [[f32; REASONS]], costs: &[f32], budget: usize) {
    let worth = |weight: f32, cost: f32| weight.abs() / cost;
    let mut sizes: Vec<f32> = weights
        .rows
        .iter()
        .zip(costs)
        .flat_map(|(row, cost)| row.iter().map(|weight| worth(*weight, *cost)))
        .filter(|size| *size > 0.0)
        .collect();
    let Some(surplus) = sizes.len().checked_sub(budget).filter(|surplus| *surplus > 0) else {
        return;
    };
    let (_, &mut least, _) = sizes.select_nth_unstable_by(surplus, f32::total_cmp);
    for ((row, mask), cost) in weights.rows.iter_mut().zip(masks).zip(costs) {
        for (reason, weight) in row.iter_mut().enumerate() {
            if worth(*weight, *cost) < least {
                *weight = 0.0;
                mask[reason] = 0.0;
            }
        }
    }
}

/// One step against the gradient, shorter the more the feature was moved before; `square` is the gradient's with itself.
fn step(
    row: &mut [f32; REASONS],
    sum: &mut f32,
    gradient: &[f32; REASONS],
    square: f32,
    decay: f32,
    mask: Option<&[f32; REASONS]>,
) {
    *sum += square;
    let rate = RATE / sum.sqrt().max(1e-3);
    let keep = 1.0 - rate * decay;
    for (weight, slope) in row.iter_mut().zip(gradient) {
        *weight = *weight * keep - rate * slope;
    }
    for (weight, there) in row.iter_mut().zip(mask.into_iter().flatten()) {
        *weight *= there;
    }
}

fn softmax(scores: &[f32; REASONS]) -> [f32; REASONS] {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut shares = [0f32; REASONS];
    let mut total = 0.0;
    for (share, score) in shares.iter_mut().zip(scores) {
        *share = exp(score - highest);
        total += *share;
    }
    for share in &mut shares {
        *share /= total;
    }
    shares
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
        weights.rows[index]
            .iter()
            .enumerate()
            .map(|(reason, weight)| (reason as u8, rounded(*weight) as i8))
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
