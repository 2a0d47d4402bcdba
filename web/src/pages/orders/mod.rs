//! Orders: what was bought.

mod list;
mod row;
mod table;

pub use list::OrdersPage;
