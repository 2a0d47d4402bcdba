//! One line of a rate card file.

use alloc::string::String;

use super::super::{Credits, ParseCreditsError, PartPrice, Rate, RateKind, Tariff};
use super::columns::Layout;
use super::error::{CsvCell, CsvErrorKind, Errors};
use super::read::Record;
use super::{Column, CsvErrorKind as Kind};

/// A line that is being read.
pub(super) struct Row<'read> {
    pub(super) record: &'read Record,
    pub(super) layout: &'read Layout,
    pub(super) errors: &'read mut Errors,
    /// Where the line stands in the file, from 1.
    pub(super) line: usize,
    /// Whether prices may have a comma as their decimal sign.
    pub(super) decimal_comma: bool,
}

/// Something was wrong with the line and is now among the errors.
pub(super) struct Told;

impl Row<'_> {
    /// The rate in the line.
    pub(super) fn rate(mut self) -> Result<Rate, Told> {
        if self.record.width() != self.layout.width() {
            let (values, columns) = (self.record.width(), self.layout.width());
            self.errors.add(self.line, None, "", Kind::WrongWidth { values, columns });
            return Err(Told);
        }
        let unnamed = self.unnamed();
        // All values first, so that everything that is wrong with the line is told at once.
        let prefix = self.optional(Column::Prefix, |text| text.parse().map_err(Kind::Prefix));
        let country = self.optional(Column::Country, |text| text.parse().map_err(Kind::Country));
        let kind = self.optional(Column::Kind, |text| text.parse().map_err(Kind::Kind));
        let comma = self.decimal_comma;
        let price = self.optional(Column::CreditsPerPart, |text| price(text, comma));
        let valid_from = self.value(Column::ValidFrom, |text| text.parse().map_err(Kind::Date));
        let tariff = self.tariff(kind?.unwrap_or(RateKind::Standard), price?);
        let (prefix, country, tariff, valid_from) = (prefix?, country?, tariff?, valid_from?);
        let rate = match (prefix, country) {
            (Some(prefix), country) => Rate::for_prefix(prefix, country, tariff, valid_from),
            (None, Some(country)) => Rate::for_country(country, tariff, valid_from),
            (None, None) => {
                self.errors.add(self.line, None, "", Kind::NoDestination);
                return Err(Told);
            }
        };
        let rate = rate.map_err(|error| self.tell(Column::Country, Kind::Rate(error)))?;
        unnamed.map(|()| rate)
    }

    /// Price and kind together.
    fn tariff(&mut self, kind: RateKind, price: Option<PartPrice>) -> Result<Tariff, Told> {
        let error = match (kind, price) {
            (RateKind::Standard, Some(price)) => return Ok(Tariff::Standard(price)),
            (RateKind::Standard, None) => Kind::Price(ParseCreditsError::Empty),
            (_, Some(price)) if !price.credits().is_zero() => Kind::PriceWithoutDelivery,
            (RateKind::Premium, _) => return Ok(Tariff::Premium),
            (RateKind::Blocked, _) => return Ok(Tariff::Blocked),
        };
        Err(self.tell(Column::CreditsPerPart, error))
    }

    /// Sees to it that nothing stands where no column is named.
    fn unnamed(&mut self) -> Result<(), Told> {
        let mut result = Ok(());
        for &place in self.layout.unnamed() {
            if !self.record.bytes(place).trim_ascii().is_empty() {
                result = Err(self.tell_at(place, "", Kind::NoColumn));
            }
        }
        result
    }

    /// Reads a value that may be empty.
    fn optional<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&str) -> Result<T, CsvErrorKind>,
    ) -> Result<Option<T>, Told> {
        self.value(column, |text| if text.is_empty() { Ok(None) } else { read(text).map(Some) })
    }

    /// Reads a value, empty where the file has no such column.
    fn value<T>(
        &mut self,
        column: Column,
        read: impl FnOnce(&str) -> Result<T, CsvErrorKind>,
    ) -> Result<T, Told> {
        let bytes = self.layout.place(column).map_or(&[][..], |place| self.record.bytes(place));
        let result = match core::str::from_utf8(bytes) {
            Ok(text) => read(text.trim()),
            Err(_) => Err(Kind::NotUtf8),
        };
        result.map_err(|error| self.tell(column, error))
    }

    /// Tells what is wrong with a column's value.
    fn tell(&mut self, column: Column, error: CsvErrorKind) -> Told {
        if let Some(place) = self.layout.place(column) {
            self.tell_at(place, column.name(), error)
        } else {
            self.errors.add(self.line, None, "", error);
            Told
        }
    }

    /// Tells what is wrong with the value at a place (from 0).
    fn tell_at(&mut self, place: usize, name: &str, error: CsvErrorKind) -> Told {
        let cell = CsvCell { position: place + 1, name: String::from(name) };
        let value = String::from_utf8_lossy(self.record.bytes(place));
        self.errors.add(self.line, Some(cell), value.trim(), error);
        Told
    }
}

/// Reads a price, with a comma as its decimal sign where that cannot be a separator.
fn price(text: &str, decimal_comma: bool) -> Result<PartPrice, CsvErrorKind> {
    let credits: Result<Credits, _> =
        if decimal_comma { text.replacen(',', ".", 1).parse() } else { text.parse() };
    PartPrice::new(credits.map_err(Kind::Price)?).map_err(Kind::NegativePrice)
}
