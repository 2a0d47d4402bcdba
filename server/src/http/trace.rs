//! What of a request goes to those who collect traces.

use axum::extract::{MatchedPath, Request};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use opentelemetry::global;
use opentelemetry::propagation::Extractor;
use tracing::{Instrument as _, Span, field};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::traces::TARGET;

/// Makes a span of a request, in the trace that its sender has begun if there is one.
///
/// Its fields are those of OpenTelemetry's conventions for HTTP. The path is that of the route: what
/// stands in place of keys, and behind a question mark, is nobody's business.
pub(super) async fn record(request: Request, next: Next) -> Response {
    let method = request.method().as_str();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("application", MatchedPath::as_str);
    let span = tracing::info_span!(
        target: TARGET,
        "request",
        otel.name = format!("{method} {route}"),
        otel.kind = "server",
        otel.status_code = field::Empty,
        http.request.method = method,
        http.route = route,
        http.response.status_code = field::Empty,
    );
    if !span.is_disabled() {
        let context = global::get_text_map_propagator(|it| it.extract(&Headers(request.headers())));
        // It is new: nothing has begun in it that would have another parent.
        let _ = span.set_parent(context);
    }
    let response = next.run(request).instrument(span.clone()).await;
    note(&span, &response);
    response
}

fn note(span: &Span, response: &Response) {
    let status = response.status();
    span.record("http.response.status_code", status.as_u16());
    if status.is_server_error() {
        span.record("otel.status_code", "ERROR");
    }
}

/// What the sender says of its trace: `traceparent` and `tracestate`.
struct Headers<'h>(&'h HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(axum::http::HeaderName::as_str).collect()
    }
}
