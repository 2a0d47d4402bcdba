//! Accounts: the credits of a database for its services.

mod alert;
mod changes;
mod edit;
mod information;
mod list;
mod quick;
mod row;
mod short;
mod show;
mod start;
mod switch;

pub(in crate::pages) use edit::EditDialog;
pub use list::AccountsPage;
pub(in crate::pages) use row::state_pill;
pub use show::AccountPage;
