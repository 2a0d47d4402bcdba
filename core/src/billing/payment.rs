//! How an order is paid, and how far paying it is.

/// How an order is paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PaymentMeans {
    /// As the operator says: by a transfer. The operator says when the money came.
    #[default]
    Transfer,
    /// With the numbers of cards that demo data has; nothing is charged.
    Demo,
    /// By card, through Stripe.
    Card,
}

impl PaymentMeans {
    /// All.
    pub const ALL: [Self; 3] = [Self::Transfer, Self::Demo, Self::Card];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Demo => "demo",
            Self::Card => "card",
        }
    }

    /// The means of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// How far a payment through a payment service is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// None was begun, or it was given up.
    #[default]
    None,
    /// It was begun; a card is awaited.
    Awaiting,
    /// Whoever pays has to prove to their bank that it is they (3-D Secure).
    ActionRequired,
    /// The bank has not answered yet.
    Processing,
    /// The last card was declined; another one can be tried.
    Declined,
    /// The money is there.
    Succeeded,
}

impl PaymentState {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Awaiting,
        Self::ActionRequired,
        Self::Processing,
        Self::Declined,
        Self::Succeeded,
    ];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Awaiting => "awaiting",
            Self::ActionRequired => "action_required",
            Self::Processing => "processing",
            Self::Declined => "declined",
            Self::Succeeded => "succeeded",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// Why a card was declined, as far as whoever pays can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PaymentError {
    /// The bank does not say why.
    CardDeclined,
    /// There is not enough money behind the card.
    InsufficientFunds,
    /// The card is no longer valid.
    ExpiredCard,
    /// The security code is another one.
    IncorrectCvc,
    /// Whoever paid did not prove to their bank that it is they.
    AuthenticationFailed,
    /// Something else.
    Other,
}

impl PaymentError {
    /// All.
    pub const ALL: [Self; 6] = [
        Self::CardDeclined,
        Self::InsufficientFunds,
        Self::ExpiredCard,
        Self::IncorrectCvc,
        Self::AuthenticationFailed,
        Self::Other,
    ];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CardDeclined => "card_declined",
            Self::InsufficientFunds => "insufficient_funds",
            Self::ExpiredCard => "expired_card",
            Self::IncorrectCvc => "incorrect_cvc",
            Self::AuthenticationFailed => "authentication_failed",
            Self::Other => "other",
        }
    }

    /// The reason of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

/// Whether the payment service gives money back that it took for an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum MoneyBack {
    /// Nothing is to be given back through it.
    #[default]
    None,
    /// It is to be told to.
    Due,
    /// It was told to, and does.
    Done,
}

impl MoneyBack {
    /// All.
    pub const ALL: [Self; 3] = [Self::None, Self::Due, Self::Done];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Due => "due",
            Self::Done => "done",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_are_written() {
        for it in PaymentMeans::ALL {
            assert_eq!(PaymentMeans::from_word(it.as_str()), Some(it));
        }
        for it in PaymentState::ALL {
            assert_eq!(PaymentState::from_word(it.as_str()), Some(it));
        }
        for it in PaymentError::ALL {
            assert_eq!(PaymentError::from_word(it.as_str()), Some(it));
        }
        for it in MoneyBack::ALL {
            assert_eq!(MoneyBack::from_word(it.as_str()), Some(it));
        }
        assert_eq!(PaymentState::from_word(""), None);
    }
}
