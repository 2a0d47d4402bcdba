//! Everybody who can sign in.

mod access;
mod add;
mod change;
mod fields;
mod list;
mod password;
mod row;
mod show;

pub use list::UsersPage;
pub use show::UserPage;
