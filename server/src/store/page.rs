//! Parts of long lists.
//!
//! A part begins behind the key at which the one before ended, not at a number of rows: so it
//! costs the same anywhere in the list, and nothing is shown twice or left out when rows are added.

use iap_core::api::Page;

/// Where a part of a list begins, and how long it is.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    after: Option<i64>,
    limit: i64,
}

impl Cut {
    /// Rows in a part at most.
    pub const MOST: i64 = 1_000;

    /// The rows that follow a key, or the first ones; as many as are asked for, 1 to [`Cut::MOST`].
    #[must_use]
    pub fn new(after: Option<i64>, limit: i64) -> Self {
        Self { after, limit: limit.clamp(1, Self::MOST) }
    }

    /// The key that the rows follow.
    pub(super) const fn after(self) -> Option<i64> {
        self.after
    }

    /// A key that all rows are below, where the newest come first.
    pub(super) fn before(self) -> i64 {
        self.after.unwrap_or(i64::MAX)
    }

    /// A key that all rows are above, where the oldest come first.
    pub(super) fn above(self) -> i64 {
        self.after.unwrap_or(0)
    }

    /// Rows to ask for: one more than are shown tells whether more follow.
    pub(super) const fn rows(self) -> i64 {
        self.limit + 1
    }
}

/// Makes a part of a list of what was found for it.
pub(super) fn cut<T>(mut items: Vec<T>, cut: Cut, key: impl Fn(&T) -> i64) -> Page<T> {
    let limit = usize::try_from(cut.limit).unwrap_or(usize::MAX);
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|last| key(last).to_string());
    Page { items, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_where_to_go_on() {
        let page = |rows: i64, limit| cut((1..=rows).collect(), Cut::new(None, limit), |&row| row);
        assert_eq!(page(3, 2), Page { items: vec![1, 2], next: Some("2".to_owned()) });
        assert_eq!(page(2, 2), Page { items: vec![1, 2], next: None });
        assert_eq!(page(0, 2), Page { items: vec![], next: None });
        assert_eq!(Cut::new(None, 0).rows(), 2);
        assert_eq!(Cut::new(None, i64::MAX).rows(), 1_001);
    }
}
