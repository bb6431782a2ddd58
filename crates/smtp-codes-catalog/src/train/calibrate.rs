//! From margins to confidence: how often a margin like this one was right on replies kept apart.

use smtp_codes::tables::MARGIN_STEP;

/// One row of the reliability table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// Lowest confidence of the band, in percent.
    pub from: u8,
    /// Replies in the band.
    pub replies: u32,
    /// How many of them were right.
    pub right: u32,
}

pub(super) struct Calibration {
    pub(super) table: Vec<u8>,
    pub(super) bands: Vec<Band>,
}

/// The widest margin that is told apart, in steps.
const STEPS: usize = 40;

/// How many steps away a step still counts, with itself.
const NEAR: u32 = 3;

/// The confidence of a margin, in percent.
pub(super) fn confidence(table: &[u8], margin: i32) -> u8 {
    table.get(step(margin)).copied().unwrap_or(0)
}

/// The step of a margin.
fn step(margin: i32) -> usize {
    (margin.max(0) / MARGIN_STEP).min(STEPS as i32 - 1) as usize
}

/// Confidence by margin step: the share that was right, made to rise with the margin (pool adjacent
/// violators), and never quite 100.
pub(super) fn calibrate(outcomes: &[(i32, bool)]) -> Calibration {
    let mut counts = [(0u32, 0u32); STEPS];
    for &(margin, right) in outcomes {
        let count = &mut counts[step(margin)];
        count.0 += 1;
        count.1 += u32::from(right);
    }
    // Neighbouring steps lend each other their replies, the nearer the more, or a few replies decide.
    let counts: [(u32, u32); STEPS] = core::array::from_fn(|step| {
        let mut sum = (0, 0);
        for (other, (total, right)) in counts.iter().enumerate() {
            let near = NEAR.saturating_sub(step.abs_diff(other) as u32);
            sum.0 += near * total;
            sum.1 += near * right;
        }
        sum
    });
    // Blocks of steps with one share: total, right, steps.
    let mut blocks: Vec<(u32, u32, usize)> = Vec::new();
    for (total, right) in counts {
        blocks.push((total, right, 1));
        while let [.., (a_total, a_right, a_steps), (b_total, b_right, b_steps)] = blocks[..] {
            let falls = u64::from(a_right) * u64::from(b_total) >= u64::from(b_right) * u64::from(a_total);
            if !falls && a_total >= 20 * NEAR && b_total >= 20 * NEAR {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push((a_total + b_total, a_right + b_right, a_steps + b_steps));
        }
    }
    let mut table = Vec::with_capacity(STEPS);
    for (total, right, steps) in blocks {
        // Laplace's rule keeps few replies from sounding sure.
        let near = u64::from(NEAR);
        let percent = (u64::from(right) * 100 + 50 * near) / (u64::from(total) + near);
        table.extend(std::iter::repeat_n(percent.min(99) as u8, steps));
    }
    let mut bands: Vec<Band> = (0..10)
        .map(|band| Band {
            from: band * 10,
            replies: 0,
            right: 0,
        })
        .collect();
    for &(margin, right) in outcomes {
        let band = &mut bands[usize::from(table[step(margin)] / 10).min(9)];
        band.replies += 1;
        band.right += u32::from(right);
    }
    Calibration { table, bands }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_rises_with_the_margin_and_follows_what_was_right() {
        let mut outcomes = Vec::new();
        for index in 0..1000 {
            outcomes.push((4, index % 2 == 0));
            outcomes.push((100, index % 10 != 0));
        }
        let calibration = calibrate(&outcomes);
        assert_eq!(calibration.table.len(), STEPS);
        assert!(calibration.table.is_sorted());
        assert_eq!(calibration.table[0], 50);
        assert_eq!(
            calibration.table[12], 89,
            "nine in ten, and a little less for want of more"
        );
    }
}
