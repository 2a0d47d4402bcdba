//! What carries requests to the identity provider.

use std::io;
use std::pin::Pin;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderValue, header};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// For how long an answer is waited for, connection and all.
const ANSWER_TIME: Duration = Duration::from_secs(8);

/// The longest answer, in bytes: some twenty times the largest set of keys that providers publish.
const LONGEST: usize = 256 * 1_024;

/// What the server calls itself.
const NAME: &str = concat!("iap/", env!("CARGO_PKG_VERSION"));

/// HTTP over the TLS and the system's certificates that the rest of the server uses. It follows no
/// redirections: an endpoint is where the provider says it is.
#[derive(Clone, Debug)]
pub(super) struct Transport(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Transport {
    /// `plain` allows requests without TLS.
    pub(super) fn new(plain: bool) -> io::Result<Self> {
        let builder = HttpsConnectorBuilder::new().with_native_roots()?;
        let builder = if plain { builder.https_or_http() } else { builder.https_only() };
        let connector = builder.enable_http1().build();
        Ok(Self(Client::builder(TokioExecutor::new()).build(connector)))
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let mut request = request.map(|body| Full::new(Bytes::from(body)));
        request.headers_mut().insert(header::USER_AGENT, HeaderValue::from_static(NAME));
        let answer = self.0.request(request).await.map_err(TransportError::Unreachable)?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, LONGEST).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() {
                TransportError::TooLong
            } else {
                TransportError::Broken(error)
            }
        })?;
        Ok(HttpResponse::from_parts(head, body.to_bytes().to_vec()))
    }
}

impl<'c> AsyncHttpClient<'c> for Transport {
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, TransportError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answer = tokio::time::timeout(ANSWER_TIME, self.ask(request)).await;
            answer.map_err(|_| TransportError::TimedOut)?
        })
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum TransportError {
    /// There is no connection.
    #[error("no connection could be made")]
    Unreachable(#[source] hyper_util::client::legacy::Error),
    /// It takes too long.
    #[error("there was no answer within {} seconds", ANSWER_TIME.as_secs())]
    TimedOut,
    /// It is longer than anything that is expected.
    #[error("the answer is longer than {LONGEST} bytes")]
    TooLong,
    /// It ended in its middle.
    #[error("the answer broke off")]
    Broken(#[source] Box<dyn std::error::Error + Send + Sync>),
}
