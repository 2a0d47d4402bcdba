//! Which accounts have just changed, for whoever watches them.
//!
//! It is told after the change has reached the disk, and to be told is no promise: somebody who
//! watches asks for what there is whenever a connection was lost. Servers that share a PostgreSQL tell
//! each other, a few times a second at most; a change made beside a server, with the command line,
//! is seen when somebody asks.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use sqlx::AnyPool;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{MissedTickBehavior, interval, sleep};

use crate::secret;

/// Changes that may wait for somebody slow; after more they are told that they missed some.
const WAITING: usize = 4_096;

/// The name under which PostgreSQL passes them on.
const CHANNEL: &str = "iap_accounts";

/// How long changes are gathered before other servers are told.
const GATHERED: Duration = Duration::from_millis(250);

/// So many accounts in one message: PostgreSQL takes 8,000 bytes.
const AT_ONCE: usize = 300;

/// How long to wait before the connection is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// An account has changed.
#[derive(Clone, Copy, Debug)]
pub struct Changed {
    /// Which, by key.
    pub account: i64,
    /// Whether this server did it, so that others are to be told.
    here: bool,
}

/// Where changes are told. Cheap to copy.
#[derive(Clone, Debug)]
pub(super) struct Changes(broadcast::Sender<Changed>);

impl Changes {
    pub(super) fn new() -> Self {
        Self(broadcast::Sender::new(WAITING))
    }

    /// Tells that this server has changed an account.
    pub(super) fn tell(&self, account: i64) {
        // An error says that nobody watches.
        let _ = self.0.send(Changed { account, here: true });
    }

    /// What changes from now on.
    pub(super) fn watch(&self) -> broadcast::Receiver<Changed> {
        self.0.subscribe()
    }

    /// Passes changes on to the servers that share a PostgreSQL, and takes theirs, until it is
    /// aborted.
    pub(super) async fn share(&self, url: &str, pool: &AnyPool) {
        let Ok(name) = secret::new() else {
            tracing::error!("no randomness: changes are not passed on to other servers");
            return;
        };
        loop {
            if let Err(error) = self.exchange(&name, url, pool).await {
                let error = super::error::StoreError::from(error);
                tracing::warn!(%error, "changes are not passed between servers; trying again");
            }
            sleep(AGAIN).await;
        }
    }

    async fn exchange(&self, name: &str, url: &str, pool: &AnyPool) -> Result<(), sqlx::Error> {
        let mut listener = PgListener::connect(url).await?;
        listener.listen(CHANNEL).await?;
        let mut watched = self.watch();
        let mut gathered = BTreeSet::new();
        let mut due = interval(GATHERED);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                told = listener.recv() => self.take(name, told?.payload()),
                changed = watched.recv() => match changed {
                    Ok(it) if it.here => drop(gathered.insert(it.account)),
                    Ok(_) | Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return Ok(()),
                },
                _ = due.tick(), if !gathered.is_empty() => {
                    let accounts: Vec<_> = std::mem::take(&mut gathered).into_iter().collect();
                    for accounts in accounts.chunks(AT_ONCE) {
                        sqlx::query("SELECT pg_notify($1, $2)")
                            .bind(CHANNEL)
                            .bind(message(name, accounts))
                            .execute(pool)
                            .await?;
                    }
                }
            }
        }
    }

    /// Takes what a server told, unless it was this one.
    fn take(&self, name: &str, message: &str) {
        let Some((from, accounts)) = message.split_once(' ') else { return };
        if from != name {
            for account in accounts.split(',').filter_map(|key| key.parse().ok()) {
                let _ = self.0.send(Changed { account, here: false });
            }
        }
    }
}

/// What a server of this name tells.
fn message(name: &str, accounts: &[i64]) -> String {
    let mut message = name.to_owned();
    for (at, account) in accounts.iter().enumerate() {
        let _ = write!(message, "{}{account}", if at == 0 { ' ' } else { ',' });
    }
    message
}

#[cfg(test)]
mod tests {
    use super::{AT_ONCE, Changes, message};

    #[test]
    fn a_server_takes_what_others_tell() {
        let changes = Changes::new();
        let mut watched = changes.watch();
        changes.take("me", &message("me", &[1]));
        changes.take("me", &message("you", &[2, 3]));
        changes.take("me", "nonsense");
        let taken: Vec<_> = std::iter::from_fn(|| watched.try_recv().ok()).collect();
        assert_eq!(taken.iter().map(|it| it.account).collect::<Vec<_>>(), [2, 3]);
        assert!(taken.iter().all(|it| !it.here), "they would go round in circles");
    }

    #[test]
    fn a_message_is_not_too_long() {
        let name = crate::secret::new().unwrap();
        assert!(message(&name, &[i64::MAX; AT_ONCE]).len() < 8_000);
    }
}
