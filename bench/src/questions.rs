//! What drivers are asked about counters, and what they answer.

use serde::{Deserialize, Serialize};

/// How long does one call take?
#[derive(Serialize)]
pub(crate) struct Time<'q> {
    /// The counters.
    pub(crate) time: &'q [&'static str],
    pub(crate) text: &'q str,
}

/// The time of one call of each, in ns.
#[derive(Deserialize)]
pub(crate) struct Times {
    pub(crate) ns: Vec<f64>,
}

/// How many parts has each text?
#[derive(Serialize)]
pub(crate) struct Count<'q> {
    /// The counter.
    pub(crate) count: &'q str,
    /// In UTF-16.
    pub(crate) texts: &'q [Vec<u16>],
}

/// The parts of each text.
#[derive(Deserialize)]
pub(crate) struct Parts {
    pub(crate) parts: Vec<usize>,
}
