//! What those who set software up need to know.

mod list;
mod row;

pub use list::TechnicalPage;
