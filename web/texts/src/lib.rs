//! The texts of the web application: read from `locales/*.json`, checked against each other, and
//! compiled into tables and one typed function a text.
//!
//! The application's build script takes the functions, and the table of what every page may show
//! in the first language. All other tables become files of their own, one for each language and
//! part of the program, of which a browser loads those it needs.

mod catalogue;
mod division;
mod generate;
mod part;

pub use catalogue::{Catalogue, LOCALES, Locale, MAX_PLACEHOLDERS, Text, placeholders};
pub use division::Division;
pub use generate::{functions, table};
pub use part::{PARTS, Part};
