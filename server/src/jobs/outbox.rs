//! Mails that wait to be sent.

use std::time::Duration;

use futures_util::future::join_all;
use iap_core::api::JobName;
use iap_core::messaging::{Retry, after_failure};
use iap_core::time::Timestamp;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::log::JobLog;
use crate::clock;
use crate::mail::{Carrier, Letter, Sender, Undelivered};
use crate::store::{Claim, Settled, Store, StoreError, WaitingMail};

/// How often it is looked for them.
const PAUSE: Duration = Duration::from_secs(5);

/// So many are sent side by side, so that one that takes long holds up few others.
const SIDE_BY_SIDE: usize = 4;

/// The time that a mail has to be sent in.
const SEND_TIME: Duration = Duration::from_mins(2);

/// For how long others leave a mail that is being sent. What is left of it after the send is for
/// noting that it was sent, and for servers whose clocks differ.
const LEASE: Duration = Duration::from_mins(10);

/// How often it is tried to note that a mail was sent, and how long is waited in between.
const NOTES: u32 = 12;
const NOTE_PAUSE: Duration = Duration::from_secs(10);

/// Sends the mails that wait in a store. Several servers may do it side by side: each mail is sent by
/// one of them.
///
/// A mail goes twice in these cases alone: the process or its machine ends between the mail server's
/// acceptance and the note of it, the database cannot be written for two minutes after that, or the
/// connection breaks before the answer of acceptance is there. Both copies have the same Message-ID.
#[derive(Debug)]
pub struct Outbox<C> {
    store: Store,
    sender: Sender,
    carrier: C,
}

impl<C: Carrier> Outbox<C> {
    /// Mails of this store, written in this name and taken on by this carrier.
    #[must_use]
    pub const fn new(store: Store, sender: Sender, carrier: C) -> Self {
        Self { store, sender, carrier }
    }

    /// Sends whatever is due until `stop` is true. Then it begins no further mail, and returns when
    /// those under way are sent or not.
    pub async fn run(&self, log: &JobLog, mut stop: watch::Receiver<bool>) {
        let wake = log.enter(JobName::SendMails, PAUSE, clock::now());
        loop {
            log.begin(JobName::SendMails, clock::now());
            let sent = join_all((0..SIDE_BY_SIDE).map(|_| self.send_all(&stop))).await;
            let sent = sent.into_iter().collect::<Result<(), _>>();
            log.end(JobName::SendMails, clock::now(), sent.map_err(|error| error.to_string()));
            tokio::select! {
                () = sleep(PAUSE) => {}
                () = wake.notified() => {}
                // An error is that nobody can tell it to stop any more.
                _ = stop.wait_for(|stop| *stop) => return,
            }
        }
    }

    async fn send_all(&self, stop: &watch::Receiver<bool>) -> Result<(), StoreError> {
        while !*stop.borrow() {
            match self.send_one(clock::now()).await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(error) => {
                    tracing::warn!(%error, "mails could not be sent");
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Sends the mail that has been due at `now` for the longest, and notes what became of it; none if
    /// there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the mail cannot be read, or it cannot be noted what became of it; then it
    /// is due again later.
    pub async fn send_one(&self, now: Timestamp) -> Result<Option<Settled>, StoreError> {
        let Some(mail) = self.store.claim_mail(now, now.later(LEASE)).await? else {
            return Ok(None);
        };
        let settled = self.send(&mail, now).await;
        self.note(mail.claim, &settled).await?;
        Ok(Some(settled))
    }

    async fn send(&self, mail: &WaitingMail, now: Timestamp) -> Settled {
        // What is attached takes milliseconds to be made, which others need not wait for.
        let (written, sender) = (mail.clone(), self.sender.clone());
        let letter = tokio::task::spawn_blocking(move || Letter::write(&written, &sender)).await;
        let letter = match letter {
            Ok(Ok(letter)) => letter,
            Ok(Err(error)) => return Settled::Failed(error.to_string()),
            Err(error) => return Settled::Failed(format!("It cannot be written: {error}.")),
        };
        let error = match timeout(SEND_TIME, self.carrier.deliver(&letter)).await {
            Ok(Ok(())) => return Settled::Sent(now),
            Ok(Err(Undelivered::Refused(error))) => return Settled::Failed(error),
            Ok(Err(Undelivered::Later(error))) => error,
            Err(_) => format!("It was not sent within {} seconds.", SEND_TIME.as_secs()),
        };
        match after_failure(mail.attempts, mail.tried_since, now) {
            Retry::At(at) => Settled::Again { at, error },
            Retry::GiveUp => Settled::Failed(format!("It was tried for three days. {error}")),
        }
    }

    /// Notes what became of a mail. That it was sent is noted as soon as the database lets us, so that
    /// it does not go twice.
    async fn note(&self, claim: Claim, settled: &Settled) -> Result<(), StoreError> {
        let mail = claim.mail();
        let mut tries = if matches!(settled, Settled::Sent(_)) { NOTES } else { 1 };
        let held = loop {
            tries -= 1;
            match self.store.settle_mail(claim, settled).await {
                Ok(held) => break held,
                Err(error) if tries == 0 => return Err(error),
                Err(error) => tracing::warn!(mail, %error, "that a mail is sent is not noted yet"),
            }
            sleep(NOTE_PAUSE).await;
        };
        // Why stands in `iap outbox list`, not here: what mail servers say names people.
        match settled {
            _ if !held => tracing::warn!(mail, "a mail took so long that another try began"),
            Settled::Sent(_) => tracing::info!(mail, "a mail is sent"),
            Settled::Again { .. } => tracing::warn!(mail, "a mail is not sent yet"),
            Settled::Failed(_) => tracing::warn!(mail, "a mail cannot be sent"),
        }
        Ok(())
    }
}
