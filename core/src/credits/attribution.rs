//! For whom work was done.

use alloc::borrow::ToOwned as _;
use alloc::string::String;
use core::error::Error;
use core::fmt;

use crate::catalogue::{WebAddressError, web_address};
use crate::plain_text::{PlainTextError, plain};

/// For whom in a customer's installation work is done, and where it is found there, as the program says
/// that charges for it: all of it may stay unsaid.
///
/// Source: the complaint about the original that an account cannot tell which executions spent its credits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    company: Option<i64>,
    user: String,
    link: String,
}

impl Attribution {
    /// Nothing is said.
    pub const NONE: Self = Self { company: None, user: String::new(), link: String::new() };

    /// The longest name of a user, in characters.
    pub const LONGEST_USER: usize = 100;

    /// The company by its key in the customer's software, the user by name, and the address of the message
    /// or document that the work was for.
    ///
    /// ```
    /// use iap_core::credits::{Attribution, AttributionError};
    ///
    /// let whom = Attribution::new(Some(1), " Marc ", "https://erp.example/odoo/invoices/7")?;
    /// assert_eq!((whom.company(), whom.user()), (Some(1), "Marc"));
    /// assert_eq!(Attribution::new(Some(0), "", ""), Err(AttributionError::Company));
    /// # Ok::<(), AttributionError>(())
    /// ```
    ///
    /// # Errors
    /// [`AttributionError`]
    pub fn new(company: Option<i64>, user: &str, link: &str) -> Result<Self, AttributionError> {
        if company.is_some_and(|company| company <= 0) {
            return Err(AttributionError::Company);
        }
        let user = plain(user, Self::LONGEST_USER).map_err(AttributionError::User)?;
        if user.contains('\n') {
            return Err(AttributionError::User(PlainTextError::NotPrintable));
        }
        let link = web_address(link).map_err(AttributionError::Link)?;
        Ok(Self { company, user: user.to_owned(), link: link.to_owned() })
    }

    /// The company, by its key in the customer's software; above 0.
    #[must_use]
    pub const fn company(&self) -> Option<i64> {
        self.company
    }

    /// The user, by name; empty where none is said.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Where the message or document is found, an address of the web; empty where none is said.
    #[must_use]
    pub fn link(&self) -> &str {
        &self.link
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::NONE
    }
}

/// Why it cannot be said so for whom work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributionError {
    /// It is no key of a company.
    Company,
    /// It is no name.
    User(PlainTextError),
    /// It is no address of the web.
    Link(WebAddressError),
}

impl AttributionError {
    /// What interfaces call the field that is wrong.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::User(_) => "user",
            Self::Link(_) => "link",
        }
    }
}

impl fmt::Display for AttributionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Company => f.write_str("Name a company by its key, which is above 0."),
            Self::User(error) => error.fmt(f),
            Self::Link(error) => error.fmt(f),
        }
    }
}

impl Error for AttributionError {}

/// A company for which an account may not be charged.
///
/// Source: Odoo's field `company_ids` of `iap.account`, which its own client looks at; here the server does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompanyNotAllowed;

impl fmt::Display for CompanyNotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "The account is limited to other companies. An admin of its database can change that on the \
             account's page.",
        )
    }
}

impl Error for CompanyNotAllowed {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_need_be_said() {
        let none = Attribution::new(None, "  ", "").unwrap();
        assert!(none.is_none());
        assert_eq!(none, Attribution::NONE);
        assert!(!Attribution::new(Some(1), "", "").unwrap().is_none());
    }

    #[test]
    fn what_cannot_be_shown_is_refused_by_field() {
        for (company, user, link, field) in [
            (Some(0), "", "", "company"),
            (Some(-1), "", "", "company"),
            (None, "a\u{7}", "", "user"),
            (None, "a\nb", "", "user"),
            (None, "", "javascript:alert(1)", "link"),
            (None, "", "/odoo/1", "link"),
        ] {
            let error = Attribution::new(company, user, link).unwrap_err();
            assert_eq!(error.field(), field);
        }
        let longest = "é".repeat(Attribution::LONGEST_USER);
        assert_eq!(Attribution::new(None, &longest, "").unwrap().user(), longest);
        let longer = longest + "é";
        let error = Attribution::new(None, &longer, "").unwrap_err();
        assert_eq!(error, AttributionError::User(PlainTextError::TooLong(100)));
    }
}
