//! Who buys, as it travels.

use alloc::string::{String, ToString as _};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::access::EmailAddress;
use crate::billing::{self, BuyerError, BuyerField, VatNumber};
use crate::phone::Region;

/// Who buys, as it was typed. What cannot be comes back by field, all at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Buyer {
    /// A company or a person.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// Street and number.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub street: String,
    /// Empty where a country has none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 20))]
    pub postcode: String,
    /// City.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub city: String,
    /// Country, by the two letters of ISO 3166-1.
    #[cfg_attr(feature = "openapi", schema(min_length = 2, max_length = 2))]
    pub country: String,
    /// The number for value added tax of a business; empty for everybody else.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 30))]
    pub vat_number: String,
    /// Where the invoice is sent.
    #[cfg_attr(feature = "openapi", schema(min_length = 3, max_length = 254))]
    pub email: String,
    /// What the buyer wants to read on the invoice, such as the number of their own order.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub reference: String,
}

impl Buyer {
    /// What was typed in a field.
    #[must_use]
    pub fn field(&self, field: BuyerField) -> &str {
        match field {
            BuyerField::Name => &self.name,
            BuyerField::Street => &self.street,
            BuyerField::Postcode => &self.postcode,
            BuyerField::City => &self.city,
            BuyerField::Country => &self.country,
            BuyerField::VatNumber => &self.vat_number,
            BuyerField::Email => &self.email,
            BuyerField::Reference => &self.reference,
        }
    }

    /// What was typed in a field, to be changed.
    pub fn field_mut(&mut self, field: BuyerField) -> &mut String {
        match field {
            BuyerField::Name => &mut self.name,
            BuyerField::Street => &mut self.street,
            BuyerField::Postcode => &mut self.postcode,
            BuyerField::City => &mut self.city,
            BuyerField::Country => &mut self.country,
            BuyerField::VatNumber => &mut self.vat_number,
            BuyerField::Email => &mut self.email,
            BuyerField::Reference => &mut self.reference,
        }
    }

    /// The buyer, if an invoice can be made out to them.
    ///
    /// # Errors
    /// What is wrong with which field, in the order of [`BuyerField::ALL`]; at most one for each.
    pub fn check(&self) -> Result<billing::Buyer, Vec<(BuyerField, BuyerError)>> {
        let mut wrong: Vec<(BuyerField, BuyerError)> =
            BuyerField::ALL.into_iter().filter_map(|it| Some((it, self.text_error(it)?))).collect();
        let mut refuse = |field, error| {
            if wrong.iter().all(|(it, _)| *it != field) {
                wrong.push((field, error));
            }
        };
        let country = self.country.trim().parse::<Region>().ok();
        if country.is_none() {
            refuse(BuyerField::Country, BuyerError::Country);
        }
        let vat_number = match (self.vat_number.trim(), country) {
            ("", _) | (_, None) => None,
            (typed, Some(country)) => VatNumber::read(typed, country)
                .map_err(|error| refuse(BuyerField::VatNumber, BuyerError::VatNumber(error)))
                .ok(),
        };
        let email = self.email.parse::<EmailAddress>().ok();
        if email.is_none() {
            refuse(BuyerField::Email, BuyerError::Email);
        }
        wrong.sort_by_key(|(field, _)| *field);
        match (country, email) {
            (Some(country), Some(email)) if wrong.is_empty() => Ok(billing::Buyer {
                name: self.name.trim().into(),
                street: self.street.trim().into(),
                postcode: self.postcode.trim().into(),
                city: self.city.trim().into(),
                country,
                vat_number,
                email,
                reference: self.reference.trim().into(),
            }),
            _ => Err(wrong),
        }
    }

    fn text_error(&self, field: BuyerField) -> Option<BuyerError> {
        let text = self.field(field).trim();
        let optional =
            matches!(field, BuyerField::Postcode | BuyerField::VatNumber | BuyerField::Reference);
        if text.is_empty() {
            (!optional).then_some(BuyerError::Missing)
        } else if text.chars().count() > field.longest() {
            Some(BuyerError::TooLong(field.longest()))
        } else if text.chars().any(char::is_control) {
            Some(BuyerError::NotPrintable)
        } else {
            None
        }
    }
}

impl From<billing::Buyer> for Buyer {
    fn from(buyer: billing::Buyer) -> Self {
        Self {
            name: buyer.name,
            street: buyer.street,
            postcode: buyer.postcode,
            city: buyer.city,
            country: buyer.country.as_str().into(),
            vat_number: buyer.vat_number.map(|it| it.to_string()).unwrap_or_default(),
            email: buyer.email.to_string(),
            reference: buyer.reference,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Buyer {
        Buyer {
            name: " Peeters Fietsen ".into(),
            street: "Kouter 1".into(),
            postcode: "9000".into(),
            city: "Gent".into(),
            country: "be".into(),
            vat_number: "0123.456.789".into(),
            email: "Ada@Example.com".into(),
            reference: String::new(),
        }
    }

    #[test]
    fn what_was_typed_is_tidied() {
        let buyer = typed().check().unwrap();
        assert_eq!(buyer.name, "Peeters Fietsen");
        assert_eq!(buyer.country.as_str(), "BE");
        assert_eq!(buyer.vat_number.as_ref().unwrap().as_str(), "BE0123456789");
        let again = Buyer::from(buyer.clone());
        assert_eq!(again.email, "ada@example.com");
        assert_eq!(again.check().unwrap(), buyer);
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_and_once() {
        let wrong = Buyer {
            city: "a\nb".into(),
            street: "x".repeat(201),
            vat_number: "123".into(),
            email: "ada".into(),
            ..typed()
        };
        let wrong = wrong.check().unwrap_err();
        let fields: Vec<&str> = wrong.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["street", "city", "vat_number", "email"]);
        let nothing: Vec<_> = Buyer::default().check().unwrap_err();
        assert!(nothing.iter().all(|(_, error)| *error == BuyerError::Missing));
        let fields: Vec<&str> = nothing.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(fields, ["name", "street", "city", "country", "email"]);
    }
}
