//! The rate card: what is in force, what comes, and what was.

mod changes;
mod errors;
mod form;
mod import;
mod show;
mod versions;

pub use show::OperatorPricesPage;
