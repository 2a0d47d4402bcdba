//! What a text means for its recipients: everything that the composer shows is worked out here,
//! by the rules of `iap_core`.

use iap_core::SortedMap;
use iap_core::pricing::{Credits, MessageParts, Quote, QuoteError};
use iap_core::sms::smart::{Offer, Proposal, Proposals, proposals};
use iap_core::sms::template::{Tally, Template};
use iap_core::sms::{self, Count, CountOptions, Part, PartCount, Warning};
use iap_core::sort::sort_places;

use super::{Contacts, RecipientList};
use crate::backend::Contact;

/// A text as one recipient's phone shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The text with its placeholders filled in.
    pub text: String,
    /// What it needs.
    pub count: Count,
    /// Its parts.
    pub parts: Vec<Part>,
}

impl Shown {
    /// The text for somebody, whether anything is known of them or not.
    #[must_use]
    pub fn to(contact: Option<&Contact>, text: &str, options: CountOptions) -> Self {
        let field = |name: &str| contact.and_then(|contact| contact.field(name));
        Self::new(Template::parse(text).render(field), options)
    }

    /// The text for nobody in particular: placeholders stay as they are written.
    #[must_use]
    pub fn new(text: String, options: CountOptions) -> Self {
        let count = sms::count(&text, &options);
        let parts = sms::parts(&text, &options).collect();
        Self { text, count, parts }
    }
}

/// The parts that a text needs for each recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needed {
    /// The same for all.
    Same(u32),
    /// With placeholders: each their own, in the order of the list.
    Each(Vec<u32>, Spread),
}

/// How the needs of recipients differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// How many recipients need how many parts.
    pub histogram: SortedMap<u32, u64>,
    /// Recipients whose text is Unicode.
    pub ucs2: u64,
    /// Fields and how many recipients lack a value for them, where any does.
    pub lacking: Vec<(String, u64)>,
}

impl Needed {
    /// Counts a text for every recipient.
    #[must_use]
    pub fn new(
        text: &str,
        list: &RecipientList,
        contacts: &Contacts,
        options: CountOptions,
    ) -> Self {
        let template = Template::parse(text);
        if template.fields().is_empty() || list.all().is_empty() {
            return Self::Same(sms::count(text, &options).parts);
        }
        let mut tally = Tally::new(&template, options);
        let parts = list.all().iter().enumerate().map(|(place, recipient)| {
            // Who cannot be reached gets no text and is not counted.
            if list.refusal(place).is_some() {
                return 0;
            }
            let contact = recipient.number().and_then(|number| contacts.get(&number));
            tally.add(|field| contact.and_then(|contact| contact.field(field))).parts
        });
        let parts = parts.collect();
        let counts = tally.into_counts();
        let lacking = counts.fields.iter().filter(|field| field.lacking > 0);
        let lacking = lacking.map(|field| (field.field.to_owned(), field.lacking)).collect();
        let spread = Spread { histogram: counts.histogram, ucs2: counts.ucs2, lacking };
        Self::Each(parts, spread)
    }

    /// What that costs.
    ///
    /// # Errors
    /// Where the amount is out of range.
    pub fn quote(
        &self,
        list: &RecipientList,
        cap: PartCount,
        balance: Credits,
    ) -> Result<Quote, QuoteError> {
        let parts = match self {
            Self::Same(parts) => MessageParts::Same(*parts),
            Self::Each(parts, _) => MessageParts::Each(parts),
        };
        list.destinations().quote(parts, cap, balance)
    }
}

/// A character that makes a text Unicode, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offender {
    /// The character as it stands in the text.
    pub text: String,
    /// The code point that the alphabet lacks.
    pub culprit: char,
    /// What kind of character it is.
    pub class: sms::character::Class,
    /// Where it stands, in UTF-16 units as the text field counts them.
    pub places: Vec<(u32, u32)>,
}

/// What can be said about a text itself, placeholders as written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Insight {
    /// What makes it Unicode.
    pub offenders: Vec<Offender>,
    /// What could be replaced.
    pub proposals: Proposals,
    /// What to look at.
    pub warnings: Vec<Warning>,
}

