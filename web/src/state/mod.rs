//! What the composer knows, and who sits in front of it. It lives above the pages, so that going to another page and back
//! loses nothing.

mod accounts;
mod composer;
mod contacts;
mod draft;
mod live;
mod message;
mod rates;
mod recipient;
mod visitor;

pub use accounts::{Accounts, use_accounts};
pub use composer::{Composer, use_composer};
pub use contacts::Contacts;
pub use draft::{Draft, Drafts};
pub use message::{Insight, Needed, Offender, Shown, Spread, saving};
pub use rates::{Prices, Rates, use_rates};
pub use recipient::{Added, Recipient, RecipientList};
pub use visitor::{Standing, Visitor, use_visitor};
