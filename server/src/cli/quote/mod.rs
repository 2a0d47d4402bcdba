//! `iap quote`

mod answer;
mod json;
mod table;

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use answer::Answer;
use clap::Args;
use iap_core::phone::{self, ParsedNumber, Region};
use iap_core::pricing::{
    BadNumber, Credits, Date, Destinations, MessageParts, Outcome, RateCard, sample_rate_card,
};
use iap_core::sms::{self, PartCount};

use super::counting::Counting;
use super::failure::Failure;
use super::input;

/// Tell what a message to these recipients costs.
///
/// Without TEXT, reads it from standard input; a line break at its very end does not count. The
/// exit status is 1 if no recipient can be sent to or the balance is short.
#[derive(Args, Debug)]
pub(super) struct Quote {
    /// The text of the message.
    text: Option<String>,

    /// Recipients, written in any usual way; several between commas, or given again.
    #[arg(long, value_name = "NUMBER", required_unless_present = "to_file")]
    to: Vec<String>,

    /// A file of recipients, one a line or with commas, semicolons or tabs between them, with names
    /// or without; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    to_file: Option<PathBuf>,

    /// Country of the numbers that are written without one, as two letters: BE.
    #[arg(long, value_name = "COUNTRY", env = "IAP_COUNTRY")]
    country: Option<Region>,

    /// Rates as CSV; by default made-up sample rates.
    #[arg(long, value_name = "FILE.csv", env = "IAP_RATES")]
    rates: Option<PathBuf>,

    /// Credits that are there to be spent.
    #[arg(long, value_name = "CREDITS")]
    balance: Option<Credits>,

    /// The day whose rates count, as YYYY-MM-DD; by default today.
    #[arg(long, value_name = "DATE")]
    date: Option<Date>,

    /// Write one JSON object.
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    counting: Counting,
}

impl Quote {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        let list_on_stdin = self.to_file.as_deref() == Some(Path::new("-"));
        if list_on_stdin && self.text.is_none() {
            return Err(Failure::Usage(
                "Standard input cannot hold both the recipients and the text. \
                 Give the text with the call.",
            ));
        }
        let card = self.rates()?;
        let date = self.date.map_or_else(today, Ok)?;
        let listed = match &self.to_file {
            None => String::new(),
            Some(_) if list_on_stdin => input::stdin()?,
            Some(path) => input::file(path)?,
        };
        let lists = self.to.iter().map(String::as_str).chain([listed.as_str()]);
        let recipients = lists.flat_map(|list| recipients(list, self.country));
        let destinations = Destinations::new(&card, date, recipients);

        let text = input::text(self.text.as_deref())?;
        let count = sms::count(&text, &self.counting.options());
        let parts = MessageParts::Same(count.parts);
        let limit = self.counting.cap().unwrap_or(PartCount::MAX);
        let quote = destinations.quote(parts, limit, self.balance.unwrap_or(Credits::MAX))?;
        let answer = Answer {
            count: &count,
            card: &card,
            file: self.rates.as_deref(),
            date,
            quote: &quote,
            refused: destinations.refusals(parts, limit).collect(),
            not_mobile: if quote.lines.is_empty() { Vec::new() } else { not_mobile(&destinations) },
            balance: self.balance,
        };
        let mut out = BufWriter::new(io::stdout().lock());
        if self.json { json::write(&mut out, &answer) } else { table::write(&mut out, &answer) }
            .and_then(|()| out.flush())
            .map_err(Failure::Output)?;

        let short = matches!(quote.outcome, Outcome::Short { .. });
        Ok(if short || quote.recipients == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    fn rates(&self) -> Result<RateCard, Failure> {
        let Some(path) = &self.rates else { return Ok(sample_rate_card()) };
        RateCard::from_csv(&input::bytes(path)?)
            .map_err(|errors| Failure::Rates(path.display().to_string(), errors))
    }
}

/// Today where the command runs.
fn today() -> Result<Date, Failure> {
    let now = jiff::Zoned::now();
    let unreadable = Failure::Usage("The clock is outside the calendar. Give the day with --date.");
    let (Ok(year), Ok(month), Ok(day)) =
        (now.year().try_into(), now.month().try_into(), now.day().try_into())
    else {
        return Err(unreadable);
    };
    Date::new(year, month, day).map_err(|_| unreadable)
}

/// Reads recipients as people type and paste them.
fn recipients(
    list: &str,
    country: Option<Region>,
) -> impl Iterator<Item = Result<ParsedNumber, BadNumber>> {
    phone::split(list).map(move |piece| {
        let typed = |range| list.get(range).unwrap_or_default();
        phone::parse(typed(piece.number), country)
            .map_err(|reason| BadNumber { typed: typed(piece.range).to_owned(), reason })
    })
}

/// The recipients that can be sent to and are no mobile phones.
fn not_mobile(destinations: &Destinations) -> Vec<(usize, ParsedNumber)> {
    let recipients = destinations.recipients().iter().enumerate();
    recipients
        .filter(|(_, recipient)| recipient.placed.is_ok())
        .filter_map(|(position, recipient)| Some((position, *recipient.given.as_ref().ok()?)))
        .filter(|(_, parsed)| !parsed.kind.can_be_mobile())
        .collect()
}
