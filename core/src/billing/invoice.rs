//! Invoices and credit notes.

use alloc::format;
use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use super::buyer::Buyer;
use super::tax::{Tax, Taxed, is_in_the_union};
use crate::credits::Amount;
use crate::pricing::Date;

/// What a document is, which is also the series that it is numbered in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum InvoiceKind {
    /// It bills a purchase.
    Invoice,
    /// It takes an invoice back.
    CreditNote,
}

impl InvoiceKind {
    /// All.
    pub const ALL: [Self; 2] = [Self::Invoice, Self::CreditNote];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::CreditNote => "credit_note",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// What numbers of its series begin with.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Invoice => "INV",
            Self::CreditNote => "CN",
        }
    }

    /// What it is, by the code of EN 16931 (BT-3; UNTDID 1001).
    #[must_use]
    pub const fn type_code(self) -> &'static str {
        match self {
            Self::Invoice => "380",
            Self::CreditNote => "381",
        }
    }
}

/// The number of a document: a series, a year, and the place in it, from 1 on without gaps.
///
/// ```
/// use iap_core::billing::{InvoiceKind, InvoiceNumber};
///
/// let number = InvoiceNumber::new(InvoiceKind::Invoice, 2026, 1)?;
/// assert_eq!(number.to_string(), "INV/2026/00001");
/// # Ok::<(), iap_core::billing::InvoiceNumberError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct InvoiceNumber {
    kind: InvoiceKind,
    year: u16,
    running: NonZeroU32,
}

/// Digits of a running number at least.
const DIGITS: usize = 5;

impl InvoiceNumber {
    /// # Errors
    /// [`InvoiceNumberError`] for a year that is not of 1000 to 9999, and for a running number 0.
    pub const fn new(
        kind: InvoiceKind,
        year: u16,
        running: u32,
    ) -> Result<Self, InvoiceNumberError> {
        match NonZeroU32::new(running) {
            Some(running) if year >= 1000 && year <= 9999 => Ok(Self { kind, year, running }),
            _ => Err(InvoiceNumberError),
        }
    }

    /// What it numbers.
    #[must_use]
    pub const fn kind(self) -> InvoiceKind {
        self.kind
    }

    /// The year in which it was issued.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The place in the series of that year, from 1.
    #[must_use]
    pub const fn running(self) -> u32 {
        self.running.get()
    }

    /// A name for files: the number without slashes, `INV-2026-00001`.
    #[must_use]
    pub fn file_name(self) -> String {
        format!("{}-{}-{:0DIGITS$}", self.kind.prefix(), self.year, self.running)
    }
}

impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{:0DIGITS$}", self.kind.prefix(), self.year, self.running)
    }
}

impl FromStr for InvoiceNumber {
    type Err = InvoiceNumberError;

    /// Reads a number as it is shown, and no other way: a number has one name.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.split('/');
        let (Some(prefix), Some(year), Some(running), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(InvoiceNumberError);
        };
        let kind = InvoiceKind::ALL.into_iter().find(|kind| kind.prefix() == prefix);
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let canonical = year.len() == 4
            && digits(year)
            && digits(running)
            && (running.len() == DIGITS || (running.len() > DIGITS && !running.starts_with('0')));
        match (kind, year.parse(), running.parse()) {
            (Some(kind), Ok(year), Ok(running)) if canonical => Self::new(kind, year, running),
            _ => Err(InvoiceNumberError),
        }
    }
}

/// A text that is no number of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvoiceNumberError;

impl fmt::Display for InvoiceNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A number of an invoice is written as in INV/2026/00001 or CN/2026/00001.")
    }
}

impl Error for InvoiceNumberError {}

/// What was sold to whom, and how it was paid: the part that an invoice and the credit note that takes
/// it back have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sale {
    /// Who sells. What stands as the reference is not shown.
    pub seller: Buyer,
    /// Who buys.
    pub buyer: Buyer,
    /// What the pack is called; not empty.
    pub name: String,
    /// What the service is called that its credits are for; not empty.
    pub service: String,
    /// The credits in it.
    pub credits: Amount,
    /// What it costs.
    pub price: Taxed,
    /// What the payment is known by where the money came in; may be empty.
    pub payment: String,
    /// The day on which it was paid, in UTC.
    pub paid_on: Date,
    /// The order, by key; above 0.
    pub order: i64,
    /// The language of the document, as browsers name it.
    pub language: String,
}

