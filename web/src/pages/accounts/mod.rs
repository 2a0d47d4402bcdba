//! Accounts: the credits of a database for its services.

mod alert;
mod changes;
mod consumption;
mod edit;
mod entries;
mod information;
mod list;
mod row;
mod short;
mod show;
mod start;

pub(in crate::pages) use edit::EditDialog;
pub use list::AccountsPage;
pub use show::AccountPage;
