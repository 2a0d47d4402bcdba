//! Cards with which a payment is tried out.

use alloc::string::String;

use super::payment::PaymentError;

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

    /// All numbers, with what becomes of them.
    pub fn all() -> impl Iterator<Item = (&'static str, Self)> {
        NUMBERS.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
