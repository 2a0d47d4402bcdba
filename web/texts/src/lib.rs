//! The texts of the web application: read from `locales/*.json`, checked against each other, and
//! compiled into one table a language and one typed function a text.
//!
//! The application's build script takes the functions and the first language's table; the tables
//! of the other languages become files of their own, of which a browser loads the one it needs.

mod catalogue;
mod generate;

pub use catalogue::{Catalogue, LOCALES, Locale, MAX_PLACEHOLDERS, Text, placeholders};
pub use generate::{functions, table};
