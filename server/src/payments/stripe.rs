//! Stripe's payment intents.

use std::fmt;
use std::io;
use std::str::FromStr;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, header};
use iap_core::billing::PaymentError;
use serde::Deserialize;
use url::Url;
use url::form_urlencoded::Serializer;

use super::charge::Charge;
use super::intent::{Intent, IntentStatus, ServiceError, reason};
use crate::http::Others;
use crate::outbound::{Client, is_here};

/// The version of Stripe's interface that is spoken, whatever is set there.
const VERSION: &str = "2024-06-20";

/// How often a request is made that the same one stands in the way of, and how long is waited.
const TRIES: u32 = 5;
const TRY_PAUSE: Duration = Duration::from_millis(300);

/// With what this server proves to Stripe who it is.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(String);

impl FromStr for SecretKey {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Ok(Self(text.to_owned()))
        } else {
            Err("it is a key such as sk_live_… or rk_live_…")
        }
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// Where Stripe's interface is: over HTTPS, or on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StripeUrl(String);

impl FromStr for StripeUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "give it as in https://api.stripe.com, or http://127.0.0.1:8420 for tests";
        let url = Url::parse(text).map_err(|_| wrong)?;
        let plain = url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/";
        let safe = url.scheme() == "https" || (url.scheme() == "http" && is_here(&url));
        if plain && safe && url.has_host() {
            Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
        } else {
            Err(wrong)
        }
    }
}

/// What a browser needs of Stripe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StripeSettings {
    /// With what its script knows whom it works for.
    pub publishable_key: String,
    /// Where the script is.
    pub script: String,
    /// Origins that its page uses.
    pub others: Others,
}

/// Stripe's interface.
#[derive(Debug)]
pub struct Stripe {
    client: Client,
    url: String,
    key: SecretKey,
    settings: StripeSettings,
}

/// A payment intent, as far as it is read.
#[derive(Deserialize)]
struct PaymentIntent {
    id: String,
    status: IntentStatus,
    amount: u64,
    /// Not told by every double of Stripe's.
    amount_received: Option<u64>,
    currency: String,
    client_secret: Option<String>,
    last_payment_error: Option<Refusal>,
}

#[derive(Deserialize)]
struct Answer {
    error: Refusal,
}

#[derive(Default, Deserialize)]
struct Refusal {
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    decline_code: Option<String>,
    #[serde(default)]
    param: Option<String>,
}

/// How a request ended that was not done.
enum NotDone {
    /// The same request is under way.
    InUse,
    Failed(ServiceError, Option<String>),
}

impl From<NotDone> for ServiceError {
    fn from(not: NotDone) -> Self {
        match not {
            NotDone::InUse => Self::Unreachable,
            NotDone::Failed(error, _) => error,
        }
    }
}

impl Stripe {
    /// Where it is asked where nothing is said.
    const URL: &str = "https://api.stripe.com";

    /// Stripe as the operator has set it up; at another address where one is given, which has its script
    /// below it.
    ///
    /// # Errors
    /// Those of reading the system's certificates.
    pub fn new(
        key: SecretKey,
        publishable_key: String,
        url: Option<StripeUrl>,
    ) -> io::Result<Self> {
        let settings = match &url {
            None => StripeSettings {
                publishable_key,
                script: "https://js.stripe.com/v3/".to_owned(),
                // Source: Stripe's documentation, "Integration security guide".
                others: Others {
                    scripts: origins(&["https://js.stripe.com"]),
                    frames: origins(&["https://js.stripe.com", "https://hooks.stripe.com"]),
                    asked: origins(&["https://api.stripe.com", "https://js.stripe.com"]),
                },
            },
            Some(StripeUrl(url)) => StripeSettings {
                publishable_key,
                script: format!("{url}/js.stripe.com/v3/"),
                others: Others {
                    scripts: origins(&[url]),
                    frames: origins(&[url]),
                    asked: origins(&[url]),
                },
            },
        };
        let plain = url.as_ref().is_some_and(|StripeUrl(url)| url.starts_with("http:"));
        let url = url.map_or_else(|| Self::URL.to_owned(), |StripeUrl(url)| url);
        Ok(Self { client: Client::new(plain)?, url, key, settings })
    }

    /// What a browser needs.
    #[must_use]
    pub const fn settings(&self) -> &StripeSettings {
        &self.settings
    }

    pub(super) async fn create(
        &self,
        key: &str,
        order: i64,
        charge: &Charge,
    ) -> Result<Intent, ServiceError> {
        let (amount, order) = (charge.amount.to_string(), order.to_string());
        let fields = [
            ("amount", &*amount),
            ("currency", &*charge.currency),
            ("payment_method_types[]", "card"),
            ("metadata[order]", &*order),
        ];
        let path = "/v1/payment_intents";
        let answer = self.ask(Method::POST, path, &fields, Some(key)).await?;
        read(&answer)
    }

    pub(super) async fn find(&self, intent: &str) -> Result<Intent, ServiceError> {
        let path = format!("/v1/payment_intents/{intent}");
        let answer = self.ask(Method::GET, &path, &[], None).await?;
        read(&answer)
    }

