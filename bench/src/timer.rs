//! How long a call takes. `peers/measure.mjs` does the same, with the same numbers.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// A round of calls lasts at least this long, so that the clock's steps do not show.
const ROUND: Duration = Duration::from_millis(1);

/// Rounds.
const ROUNDS: u32 = 200;

/// What all rounds may take at most. A slow callee has fewer.
const BUDGET: Duration = Duration::from_millis(700);

/// How long the callee runs before it is measured.
const WARM_UP: Duration = Duration::from_millis(100);

/// The time of one call, in ns: that of the fastest round, which is the one that other programs
/// on the machine disturbed least.
pub(crate) fn measure<R>(mut callee: impl FnMut() -> R) -> f64 {
    let mut round = |calls: u32| {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(callee());
        }
        start.elapsed()
    };
    let start = Instant::now();
    let mut calls = 1_u32;
    let mut fastest = loop {
        let took = round(calls);
        if start.elapsed() >= WARM_UP {
            break took;
        }
        if took < ROUND {
            calls = calls.saturating_mul(2);
        }
    };
    let start = Instant::now();
    for _ in 0..ROUNDS {
        fastest = fastest.min(round(calls));
        if start.elapsed() >= BUDGET {
            break;
        }
    }
    fastest.as_secs_f64() * 1e9 / f64::from(calls)
}
