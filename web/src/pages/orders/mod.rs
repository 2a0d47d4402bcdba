//! Orders: what was bought.

mod bills;
mod list;
mod payment;
mod row;
mod settle;
mod show;
mod table;

pub use list::OrdersPage;
pub use show::OrderPage;
