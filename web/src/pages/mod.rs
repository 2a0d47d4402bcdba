//! The pages: one a file, named by its verb, in the folder of its noun.

mod accounts;
mod compose;
mod credits;
mod missing;
mod orders;
mod prices;
mod provider;
mod session;
mod settings;

pub use accounts::{AccountPage, AccountsPage};
pub use compose::ComposePage;
pub use credits::BuyPage;
pub use missing::NotFoundPage;
pub use orders::OrdersPage;
pub use prices::PricesPage;
pub use provider::{DocumentationPage, OfferPage, OffersPage, RevenuePage};
pub use session::SignInPage;
pub use settings::SettingsPage;
