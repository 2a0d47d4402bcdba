//! Who buys, as it stands on the invoice.

use alloc::string::String;
use core::error::Error;
use core::fmt;

use super::vat_number::{VatNumber, VatNumberError};
use crate::access::EmailAddress;
use crate::phone::Region;

/// Who buys, as it stands on the invoice (EN 16931, BG-7 and BG-8).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Buyer {
    /// A company or a person; not empty.
    pub name: String,
    /// Street and number; not empty.
    pub street: String,
    /// Empty where a country has none.
    pub postcode: String,
    /// Not empty.
    pub city: String,
    /// Where.
    pub country: Region,
    /// For a business that has one; of the same country.
    pub vat_number: Option<VatNumber>,
    /// Where the invoice is sent.
    pub email: EmailAddress,
    /// What the buyer wants to read on the invoice, such as the number of their own order; may be empty.
    pub reference: String,
}

/// A field of a [`Buyer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BuyerField {
    /// [`Buyer::name`]
    Name,
    /// [`Buyer::street`]
    Street,
    /// [`Buyer::postcode`]
    Postcode,
    /// [`Buyer::city`]
    City,
    /// [`Buyer::country`]
    Country,
    /// [`Buyer::vat_number`]
    VatNumber,
    /// [`Buyer::email`]
    Email,
    /// [`Buyer::reference`]
    Reference,
}

impl BuyerField {
    /// All, in the order in which they are asked for.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Street,
        Self::Postcode,
        Self::City,
        Self::Country,
        Self::VatNumber,
        Self::Email,
        Self::Reference,
    ];

    /// The name that interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Street => "street",
            Self::Postcode => "postcode",
            Self::City => "city",
            Self::Country => "country",
            Self::VatNumber => "vat_number",
            Self::Email => "email",
            Self::Reference => "reference",
        }
    }

    /// The longest text of it, in characters.
    #[must_use]
    pub const fn longest(self) -> usize {
        match self {
            Self::Name | Self::City | Self::Reference => 100,
            Self::Street => 200,
            Self::Postcode => 20,
            Self::Country => 2,
            Self::VatNumber => 30,
            Self::Email => EmailAddress::MAX_LEN,
        }
    }
}

/// What is wrong with a field of a buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuyerError {
    /// It has to be filled in.
    Missing,
    /// It has more characters than that.
    TooLong(usize),
    /// It holds characters that cannot be printed.
    NotPrintable,
    /// There is no such country.
    Country,
    /// The number does not look like one of the country.
    VatNumber(VatNumberError),
    /// It is no address of electronic mail.
    Email,
}

impl fmt::Display for BuyerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("Fill this in: it stands on the invoice."),
            Self::TooLong(longest) => write!(f, "Write no more than {longest} characters."),
            Self::NotPrintable => f.write_str("Leave out line breaks and other signs of control."),
            Self::Country => f.write_str("Choose a country, by the two letters of ISO 3166-1."),
            Self::VatNumber(error) => error.fmt(f),
            Self::Email => {
                f.write_str("This is no e-mail address: write it as in ann@example.com.")
            }
        }
    }
}

impl Error for BuyerError {}
