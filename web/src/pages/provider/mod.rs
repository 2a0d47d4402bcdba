//! What those see and set who offer services for credits.

mod copy;
mod details;
mod documentation;
mod form;
mod icons;
mod key;
mod list;
mod only;
mod pack_form;
mod packs;
mod people;
mod revenue;
mod share;
mod show;
mod wrong;

pub(super) use icons::drawn;

pub use documentation::DocumentationPage;
pub use list::OffersPage;
pub use revenue::RevenuePage;
pub use show::OfferPage;
