//! Prices, alphabets, questions and answers.

mod counting;
mod questions;
mod rates;
mod row;
mod show;

pub use show::PricesPage;
