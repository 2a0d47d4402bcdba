//! Requests to other servers.

use std::io;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderValue, Request, Response, header};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use url::{Host, Url};

/// For how long an answer is waited for, connection and all.
const ANSWER_TIME: Duration = Duration::from_secs(8);

/// The longest answer, in bytes: some twenty times the largest set of keys that identity providers
/// publish.
const LONGEST: usize = 256 * 1_024;

/// What the server calls itself.
const NAME: &str = concat!("iap/", env!("CARGO_PKG_VERSION"));

/// Whether an address is on this machine, where no TLS is needed.
pub(crate) fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(number)) => number.is_loopback(),
        Some(Host::Ipv6(number)) => number.is_loopback(),
        None => false,
    }
}

/// HTTP over the TLS and the system's certificates that the rest of the server uses. It follows no
/// redirections: an endpoint is where whoever runs it says it is. Cheap to copy.
#[derive(Clone, Debug)]
pub(crate) struct Client(legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Client {
    /// `plain` allows requests without TLS.
    ///
    /// # Errors
    /// Those of reading the system's certificates.
    pub(crate) fn new(plain: bool) -> io::Result<Self> {
        let builder = HttpsConnectorBuilder::new().with_native_roots()?;
        let builder = if plain { builder.https_or_http() } else { builder.https_only() };
        let connector = builder.enable_http1().build();
        Ok(Self(legacy::Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// Sends a request, and reads the whole answer.
    ///
    /// # Errors
    /// [`NoAnswer`]
    pub(crate) async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, NoAnswer> {
        let answer = tokio::time::timeout(ANSWER_TIME, self.ask(request)).await;
        answer.map_err(|_| NoAnswer::TimedOut)?
    }

    async fn ask(&self, request: Request<Bytes>) -> Result<Response<Bytes>, NoAnswer> {
        let mut request = request.map(Full::new);
        request.headers_mut().insert(header::USER_AGENT, HeaderValue::from_static(NAME));
        let answer = self.0.request(request).await.map_err(NoAnswer::Unreachable)?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, LONGEST).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() { NoAnswer::TooLong } else { NoAnswer::Broken(error) }
        })?;
        Ok(Response::from_parts(head, body.to_bytes()))
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoAnswer {
    /// There is no connection.
    #[error("no connection could be made")]
    Unreachable(#[source] legacy::Error),
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
