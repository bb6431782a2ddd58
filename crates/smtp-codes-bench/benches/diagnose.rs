//! `cargo bench -p smtp-codes-bench`: what the parts cost, for comparing one change with another.

use divan::{Bencher, black_box, counter::ItemsCount};
use smtp_codes::{Engine, Query, builtin, reply};
use smtp_codes_bench::{corpus, lookup};

fn main() {
    divan::main();
}

const KINDS: [usize; 3] = [0, 1, 2];

#[divan::bench(args = KINDS)]
fn diagnose(bencher: Bencher<'_, '_>, kind: usize) {
    let set = &corpus::sets(&corpus::catalogue())[kind];
    let engine = Engine::new(builtin());
    bencher.counter(ItemsCount::new(set.replies.len())).bench_local(|| {
        for reply in &set.replies {
            black_box(engine.diagnose(&Query::new(black_box(reply))));
        }
    });
}

#[divan::bench(args = KINDS)]
fn parse(bencher: Bencher<'_, '_>, kind: usize) {
    let set = &corpus::sets(&corpus::catalogue())[kind];
    bencher.counter(ItemsCount::new(set.replies.len())).bench_local(|| {
        for text in &set.replies {
            black_box(reply::read(black_box(text), Some(builtin())));
        }
    });
}

#[divan::bench(args = ["basic code, smtp-codes", "basic code, phf", "basic code, HashMap", "enhanced code, smtp-codes", "enhanced code, phf", "enhanced code, HashMap"])]
fn look_up(bencher: Bencher<'_, '_>, name: &str) {
    if let Some((_, mut lookup)) = lookup::lookups().into_iter().find(|(own, _)| *own == name) {
        bencher
            .counter(ItemsCount::new(lookup::CODES))
            .bench_local(move || black_box(lookup()));
    }
}
