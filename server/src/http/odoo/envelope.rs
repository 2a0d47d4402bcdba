//! The envelope of a call: JSON-RPC 2.0, with Odoo's own shape of errors.
//!
//! Every answer has status 200, as Odoo's client takes any other for a fault of the network.

use std::pin::Pin;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Odoo;
use super::fault::Fault;

#[derive(Deserialize)]
struct Call<'b> {
    #[serde(borrow, default)]
    id: Option<&'b RawValue>,
    #[serde(borrow, default)]
    params: Option<&'b RawValue>,
}

/// The longest id that is sent back; Odoo's has 34 characters.
const ID: usize = 128;

/// A handler that reads the parameters of a call and wraps the answer up.
pub(super) fn answer<P, R, A>(
    method: impl Fn(Arc<Odoo>, P) -> A + Clone + Send + Sync + 'static,
) -> impl Fn(State<Arc<Odoo>>, Bytes) -> Pin<Box<dyn Future<Output = Response> + Send>> + Clone
where
    P: DeserializeOwned + Send + 'static,
    R: Serialize,
    A: Future<Output = Result<R, Fault>> + Send + 'static,
{
    move |State(odoo), body| {
        let method = method.clone();
        Box::pin(async move {
            let (id, params) = match read::<P>(&body) {
                Ok(read) => read,
                Err(fault) => return write_fault(None, &fault),
            };
            let result = match params {
                Ok(params) => method(odoo, params).await,
                Err(fault) => Err(fault),
            };
            match result {
                Ok(result) => write(id.as_deref(), "result", &result),
                Err(fault) => write_fault(id.as_deref(), &fault),
            }
        })
    }
}

/// The id, and the parameters or what is wrong with them.
#[expect(clippy::type_complexity, reason = "a pair, and either half of it may be missing")]
fn read<P: DeserializeOwned>(
    body: &[u8],
) -> Result<(Option<Box<RawValue>>, Result<P, Fault>), Fault> {
    let call: Call = serde_json::from_slice(body)
        .map_err(|error| Fault::Type(format!("The request is no call in JSON-RPC: {error}.")))?;
    let id = call.id.filter(|id| id.get().len() <= ID).map(RawValue::to_owned);
    let params = call.params.map_or("{}", RawValue::get);
    let params = serde_json::from_str(params)
        .map_err(|error| Fault::Type(format!("The parameters of the call are wrong: {error}.")));
    Ok((id, params))
}

/// The answer to a call that is not read.
pub(super) fn refuse(fault: &Fault) -> Response {
    write_fault(None, fault)
}

fn write_fault(id: Option<&RawValue>, fault: &Fault) -> Response {
    write(id, "error", &fault.body())
}

fn write(id: Option<&RawValue>, name: &'static str, value: &impl Serialize) -> Response {
    #[derive(Serialize)]
    struct Answer<'a, V> {
        jsonrpc: &'a str,
        id: Option<&'a RawValue>,
        #[serde(skip_serializing_if = "Option::is_none")]
        result: Option<V>,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<V>,
    }
    let (result, error) = if name == "result" { (Some(value), None) } else { (None, Some(value)) };
    let answer = Answer { jsonrpc: "2.0", id, result, error };
    let body = serde_json::to_vec(&answer).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}
