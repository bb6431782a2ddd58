//! One thread reads, several classify, one writes in order.
//!
//! A fixed number of boxes goes round: the reader fills a box with rows, a worker adds the answer, the
//! writer empties it. So memory stays flat however long the input is, and nothing is allocated on the way.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use crossbeam_channel::{Receiver, Sender, unbounded};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::answer::Writer;
use super::input::{Batch, Input};
use super::summary::Tally;

/// How many boxes go round for each worker: one in work, one waiting on either side, one to spare.
const BOXES: usize = 4;

/// Everything a run needs.
pub(crate) struct Pipeline<'w> {
    pub(crate) inputs: Vec<Input>,
    pub(crate) writer: &'w Writer<'w>,
    pub(crate) jobs: usize,
}

/// What goes round.
#[derive(Default)]
struct Parcel {
    number: u64,
    batch: Batch,
    answer: Vec<u8>,
}

impl<'w> Pipeline<'w> {
    /// Runs to the end of all inputs.
    ///
    /// # Errors
    ///
    /// Where an input cannot be read any further or `out` cannot be written; what was read before is
    /// answered and written.
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Tally<'w>> {
        let progress = progress(&self.inputs);
        let (free_in, free) = unbounded();
        let (filled_in, filled) = unbounded();
        let (done_in, done) = unbounded();
        for _ in 0..self.jobs * BOXES {
            let _ = free_in.send(Parcel::default());
        }
        let writer = self.writer;
        thread::scope(|scope| {
            let reader = scope.spawn(|| read(self.inputs, free, filled_in));
            let workers: Vec<_> = (0..self.jobs)
                .map(|_| {
                    let (filled, done_in) = (filled.clone(), done_in.clone());
                    scope.spawn(move || work(writer, filled, done_in))
                })
                .collect();
            drop((filled, done_in));
            let written = write(out, done, free_in, &progress);
            let mut tally = Tally::default();
            for worker in workers {
                tally.add(
                    worker
                        .join()
                        .map_err(|_| anyhow::anyhow!("a thread came to an unexpected end"))?,
                );
            }
            let read = reader
                .join()
                .map_err(|_| anyhow::anyhow!("a thread came to an unexpected end"))?;
            progress.finish_and_clear();
            written.context("cannot write the rows")?;
            read?;
            Ok(tally)
        })
    }
}

fn read(inputs: Vec<Input>, free: Receiver<Parcel>, filled: Sender<Parcel>) -> anyhow::Result<()> {
    let named = inputs.len() > 1;
    let mut number = 0;
    // The box whose batch is being filled.
    let mut current: Option<Parcel> = None;
    for input in inputs {
        let name: Option<Arc<str>> = named.then(|| Arc::from(input.name.as_str()));
        let current = std::cell::RefCell::new(&mut current);
        input.read(
            &mut || {
                // Without the writer there is nobody to fill boxes for.
                let mut parcel = free.recv().ok()?;
                let batch = std::mem::take(&mut parcel.batch);
                **current.borrow_mut() = Some(parcel);
                Some(batch)
            },
            &mut |batch| {
                if let Some(mut parcel) = current.borrow_mut().take() {
                    parcel.batch = Batch {
                        file: name.clone(),
                        ..batch
                    };
                    parcel.number = number;
                    number += 1;
                    let _ = filled.send(parcel);
                }
            },
        )?;
    }
    Ok(())
}

fn work<'w>(writer: &Writer<'w>, filled: Receiver<Parcel>, done: Sender<Parcel>) -> Tally<'w> {
    let mut tally = Tally::default();
    for mut parcel in filled {
        parcel.answer.clear();
        writer.answer(&parcel.batch, &mut parcel.answer, &mut tally);
        if done.send(parcel).is_err() {
            break;
        }
    }
    tally
}

fn write(out: &mut dyn Write, done: Receiver<Parcel>, free: Sender<Parcel>, progress: &ProgressBar) -> io::Result<()> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for parcel in done {
        early.insert(parcel.number, parcel);
        while let Some(parcel) = early.remove(&next) {
            next += 1;
            out.write_all(&parcel.answer)?;
            progress.inc(parcel.batch.bytes);
            // The reader may be through already.
            let _ = free.send(parcel);
        }
    }
    Ok(())
}

/// How far it is, for people who look on.
fn progress(inputs: &[Input]) -> ProgressBar {
    // Rows that scroll by on the same terminal are progress enough.
    if !io::stderr().is_terminal() || io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let total = inputs.iter().map(|input| input.size).sum::<Option<u64>>();
    let template = match total {
        Some(_) => "{bar:30} {percent}% of {total_bytes}, {bytes_per_sec}, {eta} to go",
        None => "{bytes} read, {bytes_per_sec}",
    };
    let bar = total.map_or_else(ProgressBar::no_length, ProgressBar::new);
    bar.set_draw_target(ProgressDrawTarget::stderr());
    // The templates are ours; were one wrong, the default would do.
    bar.with_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()))
}