/// The invoice that a credit note takes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TakenBack {
    /// Its number.
    pub number: InvoiceNumber,
    /// When it was issued.
    pub issued_on: Date,
    /// The day on which the money was given back, in UTC.
    pub refunded_on: Date,
}

/// An invoice or a credit note, with all that has to stand on it (article 226 of the directive).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Invoice {
    number: InvoiceNumber,
    issued_on: Date,
    sale: Sale,
    takes_back: Option<TakenBack>,
}

impl Invoice {
    /// # Errors
    /// [`InvoiceError`] where it would not be one.
    pub fn new(
        number: InvoiceNumber,
        issued_on: Date,
        sale: Sale,
        takes_back: Option<TakenBack>,
    ) -> Result<Self, InvoiceError> {
        if number.year() != issued_on.year() {
            return Err(InvoiceError::Year);
        }
        match (number.kind(), takes_back) {
            (InvoiceKind::Invoice, None) => {}
            (InvoiceKind::CreditNote, Some(taken))
                if taken.number.kind() == InvoiceKind::Invoice
                    && taken.number.year() == taken.issued_on.year() =>
            {
                if taken.issued_on > issued_on {
                    return Err(InvoiceError::BeforeInvoice);
                }
            }
            _ => return Err(InvoiceError::Series),
        }
        sale.check()?;
        Ok(Self { number, issued_on, sale, takes_back })
    }

    /// Its number (BT-1).
    #[must_use]
    pub const fn number(&self) -> InvoiceNumber {
        self.number
    }

    /// What it is.
    #[must_use]
    pub const fn kind(&self) -> InvoiceKind {
        self.number.kind()
    }

    /// The day on which it was issued, in UTC (BT-2).
    #[must_use]
    pub const fn issued_on(&self) -> Date {
        self.issued_on
    }

    /// What was sold.
    #[must_use]
    pub const fn sale(&self) -> &Sale {
        &self.sale
    }

    /// For a credit note the invoice that it takes back (BG-3).
    #[must_use]
    pub const fn takes_back(&self) -> Option<&TakenBack> {
        self.takes_back.as_ref()
    }

    /// Why no tax is on it, where none is.
    #[must_use]
    pub const fn note(&self) -> Option<TaxNote> {
        match self.sale.price.kind() {
            Tax::Standard(_) => None,
            Tax::ReverseCharge => Some(TaxNote::ReverseCharge),
            Tax::Outside => Some(TaxNote::Outside),
        }
    }
}

impl Sale {
    /// Whether an invoice can be made of it.
    ///
    /// # Errors
    /// [`InvoiceError`]
    pub fn check(&self) -> Result<(), InvoiceError> {
        let (seller, buyer) = (&self.seller, &self.buyer);
        let texts = [
            &seller.name,
            &seller.street,
            &seller.city,
            &buyer.name,
            &buyer.street,
            &buyer.city,
            &self.name,
            &self.service,
        ];
        if texts.iter().any(|text| text.trim().is_empty()) || self.order <= 0 {
            return Err(InvoiceError::Missing);
        }
        let tax = self.price.kind();
        if tax != Tax::Outside && seller.vat_number.is_none() {
            return Err(InvoiceError::SellerNumber);
        }
        if tax == Tax::ReverseCharge {
            let abroad = is_in_the_union(seller.country)
                && is_in_the_union(buyer.country)
                && seller.country != buyer.country;
            if !abroad || buyer.vat_number.is_none() {
                return Err(InvoiceError::ReverseCharge);
            }
        }
        Ok(())
    }
}

/// Why there is no tax on an invoice, which has to stand on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaxNote {
    /// The buyer owes it (article 226, point 11a, of the directive).
    ReverseCharge,
    /// The seller takes none, or it is taxed elsewhere.
    Outside,
}

