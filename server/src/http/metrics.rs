//! How the server does, for Prometheus: `/metrics`.

use std::convert::Infallible;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use crate::secret;

/// What is counted. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Counted>);

#[derive(Debug)]
struct Counted {
    requests: Family<Answered, Counter>,
    durations: Family<Route, Histogram>,
    registry: Registry,
    reader: Reader,
}

/// Who may read what is counted.
#[derive(Clone, Debug)]
pub enum Reader {
    /// Nobody.
    Nobody,
    /// Anybody who reaches the server: for one that only this machine reaches.
    Anybody,
    /// Whoever sends the token of this SHA-256, in hexadecimal.
    Token(String),
}

/// Whoever sends a token. Only its hash is kept.
impl FromStr for Reader {
    type Err = Infallible;

    fn from_str(token: &str) -> Result<Self, Infallible> {
        Ok(Self::Token(secret::hash(token)))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    /// As the router has it, such as `/api/v1/accounts/{account}`: what people and programs put in
    /// the place of keys would be a series each.
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

impl Metrics {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(reader: Reader) -> Self {
        let requests = Family::<Answered, Counter>::default();
        // From half a millisecond to half a minute.
        let durations = Family::<Route, Histogram>::new_with_constructor(|| {
            Histogram::new(exponential_buckets(0.0005, 2.0, 17))
        });
        let mut registry = Registry::with_prefix("iap");
        registry.register("http_requests", "Requests that were answered", requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request's head to its answer's",
            Unit::Seconds,
            durations.clone(),
        );
        Self(Arc::new(Counted { requests, durations, registry, reader }))
    }

    fn count(&self, method: String, route: String, status: u16, time: Duration) {
        self.0.durations.get_or_create(&Route { route: route.clone() }).observe(time.as_secs_f64());
        self.0.requests.get_or_create(&Answered { method, route, status }).inc();
    }

    fn lets_in(&self, headers: &HeaderMap) -> bool {
        match &self.0.reader {
            Reader::Nobody => false,
            Reader::Anybody => true,
            Reader::Token(kept) => {
                let sent = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok());
                let token = sent.and_then(|sent| sent.strip_prefix("Bearer "));
                // Two hashes tell nothing of the tokens, however long comparing them takes.
                token.is_some_and(|token| secret::hash(token.trim()) == *kept)
            }
        }
    }
}

/// The path at which it is read.
pub fn router(metrics: Metrics) -> Router {
    Router::new().route("/metrics", get(show)).with_state(metrics)
}

async fn show(State(metrics): State<Metrics>, headers: HeaderMap) -> Response {
    if !metrics.lets_in(&headers) {
        let told =
            "Set a token with IAP_METRICS_TOKEN, and send it as Authorization: Bearer TOKEN.\n";
        return (StatusCode::UNAUTHORIZED, [(header::CACHE_CONTROL, "no-store")], told)
            .into_response();
    }
    let mut text = String::new();
    // Writing to a text never fails.
    let _ = encode(&mut text, &metrics.0.registry);
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-store")];
    (headers, text).into_response()
}

/// Counts a request and its answer.
pub(super) async fn record(
    State(metrics): State<Metrics>,
    request: Request,
    next: Next,
) -> Response {
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known,
        // Anybody may make words up.
        _ => "other",
    };
    let method = method.to_owned();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("application", MatchedPath::as_str).to_owned();
    let start = Instant::now();
    let response = next.run(request).await;
    metrics.count(method, route, response.status().as_u16(), start.elapsed());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bearer(token: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap())])
    }

    #[test]
    fn read_by_whoever_has_the_token() {
        let with_token = Metrics::new("a token".parse().unwrap());
        assert!(with_token.lets_in(&bearer("a token")));
        assert!(!with_token.lets_in(&bearer("another")) && !with_token.lets_in(&bearer("")));
        assert!(!with_token.lets_in(&HeaderMap::new()));
        assert!(!Metrics::new(Reader::Nobody).lets_in(&bearer("a token")));
        assert!(Metrics::new(Reader::Anybody).lets_in(&HeaderMap::new()));
        assert!(!format!("{with_token:?}").contains("a token"));
    }
}
