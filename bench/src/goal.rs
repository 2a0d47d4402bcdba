//! What the project holds itself to.

use std::fmt;

use crate::figures::{bytes, time};

/// A goal of one bench.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Goal {
    /// At least so many times faster than the peer.
    Faster(f64),
    /// At most so many ns.
    AtMost(f64),
    /// At most so many bytes.
    Bytes(f64),
}

impl Goal {
    /// Whether the figures meet it; what is not there does not.
    pub(crate) fn is_met(self, ours: f64, ratio: Option<f64>) -> bool {
        match self {
            Self::Faster(times) => ratio.is_some_and(|ratio| ratio >= times),
            Self::AtMost(limit) | Self::Bytes(limit) => ours <= limit,
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Faster(times) => write!(f, "≥ {times} ×"),
            Self::AtMost(limit) => write!(f, "≤ {}", time(*limit)),
            Self::Bytes(limit) => write!(f, "≤ {}", bytes(*limit)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Goal;

    #[test]
    fn goals_are_met_at_their_very_number() {
        assert!(Goal::Faster(15.0).is_met(1.0, Some(15.0)));
        assert!(!Goal::Faster(15.0).is_met(1.0, Some(14.9)));
        assert!(!Goal::Faster(15.0).is_met(1.0, None));
        assert!(Goal::AtMost(16e6).is_met(16e6, None));
        assert!(!Goal::AtMost(16e6).is_met(16.1e6, None));
    }
}
