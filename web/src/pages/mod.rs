//! The pages: one a file, named by its verb, in the folder of its noun.

mod accounts;
mod asked;
mod barred;
pub mod catalogue;
pub mod compose;
mod consumption;
pub mod credits;
pub mod customers;
mod databases;
mod focus;
mod missing;
pub mod operator;
mod orders;
pub mod portal;
pub mod prices;
pub mod provider;
mod sending;
mod session;
pub mod settings;
mod short;
mod technical;
mod users;
mod wrong;

pub use missing::NotFoundPage;
pub use session::SignInPage;
