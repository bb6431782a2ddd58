//! The linear model. The weights of a feature rise by their reasons, so these are told as differences.

use alloc::vec::Vec;

use smtp_codes::tables::Model;

use crate::columns::{Reader, Writer, unzigzag, zigzag};
use crate::tables::{narrow, pair, pair_fields, wide};

pub(crate) fn write(model: &Model<'_>, out: &mut Writer<'_>) {
    let signed = |number: i32| zigzag(number.cast_unsigned());
    let bias: Vec<u32> = model.bias.iter().map(|bias| signed((*bias).into())).collect();
    out.column(&bias);
    for list in [model.word_runs, model.concept_runs, model.pair_slots, model.pair_runs] {
        out.column(&wide(list));
    }
    out.records(model.pairs, pair_fields);
    let mut last = 0;
    let mut firsts = Firsts::new(model);
    let weights: Vec<[u32; 2]> = model
        .weights
        .iter()
        .enumerate()
        .map(|(index, (reason, weight))| {
            let before = if firsts.has(index) { 0 } else { last };
            last = *reason;
            [reason.wrapping_sub(before).into(), signed((*weight).into())]
        })
        .collect();
    out.records(&weights, |weight| *weight);
    out.bytes(model.calibration);
    out.number(model.threshold.into());
}

pub(crate) fn read(input: &mut Reader<'_>) -> Option<Model<'static>> {
    let bias: Vec<i16> = input.column()?.into_iter().map(|bias| unzigzag(bias) as i16).collect();
    let model = Model {
        bias: bias.leak(),
        word_runs: narrow(input)?,
        concept_runs: narrow(input)?,
        pair_slots: narrow(input)?,
        pair_runs: narrow(input)?,
        pairs: input.records(pair)?.leak(),
        weights: &[],
        calibration: &[],
        threshold: 0,
    };
    let mut last = 0u8;
    let mut firsts = Firsts::new(&model);
    let mut index = 0;
    let weights = input.records(|[difference, weight]| {
        let before = if firsts.has(index) { 0 } else { last };
        index += 1;
        last = before.wrapping_add(difference as u8);
        Some((last, unzigzag(weight) as i8))
    })?;
    Some(Model {
        weights: weights.leak(),
        calibration: input.bytes()?.to_vec().leak(),
        threshold: input.number()? as u8,
        ..model
    })
}

/// The places where the weights of a feature begin, asked for in rising order.
struct Firsts<'m> {
    runs: [&'m [u16]; 3],
}

impl<'m> Firsts<'m> {
    fn new(model: &Model<'m>) -> Self {
        Self {
            runs: [model.word_runs, model.concept_runs, model.pair_runs],
        }
    }

    fn has(&mut self, index: usize) -> bool {
        let mut first = false;
        for run in &mut self.runs {
            while let Some((_, rest)) = run.split_first().filter(|(start, _)| usize::from(**start) <= index) {
                first |= run.first().is_some_and(|start| usize::from(*start) == index);
                *run = rest;
            }
        }
        first
    }
}
