//! For whom charges are, where the program that charged said it.

/// Whose charges are looked at; everybody's where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// Those for the company of that key in the customer's software; 0 is where none was said.
    pub company: Option<i64>,
    /// Those for the user of that name; empty is where none was said.
    pub user: Option<String>,
}

/// What is read of an attribution `w` that may not be there: company, user and link.
pub(super) const COLUMNS: &str =
    "COALESCE(w.company, 0), COALESCE(w.user_name, ''), COALESCE(w.link, '')";

/// How the attribution `w` is found for the entries `e`.
pub(super) const JOIN: &str = "LEFT JOIN attribution AS w ON w.hold_id = e.hold";

impl Whose {
    /// Whether everybody's are looked at.
    pub(super) const fn is_everybody(&self) -> bool {
        self.company.is_none() && self.user.is_none()
    }

    /// A company for [`condition`]; below nothing where any will do.
    pub(super) fn company(&self) -> i64 {
        self.company.unwrap_or(-1)
    }

    /// Whether users are told apart, for [`condition`].
    pub(super) fn tells_users(&self) -> i64 {
        i64::from(self.user.is_some())
    }

    /// A user for [`condition`].
    pub(super) fn user(&self) -> &str {
        self.user.as_deref().unwrap_or_default()
    }
}

/// That an attribution `w` is of those looked at; the three places are of [`Whose::company`],
/// [`Whose::tells_users`] and [`Whose::user`].
pub(super) fn condition([company, tells_users, user]: [u8; 3]) -> String {
    format!(
        "(${company} < 0 OR COALESCE(w.company, 0) = ${company}) \
         AND (${tells_users} = 0 OR COALESCE(w.user_name, '') = ${user})"
    )
}

/// The company that is read from a row; 0 stands for none.
pub(super) fn read_company(company: i64) -> Option<i64> {
    Some(company).filter(|&company| company > 0)
}
