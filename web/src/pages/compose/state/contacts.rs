//! Who numbers belong to.

use std::collections::BTreeMap;

use iap_core::phone::PhoneNumber;

use crate::backend::Contact;

/// The contacts, to be looked up by their numbers.
#[derive(Debug, Clone, Default)]
pub struct Contacts {
    all: Vec<Contact>,
    /// Where the contact of each number stands.
    places: BTreeMap<PhoneNumber, usize>,
}

impl Contacts {
    /// The contacts given. Of several with one number the first counts.
    #[must_use]
    pub fn new(all: Vec<Contact>) -> Self {
        let mut places = BTreeMap::new();
        for (place, contact) in all.iter().enumerate() {
            places.entry(contact.number).or_insert(place);
        }
        Self { all, places }
    }

    /// All of them, in the order in which they were given.
    #[must_use]
    pub fn all(&self) -> &[Contact] {
        &self.all
    }

    /// Whose number it is.
    #[must_use]
    pub fn get(&self, number: &PhoneNumber) -> Option<&Contact> {
        self.all.get(*self.places.get(number)?)
    }
}
