//! Where the application's data comes from.
//!
//! Accounts, what they spent, packs and orders come from the server through [`http`] where there is one.
//! What the composer shows, and all of it on a host of files, comes from [`demo`]: made-up data that lives
//! in this browser. The application says so on every page that shows such data.

pub mod account;
pub mod catalogue;
pub mod consumption;
pub mod database;
pub mod demo;
pub mod house;
pub mod http;
pub mod operator;
pub mod order;
pub mod provider;
pub mod rates;
pub mod shop;
pub mod user;
pub mod value;

use iap_core::phone::PhoneNumber;

/// Somebody a message can be sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// First and last name.
    pub name: String,
    /// The name to greet with.
    pub first_name: String,
    /// Where they work; empty for a private person.
    pub company: String,
    /// Where they live.
    pub city: String,
    /// Their mobile number.
    pub number: PhoneNumber,
}

/// The fields of a contact that a message may use, as they are written between braces.
pub const FIELDS: [&str; 4] = ["first_name", "name", "company", "city"];

impl Contact {
    /// The value of a field; none where the contact has none.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        let value = match name {
            "first_name" => &self.first_name,
            "name" => &self.name,
            "company" => &self.company,
            "city" => &self.city,
            _ => return None,
        };
        (!value.is_empty()).then_some(value)
    }
}

/// On whose behalf messages are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// The sender name that phones show.
    pub name: &'static str,
    /// The company that pays.
    pub company: &'static str,
    /// Its country, ISO 3166-1.
    pub country: &'static str,
}
