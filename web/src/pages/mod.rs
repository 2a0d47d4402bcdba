//! The pages: one a file, named by its verb, in the folder of its noun.

mod accounts;
mod catalogue;
mod compose;
mod credits;
mod missing;
mod orders;
mod prices;
mod session;
mod settings;
mod technical;

pub use accounts::{AccountPage, AccountsPage};
pub use catalogue::CataloguePage;
pub use compose::ComposePage;
pub use credits::BuyPage;
pub use missing::NotFoundPage;
pub use orders::OrdersPage;
pub use prices::PricesPage;
pub use session::SignInPage;
pub use settings::SettingsPage;
pub use technical::TechnicalPage;
