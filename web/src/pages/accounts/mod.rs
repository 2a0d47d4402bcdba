//! Accounts: the credits of a database for its services.

mod alert;
mod list;
mod row;

pub use list::AccountsPage;
