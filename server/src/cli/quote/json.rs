//! A quote for programs. Amounts are strings: a JSON number would go through floating point.

use std::io::{self, Write};

use iap_core::phone::ParsedNumber;
use iap_core::pricing::{Outcome, QuoteLine, Refused};
use serde::Serialize;

use super::answer::Answer;

#[derive(Serialize)]
struct Document {
    message: Message,
    date: String,
    rates: Rates,
    destinations: Vec<Destination>,
    recipients: u64,
    parts: u64,
    credits: String,
    refused: Vec<RefusedRecipient>,
    not_mobile: Vec<Doubtful>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    balance: Option<Balance>,
}

#[derive(Serialize)]
struct Message {
    encoding: &'static str,
    units: u32,
    parts: u32,
}

#[derive(Serialize)]
struct Rates {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// Made up, nobody's offer.
    sample: bool,
}

#[derive(Serialize)]
struct Destination {
    country: Option<String>,
    prefix: Option<String>,
    recipients: u64,
    parts: u64,
    credits_per_part: String,
    credits: String,
}

#[derive(Serialize)]
struct RefusedRecipient {
    /// Place in the list, from 1.
    position: usize,
    given: String,
    reason: &'static str,
    detail: String,
}

/// A recipient that gets a message and is no mobile phone.
#[derive(Serialize)]
struct Doubtful {
    /// Place in the list, from 1.
    position: usize,
    number: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct Balance {
    #[serde(rename = "balance")]
    before: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<String>,
}

/// Writes the quote as one line.
pub(super) fn write(out: &mut impl Write, answer: &Answer<'_>) -> io::Result<()> {
    let Answer { count, card, file, date, quote, refused, not_mobile, balance } = answer;
    let document = Document {
        message: Message {
            encoding: count.encoding.as_str(),
            units: count.units,
            parts: count.parts,
        },
        date: date.to_string(),
        rates: Rates {
            file: file.map(|path| path.display().to_string()),
            sample: card.is_sample(),
        },
        destinations: quote.lines.iter().map(destination).collect(),
        recipients: quote.recipients,
        parts: quote.parts,
        credits: quote.total.to_string(),
        refused: refused.iter().map(recipient).collect(),
        not_mobile: not_mobile.iter().map(doubtful).collect(),
        balance: balance.map(|balance| {
            let (after, missing) = match quote.outcome {
                Outcome::Enough { after } => (Some(after.to_string()), None),
                Outcome::Short { missing } => (None, Some(missing.to_string())),
            };
            Balance { before: balance.to_string(), after, missing }
        }),
    };
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn destination(line: &QuoteLine) -> Destination {
    Destination {
        country: line.country.map(|country| country.to_string()),
        prefix: line.rate.prefix().map(|prefix| prefix.to_string()),
        recipients: line.recipients,
        parts: line.parts,
        credits_per_part: line.price.to_string(),
        credits: line.subtotal.to_string(),
    }
}

fn recipient(refused: &Refused<'_>) -> RefusedRecipient {
    RefusedRecipient {
        position: refused.position.saturating_add(1),
        given: match refused.given {
            Ok(parsed) => parsed.number.to_string(),
            Err(bad) => bad.typed.clone(),
        },
        reason: refused.reason.as_str(),
        detail: refused.reason.to_string(),
    }
}

fn doubtful((position, parsed): &(usize, ParsedNumber)) -> Doubtful {
    Doubtful {
        position: position.saturating_add(1),
        number: parsed.number.to_string(),
        kind: parsed.kind.as_str(),
    }
}
