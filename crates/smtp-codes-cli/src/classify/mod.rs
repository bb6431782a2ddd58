//! `classify`: one row out for each row in, in order, whatever the rows hold.

mod answer;
mod columns;
mod input;
mod pipeline;
mod row;
mod summary;
mod unmatched;

use std::fs::File;
use std::io::{self, Write};
use std::num::NonZero;
use std::thread;

use anyhow::Context;
use smtp_codes::Engine;

use crate::args::{Classify, OutputFormat};
use crate::hints::Hints;
use crate::{Outcome, overlay};
use answer::Writer;
use pipeline::Pipeline;
use summary::Tally;

pub(crate) fn run(task: &Classify) -> anyhow::Result<Outcome> {
    let own = overlay::load(&task.overlay.catalog)?;
    let own = own.as_ref().map(|tables| tables.as_tables());
    let base = smtp_codes::builtin();
    let engine = own
        .as_ref()
        .map_or(Engine::new(base), |own| Engine::with_overlay(base, own));
    let hints = Hints::new([base].into_iter().chain(&own));
    let labels = task.label_set.as_deref().map(crate::words::label_set).transpose()?;

    let inputs = input::open(task)?;
    let mut rows: Box<dyn Write> = match &task.output {
        Some(path) => Box::new(File::create(path).with_context(|| format!("cannot write {}", path.display()))?),
        None if task.summary => Box::new(io::sink()),
        None => Box::new(io::stdout().lock()),
    };
    let mut unmatched_file = task
        .unmatched
        .as_ref()
        .map(|path| File::create(path).with_context(|| format!("cannot write {}", path.display())))
        .transpose()?;

    let writer = Writer {
        engine,
        hints: &hints,
        format: task.output_format,
        labels,
        collect: unmatched_file.is_some(),
    };
    if task.output_format != OutputFormat::Jsonl {
        rows.write_all(&writer.header()?)?;
    }
    let jobs = task
        .jobs
        .map_or_else(|| thread::available_parallelism().map_or(1, NonZero::get), usize::from);
    let Tally { counts, unmatched, .. } = &Pipeline {
        inputs,
        writer: &writer,
        jobs,
    }
    .run(&mut *rows)?;
    rows.flush()?;

    if let Some(file) = &mut unmatched_file {
        unmatched.write(file)?;
    }
    if task.summary {
        counts.write(&mut anstream::stdout().lock())?;
    }
    Ok(if counts.unreadable > 0 {
        Outcome::SomeUnreadable
    } else {
        Outcome::Done
    })
}
