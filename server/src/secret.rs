//! Secrets that the server makes up: keys of services, and what a browser holds of a session.

use sha2::{Digest as _, Sha256};

use crate::hexadecimal::hexadecimal;

/// 256 bits that nobody can guess, as hexadecimal digits.
///
/// # Errors
/// Where the system has no random numbers.
pub fn new() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(hexadecimal(&bytes))
}

/// A token for an account, as customers' software makes them up: 128 bits, as hexadecimal digits.
///
/// # Errors
/// Where the system has no random numbers.
pub fn account_token() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hexadecimal(&bytes))
}

/// What is kept of a secret: its SHA-256 in hexadecimal digits. It is 256 random bits, so nothing
/// slower is needed to keep it from being guessed.
#[must_use]
pub fn hash(secret: &str) -> String {
    hexadecimal(&Sha256::digest(secret))
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_are_alike() {
        let (one, other) = (super::new().unwrap(), super::new().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 64);
        let (one, other) = (super::account_token().unwrap(), super::account_token().unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 32);
        assert!(one.parse::<iap_core::credits::AccountToken>().is_ok());
        // The first example of FIPS 180-4's test values is “abc”.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(super::hash("abc"), abc);
    }
}
