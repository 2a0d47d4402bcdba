//! Who people are here, and what they may do.
//!
//! Somebody may do nothing unless a rule here says so. The server asks before it answers; the
//! application asks so as to show only what can be done.

mod admission;
mod email;
mod letters;
mod lockout;
mod password;
mod rights;

pub use admission::{AdmittedDomains, AdmittedDomainsError};
pub use email::{EmailAddress, EmailAddressError};
pub use letters::{Letters, install_letters};
pub use lockout::{Attempts, Locked};
pub use password::{Password, PasswordError};
pub use rights::{Rights, Role};
