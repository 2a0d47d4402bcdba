//! What the composer knows. It is made when the composer is opened first, and lives above the pages from
//! then on, so that going to another page and back loses nothing.

mod composer;
mod contacts;
mod draft;
mod message;
mod recipient;

pub(in crate::pages::compose) use self::composer::{Composer, use_composer};
pub(in crate::pages::compose) use self::contacts::Contacts;
pub(in crate::pages::compose) use self::draft::{Draft, Drafts};
pub(in crate::pages::compose) use self::message::{Insight, Needed, Offender, Spread, saving};
pub(in crate::pages::compose) use self::recipient::{Added, Recipient, RecipientList};
