//! A purchase of a pack.

use core::error::Error;
use core::fmt;

use super::pack::Pack;

/// A purchase. What it says of pack and price is as it was ordered, whatever becomes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    pack: Pack,
    state: OrderState,
}

/// What became of a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OrderState {
    /// Payment is awaited.
    Pending,
    /// It was paid; the credits are there.
    Paid,
    /// It was given up before it was paid.
    Cancelled,
    /// The money was given back, and the credits were taken out.
    Refunded,
}

impl OrderState {
    /// All.
    pub const ALL: [Self; 4] = [Self::Pending, Self::Paid, Self::Cancelled, Self::Refunded];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
            Self::Refunded => "refunded",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// What a notice of payment does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paid {
    /// The credits of the pack come in.
    Now(Order),
    /// It was paid before: nothing changes.
    Before,
}

impl Order {
    /// A new purchase, not yet paid.
    #[must_use]
    pub const fn new(pack: Pack) -> Self {
        Self { pack, state: OrderState::Pending }
    }

    /// A purchase that is kept somewhere, read again.
    #[must_use]
    pub const fn restore(pack: Pack, state: OrderState) -> Self {
        Self { pack, state }
    }

    /// What was bought.
    #[must_use]
    pub const fn pack(&self) -> Pack {
        self.pack
    }

    /// What became of it.
    #[must_use]
    pub const fn state(&self) -> OrderState {
        self.state
    }

    /// It was paid. However often that is said, and however late, the credits come in once. A
    /// payment that comes after the purchase was given up counts: the money has been taken.
    ///
    /// # Errors
    /// [`OrderError`] where the money was given back.
    pub const fn pay(self) -> Result<Paid, OrderError> {
        match self.state {
            OrderState::Pending | OrderState::Cancelled => {
                Ok(Paid::Now(Self { state: OrderState::Paid, ..self }))
            }
            OrderState::Paid => Ok(Paid::Before),
            OrderState::Refunded => Err(OrderError(self.state)),
        }
    }

    /// It is given up.
    ///
    /// # Errors
    /// [`OrderError`] where it was paid.
    pub const fn cancel(self) -> Result<Self, OrderError> {
        match self.state {
            OrderState::Pending | OrderState::Cancelled => {
                Ok(Self { state: OrderState::Cancelled, ..self })
            }
            OrderState::Paid | OrderState::Refunded => Err(OrderError(self.state)),
        }
    }

    /// The money is given back. Its credits are to be taken out of the account with it.
    ///
    /// # Errors
    /// [`OrderError`] where it is not paid.
    pub const fn refund(self) -> Result<Self, OrderError> {
        match self.state {
            OrderState::Paid => Ok(Self { state: OrderState::Refunded, ..self }),
            _ => Err(OrderError(self.state)),
        }
    }
}

/// What is asked for cannot be done with a purchase in this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderError(pub OrderState);

impl fmt::Display for OrderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            OrderState::Pending => "The order has not been paid yet.",
            OrderState::Paid => "The order has been paid.",
            OrderState::Cancelled => "The order was cancelled and not paid.",
            OrderState::Refunded => "The order was paid, and the money was given back.",
        })
    }
}

impl Error for OrderError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credits::{Currency, Money};

    fn order() -> Order {
        let price = Money::new(1_000, Currency::EUR);
        Order::new(Pack::new("10".parse().unwrap(), price).unwrap())
    }

    fn paid(order: Order) -> Order {
        let Ok(Paid::Now(order)) = order.pay() else { panic!() };
        order
    }

    #[test]
    fn paid_once_however_often_it_is_said() {
        let order = paid(order());
        assert_eq!(order.state(), OrderState::Paid);
        assert_eq!(order.pay(), Ok(Paid::Before));
        assert_eq!(order.cancel(), Err(OrderError(OrderState::Paid)));
    }

    #[test]
    fn a_late_payment_of_an_order_given_up_counts() {
        let order = order().cancel().unwrap();
        assert_eq!(order.cancel(), Ok(order));
        assert_eq!(paid(order).state(), OrderState::Paid);
    }

    #[test]
    fn what_was_given_back_is_not_paid_again_by_an_old_notice() {
        let refunded = paid(order()).refund().unwrap();
        assert_eq!(refunded.pay(), Err(OrderError(OrderState::Refunded)));
        assert_eq!(refunded.refund(), Err(OrderError(OrderState::Refunded)));
        assert_eq!(order().refund(), Err(OrderError(OrderState::Pending)));
    }

    #[test]
    fn states_are_read_as_they_are_written() {
        for state in OrderState::ALL {
            assert_eq!(OrderState::from_word(state.as_str()), Some(state));
        }
        assert_eq!(OrderState::from_word("Paid"), None);
    }
}
