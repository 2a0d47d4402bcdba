//! Recipients grouped by what they cost.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::SortedMap;
use crate::phone::{ParsedNumber, PhoneNumber, Region};
use crate::sms::PartCount;

use super::quote::{MessageParts, Quote, QuoteError, sendable};
use super::recipient::{BadNumber, Recipient, Refusal, Refused, RefusedCounts};
use super::{Credits, Date, PartPrice, Rate, RateCard, Tariff};

/// The numbers of a list that have one rate in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The rate.
    pub rate: Rate,
    /// Its price.
    pub price: PartPrice,
    /// The rate's country; where it has none, that of the recipients if they are all of one.
    pub country: Option<Region>,
    /// How many recipients can be sent to, each counted once.
    pub recipients: u64,
}

/// A list of recipients, grouped by destination.
///
/// Made once for a list. After that, what a text costs is calculated from the few destinations,
/// not from the many recipients, so it can be asked for at every keystroke.
///
/// ```
/// use iap_core::phone;
/// use iap_core::pricing::{BadNumber, Credits, Destinations, MessageParts, Outcome, sample_rate_card};
/// use iap_core::sms::PartCount;
///
/// let to = ["0470 12 34 56", "0498 55 01 77", "+33 6 12 34 56 78", "+40 721 234 567", "0470 12"];
/// let to = to.map(|typed| {
///     phone::parse(typed, "BE".parse().ok())
///         .map_err(|reason| BadNumber { typed: typed.into(), reason })
/// });
/// let to = Destinations::new(&sample_rate_card(), "2026-01-31".parse()?, to);
/// let balance: Credits = "9.33".parse()?;
/// let quote = to.quote(MessageParts::Same(3), PartCount::MAX, balance)?;
/// assert_eq!((quote.recipients, quote.refused.bad_number), (4, 1));
/// assert_eq!(quote.total.to_string(), "0.7392");
/// assert_eq!(quote.outcome, Outcome::Enough { after: "8.5908".parse()? });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destinations {
    recipients: Vec<Recipient>,
    /// By the place of the rate in the card.
    groups: SortedMap<usize, Destination>,
    /// Where each number stands first.
    first: BTreeMap<PhoneNumber, usize>,
    refused: RefusedCounts,
}

impl Destinations {
    /// Groups a list of recipients by the rates valid on a day.
    #[must_use]
    pub fn new(
        card: &RateCard,
        on: Date,
        recipients: impl IntoIterator<Item = Result<ParsedNumber, BadNumber>>,
    ) -> Self {
        let mut destinations = Self::default();
        for given in recipients {
            destinations.add(card, on, given);
        }
        destinations
    }

    /// Adds a recipient at the end of the list. Use the same card and day for the whole list.
    ///
    /// Of a number that is there more than once the first gets the message.
    pub fn add(&mut self, card: &RateCard, on: Date, given: Result<ParsedNumber, BadNumber>) {
        let placed = self.place(card, on, &given);
        if let Err(reason) = placed {
            self.refused.add(reason, 1);
        }
        self.recipients.push(Recipient { given, placed });
    }

    /// Finds a recipient's rate and counts it there.
    fn place(
        &mut self,
        card: &RateCard,
        on: Date,
        given: &Result<ParsedNumber, BadNumber>,
    ) -> Result<usize, Refusal> {
        let ParsedNumber { number, region, kind } =
            given.as_ref().map_err(|bad| Refusal::BadNumber(bad.reason))?;
        let here = self.recipients.len();
        let first = *self.first.entry(*number).or_insert(here);
        if first != here {
            return Err(Refusal::Duplicate { first });
        }
        let found = card.find(number, on).ok_or(Refusal::NotSupported)?;
        let price = match found.rate.tariff() {
            Tariff::Standard(_) if kind.is_premium_rate() => return Err(Refusal::Premium),
            Tariff::Standard(price) => price,
            Tariff::Premium => return Err(Refusal::Premium),
            Tariff::Blocked => return Err(Refusal::Blocked),
        };
        let named = found.rate.country();
        let country = named.or(*region);
        let destination = self.groups.get_or_insert(
            found.position,
            Destination { rate: *found.rate, price, country, recipients: 0 },
        );
        destination.recipients += 1;
        if destination.country != country {
            destination.country = named;
        }
        Ok(found.position)
    }

    /// All recipients in the order in which they were added.
    #[must_use]
    pub fn recipients(&self) -> &[Recipient] {
        &self.recipients
    }

    /// The destinations that can be sent to, in the order of their rates in the card, each with
    /// the place of its rate there.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Destination)> {
        self.groups.iter()
    }

    /// How many recipients no text at all can be sent to, by reason.
    #[must_use]
    pub const fn refused(&self) -> RefusedCounts {
        self.refused
    }

    /// The recipients that a text does not go to, in the order of the list: those that no text
    /// goes to, and those for whom it is empty or needs too many parts.
    ///
    /// Where [`MessageParts::Each`] holds fewer numbers than there are recipients, it says
    /// nothing about the rest.
    pub fn refusals<'list>(
        &'list self,
        parts: MessageParts<'list>,
        limit: PartCount,
    ) -> impl Iterator<Item = Refused<'list>> {
        self.recipients.iter().enumerate().filter_map(move |(position, recipient)| {
            let Recipient { given, placed } = recipient;
            let reason = match placed {
                Err(reason) => *reason,
                Ok(_) => sendable(parts.of(position)?, limit).err()?,
            };
            Some(Refused { position, given, reason })
        })
    }

    /// What a text costs, and whether the balance is enough for all of it.
    ///
    /// `parts` says how many parts the text needs, `limit` how many one message may have,
    /// `balance` what is available. With [`MessageParts::Same`] this takes one step for each
    /// destination.
    ///
    /// # Errors
    /// [`QuoteError`] where the amount is out of range, or where [`MessageParts::Each`] has not
    /// one number for each recipient.
    pub fn quote(
        &self,
        parts: MessageParts<'_>,
        limit: PartCount,
        balance: Credits,
    ) -> Result<Quote, QuoteError> {
        let mut refused = self.refused;
        // For each destination the recipients that get a message, and the parts of all of them.
        let mut sent: SortedMap<usize, (u64, u64)> = SortedMap::default();
        match parts {
            MessageParts::Same(parts) => {
                let parts = sendable(parts, limit);
                for (position, &Destination { recipients, .. }) in self.groups.iter() {
                    match parts {
                        Ok(parts) => {
                            let parts =
                                recipients.checked_mul(parts).ok_or(QuoteError::Overflow)?;
                            sent.get_or_insert(position, (recipients, parts));
                        }
                        Err(reason) => refused.add(reason, recipients),
                    }
                }
            }
            MessageParts::Each(parts) => {
                if parts.len() != self.recipients.len() {
                    let recipients = self.recipients.len();
                    return Err(QuoteError::PartsMissing { recipients, parts: parts.len() });
                }
                for (recipient, &parts) in self.recipients.iter().zip(parts) {
                    let Ok(position) = recipient.placed else { continue };
                    match sendable(parts, limit) {
                        Ok(parts) => {
                            let (recipients, all_parts) = sent.get_or_insert(position, (0, 0));
                            *recipients += 1;
                            *all_parts += parts;
                        }
                        Err(reason) => refused.add(reason, 1),
                    }
                }
            }
        }
        let lines = sent.iter().filter_map(|(position, &(recipients, parts))| {
            Some((self.groups.get(position)?, recipients, parts))
        });
        Quote::new(lines, refused, balance)
    }
}
