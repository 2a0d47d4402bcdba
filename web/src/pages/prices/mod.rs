//! Prices, alphabets, questions and answers.

mod counting;
mod questions;
mod rates;
mod row;
mod show;

pub(in crate::pages) use row::shown_prefix;
pub use show::PricesPage;
