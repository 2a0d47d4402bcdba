//! Orders: what was bought.

mod list;

pub use list::OrdersPage;
