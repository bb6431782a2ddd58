//! Retry schedules go up and end.

use super::Context;
use crate::report::{Code, Diagnostic};
use crate::source::Spanned;

pub(super) fn check(context: Context<'_>, out: &mut Vec<Diagnostic>) {
    for schedule in &context.catalogue.schedules {
        let mut wrong = |value: &Spanned<i64>, message: &str| {
            let message = format!("{message} in the schedule `{}`", *schedule.slug);
            out.push(Diagnostic::new(Code::ScheduleNonsense, schedule.at(value), message));
        };
        let (first, ceiling, give_up) = (&schedule.first_delay_s, &schedule.ceiling_s, &schedule.give_up_s);
        if **first < 1 {
            wrong(first, "the first delay is shorter than a second");
        }
        if !(100..=10_000).contains(&*schedule.factor) {
            wrong(&schedule.factor, "the factor is not from 100 to 10000 percent");
        }
        if **ceiling < **first {
            wrong(ceiling, "the longest delay is shorter than the first");
        }
        if **give_up < **ceiling {
            wrong(give_up, "giving up comes before the longest delay is over");
        }
        if **give_up > i64::from(u32::MAX) {
            wrong(give_up, "giving up comes after more than a century");
        }
        if let Some(tries) = schedule
            .max_tries
            .as_ref()
            .filter(|tries| !(1..=1_000).contains(&***tries))
        {
            wrong(tries, "the number of tries is not from 1 to 1000");
        }
        if let Some(jitter) = schedule
            .jitter_percent
            .as_ref()
            .filter(|jitter| !(0..=100).contains(&***jitter))
        {
            wrong(jitter, "the jitter is not from 0 to 100 percent");
        }
    }
}
