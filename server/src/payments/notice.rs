//! Notices that Stripe sends.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use iap_core::time::Timestamp;
use serde::Deserialize;
use sha2::Sha256;

/// How far a notice's moment may lie from ours, in seconds. Source: Stripe's own libraries.
const TOLERANCE: u64 = 300;

/// With what Stripe signs its notices.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(String);

impl From<String> for WebhookSecret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl WebhookSecret {
    /// Whether it is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

/// A notice that comes from Stripe. Only which payment it is about is read: how far that is, is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What Stripe calls the payment; none where it is about something else.
    pub intent: Option<String>,
}

/// Why a notice is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoticeError {
    /// Nobody who knows the secret has signed it.
    #[error("The signature of this notice does not fit.")]
    Forged,
    /// It was signed long ago, or is sent again by somebody who has heard it.
    #[error("This notice was signed more than five minutes ago, or by a clock that is wrong.")]
    Stale,
    /// It is signed, and none that is understood.
    #[error("This is no notice of an event.")]
    Unreadable,
}

#[derive(Deserialize)]
struct Event {
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: EventObject,
}

#[derive(Deserialize)]
struct EventObject {
    object: String,
    id: Option<String>,
    /// Of charges and refunds.
    payment_intent: Option<String>,
}

impl Notice {
    /// Reads a notice, if it is signed with the secret about now.
    ///
    /// Source: Stripe's documentation, "Verify webhook signatures manually": the header holds `t`, a
    /// moment in seconds, and any number of `v1`, HMAC-SHA-256 of `t.body` in hexadecimal digits; more
    /// than one while the secret is being changed. Other schemes are not believed.
    ///
    /// # Errors
    /// [`NoticeError`]
    pub fn read(
        secret: &WebhookSecret,
        signature: &str,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Self, NoticeError> {
        let fields = || signature.split(',').filter_map(|field| field.trim().split_once('='));
        let moment = fields().find(|(name, _)| *name == "t").ok_or(NoticeError::Forged)?.1;
        let mut mac =
            Hmac::<Sha256>::new_from_slice(secret.0.as_bytes()).map_err(|_| NoticeError::Forged)?;
        mac.update(moment.as_bytes());
        mac.update(b".");
        mac.update(body);
        // Compared in constant time.
        let fits = fields().filter(|(name, _)| *name == "v1").any(|(_, digits)| {
            bytes(digits).is_some_and(|bytes| mac.clone().verify_slice(&bytes).is_ok())
        });
        if !fits {
            return Err(NoticeError::Forged);
        }
        let moment: i64 = moment.parse().map_err(|_| NoticeError::Forged)?;
        if (now.millis() / 1_000).abs_diff(moment) > TOLERANCE {
            return Err(NoticeError::Stale);
        }
        let event: Event = serde_json::from_slice(body).map_err(|_| NoticeError::Unreadable)?;
        let object = event.data.object;
        let intent = match &*object.object {
            "payment_intent" => object.id,
            _ => object.payment_intent,
        };
        Ok(Self { intent })
    }
}

/// Bytes of hexadecimal digits.
fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits = digits.as_bytes();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    };
    digits.chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);
    const BODY: &[u8] = br#"{"data":{"object":{"object":"payment_intent","id":"pi_1"}}}"#;

    // printf '1700000000.%s' BODY | openssl dgst -sha256 -hmac whsec_test
    const SIGNED: &str = "b641c246dc0509061bf0d1ad2f4b3fa760c2eb0d15546c08764a931ba5230938";

    fn read(signature: &str, body: &[u8], now: Timestamp) -> Result<Notice, NoticeError> {
        Notice::read(&WebhookSecret::from("whsec_test".to_owned()), signature, body, now)
    }

    #[test]
    fn signed_as_another_program_signs() {
        let expected = Ok(Notice { intent: Some("pi_1".to_owned()) });
        assert_eq!(read(&format!("t=1700000000,v1={SIGNED}"), BODY, NOW), expected);
        let while_changing = format!("t=1700000000,v1={},v1={SIGNED},v0=00", "0".repeat(64));
        assert_eq!(read(&while_changing, BODY, NOW), expected);
    }

    #[test]
    fn forged_or_old_it_is_refused() {
        let good = format!("t=1700000000,v1={SIGNED}");
        for bad in [
            "",
            "t=1700000000",
            &format!("v1={SIGNED}"),
            &format!("t=1700000001,v1={SIGNED}"),
            &format!("t=1700000000,v0={SIGNED}"),
            &format!("t=1700000000,v1={}", "0".repeat(64)),
            &format!("t=1700000000,v1={}", SIGNED.get(1..).unwrap()),
            "t=1700000000,v1=",
            "t=1700000000,v1=zz",
        ] {
            assert_eq!(read(bad, BODY, NOW), Err(NoticeError::Forged), "{bad}");
        }
        assert_eq!(read(&good, b"{}", NOW), Err(NoticeError::Forged));
        for (seconds, expected) in [(300, true), (301, false), (-300, true), (-301, false)] {
            let now = Timestamp::from_millis(NOW.millis() + seconds * 1_000);
            assert_eq!(read(&good, BODY, now).is_ok(), expected, "{seconds}");
        }
        let other = WebhookSecret::from("another".to_owned());
        assert_eq!(Notice::read(&other, &good, BODY, NOW), Err(NoticeError::Forged));
        assert!(!format!("{other:?}").contains("another"));
    }
}
