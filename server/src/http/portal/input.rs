//! What is sent, read with sentences for what cannot be read.

use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use iap_core::api::{Buyer, ProblemCode};
use iap_core::{billing, plain};
use serde::de::DeserializeOwned;

use crate::http::problem::Refused;
use crate::store::Cut;

/// A body of JSON.
pub(super) struct Body<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        if !is_json(request.headers()) {
            return Err(Refused::new(
                ProblemCode::UnsupportedMediaType,
                "Send JSON, with the header Content-Type: application/json.",
            ));
        }
        let bytes = axum::body::Bytes::from_request(request, state).await.map_err(unread)?;
        // A list would be taken for the fields in their order.
        let begins_with = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        if begins_with.is_some_and(|byte| *byte == b'[') {
            return Err(Refused::new(
                ProblemCode::Invalid,
                "The body is not a list: send an object.",
            ));
        }
        let mut json = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let field = error.path().to_string();
            wrong(&field, &error.into_inner())
        })?;
        json.end().map_err(|error| wrong(".", &error))?;
        Ok(Self(value))
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.and_then(|kind| kind.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn unread(error: BytesRejection) -> Refused {
    if error.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
        Refused::new(ProblemCode::TooLarge, "The body is too large.")
    } else {
        Refused::new(ProblemCode::Malformed, "The body could not be read to its end.")
    }
}

fn wrong(field: &str, error: &serde_json::Error) -> Refused {
    if !error.is_data() {
        return Refused::new(ProblemCode::Malformed, format!("The body is no JSON: {error}."));
    }
    // Where it stands in the text is nothing to people, who see a form.
    let text = error.to_string();
    let text = text.rsplit_once(" at line ").map_or(&*text, |(text, _)| text);
    match field {
        "." => Refused::new(ProblemCode::Invalid, format!("The body does not fit: {text}.")),
        field => Refused::field(field, text),
    }
}

/// What stands behind the question mark.
pub(super) struct Asked<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let asked = Query::from_request_parts(parts, state).await;
        let Query(asked) = asked.map_err(|error: QueryRejection| {
            let text = error.body_text();
            let text = text.split_once(": ").map_or(&*text, |(_, text)| text);
            match text.split_once(": ") {
                Some((field, text)) => Refused::field(field, text),
                None => Refused::new(
                    ProblemCode::Invalid,
                    format!("What is asked for in the address does not fit: {text}."),
                ),
            }
        })?;
        Ok(Self(asked))
    }
}

/// Keys that stand in the path. What is no key is the key of nothing.
pub(super) struct Keys<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Keys<T> {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let keys = Path::from_request_parts(parts, state).await;
        keys.map(|Path(keys)| Self(keys)).map_err(|_| Refused::not_found("thing"))
    }
}

/// The `Idempotency-Key` of a request that moves credits.
///
/// Source: draft-ietf-httpapi-idempotency-key-header. The ledger keeps it with the entry.
#[derive(utoipa::IntoParams)]
#[into_params(names("Idempotency-Key"), parameter_in = Header)]
pub(super) struct IdempotencyKey(
    /// Made up for this request alone.
    #[param(min_length = 1, max_length = 128, pattern = "^[!-~]+$")]
    pub(super) String,
);

/// The longest, in bytes.
const MAX_KEY: usize = 128;

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let key = parts.headers.get("idempotency-key").and_then(|key| key.to_str().ok());
        match key {
            // Those of other interfaces are told apart by what stands before them.
            Some(key)
                if (1..=MAX_KEY).contains(&key.len())
                    && key.bytes().all(|byte| byte.is_ascii_graphic()) =>
            {
                Ok(Self(format!("v1:{key}")))
            }
            _ => Err(Refused::new(
                ProblemCode::KeyMissing,
                format!(
                    "Moving credits takes a header Idempotency-Key of 1 to {MAX_KEY} letters, \
                     digits and signs: \
                     make up a new one for each thing that is to happen once."
                ),
            )),
        }
    }
}

/// The part of a list that is asked for; a hundred rows where nothing is said.
pub(super) fn cut(after: Option<i64>, limit: Option<i64>) -> Cut {
    Cut::new(after, limit.unwrap_or(100))
}

/// A text that people write: without spaces around it, without signs that cannot be seen, and not
/// longer than `most` characters.
pub(super) fn text(field: &str, text: &str, most: usize) -> Result<String, Refused> {
    let text = plain(text, most).map_err(|error| Refused::field(field, error.to_string()))?;
    Ok(text.to_owned())
}

/// The same where there has to be something.
pub(super) fn filled(field: &str, given: &str, most: usize) -> Result<String, Refused> {
    let text = text(field, given, most)?;
    if text.is_empty() { Err(Refused::field(field, "Write something here.")) } else { Ok(text) }
}

/// A language as browsers name it, such as `fr` or `nl-BE`; English where nothing is said.
pub(super) fn language(field: &str, given: &str) -> Result<String, Refused> {
    let known = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    match given {
        "" => Ok("en".to_owned()),
        given if given.len() <= 20 && given.split('-').all(known) => Ok(given.to_owned()),
        _ => Err(Refused::field(field, "A language is written as in fr or nl-BE.")),
    }
}

/// Who buys or sells, if an invoice can name them. What is wrong is told by field, all at once; the
/// fields' names stand behind that of the whole, as in `buyer.city`.
pub(super) fn checked(field: &str, given: &Buyer) -> Result<billing::Buyer, Refused> {
    given.check().map_err(|wrong| {
        let wrong = wrong.into_iter();
        Refused::fields(
            wrong.map(|(it, error)| (format!("{field}.{}", it.as_str()), error.to_string())),
        )
    })
}
