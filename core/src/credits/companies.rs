//! Which companies of an installation an account is for.

use alloc::collections::BTreeSet;

use super::attribution::{Attribution, CompanyNotAllowed};

/// The companies that may use an account: all of an installation, unless it is limited to some.
///
/// Source: Odoo's field `company_ids` of `iap.account`, shown in developer mode.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Companies(BTreeSet<i64>);

impl Companies {
    /// All.
    pub const ALL: Self = Self(BTreeSet::new());

    /// Those alone; all where none is named.
    #[must_use]
    pub fn only(companies: impl IntoIterator<Item = i64>) -> Self {
        Self(companies.into_iter().collect())
    }

    /// Whether all may.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a company may.
    #[must_use]
    pub fn allow(&self, company: i64) -> bool {
        self.is_all() || self.0.contains(&company)
    }

    /// That work for a company may be charged; where none is said, nobody can tell.
    ///
    /// # Errors
    /// [`CompanyNotAllowed`] where it is limited to others.
    pub fn admit(&self, attribution: &Attribution) -> Result<(), CompanyNotAllowed> {
        let allowed = attribution.company().is_none_or(|company| self.allow(company));
        if allowed { Ok(()) } else { Err(CompanyNotAllowed) }
    }

    /// Those that it is limited to, in ascending order; none where all may.
    pub fn iter(&self) -> impl Iterator<Item = i64> {
        self.0.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_to_all_unless_limited() {
        assert!(Companies::ALL.allow(7));
        let some = Companies::only([3, 1, 3]);
        assert_eq!((some.allow(1), some.allow(2), some.is_all()), (true, false, false));
        assert!(some.iter().eq([1, 3]));
        let of = |company| Attribution::new(company, "Marc", "").unwrap();
        assert_eq!(some.admit(&of(Some(3))), Ok(()));
        assert_eq!(some.admit(&of(Some(2))), Err(CompanyNotAllowed));
        assert_eq!(some.admit(&of(None)), Ok(()));
        assert!(Companies::only([]).is_all());
    }
}
