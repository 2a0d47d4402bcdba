//! A sign-in that is under way.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use iap_core::time::Timestamp;

use super::return_path::ReturnPath;
use crate::secret;

/// For how long it may be under way, in milliseconds: ten minutes, enough to find a second factor.
const LASTS: i64 = 600_000;

/// A sign-in that is under way in one browser.
///
/// All of it is kept in the browser that began it, so that beginning one costs the server nothing and
/// any server can end it: when it began, 256 random bits, and where to go on to. What travels, `state`,
/// `nonce` and the verifier of PKCE, are hashes of all that. So an answer fits only the browser that
/// asked for it, nobody who sees an address can tell what the browser keeps, and nothing of it can be
/// changed without that its `state` changes, too.
#[derive(Clone)]
pub struct Attempt {
    kept: String,
    begun: Timestamp,
    next: ReturnPath,
}

impl Attempt {
    /// How long a browser keeps it, in seconds.
    pub const SECONDS: i64 = LASTS / 1_000;

    /// One that begins now.
    ///
    /// # Errors
    /// Where the system has no random numbers.
    pub fn begin(next: ReturnPath, now: Timestamp) -> Result<Self, getrandom::Error> {
        let path = URL_SAFE_NO_PAD.encode(next.as_str());
        let kept = format!("{}.{}.{path}", now.millis(), secret::new()?);
        Ok(Self { kept, begun: now, next })
    }

    /// The one that a browser keeps, if it is one and its time is not over.
    #[must_use]
    pub fn read(kept: &str, now: Timestamp) -> Option<Self> {
        let mut parts = kept.splitn(3, '.');
        let begun = Timestamp::from_millis(parts.next()?.parse().ok()?);
        let secret = parts.next()?;
        let path = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        let next = String::from_utf8(path).ok()?.parse().ok()?;
        // Clocks of several servers differ.
        let age = now.millis().saturating_sub(begun.millis());
        let fits = secret.len() == 64 && (-LASTS..=LASTS).contains(&age);
        fits.then(|| Self { kept: kept.to_owned(), begun, next })
    }

    /// What the browser keeps. Secret.
    #[must_use]
    pub fn kept(&self) -> &str {
        &self.kept
    }

    /// By which an answer is known to belong to this browser.
    #[must_use]
    pub fn state(&self) -> String {
        self.derived("state")
    }

    /// By which a token is known to belong to it.
    #[must_use]
    pub fn nonce(&self) -> String {
        self.derived("nonce")
    }

    /// What proves to the provider that whoever ends it began it. Secret until then.
    #[must_use]
    pub fn verifier(&self) -> String {
        self.derived("verifier")
    }

    /// Where to go on to.
    #[must_use]
    pub const fn next(&self) -> &ReturnPath {
        &self.next
    }

    /// From when on nobody takes it for being under way.
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        Timestamp::from_millis(self.begun.millis().saturating_add(LASTS + 1))
    }

    fn derived(&self, what: &str) -> String {
        secret::hash(&format!("iap sign-in {what} {}", self.kept))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn begun(next: &str) -> Attempt {
        Attempt::begin(next.parse().unwrap(), NOW).unwrap()
    }

    #[test]
    fn is_read_again_from_what_the_browser_keeps() {
        let attempt = begun("/accounts?after=7;x=.");
        let read = Attempt::read(attempt.kept(), NOW).unwrap();
        assert_eq!(read.next(), attempt.next());
        assert_eq!((read.state(), read.nonce()), (attempt.state(), attempt.nonce()));
        // RFC 7636, 4.1: 43 to 128 unreserved characters.
        assert_eq!(read.verifier().len(), 64);
        // A cookie's value has neither of these (RFC 6265, 4.1.1).
        assert!(!attempt.kept().contains([' ', '"', ',', ';', '\\', '=']));
    }

    #[test]
    fn what_travels_tells_nothing_of_the_rest() {
        let attempt = begun("/");
        let told = [attempt.state(), attempt.nonce(), attempt.verifier()];
        for (at, one) in told.iter().enumerate() {
            assert!(!attempt.kept().contains(one.as_str()));
            assert!(told.iter().skip(at + 1).all(|other| other != one));
        }
        assert_ne!(attempt.state(), begun("/").state());
    }

    #[test]
    fn whatever_is_changed_makes_another_one() {
        let attempt = begun("/");
        let path = URL_SAFE_NO_PAD.encode("/elsewhere");
        let (rest, _) = attempt.kept().rsplit_once('.').unwrap();
        let changed = Attempt::read(&format!("{rest}.{path}"), NOW).unwrap();
        assert_ne!(changed.state(), attempt.state());
        let abroad = URL_SAFE_NO_PAD.encode("//evil.example");
        assert!(Attempt::read(&format!("{rest}.{abroad}"), NOW).is_none());
    }

    #[test]
    fn its_time_is_over_after_ten_minutes() {
        let attempt = begun("/");
        let after = |millis: i64| Timestamp::from_millis(NOW.millis() + millis);
        assert!(Attempt::read(attempt.kept(), after(600_000)).is_some());
        assert!(Attempt::read(attempt.kept(), after(600_001)).is_none());
        assert_eq!(attempt.until(), after(600_001));
        for bad in ["", "x", "1.2.3", "1800000000000..", "99999999999999999999.a.b"] {
            assert!(Attempt::read(bad, NOW).is_none(), "{bad}");
        }
    }
}
