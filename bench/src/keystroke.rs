//! Typing into the composer of the built application.
//!
//! Measured is the time from the moment that the browser process gives a key its time stamp to the
//! end of the frame that shows what it changed, laid out, painted and handed over, with a
//! processor that seems four times slower and a screen that never makes a frame wait. `longest` is
//! the longest task that the page's main thread had while the same keys were typed once more.

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::bench::Bench;
use crate::driver::Driver;
use crate::goal::Goal;
use crate::report::{Report, Row};

/// One frame of a screen that shows sixty a second.
const FRAME: f64 = 16e6;

/// What the browser calls a long task.
const LONG_TASK: f64 = 50e6;

/// Type into this text.
#[derive(Serialize)]
struct Type<'q> {
    text: &'q str,
}

/// What the driver saw.
#[derive(Deserialize)]
struct Typed {
    /// From key to paint, for each key, in ms.
    paints: Vec<f64>,
    /// Keys whose count was not in the first frame painted after them.
    late: u32,
    /// Tasks of the main thread, in ms.
    tasks: Vec<f64>,
}

/// Runs the benches.
pub(crate) fn run(benches: &[Bench], report: &mut Report) -> Result<()> {
    let mut driver = None;
    for bench in benches {
        let Bench::Keystroke { kind, length } = *bench else { continue };
        let driver = match &mut driver {
            Some(driver) => driver,
            none => none.insert(Driver::start("keystroke.mjs")?),
        };
        let mut typed: Typed = driver.ask(&Type { text: &kind.text(length) })?;
        ensure!(
            typed.late == 0,
            "of {} keys {} did not have their count painted in the next frame",
            typed.paints.len(),
            typed.late
        );
        typed.paints.sort_by(f64::total_cmp);
        typed.tasks.sort_by(f64::total_cmp);
        let frame = (length == 1_600).then_some(Goal::AtMost(FRAME));
        let task = Some(Goal::AtMost(LONG_TASK));
        let figures = [
            ("p50", percentile(&typed.paints, 50), None),
            ("p95", percentile(&typed.paints, 95), frame),
            ("max", percentile(&typed.paints, 100), None),
            ("longest", percentile(&typed.tasks, 100), task),
        ];
        for (figure, ms, goal) in figures {
            let ns = ms.context("nothing was measured")? * 1e6;
            report.row(&Row::alone(format!("{}/{figure}", bench.name()), ns, goal))?;
        }
    }
    Ok(())
}

/// The number that so many of a hundred are no larger than; the numbers are sorted.
fn percentile(sorted: &[f64], of_hundred: usize) -> Option<f64> {
    sorted.get((sorted.len() * of_hundred).div_ceil(100).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_among_the_numbers() {
        let numbers: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!(percentile(&numbers, 50), Some(100.0));
        assert_eq!(percentile(&numbers, 95), Some(190.0));
        assert_eq!(percentile(&numbers, 100), Some(200.0));
        assert_eq!(percentile(&[3.0], 95), Some(3.0));
        assert_eq!(percentile(&[], 95), None);
    }
}
