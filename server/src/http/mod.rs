//! What the server answers over HTTP.

mod accept;
pub mod assets;
mod buy_link;
mod content_policy;
mod listener;
pub mod metrics;
mod notice;
pub mod odoo;
mod page;
mod path;
pub mod portal;
mod problem;
mod public_url;
mod rate_limit;
pub mod ready;
mod security;
pub mod stripe;
mod trace;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state, map_response_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use iap_core::api::ProblemCode;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

pub use assets::Assets;
pub(crate) use buy_link::buy_link;
pub use content_policy::Others;
pub use listener::{ListenError, Server};
pub use metrics::Metrics;
pub use path::PathPrefix;
use problem::Refused;
pub use public_url::PublicUrl;
pub use rate_limit::Rate;
use rate_limit::RateLimit;

/// What a client may ask of the server, in sizes and times.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at a time; further ones wait in the system's queue.
    pub connections: usize,
    /// Bytes of a request's line and headers; above them the answer is 431.
    pub header_bytes: usize,
    /// Time for a request's line and headers to arrive, and for an idle connection.
    pub header_time: Duration,
    /// Bytes of a request's body; above them the answer is 413.
    pub body_bytes: usize,
    /// Time for an answer to be ready; after it the answer is 408.
    pub request_time: Duration,
    /// How often an address may ask; above it the answer is 429, or Odoo's form of an error. Nothing
    /// where it may ask as often as it likes.
    pub rate: Option<Rate>,
    /// Time for answers under way when the server is told to stop.
    pub drain_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_024,
            header_bytes: 16 * 1_024,
            header_time: Duration::from_secs(15),
            body_bytes: 1_024 * 1_024,
            request_time: Duration::from_secs(30),
            rate: None,
            drain_time: Duration::from_secs(10),
        }
    }
}

/// Every path the server answers: the application, and the interfaces given.
///
/// `hsts` says that the outside world reaches this server through HTTPS only: the server itself
/// speaks plain HTTP and cannot know.
pub fn router(
    assets: Assets,
    interfaces: Router,
    limits: &Limits,
    hsts: bool,
    metrics: Metrics,
) -> Router {
    Router::new()
        .route("/healthz", get(healthy))
        .route("/api", any(no_api))
        .route("/api/", any(no_api))
        .route("/api/{*path}", any(no_api))
        .fallback(get(page::serve))
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(Arc::new(assets))
        .merge(interfaces)
        // The last one stands outermost.
        .layer(RequestBodyLimitLayer::new(limits.body_bytes))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, limits.request_time))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(
            limits.rate.map(RateLimit::new).map(Arc::new),
            rate_limit::refuse,
        ))
        .layer(from_fn_with_state(metrics, metrics::record))
        .layer(from_fn(trace::record))
        .layer(map_response_with_state(hsts, security::add_headers))
        .layer(
            TraceLayer::new_for_http()
                .make_span_with(span)
                .on_request(())
                .on_response(answered)
                .on_failure(()),
        )
}

/// The process runs and answers.
async fn healthy() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], "ok\n")
}

async fn no_api() -> Response {
    Refused::new(ProblemCode::NotFound, "This server has no such interface.").into_response()
}

async fn method_not_allowed() -> Response {
    (StatusCode::METHOD_NOT_ALLOWED, "This address can only be read, with GET or HEAD.\n")
        .into_response()
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    // The panic hook has already written what happened; the client is told nothing of it.
    Refused::new(ProblemCode::Failed, "The server failed at this request.").into_response()
}

/// The path alone: a query may hold tokens or telephone numbers.
fn span<B>(request: &axum::http::Request<B>) -> tracing::Span {
    tracing::info_span!("request", method = %request.method(), path = request.uri().path())
}

fn answered<B>(response: &axum::http::Response<B>, latency: Duration, _: &tracing::Span) {
    let status = response.status().as_u16();
    let micros = latency.as_micros();
    if response.status().is_server_error() {
        tracing::error!(status, micros, "answered");
    } else {
        tracing::info!(status, micros, "answered");
    }
}
