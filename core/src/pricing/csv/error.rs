//! What is wrong with a rate card file.

use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use crate::phone::UnknownRegion;

use super::super::{
    Date, DateError, MAX_RATES, NegativePrice, ParseCreditsError, Prefix, PrefixError, RateError,
    UnknownRateKind,
};
use super::{Column, MAX_CSV_BYTES, MAX_CSV_ERRORS, MAX_CSV_LINE_BYTES};

/// The characters of a value that an error's sentence shows; the error itself holds all of them.
const SHOWN_CHARACTERS: usize = 40;

/// All that is wrong with a file, at least one thing. Nothing of the file was imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvErrors {
    /// The first errors in the order of their lines, at most [`MAX_CSV_ERRORS`].
    pub errors: Vec<CsvError>,
    /// How many more there are.
    pub more: usize,
}

/// One error a line, then how many more there are.
impl fmt::Display for CsvErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        if self.more > 0 {
            write!(f, "\nand {} more", self.more)?;
        }
        Ok(())
    }
}

impl Error for CsvErrors {}

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvError {
    /// The line, from 1; 0 where it is about the file as a whole.
    pub line: usize,
    /// The value's place in the line; nothing where it is about the line as a whole.
    pub cell: Option<CsvCell>,
    /// The value as it stands in the file (bytes that are no UTF-8 as U+FFFD).
    pub value: String,
    /// What is wrong with it.
    pub kind: CsvErrorKind,
}

/// Where in its line a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvCell {
    /// The column's place, from 1.
    pub position: usize,
    /// The column's name in the first line of the file.
    pub name: String,
}

/// Line, column, value and sentence: `line 3, column 2 (country): "XY": this is no …`.
impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}", self.line)?;
            match &self.cell {
                Some(CsvCell { position, name }) if name.is_empty() => {
                    write!(f, ", column {position}: ")?;
                }
                Some(CsvCell { position, name }) => {
                    write!(f, ", column {position} ({name}): ")?;
                }
                None => f.write_str(": ")?,
            }
        }
        if !self.value.is_empty() {
            let mut characters = self.value.chars();
            f.write_str("\"")?;
            for c in characters.by_ref().take(SHOWN_CHARACTERS) {
                write!(f, "{}", c.escape_debug())?;
            }
            f.write_str(if characters.next().is_some() { "…\": " } else { "\": " })?;
        }
        self.kind.fmt(f)
    }
}

impl Error for CsvError {}

/// What can be wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CsvErrorKind {
    /// The file has more than [`MAX_CSV_BYTES`].
    FileTooLarge,
    /// The file is text in UTF-16.
    Utf16,
    /// The file has no line with the names of the columns.
    NoHeader,
    /// A column that is needed is not named in the first line.
    MissingColumn(Column),
    /// The first line names a column that rate cards do not have.
    UnknownColumn,
    /// The first line names a column twice.
    RepeatedColumn,
    /// There are more rates than a card holds.
    TooManyRates,
    /// The line has more than [`MAX_CSV_LINE_BYTES`].
    LineTooLong,
    /// A quote is opened and not closed in the line.
    OpenQuote,
    /// The line has another number of values than there are columns.
    WrongWidth {
        /// The values in the line.
        values: usize,
        /// The columns of the file.
        columns: usize,
    },
    /// A value stands where the first line names no column.
    NoColumn,
    /// The value is not text in UTF-8.
    NotUtf8,
    /// There is neither a prefix nor a country.
    NoDestination,
    /// The prefix is none.
    Prefix(PrefixError),
    /// The country is none.
    Country(UnknownRegion),
    /// Prefix and country make no rate.
    Rate(RateError),
    /// The kind is none.
    Kind(UnknownRateKind),
    /// The price is no amount.
    Price(ParseCreditsError),
    /// The price is below zero.
    NegativePrice(NegativePrice),
    /// There is a price although nothing is delivered.
    PriceWithoutDelivery,
    /// The day is none.
    Date(DateError),
    /// An earlier line holds a rate for the same prefix and day.
    Duplicate {
        /// The earlier line.
        first_line: usize,
        /// A prefix to which both apply.
        prefix: Prefix,
        /// The day from which both are valid.
        valid_from: Date,
    },
}

impl fmt::Display for CsvErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentence: &dyn fmt::Display = match self {
            Self::FileTooLarge => {
                let mebibytes = MAX_CSV_BYTES / (1024 * 1024);
                return write!(f, "the file is larger than {mebibytes} MiB: split it");
            }
            Self::Utf16 => &"the file is text in UTF-16: save it as CSV in UTF-8",
            Self::NoHeader => {
                &"the file is empty: start it with the names of the columns: \
                  prefix,country,credits_per_part,kind,valid_from"
            }
            Self::MissingColumn(Column::Prefix) => {
                &"the columns prefix and country are missing: add one of them or both"
            }
            Self::MissingColumn(column) => {
                return write!(f, "the column {} is missing: add it", column.name());
            }
            Self::UnknownColumn => {
                &"rate cards have no such column: name it prefix, country, credits_per_part, \
                  kind or valid_from, or leave it out"
            }
            Self::RepeatedColumn => &"the column is there twice: keep one of them",
            Self::TooManyRates => {
                return write!(f, "a rate card holds at most {MAX_RATES} rates: leave some out");
            }
            Self::LineTooLong => {
                return write!(f, "the line has more than {MAX_CSV_LINE_BYTES} bytes");
            }
            Self::OpenQuote => &"a quote is opened and not closed in this line: close it",
            Self::WrongWidth { values, columns } => {
                return write!(f, "the line has {values} values, the file {columns} columns");
            }
            Self::NoColumn => &"the value stands in a column without a name: name or empty it",
            Self::NotUtf8 => &"the value is not text in UTF-8: save the file as CSV in UTF-8",
            Self::NoDestination => &"there is neither a prefix nor a country: give one of them",
            Self::Prefix(error) => error,
            Self::Country(error) => error,
            Self::Rate(error) => error,
            Self::Kind(error) => error,
            Self::Price(error) => error,
            Self::NegativePrice(error) => error,
            Self::PriceWithoutDelivery => {
                &"nothing is delivered here, so nothing is charged: leave the price empty"
            }
            Self::Date(error) => error,
            Self::Duplicate { first_line, prefix, valid_from } => {
                return write!(
                    f,
                    "line {first_line} has a rate for prefix {prefix} from {valid_from}, too: \
                     keep one of them"
                );
            }
        };
        sentence.fmt(f)
    }
}

/// Collects errors up to [`MAX_CSV_ERRORS`] and counts the rest.
#[derive(Debug, Default)]
pub(super) struct Errors {
    told: Vec<CsvError>,
    more: usize,
}

impl Errors {
    pub(super) fn add(
        &mut self,
        line: usize,
        cell: Option<CsvCell>,
        value: &str,
        kind: CsvErrorKind,
    ) {
        if self.told.len() < MAX_CSV_ERRORS {
            self.told.push(CsvError { line, cell, value: String::from(value), kind });
        } else {
            self.more += 1;
        }
    }

    /// All errors in the order of their lines, or the value where there are none.
    pub(super) fn or<T>(mut self, value: T) -> Result<T, CsvErrors> {
        if self.told.is_empty() {
            return Ok(value);
        }
        self.told.sort_by_key(|error| (error.line, error.cell.as_ref().map(|cell| cell.position)));
        Err(CsvErrors { errors: self.told, more: self.more })
    }
}
