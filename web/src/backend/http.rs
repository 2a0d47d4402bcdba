//! Calls of the server's interface, `/api/v1/`.

use std::pin::Pin;

use iap_core::api::Problem;
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, RequestInit, Response};

use super::value;
use crate::clock;

/// Where the interface lies.
pub(crate) const BASE: &str = "/api/v1";

/// The most entries of a list that are asked for at once.
const AT_ONCE: &str = "limit=1000";

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nothing came back: no connection, or the server does not run.
    Unreachable,
    /// What answered is no server of ours.
    NoServer,
    /// The server said no.
    Refused {
        /// Why.
        problem: Box<Problem>,
        /// After how many seconds it may be tried again, where the server says so.
        retry_after: Option<u32>,
    },
}

/// What a call will bring. One type for all calls: the compiler writes what waiting takes once for
/// each.
type Answer<T> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// Asks for something.
///
/// # Errors
/// [`Failure`] where it cannot be had.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Failure> {
    get_with(path, &[]).await
}

/// The same with further headers, by name and value.
///
/// # Errors
/// [`Failure`] where it cannot be had.
pub async fn get_with<T: DeserializeOwned>(
    path: &str,
    headers: &[(&str, &str)],
) -> Result<T, Failure> {
    read(call_with("GET", path, None, headers).await?)
}

/// Asks for a whole list, part by part. The path may say which of it, behind a question mark.
///
/// # Errors
/// [`Failure`] where a part of it cannot be had.
pub async fn list<T: DeserializeOwned>(path: &str) -> Result<Vec<T>, Failure> {
    parts(path).await?.into_iter().map(read).collect()
}

fn parts(path: &str) -> Answer<Vec<JsValue>> {
    let path = path.to_owned();
    Box::pin(async move {
        let mut items = Vec::new();
        let and = if path.contains('?') { '&' } else { '?' };
        let mut query = format!("{path}{and}{AT_ONCE}");
        loop {
            let part = call("GET", &query, None).await?;
            let field = |name: &str| js_sys::Reflect::get(&part, &name.into()).unwrap_or_default();
            items.extend(js_sys::Array::from(&field("items")).iter());
            let Some(next) = field("next").as_string() else { return Ok(items) };
            let next = String::from(js_sys::encode_uri_component(&next));
            query = format!("{path}{and}{AT_ONCE}&after={next}");
        }
    })
}

/// Sends something and reads the answer.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Failure> {
    post_with(path, body, &[]).await
}

/// The same with further headers, by name and value.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn post_with<T: DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
    headers: &[(&str, &str)],
) -> Result<T, Failure> {
    read(call_with("POST", path, Some(written(body)), headers).await?)
}

/// Has something done that needs no further words.
///
/// # Errors
/// [`Failure`] where the server does not do it.
pub async fn post_empty(path: &str) -> Result<(), Failure> {
    call("POST", path, None).await.map(drop)
}

/// Puts something in the place of what was there.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn put(path: &str, body: &impl Serialize) -> Result<(), Failure> {
    call("PUT", path, Some(written(body))).await.map(drop)
}

/// Changes a part of what is there.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn patch(path: &str, body: &impl Serialize) -> Result<(), Failure> {
    call("PATCH", path, Some(written(body))).await.map(drop)
}

/// The same, and reads what is there now.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn patch_and_read<T: DeserializeOwned>(
    path: &str,
    body: &impl Serialize,
) -> Result<T, Failure> {
    read(call("PATCH", path, Some(written(body))).await?)
}

/// Takes something away.
///
/// # Errors
/// [`Failure`] where the server does not.
pub async fn delete(path: &str) -> Result<(), Failure> {
    call("DELETE", path, None).await.map(drop)
}

/// Asks for a file.
///
/// # Errors
/// [`Failure`] where it cannot be had.
pub async fn file(path: &str, headers: &[(&str, &str)]) -> Result<Blob, Failure> {
    let response = sent("GET", path, None, headers).await?;
    if !response.ok() {
        return Err(refusal(&response, content(&response).await?));
    }
    let blob = response.blob().map_err(|_| Failure::Unreachable)?;
    // A connection may break within an answer.
    let blob = JsFuture::from(blob).await.map_err(|_| Failure::Unreachable)?;
    Ok(blob.unchecked_into())
}

/// A key for a request that is to be made once, however often it is sent: no other request has it.
#[must_use]
pub fn new_key() -> String {
    let chance = || clock::digits(js_sys::Math::random());
    let key = format!("{}-{}{}", clock::now().millis(), chance(), chance());
    key.replace("0.", "")
}

fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, Failure> {
    value::read(value).ok_or(Failure::NoServer)
}

/// The body of a call. An empty one is refused by the server, with a sentence.
fn written(body: &impl Serialize) -> String {
    value::to_text(body).unwrap_or_default()
}

fn call(method: &'static str, path: &str, body: Option<String>) -> Answer<JsValue> {
    call_with(method, path, body, &[])
}

fn call_with(
    method: &'static str,
    path: &str,
    body: Option<String>,
    further: &[(&str, &str)],
) -> Answer<JsValue> {
    let sent = sent(method, path, body, further);
    Box::pin(async move {
        let response = sent.await?;
        if response.status() == NO_CONTENT {
            return Ok(JsValue::UNDEFINED);
        }
        let value = content(&response).await?;
        if response.ok() { Ok(value) } else { Err(refusal(&response, value)) }
    })
}

/// What an answer says.
async fn content(response: &Response) -> Result<JsValue, Failure> {
    // A connection may break within an answer.
    let text = response.text().map_err(|_| Failure::Unreachable)?;
    let text = JsFuture::from(text).await.map_err(|_| Failure::Unreachable)?;
    let value = js_sys::JSON::parse(&text.as_string().unwrap_or_default());
    // Whatever is not JSON comes from something else: a host of files, a network's own page.
    value.map_err(|_| Failure::NoServer)
}

/// Why the server said no.
fn refusal(response: &Response, value: JsValue) -> Failure {
    let retry_after = response.headers().get("retry-after").ok().flatten();
    let retry_after = retry_after.and_then(|seconds| seconds.parse().ok());
    match read(value) {
        Ok(problem) => Failure::Refused { problem: Box::new(problem), retry_after },
        Err(failure) => failure,
    }
}

/// Sends a request; what is answered.
fn sent(
    method: &'static str,
    path: &str,
    body: Option<String>,
    further: &[(&str, &str)],
) -> Answer<Response> {
    let path = format!("{BASE}{path}");
    let init = RequestInit::new();
    init.set_method(method);
    // They fail only where a name or a value is none, and then the server says so.
    if let Ok(headers) = web_sys::Headers::new() {
        if let Some(body) = body {
            init.set_body(&JsValue::from_str(&body));
            let _ = headers.set("content-type", "application/json");
        }
        for (name, value) in further {
            let _ = headers.set(name, value);
        }
        init.set_headers(&headers);
    }
    Box::pin(async move {
        let request = window().fetch_with_str_and_init(&path, &init);
        let response = JsFuture::from(request).await.map_err(|_| Failure::Unreachable)?;
        Ok(response.unchecked_into())
    })
}

/// The status of an answer without content.
const NO_CONTENT: u16 = 204;
