//! What several pages know, and who sits in front of them. It lives above the pages, so that going to another page and
//! back loses nothing.

mod accounts;
mod live;
mod rates;
mod root;
mod visitor;

pub use accounts::{Accounts, use_accounts};
pub use rates::{Prices, Rates, use_rates};
pub use root::Root;
pub use visitor::{Standing, Visitor, use_visitor};
