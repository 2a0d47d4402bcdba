//! What accounts spent.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::pricing::{Credits, CreditsOverflow};
use crate::time::Timestamp;

/// What an account spent in one span of time after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consumption {
    /// The account, by key.
    pub account: i64,
    /// One for each span, in the order of time.
    pub spans: Vec<Spent>,
}

/// What an account spent for one company, or for one user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConsumptionLine {
    /// The account, by key.
    pub account: i64,
    /// The company in the customer's software, by its key there; none where the programs that charged did
    /// not say, or users are told apart.
    pub company: Option<i64>,
    /// The user, by name; empty where the programs that charged did not say, or companies are told apart.
    pub user: String,
    /// What was spent.
    pub spent: Spent,
}

/// What tells apart for whom something was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Dimension {
    /// The company in the customer's software.
    Company,
    /// The user of it.
    User,
}

/// What was spent in a span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spent {
    /// What was charged less what was given back; below nothing where more was given back.
    pub charged: Credits,
    /// How often something was charged or given back.
    pub executions: i64,
}

impl Spent {
    /// Both together.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where the sum is out of range.
    pub fn checked_add(self, other: Self) -> Result<Self, CreditsOverflow> {
        Ok(Self {
            charged: self.charged.checked_add(other.charged)?,
            executions: self.executions.checked_add(other.executions).ok_or(CreditsOverflow)?,
        })
    }
}

/// Adds up what was spent at moments, in any order, between each of the `edges` and the next. Edges
/// ascend; a moment on one belongs to the span that begins there.
///
/// # Errors
/// [`CreditsOverflow`] where a sum is out of range.
pub fn spent_between(
    edges: &[Timestamp],
    spent: impl IntoIterator<Item = (Timestamp, Spent)>,
) -> Result<Vec<Spent>, CreditsOverflow> {
    let mut spans = vec![Spent::default(); edges.len().saturating_sub(1)];
    for (at, spent) in spent {
        let span = edges.partition_point(|edge| *edge <= at).checked_sub(1);
        if let Some(sum) = span.and_then(|span| spans.get_mut(span)) {
            *sum = sum.checked_add(spent)?;
        }
    }
    Ok(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_moment_belongs_to_the_span_that_begins_at_or_before_it() {
        let edges = [10, 20, 30].map(Timestamp::from_millis);
        let one = |at: i64, charged: &str| {
            let charged = charged.parse().unwrap();
            (Timestamp::from_millis(at), Spent { charged, executions: 1 })
        };
        let spent = [one(9, "8"), one(30, "8"), one(20, "2"), one(10, "1"), one(19, "-0.5")];
        let spans = spent_between(&edges, spent).unwrap();
        let shown: Vec<_> =
            spans.iter().map(|it| (it.charged.millionths(), it.executions)).collect();
        assert_eq!(shown, [(500_000, 2), (2_000_000, 1)]);
        assert_eq!(spent_between(&[], [one(1, "1")]), Ok(Vec::new()));
        let most = Spent { charged: Credits::MAX, executions: 1 };
        let at = Timestamp::from_millis(10);
        assert_eq!(spent_between(&edges, [(at, most), (at, most)]), Err(CreditsOverflow));
    }
}
