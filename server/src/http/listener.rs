//! Taking connections, and letting go of them.

use std::future::Future;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream, lookup_host};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceBuilder;

use super::rate_limit::Peer;
use super::{Limits, PathPrefix};

/// Why the server could not start.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The address cannot be read or its name has no address.
    #[error(
        "`{0}` is no address to listen on ({1}). \
         Give an address and a port, as in --listen 127.0.0.1:8080."
    )]
    Unknown(String, io::Error),
    /// Demo data, with sign-ins that everyone knows, would be open to the network.
    #[error(
        "Demo data is served on this machine only, and {0} can be reached from others. \
         Listen on 127.0.0.1, or leave --demo away."
    )]
    DemoInPublic(SocketAddr),
    /// Someone else listens there.
    #[error(
        "{0} is in use by another program. \
         Stop it, or choose another port with --listen; port 0 takes any free one."
    )]
    InUse(String),
    /// The system does not let this user listen there.
    #[error("This user may not listen on {0}. Choose a port of 1024 or above with --listen.")]
    NotAllowed(String),
    /// The address is not one of this machine's.
    #[error("{0} is no address of this machine. Choose one with --listen.")]
    NotOurs(String),
    /// Anything else the system says.
    #[error("Listening on {0} failed: {1}.")]
    Failed(String, io::Error),
}

/// A server that has its address and is not yet answering.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes the address, a name or number with a port; port 0 takes any free one.
    ///
    /// With `loopback_only`, an address that other machines can reach is refused.
    ///
    /// # Errors
    /// [`ListenError`] says what is wrong with the address and what to do.
    pub async fn bind(address: &str, loopback_only: bool) -> Result<Self, ListenError> {
        let unknown = |error| ListenError::Unknown(address.to_owned(), error);
        let addresses: Vec<SocketAddr> = lookup_host(address).await.map_err(unknown)?.collect();
        if let Some(public) = addresses.iter().find(|one| loopback_only && !is_loopback(one)) {
            return Err(ListenError::DemoInPublic(*public));
        }
        let failed = |error: io::Error| match error.kind() {
            ErrorKind::AddrInUse => ListenError::InUse(address.to_owned()),
            ErrorKind::PermissionDenied => ListenError::NotAllowed(address.to_owned()),
            ErrorKind::AddrNotAvailable => ListenError::NotOurs(address.to_owned()),
            _ => ListenError::Failed(address.to_owned(), error),
        };
        let listener = TcpListener::bind(addresses.as_slice()).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { listener, address })
    }

    /// The address taken, with its real port.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `stop` is done; then lets answers under way finish, for a limited time.
    ///
    /// Speaks HTTP/1.1 only: in front of it stands a proxy that ends TLS, or a browser on the same
    /// machine. The loop is our own because the ready-made one sets no limit on headers, their
    /// time or the number of connections.
    pub async fn run(
        self,
        router: Router,
        prefix: PathPrefix,
        limits: &Limits,
        stop: impl Future<Output = ()>,
    ) {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits.header_time)
            .max_header_size(limits.header_bytes);
        let prefix = Arc::new(prefix);
        let places = Arc::new(Semaphore::new(limits.connections));
        let connections = GracefulShutdown::new();
        let mut stop = pin!(stop);
        loop {
            let (stream, peer, place) = tokio::select! {
                accepted = accept(&self.listener, &places) => accepted,
                () = &mut stop => break,
            };
            let prefix = Arc::clone(&prefix);
            let tidy = move |mut request: Request<Incoming>| {
                *request.uri_mut() = prefix.tidy(std::mem::take(request.uri_mut()));
                request.extensions_mut().insert(peer);
                request
            };
            let service = ServiceBuilder::new().map_request(tidy).service(router.clone());
            let service = TowerToHyperService::new(service);
            let connection = http.serve_connection(TokioIo::new(stream), service);
            let connection = connections.watch(connection);
            tokio::spawn(async move {
                if let Err(error) = connection.await {
                    tracing::debug!(%error, "connection ended early");
                }
                drop(place);
            });
        }
        drop(self.listener);
        if tokio::time::timeout(limits.drain_time, connections.shutdown()).await.is_err() {
            tracing::warn!("stopped with answers still under way");
        }
    }
}

/// Waits for a free place, then for a connection to take it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> (TcpStream, Peer, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed: waiting for a place cannot fail.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, address)) => {
                // Answers are written whole; waiting to fill packets only delays them.
                let _ = stream.set_nodelay(true);
                return (stream, Peer(address.ip()), place);
            }
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                // Most often no file descriptor is free: one will be, later.
                tracing::error!(%error, "no connection can be taken");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

fn is_of_the_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

fn is_loopback(address: &SocketAddr) -> bool {
    address.ip().to_canonical().is_loopback()
}
