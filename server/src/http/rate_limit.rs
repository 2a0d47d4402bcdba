//! How many requests an address may make.
//!
//! Each server counts for itself: what it keeps its machine from is too much work at once. What is
//! counted for all servers together, such as attempts to sign in and new customers, is counted in the
//! store.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock as _, MonotonicClock};
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use iap_core::api::ProblemCode;

use super::odoo;
use super::problem::Refused;

/// What an address may do at once after a rest: so many seconds' worth.
const BURST: u32 = 10;

/// Addresses that made no request lately are forgotten once in so many requests.
const TIDY: u32 = 4_096;

const DETAIL: &str =
    "Too many requests came from your address at once. Wait a moment and try again.";

/// Who may ask how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Requests that an address may make each second, in the long run.
    pub per_second: NonZeroU32,
    /// Proxies that stand in front of the server: so many of the last addresses of
    /// `X-Forwarded-For` are told by them, and the first of those is the client's. Where there is
    /// none, the client is whoever connects, and the header counts for nothing.
    pub proxies: usize,
}

/// The address that a connection comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// What each address may still do.
pub(super) struct RateLimit {
    limiter: RateLimiter<IpAddr, HashMapStateStore<IpAddr>, MonotonicClock>,
    proxies: usize,
    requests: AtomicU32,
}

impl RateLimit {
    pub(super) fn new(rate: Rate) -> Self {
        let quota = Quota::per_second(rate.per_second)
            .allow_burst(rate.per_second.saturating_mul(NonZeroU32::MIN.saturating_add(BURST - 1)));
        let limiter = RateLimiter::new(quota, HashMapStateStore::default(), MonotonicClock);
        Self { limiter, proxies: rate.proxies, requests: AtomicU32::new(0) }
    }

    /// Whole seconds to wait, at least one, where an address has asked too often.
    fn wait(&self, address: IpAddr) -> Option<u32> {
        if self.requests.fetch_add(1, Ordering::Relaxed) % TIDY == TIDY - 1 {
            self.limiter.retain_recent();
        }
        let refused = self.limiter.check_key(&network(address)).err()?;
        let wait = refused.wait_time_from(self.limiter.clock().now());
        Some(u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1))
    }
}

/// Refuses a request from an address that has asked too often.
pub(super) async fn refuse(
    State(limit): State<Option<Arc<RateLimit>>>,
    request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<Peer>();
    let wait = limit.zip(peer).and_then(|(limit, Peer(peer))| {
        limit.wait(client(*peer, limit.proxies, request.headers()))
    });
    let Some(seconds) = wait else { return next.run(request).await };
    let mut response = if odoo::is_called(request.uri().path()) {
        odoo::too_many(DETAIL)
    } else {
        Refused::new(ProblemCode::TooManyRequests, DETAIL).into_response()
    };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

/// The client's address: whoever connects, or whom the proxies say to have seen.
fn client(peer: IpAddr, proxies: usize, headers: &HeaderMap) -> IpAddr {
    let Some(place) = proxies.checked_sub(1) else { return peer };
    let lines = headers.get_all("x-forwarded-for").iter();
    let said: Vec<_> =
        lines.filter_map(|line| line.to_str().ok()).flat_map(|it| it.split(',')).collect();
    said.into_iter().rev().nth(place).and_then(read).unwrap_or(peer)
}

/// An address as proxies write it, some with a port.
fn read(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse().ok().map(|socket: std::net::SocketAddr| socket.ip());
    text.trim_matches(['[', ']']).parse().ok().or_else(with_port)
}

/// Whom an address stands for: of version 6 a customer has a whole network of 64 bits.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn limit(per_second: u32) -> RateLimit {
        RateLimit::new(Rate { per_second: per_second.try_into().unwrap(), proxies: 0 })
    }

    #[test]
    fn each_address_has_its_own() {
        let limit = limit(1);
        let asked = |from| (0..=BURST).filter(|_| limit.wait(address(from)).is_none()).count();
        assert_eq!(asked("192.0.2.1"), 10);
        assert_eq!(asked("192.0.2.2"), 10);
        assert!((1..=2).contains(&limit.wait(address("192.0.2.1")).unwrap()));
        // The same customer, and one who connects by version 4 through a socket of version 6.
        assert_eq!(asked("2001:db8::1"), 10);
        assert_eq!(asked("2001:db8::2"), 0);
        assert_eq!(asked("2001:db8:0:1::1"), 10);
        assert_eq!(asked("::ffff:192.0.2.1"), 0);
    }

    #[test]
    fn addresses_are_forgotten_that_rest() {
        let limit = limit(u32::MAX);
        for number in 0..TIDY * 2 {
            limit.wait(Ipv6Addr::from_bits(u128::from(number) << 64).into());
        }
        assert!(limit.limiter.len() <= usize::try_from(TIDY).unwrap());
    }

    #[test]
    fn only_proxies_of_ours_are_believed() {
        let peer = address("192.0.2.9");
        let client = |proxies, lines: &[&str]| {
            let lines = lines.iter().map(|line| {
                (header::HeaderName::from_static("x-forwarded-for"), line.parse().unwrap())
            });
            client(peer, proxies, &lines.collect::<HeaderMap>()).to_string()
        };
        let said = ["198.51.100.1, 203.0.113.7"];
        assert_eq!(client(0, &said), "192.0.2.9");
        assert_eq!(client(1, &said), "203.0.113.7");
        assert_eq!(client(2, &said), "198.51.100.1");
        assert_eq!(client(3, &said), "192.0.2.9");
        assert_eq!(client(1, &[]), "192.0.2.9");
        assert_eq!(client(1, &["1.1.1.1", "203.0.113.7:4711"]), "203.0.113.7");
        assert_eq!(client(1, &["[2001:db8::1]:4711"]), "2001:db8::1");
        assert_eq!(client(1, &["2001:db8::1"]), "2001:db8::1");
        assert_eq!(client(1, &["unknown"]), "192.0.2.9");
    }
}
