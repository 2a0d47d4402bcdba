//! Hashes of passwords.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

/// Hashes that are calculated at a time. Each takes 19 MiB and most of a processor.
static PLACES: Semaphore = Semaphore::const_new(2);

/// What an address is compared with that nobody has, so that the answer takes as long.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| calculate("nobody's password").ok());

/// The hash of a password: Argon2id with the parameters of the OWASP cheat sheet on the storage of
/// passwords (19 MiB, two rounds, one lane) and a salt of its own.
///
/// # Errors
/// [`HashError`] where the system has no random numbers or no memory.
pub async fn hash(password: &str) -> Result<String, HashError> {
    let password = password.to_owned();
    in_background(move || calculate(&password)).await?
}

/// Whether a password is the one of a hash. Where there is no hash, it is compared all the same, and
/// is not.
///
/// # Errors
/// [`HashError`] where the system has no memory.
pub async fn is_of(password: &str, hash: Option<&str>) -> Result<bool, HashError> {
    let (password, hash) = (password.to_owned(), hash.map(str::to_owned));
    in_background(move || {
        let known = hash.is_some();
        let hash = hash.or_else(|| NOBODY.clone());
        let fits =
            hash.as_deref().and_then(|hash| PasswordHash::new(hash).ok()).is_some_and(|hash| {
                Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
            });
        known && fits
    })
    .await
}

fn calculate(password: &str) -> Result<String, HashError> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(|_| HashError)?;
    Ok(hash.to_string())
}

async fn in_background<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, HashError> {
    // The semaphore is never closed: waiting for a place cannot fail.
    let _place = PLACES.acquire().await;
    tokio::task::spawn_blocking(work).await.map_err(|_| HashError)
}

/// A hash could not be calculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The password could not be checked: the system has no random numbers or no memory left.")]
pub struct HashError;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_is_of_its_password_alone() {
        let hash = hash("correct horse").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, super::hash("correct horse").await.unwrap(), "each has a salt");
        assert_eq!(is_of("correct horse", Some(&hash)).await, Ok(true));
        assert_eq!(is_of("correct Horse", Some(&hash)).await, Ok(false));
        assert_eq!(is_of("", Some(&hash)).await, Ok(false));
        assert_eq!(is_of("nobody's password", None).await, Ok(false));
        assert_eq!(is_of("x", Some("no hash")).await, Ok(false));
    }
}
