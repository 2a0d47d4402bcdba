//! What a message to many recipients costs. There is no peer: nothing else quotes a list.

use std::hint::black_box;

use anyhow::{Result, anyhow, ensure};
use iap_core::phone::{self, ParsedNumber};
use iap_core::pricing::{
    BadNumber, Credits, Date, Destinations, MessageParts, Quote, QuoteError, sample_rate_card,
};
use iap_core::sms::PartCount;

use crate::bench::Bench;
use crate::report::{Report, Row};
use crate::timer::measure;

/// What is timed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// Reading the numbers and grouping them by destination, once for a list.
    Group,
    /// Pricing a text that is the same for all, at every keystroke.
    Same,
    /// Pricing a text with placeholders, counted for each recipient, at every keystroke.
    Each,
}

impl Step {
    pub(crate) const ALL: [Self; 3] = [Self::Group, Self::Same, Self::Each];

    /// As in the names of benches.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Same => "same",
            Self::Each => "each",
        }
    }
}

/// Runs the benches.
pub(crate) fn run(benches: &[Bench], report: &mut Report) -> Result<()> {
    for bench in benches {
        if let Bench::Quote { step, recipients } = *bench {
            report.row(&Row::alone(bench.name(), time(step, recipients)?, None))?;
        }
    }
    Ok(())
}

fn time(step: Step, recipients: usize) -> Result<f64> {
    let typed = numbers(recipients);
    let card = sample_rate_card();
    let group = || Destinations::new(&card, Date::MAX, typed.iter().map(|number| read(number)));
    let destinations = group();
    let parts: Vec<u32> = (0..recipients).map(|at| if at % 3 == 0 { 2 } else { 1 }).collect();
    let quote =
        |parts: MessageParts<'_>| destinations.quote(parts, PartCount::MAX, Credits::default());
    let check = |quote: Result<Quote, QuoteError>| {
        let quote = quote.map_err(|error| anyhow!("the list has no quote: {error}"))?;
        ensure!(
            usize::try_from(quote.recipients).ok() == Some(recipients),
            "{} of {recipients} recipients are quoted",
            quote.recipients
        );
        Ok(())
    };
    Ok(match step {
        Step::Group => measure(group),
        Step::Same => {
            check(quote(MessageParts::Same(2)))?;
            measure(|| quote(black_box(MessageParts::Same(2))))
        }
        Step::Each => {
            check(quote(MessageParts::Each(&parts)))?;
            measure(|| quote(black_box(MessageParts::Each(&parts))))
        }
    })
}

/// Mobile numbers in six countries, as people write them down, each once.
fn numbers(count: usize) -> Vec<String> {
    let countries =
        ["+31 6 12 %", "+32 470 %", "+33 6 12 %", "+40 721 %", "+90 532 1%", "+49 1511 2%"];
    (0..count)
        .zip(countries.into_iter().cycle())
        .map(|(number, country)| country.replace('%', &format!("{:06}", number + 100_000)))
        .collect()
}

fn read(typed: &str) -> Result<ParsedNumber, BadNumber> {
    phone::parse(typed, None).map_err(|reason| BadNumber { typed: typed.to_owned(), reason })
}

#[cfg(test)]
mod tests {
    use super::{numbers, read};

    #[test]
    fn every_number_is_one() {
        for typed in numbers(600) {
            read(&typed).unwrap();
        }
    }
}