impl Insight {
    /// Looks a text through.
    #[must_use]
    pub fn new(text: &str, options: CountOptions, cap: PartCount) -> Self {
        Self {
            offenders: offenders(text, options),
            proposals: proposals(text, &options, Offer::WhenItSaves),
            warnings: sms::warnings(text, &options, cap),
        }
    }

    /// How many characters make the text Unicode.
    #[must_use]
    pub fn offending(&self) -> usize {
        self.offenders.iter().map(|offender| offender.places.len()).sum()
    }
}

fn offenders(text: &str, options: CountOptions) -> Vec<Offender> {
    let found = sms::offenders(text, &options);
    let offsets = Utf16Offsets::new(text, &found);
    found
        .into_iter()
        .map(|offender| Offender {
            text: offender.text.to_owned(),
            culprit: offender.culprit,
            class: offender.class,
            places: offender
                .ranges
                .iter()
                .map(|range| (offsets.at(range.start), offsets.at(range.end)))
                .collect(),
        })
        .collect()
}

/// UTF-16 offsets of the byte offsets that are asked for, found in one pass over the text.
struct Utf16Offsets(Vec<(usize, u32)>);

impl Utf16Offsets {
    fn new(text: &str, offenders: &[sms::Offender<'_>]) -> Self {
        let ranges = offenders.iter().flat_map(|offender| &offender.ranges);
        let mut wanted: Vec<_> = ranges.flat_map(|range| [range.start, range.end]).collect();
        sort_places(&mut wanted, &|a, b| a.cmp(&b));
        wanted.dedup();
        let mut wanted = wanted.into_iter().peekable();
        let mut offsets = Vec::new();
        let mut units = 0;
        for (at, character) in text.char_indices() {
            if wanted.next_if_eq(&at).is_some() {
                offsets.push((at, units));
            }
            units += if u32::from(character) > 0xFFFF { 2 } else { 1 };
        }
        offsets.push((text.len(), units));
        Self(offsets)
    }

    fn at(&self, byte: usize) -> u32 {
        let place = self.0.binary_search_by_key(&byte, |(at, _)| *at);
        place.ok().and_then(|place| self.0.get(place)).map_or(0, |(_, units)| *units)
    }
}

/// What taking a proposal saves.
#[must_use]
pub fn saving(
    proposal: &Proposal,
    now: &Quote,
    list: &RecipientList,
    contacts: &Contacts,
    options: CountOptions,
    cap: PartCount,
) -> Option<Credits> {
    let then = Needed::new(&proposal.text, list, contacts, options);
    let then = then.quote(list, cap, now.balance).ok()?;
    // Over the cap nothing is sent and nothing costs: that is no cheaper text to compare with.
    (then.recipients == now.recipients).then(|| then.saving(now).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use iap_core::pricing::sample_rate_card;

    #[test]
    fn places_are_in_the_units_of_the_text_field() {
        let insight = Insight::new("😀 é — 😀", CountOptions::default(), PartCount::MAX);
        let places: Vec<_> =
            insight.offenders.iter().map(|offender| (&*offender.text, &*offender.places)).collect();
        assert_eq!(places, [("😀", &[(0, 2), (7, 9)][..]), ("—", &[(5, 6)][..])]);
        assert_eq!(insight.offending(), 3);
    }

    #[test]
    fn placeholders_are_counted_for_each_recipient() {
        let contacts = Contacts::new(crate::backend::demo::contacts());
        let on = "2026-01-31".parse().unwrap();
        let mut list = RecipientList::new(sample_rate_card(), on, None);
        for contact in contacts.all() {
            list.add(&contact.number.to_string());
        }
        list.add("nonsense");
        let text = "Dear {{first_name}}, ".to_owned() + &"a".repeat(60);
        let needed = Needed::new(&text, &list, &contacts, CountOptions::default());
        let Needed::Each(parts, spread) = &needed else { panic!() };
        assert_eq!(parts.len(), list.all().len());
        assert_eq!(parts.last(), Some(&0));
        assert!(
            spread.ucs2 > 0
                && spread.histogram.iter().map(|(_, people)| people).sum::<u64>()
                    == list.reachable()
        );
        let quote = needed.quote(&list, PartCount::MAX, Credits::from_millionths(0)).unwrap();
        assert_eq!(quote.recipients, list.reachable());
    }
}
