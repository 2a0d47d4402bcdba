//! The pages: one a file, named by its verb, in the folder of its noun.

mod compose;
mod credits;
mod missing;
mod prices;
mod settings;

pub use compose::ComposePage;
pub use credits::BuyPage;
pub use missing::NotFoundPage;
pub use prices::PricesPage;
pub use settings::SettingsPage;
