//! Where Stripe sends its notices.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use iap_core::api::ProblemCode;

use super::problem::Refused;
use crate::clock;
use crate::payments::{Notice, NoticeError, Payments, WebhookSecret};

/// What notices need. Cheap to copy.
#[derive(Clone, Debug)]
struct Notices {
    payments: Payments,
    secret: WebhookSecret,
}

/// `POST /payments/stripe`: whoever signs with the secret may say that something became of a payment.
/// What a notice says is not believed: Stripe is asked. Where it cannot be asked, the answer is an error,
/// so that Stripe says it again.
pub fn router(payments: Payments, secret: WebhookSecret) -> Router {
    Router::new().route("/payments/stripe", post(take)).with_state(Notices { payments, secret })
}

async fn take(
    State(Notices { payments, secret }): State<Notices>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let now = clock::now();
    let signature = headers.get("stripe-signature").and_then(|value| value.to_str().ok());
    let notice = match Notice::read(&secret, signature.unwrap_or_default(), &body, now) {
        Ok(notice) => notice,
        Err(error) => {
            tracing::warn!(%error, "a notice that should be Stripe's is refused");
            let code = match error {
                NoticeError::Forged | NoticeError::Stale => ProblemCode::NotAllowed,
                NoticeError::Unreadable => ProblemCode::Malformed,
            };
            return Refused::new(code, error.to_string()).into_response();
        }
    };
    let Some(intent) = notice.intent else { return StatusCode::NO_CONTENT.into_response() };
    match payments.notice(&intent, now).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            tracing::warn!(%error, "a notice of Stripe could not be acted on; it comes again");
            let detail = "This notice could not be acted on just now. Send it again.";
            Refused::new(ProblemCode::PaymentUnavailable, detail).into_response()
        }
    }
}
