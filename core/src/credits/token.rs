//! By what an account is known.

use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// The token of an account as a customer's installation sends it: a part that names the account,
/// and flags behind `+`.
///
/// Source: Odoo's `iap.account`: 32 hexadecimal characters that the client invents; `+disabled`
/// behind them where the account is switched off; at most 43 characters in all.
///
/// ```
/// use iap_core::credits::AccountToken;
///
/// let token: AccountToken = "d20c879d28ee40eeb567e13ec375bd1b+disabled".parse()?;
/// assert!(token.is_disabled());
/// assert_eq!(token.base().as_str(), "d20c879d28ee40eeb567e13ec375bd1b");
/// # Ok::<(), iap_core::credits::TokenError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AccountToken {
    base: TokenBase,
    disabled: bool,
}

/// The part of a token that names the account. Whoever has it can spend the account's credits: it
/// is shown to nobody, and `Debug` leaves it out.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenBase(String);

/// What switches an account off.
const DISABLED: &str = "disabled";

impl AccountToken {
    /// The longest token, in characters.
    pub const MAX_LEN: usize = 43;

    /// The shortest part that names an account, in characters: with less than that it could be
    /// guessed.
    pub const MIN_LEN: usize = 16;

    /// The part that names the account. Reading is allowed with a token that is switched off, too.
    #[must_use]
    pub const fn base(&self) -> &TokenBase {
        &self.base
    }

    /// Whether the account is switched off by its owner.
    #[must_use]
    pub const fn is_disabled(&self) -> bool {
        self.disabled
    }

    /// The part that names the account, for what moves credits.
    ///
    /// # Errors
    /// [`Disabled`] where the account is switched off.
    pub const fn usable(&self) -> Result<&TokenBase, Disabled> {
        if self.disabled { Err(Disabled) } else { Ok(&self.base) }
    }
}

impl TokenBase {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountToken {
    type Err = TokenError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (base, flags) = text.split_once('+').unwrap_or((text, ""));
        let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+');
        if text.len() > Self::MAX_LEN || !text.bytes().all(known) {
            return Err(TokenError::NotToken);
        }
        if base.len() < Self::MIN_LEN {
            return Err(TokenError::Short);
        }
        let disabled = flags.split('+').any(|flag| flag == DISABLED);
        Ok(Self { base: TokenBase(base.into()), disabled })
    }
}

impl fmt::Debug for AccountToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountToken").field("disabled", &self.disabled).finish_non_exhaustive()
    }
}

impl fmt::Debug for TokenBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenBase(…)")
    }
}

/// Why a text is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenError {
    /// It is too long, or has other characters than a token.
    NotToken,
    /// The part that names the account is too short.
    Short,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotToken => write!(
                f,
                "An account token has at most {} letters, digits, hyphens and underscores, flags \
                 behind + included.",
                AccountToken::MAX_LEN
            ),
            Self::Short => write!(
                f,
                "An account token has at least {} characters before its flags.",
                AccountToken::MIN_LEN
            ),
        }
    }
}

impl Error for TokenError {}

/// The account is switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disabled;

impl fmt::Display for Disabled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The account is switched off. Take “+disabled” off its token to use it again.")
    }
}

impl Error for Disabled {}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    const BASE: &str = "d20c879d28ee40eeb567e13ec375bd1b";

    fn token(text: &str) -> AccountToken {
        text.parse().unwrap()
    }

    #[test]
    fn flags_are_no_part_of_the_token() {
        let plain = token(BASE);
        let disabled = token(&format!("{BASE}+disabled"));
        assert_eq!(plain.base(), disabled.base());
        assert_eq!((plain.is_disabled(), disabled.is_disabled()), (false, true));
        assert_eq!((plain.usable().is_ok(), disabled.usable()), (true, Err(Disabled)));
        assert!(token(&format!("{BASE}+x+disabled")).is_disabled());
        // A flag that nobody knows switches nothing off, nor does a part of the word.
        for other in ["+other", "+disable", "+"] {
            assert!(!token(&format!("{BASE}{other}")).is_disabled());
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        for text in ["", "short", "+disabled", "with spaces between them", "é23456789012345678"] {
            assert!(text.parse::<AccountToken>().is_err(), "{text}");
        }
        let long = "a".repeat(AccountToken::MAX_LEN);
        assert!(long.parse::<AccountToken>().is_ok());
        assert_eq!(format!("{long}a").parse::<AccountToken>(), Err(TokenError::NotToken));
    }

    #[test]
    fn a_token_is_never_written_out() {
        assert!(!format!("{:?}", token(BASE)).contains(BASE));
        assert!(!format!("{:?}", token(BASE).base()).contains(BASE));
    }
}
