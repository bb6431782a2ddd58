//! Fitting the weights to the examples: one small step an example, in an order drawn anew each time round.
//!
//! At first every feature has a weight for every reason. Most of them say little: they are dropped in
//! three rounds, and from then on only what is left is walked over, a twelfth of it in the end.

use smtp_codes::infer::REASONS;

use super::Example;
use super::arithmetic::{Random, exp};

/// How often the examples are gone through.
const EPOCHS: usize = 12;
/// The epoch from which on weights are dropped, the smallest first, down to the budget at [`SETTLED`].
const PRUNE_FROM: usize = 5;
/// From this epoch on the weights that are left only settle: what is kept is their mean over these epochs, since
/// single steps sway them.
const SETTLED: usize = EPOCHS - 4;
/// How many weights are kept.
const BUDGET: usize = 24_000;
/// Share of features left out of an example in one epoch, of 256.
const DROPOUT: u64 = 80;
const RATE: f32 = 0.8;
const DECAY: f32 = 2e-5;
/// An example that misses certainty by less than this teaches nothing more, for now.
const SURE: f32 = 0.01;

/// What was learned.
pub(super) struct Weights {
    pub(super) bias: [f32; REASONS],
    rows: Kept,
}

impl Weights {
    /// The weights of a feature that were kept, with their reasons.
    pub(super) fn of(&self, feature: usize) -> impl Iterator<Item = (u8, f32)> + '_ {
        let run = self.rows.run(feature);
        let reasons = &self.rows.reasons[run.clone()];
        reasons.iter().copied().zip(self.rows.values[run].iter().copied())
    }

    /// What they add up to for a reply with these features, by reason.
    pub(super) fn scores(&self, features: &[u32]) -> [f32; REASONS] {
        let mut scores = self.bias;
        for &feature in features {
            self.rows.add(feature as usize, &mut scores);
        }
        scores
    }

    /// Changes every weight.
    pub(super) fn each(&mut self, change: impl Fn(f32) -> f32) {
        for weight in self.bias.iter_mut().chain(&mut self.rows.values) {
            *weight = change(*weight);
        }
    }
}

/// Fits weights to examples; `costs` tells by feature how much room a weight of it takes.
pub(super) fn fit<'e>(examples: impl Iterator<Item = &'e Example>, costs: &[f32]) -> Weights {
    let mut descent = Descent::new(examples.collect(), costs.len());
    let mut all = All(vec![[0.0; REASONS]; costs.len()]);
    for _ in 0..PRUNE_FROM {
        descent.epoch(&mut all);
    }
    let mut rows = Kept::of(all);
    let mut bias = [0.0; REASONS];
    let mut sums = Vec::new();
    for epoch in PRUNE_FROM..EPOCHS {
        if epoch < SETTLED {
            let ahead = SETTLED - 1 - epoch;
            rows.prune(costs, BUDGET + 2 * BUDGET * ahead / (SETTLED - PRUNE_FROM));
        }
        descent.epoch(&mut rows);
        if epoch >= SETTLED {
            sums.resize(rows.values.len(), 0.0);
            let now = descent.bias.iter().chain(&rows.values);
            for (sum, weight) in bias.iter_mut().chain(&mut sums).zip(now) {
                *sum += weight;
            }
        }
    }
    let share = 1.0 / (EPOCHS - SETTLED) as f32;
    // Fewer features were there while learning than will be: scores would be too sure otherwise.
    let keep = 1.0 - DROPOUT as f32 / 256.0;
    for (weight, sum) in rows.values.iter_mut().zip(sums) {
        *weight = sum * share * keep;
    }
    Weights {
        bias: bias.map(|sum| sum * share),
        rows,
    }
}

/// The weights of features, while they are learned.
trait Rows {
    /// Adds those of a feature to the scores.
    fn add(&self, feature: usize, scores: &mut [f32; REASONS]);

    /// Moves those of a feature against the gradient, and shrinks them a little.
    fn step(&mut self, feature: usize, keep: f32, length: f32, gradient: &[f32; REASONS]);
}

/// A weight for each feature and reason.
struct All(Vec<[f32; REASONS]>);

impl Rows for All {
    fn add(&self, feature: usize, scores: &mut [f32; REASONS]) {
        for (score, weight) in scores.iter_mut().zip(&self.0[feature]) {
            *score += weight;
        }
    }

    fn step(&mut self, feature: usize, keep: f32, length: f32, gradient: &[f32; REASONS]) {
        for (weight, slope) in self.0[feature].iter_mut().zip(gradient) {
            *weight = *weight * keep - length * slope;
        }
    }
}

/// The weights that were not dropped.
struct Kept {
    /// By feature: where its weights start; and where the last ones end.
    starts: Vec<u32>,
    reasons: Vec<u8>,
    values: Vec<f32>,
}

