//! Rate cards as CSV files.
//!
//! The first line names the columns, in any order:
//!
//! | column | value |
//! |---|---|
//! | `prefix` | the first digits of the numbers, with or without `+`: `32`, `1242` |
//! | `country` | ISO 3166-1 alpha-2: `BE`. Without a prefix the rate applies to all numbers of the country; beside one it is for people to read |
//! | `credits_per_part` | zero or more, at most six decimals: `0.0616`. Empty where nothing is delivered |
//! | `kind` | `standard` (also when empty or when the column is left out), `premium` or `blocked` |
//! | `valid_from` | the first day of validity: `2026-01-31` |
//!
//! `prefix` or `country` may be left out, as a column or in a row, not both. Lines that begin
//! with `#` are comments; one that begins with [`SAMPLE_MARK`] marks the card as a sample.
//!
//! Reading takes what spreadsheet programs write: commas, semicolons or tabs between the values
//! (told by the first line), a comma as the decimal sign where it does not separate, quotes, a
//! byte order mark, `sep=;`, any line ends, empty lines and columns. It does not take what would
//! have to be guessed at: dates in another order, unknown columns, values without a column.

mod columns;
mod error;
mod read;
mod row;
mod write;

pub use columns::Column;
pub use error::{CsvCell, CsvError, CsvErrorKind, CsvErrors};

/// The most bytes of a rate card file.
pub const MAX_CSV_BYTES: usize = 10 * 1024 * 1024;

/// The most bytes of a line.
pub const MAX_CSV_LINE_BYTES: usize = 1024;

/// The errors that are told one by one; beyond, only their number.
pub const MAX_CSV_ERRORS: usize = 100;

/// What the comment line begins with that marks a card as a sample.
pub const SAMPLE_MARK: &str = "# Sample rates";
