//! Customers' databases.

mod accounts;
mod companies;
mod decide;
mod edit;
mod list;
mod member_form;
mod members;
mod row;
mod show;

pub use list::DatabasesPage;
pub use show::DatabasePage;
