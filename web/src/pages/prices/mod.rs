//! Prices, alphabets, questions and answers.

mod show;

pub use show::PricesPage;
