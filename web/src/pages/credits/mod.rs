//! Credits.

mod buy;

pub use buy::BuyPage;
