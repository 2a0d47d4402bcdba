//! The settings of this browser.

mod edit;

pub use edit::SettingsPage;
