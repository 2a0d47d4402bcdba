//! How the server does, for those who run it.

use std::time::Instant;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{DatabaseHealth, Health, JobName, MailHealth, MailMeans, Problem};
use iap_core::time::Timestamp;

use super::caller::Caller;
use super::input::Keys;
use super::{Answer, Portal};
use crate::clock;
use crate::http::problem::Refused;
use crate::jobs::JobLog;
use crate::store::{DatabaseFacts, MailCounts};

/// Mails that were given up are told apart where they were written in so many milliseconds before.
const LATELY: i64 = 7 * 24 * 3_600 * 1_000;

/// What this server is and does by itself. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Process {
    /// Since when it runs.
    pub started_at: Timestamp,
    /// How mails leave it.
    pub mails: MailMeans,
    /// What is known of its jobs.
    pub jobs: JobLog,
}

/// Show how the server does; operators only
///
/// What it does by itself is told of the server that answers, since it started: where several share a
/// database, each tells its own.
#[utoipa::path(
    get, path = "/health", tag = "health", security(("session" = [])),
    responses(
        (status = 200, body = Health),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(State(portal): State<Portal>, caller: Caller) -> Answer<Json<Health>> {
    caller.operates()?;
    let (store, process) = (portal.store(), &portal.process);
    let asked = Instant::now();
    store.check().await?;
    let answered_in = asked.elapsed();
    let now = clock::now();
    let DatabaseFacts { engine, version, size, schema, known_schema } = store.facts().await?;
    let lately = Timestamp::from_millis(now.millis().saturating_sub(LATELY));
    let MailCounts { waiting, retried, failed, failed_lately } = store.mail_counts(lately).await?;
    Ok(Json(Health {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        started_at: process.started_at,
        now,
        database: DatabaseHealth {
            engine,
            version,
            size,
            answered_in: u64::try_from(answered_in.as_micros()).unwrap_or(u64::MAX),
            schema,
            known_schema,
        },
        mails: MailHealth { means: process.mails, waiting, retried, failed, failed_lately },
        payments: portal.payments.means(),
        sandbox: portal.sandbox,
        followers: u64::try_from(portal.followers.number()).unwrap_or(u64::MAX),
        jobs: process.jobs.read(),
    }))
}

/// Have a job run before its time; operators only
///
/// It begins as soon as it can: what runs already runs once more. Each job does what is due and nothing
/// else, so that running it more often changes nothing but when it is done.
#[utoipa::path(
    post, path = "/jobs/{job}/run", tag = "health", security(("session" = [])),
    params(("job" = JobName, Path)),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn run(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(job): Keys<JobName>,
) -> Answer<StatusCode> {
    caller.operates()?;
    if portal.process.jobs.wake(job) {
        tracing::info!(job = job.as_str(), user = caller.user.id, "a job is told to run");
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Refused::not_found("job"))
    }
}
