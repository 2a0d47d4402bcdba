//! Customers' databases.

mod list;
mod row;

pub use list::DatabasesPage;
