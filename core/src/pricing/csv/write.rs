//! Writing a rate card file.

use alloc::string::String;
use core::fmt;

use super::super::{Rate, RateCard};
use super::{Column, SAMPLE_MARK};

impl RateCard {
    /// Writes the card as a CSV file that [`RateCard::from_csv`] reads back as the same card:
    /// commas, LF, all columns, the rates in their order.
    ///
    /// No value can hold a comma, a quote or a line end, so nothing has to be quoted.
    ///
    /// # Errors
    /// Only where `out` cannot be written to.
    pub fn write_csv(&self, out: &mut impl fmt::Write) -> fmt::Result {
        if self.is_sample() {
            writeln!(out, "{SAMPLE_MARK}: made up to try the product with, nobody's offer.")?;
        }
        for (position, column) in Column::ALL.into_iter().enumerate() {
            let separator = if position == 0 { "" } else { "," };
            write!(out, "{separator}{}", column.name())?;
        }
        out.write_char('\n')?;
        self.rates().iter().try_for_each(|rate| write_rate(rate, out))
    }

    /// The card as a CSV file, see [`RateCard::write_csv`].
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut file = String::new();
        // A string takes all that is written to it.
        let _ = self.write_csv(&mut file);
        file
    }
}

/// Writes the line of one rate.
fn write_rate(rate: &Rate, out: &mut impl fmt::Write) -> fmt::Result {
    if let Some(prefix) = rate.prefix() {
        write!(out, "{prefix}")?;
    }
    out.write_char(',')?;
    if let Some(country) = rate.country() {
        write!(out, "{country}")?;
    }
    out.write_char(',')?;
    if let Some(price) = rate.tariff().price() {
        write!(out, "{price}")?;
    }
    writeln!(out, ",{},{}", rate.tariff().kind(), rate.valid_from())
}
