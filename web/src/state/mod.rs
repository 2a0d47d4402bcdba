//! What the composer knows. It lives above the pages, so that going to another page and back
//! loses nothing.

mod composer;
mod contacts;
mod draft;
mod message;
mod recipient;

pub use composer::{Composer, use_composer};
pub use contacts::Contacts;
pub use draft::{Draft, Drafts};
pub use message::{Insight, Needed, Offender, Shown, Spread, saving};
pub use recipient::{Added, Recipient, RecipientList};
