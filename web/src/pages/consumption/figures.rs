//! What was spent in a period, as the server adds it up.

use iap_core::api::Spent;
use iap_core::time::Timestamp;

use super::chosen::PERIODS;
use crate::backend::consumption::{self, EntriesAsked, Whose};
use crate::backend::http::Failure;
use crate::clock::Span;

/// An account that is looked at: its key, and what its service is called.
pub(super) type Looked = (i64, String);

/// What is asked for. Where it changes, everything is asked for again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    /// The accounts, by their keys.
    pub accounts: Vec<i64>,
    /// The name of the period.
    pub period: &'static str,
    /// For whom.
    pub whose: Whose,
}

/// Where the spans of a period begin and end, and what was spent in each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Figures {
    /// What they answer.
    pub asked: Asked,
    /// How long each span is.
    pub span: Span,
    /// Where spans begin and end.
    pub edges: Vec<Timestamp>,
    /// What all accounts spent in each.
    pub spent: Vec<Spent>,
    /// What each account spent altogether, by key.
    pub by_account: Vec<(i64, Spent)>,
}

impl Asked {
    /// Asks the server; nothing where there is no such period.
    pub(super) async fn figures(self, is_demo: bool) -> Result<Option<Figures>, Failure> {
        let period = PERIODS.iter().find(|it| it.0 == self.period);
        let Some(&super::chosen::Period(_, span, number, _)) = period else { return Ok(None) };
        let edges = span.edges(number);
        let all = consumption::spent(is_demo, &self.accounts, &edges, &self.whose).await?;
        let mut spent = vec![Spent::default(); edges.len().saturating_sub(1)];
        for (_, spans) in &all {
            for (sum, next) in spent.iter_mut().zip(spans) {
                *sum = added(*sum, next);
            }
        }
        let by_account = all.into_iter().map(|(account, spans)| (account, total(&spans))).collect();
        Ok(Some(Figures { asked: self, span, edges, spent, by_account }))
    }
}

impl Figures {
    /// What was spent altogether.
    pub(super) fn total(&self) -> Spent {
        total(&self.spent)
    }

    /// The entries behind it; all of them, or those alone by which something was charged.
    pub(super) fn entries(&self, charges: bool) -> Option<EntriesAsked> {
        let (from, to) = (*self.edges.first()?, *self.edges.last()?);
        let Asked { accounts, whose, .. } = self.asked.clone();
        Some(EntriesAsked { accounts, from, to, charges, whose })
    }
}

fn total(spans: &[Spent]) -> Spent {
    spans.iter().fold(Spent::default(), added)
}

/// Both together; a sum that nobody can have stays as it is.
pub(super) fn added(sum: Spent, next: &Spent) -> Spent {
    sum.checked_add(*next).unwrap_or(sum)
}
