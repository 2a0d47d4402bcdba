//! Cards with which a payment is tried out.

use alloc::string::String;
use core::error::Error;
use core::fmt;

use super::payment::PaymentError;
use crate::pricing::Date;

/// What becomes of a payment with a number that is for trying out.
///
/// Source: Stripe's documentation, "Testing", which has given these numbers to nobody. That the one that
/// ends with 0077 takes a while is ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TestCard {
    /// It is paid.
    Succeeds,
    /// It is declined.
    Declined(PaymentError),
    /// Whoever pays has to prove that it is they.
    NeedsAuthentication,
    /// It is paid, but the bank takes some seconds.
    SucceedsLater,
}

const NUMBERS: [(&str, TestCard); 8] = [
    ("4242424242424242", TestCard::Succeeds),
    ("4000000000000002", TestCard::Declined(PaymentError::CardDeclined)),
    ("4000000000009995", TestCard::Declined(PaymentError::InsufficientFunds)),
    ("4000000000000069", TestCard::Declined(PaymentError::ExpiredCard)),
    ("4000000000000127", TestCard::Declined(PaymentError::IncorrectCvc)),
    ("4000000000000119", TestCard::Declined(PaymentError::Other)),
    ("4000002500003155", TestCard::NeedsAuthentication),
    ("4000000000000077", TestCard::SucceedsLater),
];

impl TestCard {
    /// The card of a number, typed with spaces or hyphens or without; none for every other number,
    /// which may be somebody's.
    #[must_use]
    pub fn of(number: &str) -> Option<Self> {
        let digits: String = number.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        NUMBERS.iter().find(|(known, _)| *known == digits).map(|(_, card)| *card)
    }

    /// The card that was typed: its number, the month in which it expires, and its security code.
    ///
    /// # Errors
    /// [`TestCardError`]; a number that may be somebody's is told first.
    pub fn read(number: &str, expiry: &str, cvc: &str, today: Date) -> Result<Self, TestCardError> {
        let card = Self::of(number).ok_or(TestCardError::Number)?;
        let last = read_month(expiry).ok_or(TestCardError::Expiry)?;
        if last < (today.year(), today.month()) {
            return Err(TestCardError::Expiry);
        }
        let cvc = cvc.trim();
        let digits = (3..=4).contains(&cvc.len()) && cvc.bytes().all(|it| it.is_ascii_digit());
        if digits { Ok(card) } else { Err(TestCardError::Cvc) }
    }

    /// All numbers, with what becomes of them.
    pub fn all() -> impl Iterator<Item = (&'static str, Self)> {
        NUMBERS.into_iter()
    }
}

/// The year and the month of an expiry, as in `12/30`.
fn read_month(expiry: &str) -> Option<(u16, u8)> {
    let (month, year) = expiry.split_once('/')?;
    let two = |text: &str| -> Option<u8> {
        let text = text.trim();
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    };
    let (month, year) = (two(month)?, two(year)?);
    (1..=12).contains(&month).then_some((2_000 + u16::from(year), month))
}

/// Why a card is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestCardError {
    /// It may be somebody's.
    Number,
    /// It is no month, or one that is over.
    Expiry,
    /// It is none.
    Cvc,
}

impl TestCardError {
    /// The field that is wrong, as interfaces name it.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Expiry => "expiry",
            Self::Cvc => "cvc",
        }
    }
}

impl fmt::Display for TestCardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number => {
                "Only test numbers are taken here, such as 4242 4242 4242 4242: nothing is real. What \
                 you typed was not kept."
            }
            Self::Expiry => "Write month and year of any month to come, as in 12/30.",
            Self::Cvc => "Write any three or four digits.",
        })
    }
}

impl Error for TestCardError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_with_all_that_is_on_it() {
        let today = Date::new(2026, 11, 22).unwrap();
        let read =
            |number: &str, expiry: &str, cvc: &str| TestCard::read(number, expiry, cvc, today);
        assert_eq!(read("4242424242424242", "11/26", "123"), Ok(TestCard::Succeeds));
        assert_eq!(read("4242424242424242", " 01 / 27 ", " 1234 "), Ok(TestCard::Succeeds));
        assert_eq!(read("4111111111111111", "", ""), Err(TestCardError::Number));
        for expiry in ["10/26", "00/30", "13/30", "1/30", "12/2030", "1230", "", "+1/30"] {
            let read = read("4242424242424242", expiry, "123");
            assert_eq!(read, Err(TestCardError::Expiry), "{expiry}");
        }
        for cvc in ["", "12", "12345", "12a"] {
            assert_eq!(read("4242424242424242", "12/30", cvc), Err(TestCardError::Cvc), "{cvc}");
        }
    }

    #[test]
    fn only_numbers_for_trying_out() {
        assert_eq!(TestCard::of("4242 4242-42424242"), Some(TestCard::Succeeds));
        for (number, card) in TestCard::all() {
            assert_eq!(TestCard::of(number), Some(card));
        }
        for other in ["", "4111111111111111", "424242424242424", "4242424242424242x"] {
            assert_eq!(TestCard::of(other), None, "{other}");
        }
    }
}
