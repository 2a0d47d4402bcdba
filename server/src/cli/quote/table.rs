//! A quote for people.

use std::io::{self, Write};

use iap_core::pricing::{Outcome, Quote, QuoteLine, Refused};

use super::answer::Answer;
use crate::cli::plural::plural;
use crate::cli::visible::Visible;

/// Writes the message, the destinations, the balance, who gets nothing and who perhaps nothing.
pub(super) fn write(out: &mut impl Write, answer: &Answer<'_>) -> io::Result<()> {
    let Answer { count, quote, refused, not_mobile, .. } = answer;
    let units = plural(count.units, "unit", "units");
    let parts = plural(count.parts, "part", "parts");
    writeln!(out, "Message  {}, {units}, {parts}", count.encoding)?;
    rates(out, answer)?;
    if quote.lines.is_empty() {
        writeln!(out, "\nThere is nobody to send to.")?;
    } else {
        writeln!(out)?;
        destinations(out, quote)?;
        balance(out, answer)?;
    }
    if !refused.is_empty() {
        writeln!(out, "\nWithout a message and without cost:")?;
    }
    refused.iter().try_for_each(|refused| refusal(out, refused))?;
    if !not_mobile.is_empty() {
        writeln!(out, "\nCharged, but perhaps not delivered, for these are no mobile phones:")?;
    }
    not_mobile.iter().try_for_each(|(position, parsed)| {
        let kind = parsed.kind.as_str().replace('_', " ");
        writeln!(out, "{:>7}.  {}: {kind}", position.saturating_add(1), parsed.number)
    })
}

fn rates(out: &mut impl Write, answer: &Answer<'_>) -> io::Result<()> {
    let date = answer.date;
    match answer.file {
        None => writeln!(out, "Rates    sample rates of {date}: made up, nobody's offer"),
        Some(path) => {
            let sample = if answer.card.is_sample() {
                ", sample rates: made up, nobody's offer"
            } else {
                ""
            };
            let path = path.display().to_string();
            writeln!(out, "Rates    {} of {date}{sample}", Visible(&path))
        }
    }
}

fn destinations(out: &mut impl Write, quote: &Quote) -> io::Result<()> {
    let mut line =
        |[a, b, c, d, e]: [&str; 5]| writeln!(out, "{a:<12}  {b:>10}  {c:>8}  {d:>9}  {e:>12}");
    line(["Destination", "Recipients", "Parts", "Each", "Credits"])?;
    for one in &quote.lines {
        line([
            &destination(one),
            &one.recipients.to_string(),
            &one.parts.to_string(),
            &one.price.to_string(),
            &one.subtotal.to_string(),
        ])?;
    }
    let (recipients, parts) = (quote.recipients.to_string(), quote.parts.to_string());
    line(["Total", &recipients, &parts, "", &quote.total.to_string()])
}

/// Country, prefix or both, as far as they are known.
fn destination(line: &QuoteLine) -> String {
    let country = line.country.map(|country| country.to_string());
    let prefix = line.rate.prefix().map(|prefix| format!("+{prefix}"));
    country.into_iter().chain(prefix).collect::<Vec<_>>().join(" ")
}

fn balance(out: &mut impl Write, answer: &Answer<'_>) -> io::Result<()> {
    let Some(balance) = answer.balance else { return Ok(()) };
    match answer.quote.outcome {
        Outcome::Enough { after } => {
            writeln!(out, "\nBalance {balance} credits, afterwards {after}.")
        }
        Outcome::Short { missing } => writeln!(
            out,
            "\nBalance {balance} credits: {missing} are missing, and nothing is sent unless all of \
             it is paid. Buy credits or shorten the list."
        ),
    }
}

fn refusal(out: &mut impl Write, refused: &Refused<'_>) -> io::Result<()> {
    let place = refused.position.saturating_add(1);
    let given = match refused.given {
        Ok(parsed) => parsed.number.to_string(),
        Err(bad) => Visible(&bad.typed).to_string(),
    };
    writeln!(out, "{place:>7}.  {given}: {}", refused.reason)
}
