//! What changes while somebody looks at it, told over one connection that stays open.
//!
//! Only keys are told; what there is to see is asked for as always. What somebody may see is looked up
//! anew for each event, so that a right that is taken away ends at once.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderName};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use iap_core::api::{AccountsChanged, Problem, ProblemCode};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::caller::Caller;
use super::{Answer, Portal, sessions};
use crate::http::problem::Refused;
use crate::secret;
use crate::store::{Changed, Store, StoreError};

/// Connections of one person at a time. The application keeps one for all its tabs in a browser.
const EACH: usize = 8;

/// Connections of all at a time, so that enough stay for everything else.
const ALL: usize = 256;

/// How long changes are gathered before they are told.
const GATHERED: Duration = Duration::from_millis(300);

/// The time between one event and the next, at least.
const PAUSE: Duration = Duration::from_secs(1);

/// How often something is sent while nothing happens, so that nothing in between hangs up.
const ALIVE: Duration = Duration::from_secs(20);

/// Whether nginx may keep back what is sent, to send more at once.
const BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Who follows what changes. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Followers {
    /// How many connections each person has.
    open: Arc<Mutex<BTreeMap<i64, usize>>>,
    stopped: watch::Receiver<bool>,
}

impl Followers {
    /// Nobody yet. All are sent away as soon as `stopped` says so.
    #[must_use]
    pub fn new(stopped: watch::Receiver<bool>) -> Self {
        Self { open: Arc::default(), stopped }
    }

    /// How many connections follow.
    pub(super) fn number(&self) -> usize {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).values().sum()
    }

    /// A place for one more, if there is one.
    fn place(&self, user: i64) -> Option<Place> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.entry(user).or_default();
        if *own >= EACH || all >= ALL {
            return None;
        }
        *own += 1;
        Some(Place { open: Arc::clone(&self.open), user })
    }
}

/// A place among those who follow, as long as it is kept.
struct Place {
    open: Arc<Mutex<BTreeMap<i64, usize>>>,
    user: i64,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.user) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                open.remove(&self.user);
            }
        }
    }
}

/// Follow what changes, as server-sent events; whoever is signed in, of the accounts they may see
///
/// The event `accounts` tells whose credits have changed, at most once a second. What was missed while
/// the connection was away is not told again: ask for what there is after each time it opens.
#[utoipa::path(
    get, path = "/events", tag = "accounts", security(("session" = [])),
    responses(
        (status = 200, body = AccountsChanged, content_type = "text/event-stream"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn follow(
    State(portal): State<Portal>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer<Response> {
    let place = portal.followers.place(caller.user.id).ok_or_else(|| {
        let detail = "Too many pages follow what changes. Close some and try again.";
        Refused::new(ProblemCode::TooManyRequests, detail)
    })?;
    let following = Following {
        changes: portal.store().changes(),
        stopped: portal.followers.stopped.clone(),
        token_sha256: sessions::token(&headers, &portal.public_url).map(secret::hash),
        store: portal.store().clone(),
        told: None,
        _place: place,
    };
    let events = stream::unfold(following, |mut following| async move {
        let changed = following.next().await?;
        let event = Event::default().event("accounts").json_data(changed).ok()?;
        Some((Ok::<_, Infallible>(event), following))
    });
    let alive = KeepAlive::new().interval(ALIVE);
    Ok(([(BUFFERING, "no"), (CACHE_CONTROL, "no-store")], Sse::new(events).keep_alive(alive))
        .into_response())
}

/// A connection of somebody who follows.
struct Following {
    store: Store,
    changes: Receiver<Changed>,
    stopped: watch::Receiver<bool>,
    /// Of the session, which may end before the connection does.
    token_sha256: Option<String>,
    /// When something was told last.
    told: Option<Instant>,
    _place: Place,
}

impl Following {
    /// The next event; none when the connection is to end.
    async fn next(&mut self) -> Option<AccountsChanged> {
        loop {
            let gathered = self.gather().await?;
            let visible = match self.visible(gathered).await {
                Ok(visible) => visible?,
                Err(error) => {
                    // The browser comes back by itself, and asks for what there is.
                    tracing::warn!(%error, "cannot tell what changed");
                    return None;
                }
            };
            if visible.accounts.as_ref().is_none_or(|accounts| !accounts.is_empty()) {
                self.told = Some(Instant::now());
                return Some(visible);
            }
        }
    }

    /// The accounts that changed, some at least; nothing where it was too much to tell.
    async fn gather(&mut self) -> Option<Option<BTreeSet<i64>>> {
        let first = tokio::select! {
            changed = self.changes.recv() => changed,
            () = stop(&mut self.stopped) => return None,
        };
        let mut gathered = match first {
            Ok(changed) => Some(BTreeSet::from([changed.account])),
            Err(RecvError::Lagged(_)) => None,
            Err(RecvError::Closed) => return None,
        };
        let pause = self.told.map(|told| PAUSE.saturating_sub(told.elapsed())).unwrap_or_default();
        if timeout(pause.max(GATHERED), stop(&mut self.stopped)).await.is_ok() {
            return None;
        }
        loop {
            match self.changes.try_recv() {
                Ok(changed) => {
                    if let Some(accounts) = &mut gathered {
                        accounts.insert(changed.account);
                    }
                }
                Err(TryRecvError::Lagged(_)) => gathered = None,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return Some(gathered),
            }
        }
    }

    /// Those of them that they may see now; nothing where nobody is signed in any more.
    async fn visible(
        &self,
        accounts: Option<BTreeSet<i64>>,
    ) -> Result<Option<AccountsChanged>, StoreError> {
        let Some(token_sha256) = &self.token_sha256 else { return Ok(None) };
        let Some(caller) = Caller::of_session(&self.store, token_sha256).await? else {
            return Ok(None);
        };
        let accounts = match (accounts, caller.databases()) {
            (Some(accounts), Some(databases)) => {
                let accounts: Vec<_> = accounts.into_iter().collect();
                Some(self.store.accounts_within(&accounts, &databases).await?)
            }
            (accounts, _) => accounts.map(|accounts| accounts.into_iter().collect()),
        };
        Ok(Some(AccountsChanged { accounts }))
    }
}

/// Done when the server is told to stop.
async fn stop(stopped: &mut watch::Receiver<bool>) {
    if stopped.wait_for(|stopped| *stopped).await.is_err() {
        // Nobody is left who could say so.
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::watch;

    use super::{ALL, EACH, Followers};

    #[test]
    fn places_are_limited_and_given_back() {
        let followers = Followers::new(watch::channel(false).1);
        let mut places: Vec<_> = (0..EACH).map(|_| followers.place(1).unwrap()).collect();
        assert!(followers.place(1).is_none());
        let other = followers.place(2).unwrap();
        places.pop();
        assert!(followers.place(1).is_some());
        drop((places, other));
        assert!(followers.open.lock().unwrap().is_empty());
        let all: Vec<_> = (0..).map_while(|user| followers.place(user)).collect();
        assert_eq!(all.len(), ALL);
    }
}
