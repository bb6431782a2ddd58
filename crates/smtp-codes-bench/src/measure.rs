//! Taking the time of several things in turns.

use std::time::{Duration, Instant};

/// What one thing took, in nanoseconds for each item.
#[derive(Clone, Copy, Debug)]
pub struct Took {
    /// The best round: what it takes when nothing disturbs.
    pub best: f64,
    /// The middle of all rounds.
    pub median: f64,
}

/// Runs all of `things` in turns until `budget` is used up, at least three rounds.
pub fn in_turns<T>(
    things: &mut [T],
    items: usize,
    budget: Duration,
    mut run: impl FnMut(&mut T) -> usize,
) -> Vec<Took> {
    let start = Instant::now();
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); things.len()];
    while start.elapsed() < budget || rounds.first().is_some_and(|times| times.len() < 3) {
        for (thing, times) in things.iter_mut().zip(&mut rounds) {
            let before = Instant::now();
            std::hint::black_box(run(thing));
            times.push(before.elapsed().as_nanos() as f64 / items.max(1) as f64);
        }
        if things.is_empty() {
            break;
        }
    }
    rounds
        .into_iter()
        .map(|mut times| {
            times.sort_by(f64::total_cmp);
            Took {
                best: times[0],
                median: times[times.len() / 2],
            }
        })
        .collect()
}