impl TaxNote {
    /// The reason, by the code of EN 16931 (BT-121; the list VATEX).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReverseCharge => "VATEX-EU-AE",
            Self::Outside => "VATEX-EU-O",
        }
    }

    /// The reason in the words that the rules BR-AE-10 and BR-O-10 of EN 16931 ask for (BT-120).
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::ReverseCharge => "Reverse charge",
            Self::Outside => "Not subject to VAT",
        }
    }
}

/// Why no invoice can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvoiceError {
    /// Its number is of another year than its day.
    Year,
    /// An invoice takes nothing back, and a credit note takes back an invoice.
    Series,
    /// A credit note is not issued before its invoice.
    BeforeInvoice,
    /// A text is empty that has to stand on it, or the order has no key.
    Missing,
    /// The seller has no number for value added tax (BR-S-02 and BR-AE-02 of EN 16931).
    SellerNumber,
    /// The buyer owes the tax only as a business, with a number, in another country of the Union.
    ReverseCharge,
}

impl fmt::Display for InvoiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Year => "The number of an invoice has the year in which it is issued.",
            Self::Series => "A credit note takes back an invoice, and an invoice takes back nothing.",
            Self::BeforeInvoice => "A credit note is not issued before its invoice.",
            Self::Missing => {
                "An invoice has the names and addresses of seller and buyer, and says what was sold."
            }
            Self::SellerNumber => {
                "An invoice with tax needs the VAT number of the seller: write it into the settings."
            }
            Self::ReverseCharge => {
                "Only a business with a VAT number in another country of the European Union owes the \
                 tax itself."
            }
        })
    }
}