impl Kept {
    fn of(all: All) -> Self {
        Self {
            starts: (0..=all.0.len()).map(|feature| (feature * REASONS) as u32).collect(),
            reasons: all.0.iter().flat_map(|_| 0..REASONS as u8).collect(),
            values: all.0.into_iter().flatten().collect(),
        }
    }

    fn run(&self, feature: usize) -> core::ops::Range<usize> {
        self.starts[feature] as usize..self.starts[feature + 1] as usize
    }

    /// Drops the weights that are worth least for their room, until no more than `budget` are left.
    fn prune(&mut self, costs: &[f32], budget: usize) {
        let mut worth = Vec::with_capacity(self.values.len());
        for (feature, cost) in costs.iter().enumerate() {
            worth.extend(self.values[self.run(feature)].iter().map(|weight| weight.abs() / cost));
        }
        let mut sizes: Vec<f32> = worth.iter().copied().filter(|size| *size > 0.0).collect();
        let Some(surplus) = sizes.len().checked_sub(budget).filter(|surplus| *surplus > 0) else {
            return;
        };
        let (_, &mut least, _) = sizes.select_nth_unstable_by(surplus, f32::total_cmp);
        let mut left = Self {
            starts: vec![0],
            reasons: Vec::with_capacity(budget),
            values: Vec::with_capacity(budget),
        };
        for feature in 0..costs.len() {
            for place in self.run(feature) {
                if worth[place] >= least {
                    left.reasons.push(self.reasons[place]);
                    left.values.push(self.values[place]);
                }
            }
            left.starts.push(left.values.len() as u32);
        }
        *self = left;
    }
}

impl Rows for Kept {
    fn add(&self, feature: usize, scores: &mut [f32; REASONS]) {
        let run = self.run(feature);
        for (reason, weight) in self.reasons[run.clone()].iter().zip(&self.values[run]) {
            scores[usize::from(*reason)] += weight;
        }
    }

    fn step(&mut self, feature: usize, keep: f32, length: f32, gradient: &[f32; REASONS]) {
        let run = self.run(feature);
        for (reason, weight) in self.reasons[run.clone()].iter().zip(&mut self.values[run]) {
            *weight = *weight * keep - length * gradient[usize::from(*reason)];
        }
    }
}

/// The way down: what the steps so far leave for the next.
struct Descent<'e> {
    examples: Vec<&'e Example>,
    /// The order in which the examples were last gone through.
    order: Vec<usize>,
    random: Random,
    bias: [f32; REASONS],
    /// How far the bias was moved, squared.
    bias_moved: f32,
    /// By feature: how far its weights were moved, squared.
    moved: Vec<f32>,
}

impl<'e> Descent<'e> {
    fn new(examples: Vec<&'e Example>, features: usize) -> Self {
        Self {
            order: (0..examples.len()).collect(),
            examples,
            random: Random::new(0x5EED),
            bias: [0.0; REASONS],
            bias_moved: 1e-6,
            moved: vec![1e-6; features],
        }
    }

    /// Goes once through all examples.
    fn epoch(&mut self, rows: &mut impl Rows) {
        self.random.shuffle(&mut self.order);
        let mut kept: Vec<usize> = Vec::new();
        for &index in &self.order {
            let example = self.examples[index];
            let mut mask = self.random.next();
            kept.clear();
            kept.extend(example.features.iter().map(|feature| *feature as usize).filter(|_| {
                mask = mask
                    .wrapping_mul(0x5851_F42D_4C95_7F2D)
                    .wrapping_add(0x1405_7B7E_F767_814F);
                mask >> 56 >= DROPOUT
            }));
            let mut scores = self.bias;
            for &feature in &kept {
                rows.add(feature, &mut scores);
            }
            let mut gradient = softmax(&scores);
            gradient[example.reason] -= 1.0;
            if gradient[example.reason] > -SURE {
                continue;
            }
            for slope in &mut gradient {
                *slope *= example.weight;
            }
            let square = gradient.iter().fold(0.0, |square, slope| square + slope * slope);
            let length = step_length(&mut self.bias_moved, square);
            for (weight, slope) in self.bias.iter_mut().zip(&gradient) {
                *weight -= length * slope;
            }
            for &feature in &kept {
                let length = step_length(&mut self.moved[feature], square);
                rows.step(feature, 1.0 - length * DECAY, length, &gradient);
            }
        }
    }
}

/// How long a step is: the shorter, the more was moved before. `square` is the gradient's with itself.
fn step_length(moved: &mut f32, square: f32) -> f32 {
    *moved += square;
    RATE / moved.sqrt().max(1e-3)
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
