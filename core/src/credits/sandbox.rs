//! Accounts for trying out a provider's program.
//!
//! Source: Odoo's documentation of in-app purchases, "Test the API". There the tokens are those of a server
//! for tests only. So they are here: on a server that charges, a customer could send one to a provider, who
//! would work for nothing.

use super::amount::Amount;
use super::hold::ResolveError;
use crate::pricing::Credits;

/// An account that is none: no credits are ever moved on it.
///
/// ```
/// use iap_core::credits::SandboxAccount;
///
/// assert_eq!(SandboxAccount::of_token("111111"), Some(SandboxAccount::Full));
/// assert_eq!(SandboxAccount::of_token("d20c879d28ee40eeb567e13ec375bd1b"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SandboxAccount {
    /// `000000`: an account that does not exist.
    Missing,
    /// `000111`: an account without credits.
    Empty,
    /// `111111`: an account with credits enough for anything.
    Full,
}

impl SandboxAccount {
    /// All.
    pub const ALL: [Self; 3] = [Self::Missing, Self::Empty, Self::Full];

    /// The token that a provider sends. It is shorter than that of any account.
    #[must_use]
    pub const fn token(self) -> &'static str {
        match self {
            Self::Missing => "000000",
            Self::Empty => "000111",
            Self::Full => "111111",
        }
    }

    /// The account of that token.
    #[must_use]
    pub fn of_token(token: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.token() == token)
    }

    /// Sets credits aside, as far as a test can tell; nothing where the account lacks them.
    #[must_use]
    pub const fn authorize(self, amount: Amount) -> Option<SandboxHold> {
        match self {
            Self::Missing | Self::Empty => None,
            Self::Full => Some(SandboxHold(amount)),
        }
    }
}

/// A hold on an account for tests. Nothing is kept of it: all that is known of it is how much was set aside,
/// and that stands in its number, which is not above 0 as those of holds are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SandboxHold(Amount);

impl SandboxHold {
    /// The hold of that number; none where it is that of a hold that is kept.
    #[must_use]
    pub fn of_number(number: i64) -> Option<Self> {
        let amount = Amount::new(Credits::from_millionths(number.checked_neg()?)).ok()?;
        Some(Self(amount))
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> i64 {
        // What is not negative has a negative.
        self.0.millionths().saturating_neg()
    }

    /// What was set aside.
    #[must_use]
    pub const fn amount(self) -> Amount {
        self.0
    }

    /// What is charged of it, all or less.
    ///
    /// # Errors
    /// [`ResolveError::TooMuch`] where more is asked for than was set aside.
    pub fn capture(self, amount: Option<Amount>) -> Result<Amount, ResolveError> {
        let charged = amount.unwrap_or(self.0);
        if charged > self.0 { Err(ResolveError::TooMuch { limit: self.0 }) } else { Ok(charged) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credits::AccountToken;

    #[test]
    fn their_tokens_are_those_of_no_account() {
        for account in SandboxAccount::ALL {
            assert_eq!(SandboxAccount::of_token(account.token()), Some(account));
            assert!(account.token().parse::<AccountToken>().is_err(), "{account:?}");
        }
        assert_eq!(SandboxAccount::of_token("000001"), None);
    }

    #[test]
    fn a_hold_is_its_amount() {
        let amount: Amount = "2.5".parse().unwrap();
        let hold = SandboxAccount::Full.authorize(amount).unwrap();
        assert_eq!(hold.number(), -2_500_000);
        assert_eq!(SandboxHold::of_number(hold.number()), Some(hold));
        assert_eq!(SandboxHold::of_number(1), None);
        assert_eq!(SandboxHold::of_number(i64::MIN), None);
        assert_eq!(hold.capture(None), Ok(amount));
        assert_eq!(hold.capture("1".parse().ok()), Ok("1".parse().unwrap()));
        let too_much = Err(ResolveError::TooMuch { limit: amount });
        assert_eq!(hold.capture("2.500001".parse().ok()), too_much);
        for account in [SandboxAccount::Missing, SandboxAccount::Empty] {
            assert_eq!(account.authorize(amount), None);
        }
    }
}
