//! The pages: one a file, named by its verb, in the folder of its noun.

mod accounts;
mod catalogue;
pub mod compose;
pub mod credits;
mod missing;
pub mod operator;
mod orders;
pub mod portal;
pub mod prices;
mod session;
mod settings;
mod short;
mod technical;

pub use missing::NotFoundPage;
pub use session::SignInPage;
pub use settings::SettingsPage;