impl Error for InvoiceError {}

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned as _;
    use alloc::string::ToString as _;

    use super::*;
    use crate::billing::VatNumber;
    use crate::credits::{Currency, Money};
    use crate::phone::Region;

    fn party(country: &str, number: Option<&str>) -> Buyer {
        let country: Region = country.parse().unwrap();
        Buyer {
            name: "Peeters Fietsen".to_owned(),
            street: "Kouter 1".to_owned(),
            postcode: "9000".to_owned(),
            city: "Gent".to_owned(),
            country,
            vat_number: number.map(|number| VatNumber::read(number, country).unwrap()),
            email: "ada@example.com".parse().unwrap(),
            reference: String::new(),
        }
    }

    fn sale(seller: Buyer, buyer: Buyer, tax: Tax) -> Sale {
        Sale {
            seller,
            buyer,
            name: "Starter".to_owned(),
            service: "Text messages".to_owned(),
            credits: "100".parse().unwrap(),
            price: Taxed::new(Money::new(1_000, Currency::EUR), tax).unwrap(),
            payment: "+++1+++".to_owned(),
            paid_on: day("2026-03-01"),
            order: 7,
            language: "en".to_owned(),
        }
    }

    fn here() -> Sale {
        let tax = Tax::Standard("21".parse().unwrap());
        sale(party("BE", Some("0123456789")), party("BE", None), tax)
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn number(text: &str) -> InvoiceNumber {
        text.parse().unwrap()
    }

    fn taken(invoice: &str, issued_on: &str) -> TakenBack {
        let issued_on = day(issued_on);
        TakenBack { number: number(invoice), issued_on, refunded_on: issued_on }
    }

    #[test]
    fn numbers_are_read_as_they_are_shown() {
        for shown in ["INV/2026/00001", "CN/2026/00042", "INV/9999/99999", "INV/2026/4294967295"] {
            assert_eq!(number(shown).to_string(), shown);
        }
        assert_eq!(number("CN/2026/00042").file_name(), "CN-2026-00042");
        for bad in [
            "",
            "INV",
            "INV/2026",
            "INV/2026/",
            "INV/2026/00000",
            "INV/2026/1",
            "INV/2026/000001",
            "INV/26/00001",
            "INV/0026/00001",
            "INV/2026/00001/",
            "INV/2026/+0001",
            "INV/2026/4294967296",
            "inv/2026/00001",
            "XX/2026/00001",
            " INV/2026/00001",
        ] {
            assert_eq!(bad.parse::<InvoiceNumber>(), Err(InvoiceNumberError), "{bad}");
        }
    }

    #[test]
    fn an_invoice_says_what_belongs_together() {
        let invoice = |number_: &str, on, taken| {
            Invoice::new(number(number_), day(on), here(), taken).map(|it| it.kind())
        };
        assert_eq!(invoice("INV/2026/00001", "2026-03-01", None), Ok(InvoiceKind::Invoice));
        assert_eq!(invoice("INV/2026/00001", "2027-01-01", None), Err(InvoiceError::Year));
        assert_eq!(invoice("CN/2026/00001", "2026-03-01", None), Err(InvoiceError::Series));
        let first = taken("INV/2026/00001", "2026-03-01");
        assert_eq!(
            invoice("CN/2026/00001", "2026-03-01", Some(first)),
            Ok(InvoiceKind::CreditNote)
        );
        assert_eq!(
            invoice("CN/2026/00001", "2026-02-28", Some(first)),
            Err(InvoiceError::BeforeInvoice)
        );
        assert_eq!(invoice("INV/2026/00002", "2026-03-01", Some(first)), Err(InvoiceError::Series));
        let note = taken("CN/2026/00001", "2026-03-01");
        assert_eq!(invoice("CN/2026/00002", "2026-03-01", Some(note)), Err(InvoiceError::Series));
        let elsewhere = taken("INV/2025/00001", "2026-03-01");
        assert_eq!(
            invoice("CN/2026/00002", "2026-03-01", Some(elsewhere)),
            Err(InvoiceError::Series)
        );
    }

    #[test]
    fn whoever_takes_tax_or_leaves_it_to_the_buyer_has_a_number() {
        let standard = here().price.kind();
        let be = || party("BE", Some("0123456789"));
        let check = |seller, buyer, tax| sale(seller, buyer, tax).check();
        assert_eq!(check(party("BE", None), be(), standard), Err(InvoiceError::SellerNumber));
        let nl = || party("NL", Some("NL123456789B01"));
        assert_eq!(check(be(), nl(), Tax::ReverseCharge), Ok(()));
        for (seller, buyer) in [
            (be(), be()),
            (be(), party("NL", None)),
            (be(), party("GB", Some("GB123456789"))),
            (party("CH", Some("CHE123456789MWST")), nl()),
        ] {
            assert_eq!(check(seller, buyer, Tax::ReverseCharge), Err(InvoiceError::ReverseCharge));
        }
        assert_eq!(check(party("BE", None), nl(), Tax::Outside), Ok(()));
    }

    #[test]
    fn what_has_to_stand_on_it_is_there() {
        let empty: [fn(&mut Sale); 9] = [
            |sale| sale.seller.name.clear(),
            |sale| sale.seller.street.clear(),
            |sale| sale.seller.city.clear(),
            |sale| sale.buyer.name = " ".to_owned(),
            |sale| sale.buyer.street.clear(),
            |sale| sale.buyer.city.clear(),
            |sale| sale.name.clear(),
            |sale| sale.service.clear(),
            |sale| sale.order = 0,
        ];
        for empty in empty {
            let mut sale = here();
            empty(&mut sale);
            assert_eq!(sale.check(), Err(InvoiceError::Missing));
        }
        assert_eq!(here().check(), Ok(()));
    }

    #[test]
    fn an_invoice_without_tax_says_why() {
        let invoice = |sale| {
            Invoice::new(number("INV/2026/00001"), day("2026-03-01"), sale, None).unwrap().note()
        };
        assert_eq!(invoice(here()), None);
        let be = party("BE", Some("0123456789"));
        let nl = party("NL", Some("NL123456789B01"));
        assert_eq!(invoice(sale(be.clone(), nl, Tax::ReverseCharge)), Some(TaxNote::ReverseCharge));
        assert_eq!(invoice(sale(be, party("US", None), Tax::Outside)), Some(TaxNote::Outside));
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for kind in InvoiceKind::ALL {
            assert_eq!(InvoiceKind::from_word(kind.as_str()), Some(kind));
        }
        assert_eq!(InvoiceKind::from_word("INV"), None);
    }
}
