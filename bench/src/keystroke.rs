//! Typing into the composer of the built application.
//!
//! `p50`, `p95` and `max` are of the time from the moment that the browser process gives a key its
//! time stamp to the end of the frame that shows what it changed, laid out, painted and handed
//! over, with a processor that seems four times slower and a screen that never makes a frame wait.
//! `longest` is the longest task that the page's main thread had while the same keys were typed
//! once more.
//!
//! `work` is the 95th percentile of the processor time that the page's main thread takes for the
//! same, from the key's event to the end of the frame, measured at full speed and taken four times.
//! It leaves out the browser's other processes and threads, and all waiting; so it says what the
//! page itself costs. Other programs still change it, through caches and shared cores: what it is
//! beside the bare field in the same run says most. The wall clock above counts everything, other
//! programs included, and the slowing down, which goes by the wall clock too, multiplies what they
//! take.
//!
//! The count, the bars, the cost and the message as a phone shows it have to be in the frame.
//!
//! The two pages take turns, and each figure is the median of the turns, so that a moment in which
//! the machine did something else does not decide.
//!
//! Beside it stands a page with nothing but a text field and its length: what the browser itself
//! takes, and so what is ours.

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

/// How many times slower the processor seems.
const SLOWER: f64 = 4.0;

/// Turns of each page.
const TURNS: usize = 3;

/// What ours is beside.
const PLAIN: &str = "a text field alone";

/// Type into this text.
#[derive(Serialize)]
struct Type<'q> {
    /// `composer` or `plain`.
    page: &'q str,
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
    /// Processor time of the main thread from key to paint, for each key, at full speed, in ms.
    work: Vec<f64>,
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
        let text = kind.text(length);
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..TURNS {
            theirs.push(Figures::of(driver, "plain", &text)?);
            ours.push(Figures::of(driver, "composer", &text)?);
        }
        let (theirs, ours) = (Figures::median(&theirs)?, Figures::median(&ours)?);
        let frame = (length == 1_600).then_some(Goal::AtMost(FRAME));
        let task = Some(Goal::AtMost(LONG_TASK));
        let figures = [
            ("p50", ours.p50, theirs.p50, None),
            ("p95", ours.p95, theirs.p95, frame),
            ("max", ours.max, theirs.max, None),
            ("work", ours.work, theirs.work, None),
            ("longest", ours.longest, theirs.longest, task),
        ];
        for (figure, ours, theirs, goal) in figures {
            let name = format!("{}/{figure}", bench.name());
            report.row(&Row::beside(name, ours, PLAIN.to_owned(), theirs, goal))?;
        }
    }
    Ok(())
}

/// What typing into one page came to, in ns.
struct Figures {
    p50: f64,
    p95: f64,
    max: f64,
    work: f64,
    longest: f64,
}

impl Figures {
    fn of(driver: &mut Driver, page: &str, text: &str) -> Result<Self> {
        let Typed { mut paints, late, mut tasks, mut work } = driver.ask(&Type { page, text })?;
        ensure!(
            late == 0,
            "of {} keys {late} did not have their count painted in the next frame",
            paints.len()
        );
        paints.sort_by(f64::total_cmp);
        tasks.sort_by(f64::total_cmp);
        work.sort_by(f64::total_cmp);
        let ns = |sorted: &[f64], of_hundred| {
            percentile(sorted, of_hundred).map(|ms| ms * 1e6).context("nothing was measured")
        };
        Ok(Self {
            p50: ns(&paints, 50)?,
            p95: ns(&paints, 95)?,
            max: ns(&paints, 100)?,
            work: ns(&work, 95)? * SLOWER,
            longest: ns(&tasks, 100)?,
        })
    }

    /// The median of each figure.
    fn median(turns: &[Self]) -> Result<Self> {
        let median = |figure: fn(&Self) -> f64| {
            let mut figures: Vec<f64> = turns.iter().map(figure).collect();
            figures.sort_by(f64::total_cmp);
            percentile(&figures, 50).context("there were no turns")
        };
        Ok(Self {
            p50: median(|it| it.p50)?,
            p95: median(|it| it.p95)?,
            max: median(|it| it.max)?,
            work: median(|it| it.work)?,
            longest: median(|it| it.longest)?,
        })
    }
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
