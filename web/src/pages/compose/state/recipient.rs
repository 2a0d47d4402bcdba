//! The recipients of a message.

use std::collections::BTreeMap;

use iap_core::phone::{ParseError, ParsedNumber, PhoneNumber, Region, parse};
use iap_core::pricing::{BadNumber, Date, Destinations, PartPrice, RateCard, Refusal};

/// A recipient, as typed and as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Tells it from the others as long as it is in the list.
    pub id: u32,
    /// What was typed, kept as it was.
    pub typed: String,
    /// The number, or why it is none.
    pub read: Result<ParsedNumber, ParseError>,
}

impl Recipient {
    /// The number, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<PhoneNumber> {
        self.read.as_ref().ok().map(|read| read.number)
    }

    /// The number as it is shown: grouped for reading, or as typed if it is none.
    #[must_use]
    pub fn shown(&self) -> String {
        match &self.read {
            Ok(read) => read.number.international().to_string(),
            Err(_) => self.typed.clone(),
        }
    }
}

/// What became of a number that was added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It stands at the end of the list.
    New,
    /// It was there already and is there once.
    Duplicate,
}

/// The recipients of a message and where they are, each number once.
#[derive(Debug, Clone)]
pub struct RecipientList {
    card: RateCard,
    on: Date,
    region: Option<Region>,
    all: Vec<Recipient>,
    /// In the order of `all`.
    destinations: Destinations,
    /// By what tells duplicates: the number, or the text where it is none.
    known: BTreeMap<Known, u32>,
    next_id: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Known {
    Number(PhoneNumber),
    Text(String),
}

impl RecipientList {
    /// An empty list, priced by a rate card on a day. `region` is the country of numbers typed
    /// without a calling code.
    #[must_use]
    pub fn new(card: RateCard, on: Date, region: Option<Region>) -> Self {
        Self {
            card,
            on,
            region,
            all: Vec::new(),
            destinations: Destinations::default(),
            known: BTreeMap::new(),
            next_id: 0,
        }
    }

    /// Adds what was typed at the end, unless it is there.
    pub fn add(&mut self, typed: &str) -> Added {
        let typed = typed.trim();
        let read = parse(typed, self.region);
        let known = match &read {
            Ok(read) => Known::Number(read.number),
            Err(_) => Known::Text(typed.to_owned()),
        };
        let id = self.next_id;
        if *self.known.entry(known).or_insert(id) != id {
            return Added::Duplicate;
        }
        self.next_id += 1;
        let given = read.map_err(|reason| BadNumber { typed: typed.to_owned(), reason });
        self.destinations.add(&self.card, self.on, given);
        self.all.push(Recipient { id, typed: typed.to_owned(), read });
        Added::New
    }

    /// Takes recipients away and gives back what was typed for them.
    pub fn remove(&mut self, which: impl Fn(&Recipient) -> bool) -> Vec<String> {
        let (gone, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.all).into_iter().partition(|recipient| which(recipient));
        self.build(kept.iter().map(|recipient| (Some(recipient.id), recipient.typed.as_str())));
        gone.into_iter().map(|recipient| recipient.typed).collect()
    }

    /// Reads all numbers again with another default country.
    pub fn set_region(&mut self, region: Option<Region>) {
        if self.region != region {
            self.region = region;
            let all = std::mem::take(&mut self.all);
            self.build(all.iter().map(|recipient| (None, recipient.typed.as_str())));
        }
    }

    /// Prices all recipients by another rate card.
    pub fn set_card(&mut self, card: RateCard) {
        self.card = card;
        let all = std::mem::take(&mut self.all);
        self.build(all.iter().map(|recipient| (Some(recipient.id), recipient.typed.as_str())));
    }

    /// Whether this is the rate card that they are priced by.
    #[must_use]
    pub fn is_priced_by(&self, card: &RateCard) -> bool {
        self.card == *card
    }

    fn build<'a>(&mut self, typed: impl Iterator<Item = (Option<u32>, &'a str)>) {
        let next_id = self.next_id;
        self.known.clear();
        self.destinations = Destinations::default();
        for (id, typed) in typed {
            let added = self.add(typed);
            if let (Added::New, Some(id), Some(last)) = (added, id, self.all.last_mut()) {
                last.id = id;
            }
        }
        self.next_id = self.next_id.max(next_id);
    }

    /// The country of numbers typed without a calling code.
    #[must_use]
    pub fn region(&self) -> Option<Region> {
        self.region
    }

    /// All of them, in the order in which they were added.
    #[must_use]
    pub fn all(&self) -> &[Recipient] {
        &self.all
    }

    /// They by destination, in the same order.
    #[must_use]
    pub fn destinations(&self) -> &Destinations {
        &self.destinations
    }

    /// What one part to a number costs; none where nothing is sent.
    #[must_use]
    pub fn price(&self, number: PhoneNumber) -> Option<PartPrice> {
        self.card.find(&number, self.on)?.rate.tariff().price()
    }

    /// How many can be reached.
    #[must_use]
    pub fn reachable(&self) -> u64 {
        self.destinations.iter().map(|(_, destination)| destination.recipients).sum()
    }

    /// Why a recipient gets no message whatever the text, by its place in the list.
    #[must_use]
    pub fn refusal(&self, place: usize) -> Option<Refusal> {
        self.destinations.recipients().get(place)?.placed.err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iap_core::pricing::sample_rate_card;

    fn list(typed: &[&str]) -> RecipientList {
        let on = "2026-01-31".parse().unwrap();
        let mut list = RecipientList::new(sample_rate_card(), on, "BE".parse().ok());
        for typed in typed {
            list.add(typed);
        }
        list
    }

    #[test]
    fn merges_duplicates_however_they_are_spelt() {
        let mut list = list(&["0470 12 34 56"]);
        assert_eq!(list.add("+32 470/12.34.56"), Added::Duplicate);
        assert_eq!(list.add("0470 12 34"), Added::New);
        assert_eq!(list.add(" 0470 12 34 "), Added::Duplicate);
        assert_eq!((list.all().len(), list.reachable()), (2, 1));
    }

    #[test]
    fn removing_keeps_order_ids_and_prices_in_step() {
        let mut list = list(&["+32470123456", "nonsense", "+33612345678", "+40721234567"]);
        let ids: Vec<_> = list.all().iter().map(|recipient| recipient.id).collect();
        let gone = list.remove(|recipient| recipient.typed == "nonsense");
        assert_eq!(gone, ["nonsense"]);
        let left: Vec<_> = list.all().iter().map(|recipient| recipient.id).collect();
        assert_eq!(left, [ids[0], ids[2], ids[3]]);
        assert_eq!(list.destinations().recipients().len(), 3);
        list.add("+32498550177");
        assert!(!left.contains(&list.all()[3].id));
    }

    #[test]
    fn another_default_country_reads_again() {
        let mut list = list(&["06 12 34 56 78", "+32470123456"]);
        assert_eq!(list.reachable(), 1);
        list.set_region("FR".parse().ok());
        assert_eq!(list.reachable(), 2);
        assert_eq!(list.all()[0].typed, "06 12 34 56 78");
    }
}
