//! The settings of this browser.

mod block;
mod edit;
mod search;
mod services;

pub use edit::SettingsPage;