    pub(super) async fn cancel(&self, intent: &str) -> Result<Intent, ServiceError> {
        let path = format!("/v1/payment_intents/{intent}/cancel");
        match self.ask(Method::POST, &path, &[], None).await {
            Ok(answer) => read(&answer),
            // It is paid, or cancelled, or on its way: which, it says itself.
            Err(NotDone::Failed(ServiceError::Refused, _)) => {
                let found = self.find(intent).await?;
                if found.is_open() { Err(ServiceError::Refused) } else { Ok(found) }
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn give_back(&self, intent: &str, key: &str) -> Result<(), ServiceError> {
        let fields = [("payment_intent", intent)];
        match self.ask(Method::POST, "/v1/refunds", &fields, Some(key)).await {
            Ok(_) => Ok(()),
            // Told before, so long ago that the key is forgotten there; or by hand.
            Err(NotDone::Failed(_, Some(code))) if code == "charge_already_refunded" => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Makes a request, again while the same one is under way.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        fields: &[(&str, &str)],
        key: Option<&str>,
    ) -> Result<Bytes, NotDone> {
        for _ in 1..TRIES {
            match self.ask_once(&method, path, fields, key).await {
                Err(NotDone::InUse) => tokio::time::sleep(TRY_PAUSE).await,
                asked => return asked,
            }
        }
        self.ask_once(&method, path, fields, key).await
    }

    async fn ask_once(
        &self,
        method: &Method,
        path: &str,
        fields: &[(&str, &str)],
        key: Option<&str>,
    ) -> Result<Bytes, NotDone> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key.0))
            .header("stripe-version", VERSION);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        let mut body = String::new();
        if method == Method::POST {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            body = Serializer::new(String::new()).extend_pairs(fields).finish();
        }
        let request = request.body(Bytes::from(body)).map_err(|error| {
            tracing::error!(%error, "a request to Stripe could not be written");
            NotDone::Failed(ServiceError::Refused, None)
        })?;
        let answer = self.client.send(request).await.map_err(|error| {
            tracing::warn!(%error, "Stripe does not answer");
            NotDone::Failed(ServiceError::Unreachable, None)
        })?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer.into_body());
        }
        let error = serde_json::from_slice::<Answer>(answer.body()).map(|it| it.error);
        let Refusal { r#type: kind, code, param, .. } = error.unwrap_or_default();
        if status == StatusCode::CONFLICT {
            return Err(NotDone::InUse);
        }
        // Its sentence is left out: it may repeat what it was sent.
        tracing::warn!(%status, ?kind, ?code, ?param, "Stripe does not do what it is asked for");
        let error = match status {
            StatusCode::NOT_FOUND => ServiceError::Unknown,
            StatusCode::TOO_MANY_REQUESTS => ServiceError::Unreachable,
            status if status.is_server_error() => ServiceError::Unreachable,
            _ => ServiceError::Refused,
        };
        Err(NotDone::Failed(error, code))
    }
}

fn origins(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Reads a payment. Its name goes into addresses and must look like one.
fn read(answer: &[u8]) -> Result<Intent, ServiceError> {
    let found: PaymentIntent = serde_json::from_slice(answer).map_err(|error| {
        tracing::error!(%error, "Stripe gave an answer that is no payment");
        ServiceError::Refused
    })?;
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if found.id.is_empty() || found.id.len() > 255 || !found.id.bytes().all(known) {
        tracing::error!("Stripe called a payment by what is no name");
        return Err(ServiceError::Refused);
    }
    let succeeded = found.status == IntentStatus::Succeeded;
    let received = found.amount_received.unwrap_or(if succeeded { found.amount } else { 0 });
    Ok(Intent {
        id: found.id,
        status: found.status,
        error: found.last_payment_error.map(|it| said(&it)),
        amount: found.amount,
        received,
        currency: found.currency,
        client_secret: found.client_secret,
    })
}

fn said(refusal: &Refusal) -> PaymentError {
    let word = |word: &Option<String>| word.clone().unwrap_or_default();
    reason(&word(&refusal.code), &word(&refusal.decline_code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reached_safely_or_on_this_machine() {
        for good in ["https://api.stripe.com", "http://127.0.0.1:8420", "http://localhost:8420/"] {
            assert!(good.parse::<StripeUrl>().is_ok(), "{good}");
        }
        for bad in [
            "http://api.stripe.com",
            "https://u:p@api.stripe.com",
            "https://api.stripe.com/v1",
            "https://api.stripe.com?a",
            "ftp://localhost",
            "",
        ] {
            assert!(bad.parse::<StripeUrl>().is_err(), "{bad}");
        }
    }

    #[test]
    fn keys_are_never_written_out() {
        let key: SecretKey = "sk_test_secret".parse().unwrap();
        assert!(!format!("{key:?}").contains("secret"));
        assert!("a b".parse::<SecretKey>().is_err());
    }

    #[test]
    fn what_is_no_payment_is_refused() {
        let read = |id: &str| {
            let text = format!(
                r#"{{"id":"{id}","status":"succeeded","amount":5,"currency":"eur","more":1}}"#
            );
            read(text.as_bytes())
        };
        assert_eq!(read("pi_1").unwrap().received, 5);
        for bad in ["", "../refunds", "pi 1"] {
            assert!(matches!(read(bad), Err(ServiceError::Refused)), "{bad}");
        }
    }
}
