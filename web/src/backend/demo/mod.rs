//! Demo data in the browser. Every name and number is made up.

mod accounts;
mod catalogue;
mod entries;
mod orders;

pub use accounts::{accounts, change_account, companies, set_alert};
pub use catalogue::{activate, catalogue};
pub use entries::{divided, entries, spent};
pub use orders::{authenticate, checkout, give_up, known, order, orders, pay, shop};

use iap_core::phone::{PhoneNumber, Region};
use iap_core::pricing::Credits;

use super::{Contact, Sender};
use crate::storage;

/// Who sends.
pub const SENDER: Sender = Sender { name: "ACME", company: "Demo Company", country: "BE" };

/// The country of numbers typed without a calling code, unless the settings name another: the one
/// of the company that sends.
#[must_use]
pub fn home() -> Option<Region> {
    SENDER.country.parse().ok()
}

/// The account for messages, by key; it has the composer's balance.
pub const MESSAGES: i64 = 1;

/// The key of the one database.
const DATABASE: i64 = 1;

/// Where the balance is kept.
pub const BALANCE_KEY: &str = "iap.demo.balance";

/// The balance before anyone changed it: enough for a few messages, so that running out is soon
/// met.
const FIRST_BALANCE: Credits = Credits::from_millionths(9_330_000);

/// The credits available.
#[must_use]
pub fn balance() -> Credits {
    storage::get(BALANCE_KEY).and_then(|kept| kept.parse().ok()).unwrap_or(FIRST_BALANCE)
}

/// Sets the credits available.
pub fn set_balance(balance: Credits) {
    storage::set(BALANCE_KEY, &balance.to_string());
}

/// The contacts, by name.
#[must_use]
pub fn contacts() -> Vec<Contact> {
    CONTACTS
        .iter()
        .filter_map(|&(first, last, company, city, number)| {
            Some(Contact {
                name: format!("{first} {last}"),
                first_name: first.to_owned(),
                company: company.to_owned(),
                city: city.to_owned(),
                number: PhoneNumber::from_e164(number).ok()?,
            })
        })
        .collect()
}

/// First name, last name, company, city, number: six countries, and names that the basic alphabet
/// has as well as some that it has not.
const CONTACTS: [(&str, &str, &str, &str, &str); 24] = [
    ("Ada", "Peeters", "Peeters Fietsen", "Gent", "+32470123456"),
    ("Bram", "Claes", "", "Antwerpen", "+32498550177"),
    ("Chloé", "Dubois", "Dubois & Filles", "Liège", "+32475201134"),
    ("Dries", "Wouters", "Bakkerij Wouters", "Leuven", "+32486330912"),
    ("Élodie", "Lambert", "", "Namur", "+32495671820"),
    ("François", "Moreau", "Librairie Moreau", "Paris", "+33612345678"),
    ("Inès", "Lefèvre", "", "Lyon", "+33698120045"),
    ("Jules", "Girard", "Girard Vélos", "Nantes", "+33755031122"),
    ("Maëlle", "Roux", "Atelier Roux", "Lille", "+33640118293"),
    ("Anouk", "de Vries", "De Vries Bloemen", "Utrecht", "+31612345678"),
    ("Daan", "Jansen", "", "Rotterdam", "+31628114590"),
    ("Noor", "Bakker", "Bakker Advies", "Eindhoven", "+31645902217"),
    ("Sem", "Visser", "", "Groningen", "+31651347708"),
    ("Ana", "Popescu", "Librăria Popescu", "Cluj-Napoca", "+40721234567"),
    ("Ștefan", "Ionescu", "Ionescu & Fiii", "Iași", "+40744118920"),
    ("Ioana", "Dumitru", "", "Timișoara", "+40733560214"),
    ("Mihai", "Țurcanu", "Atelier Țurcanu", "Brașov", "+40755902318"),
    ("Ayşe", "Yılmaz", "Yılmaz Kitap", "İzmir", "+905321234567"),
    ("Deniz", "Kaya", "", "Ankara", "+905448120937"),
    ("Emre", "Şahin", "Şahin Bisiklet", "İstanbul", "+905059871234"),
    ("Zeynep", "Öztürk", "", "Bursa", "+905367120845"),
    ("Anna", "Becker", "Becker Buchhandlung", "Köln", "+4915123456789"),
    ("Jürgen", "Weiß", "", "München", "+4917612345678"),
    ("Lena", "Krüger", "Krüger Räder", "Hamburg", "+4916098765432"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use iap_core::phone::identify;

    #[test]
    fn every_contact_can_be_reached() {
        let contacts = contacts();
        assert_eq!(contacts.len(), CONTACTS.len());
        for contact in contacts {
            let read = identify(contact.number).unwrap();
            assert!(read.kind.can_be_mobile(), "{}", contact.name);
        }
    }
}
