//! What is known of the jobs of this server, since it started.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use iap_core::api::{JobFailure, JobHealth, JobName};
use iap_core::time::Timestamp;
use tokio::sync::Notify;
use tokio::time::sleep;

use crate::clock;

/// What is known of the jobs of this server, in memory: each server has its own. Cheap to copy.
#[derive(Clone, Debug, Default)]
pub struct JobLog(Arc<Mutex<BTreeMap<JobName, Known>>>);

#[derive(Debug)]
struct Known {
    health: JobHealth,
    wake: Arc<Notify>,
}

impl JobLog {
    /// No job yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From `now` on a job is expected to run, with so long a pause between two runs.
    pub fn expect(&self, name: JobName, every: Duration, now: Timestamp) {
        self.enter(name, every, now);
    }

    /// The same, and gives what tells the job to run before its pause is over.
    pub(super) fn enter(&self, name: JobName, every: Duration, now: Timestamp) -> Arc<Notify> {
        let wake = Arc::new(Notify::new());
        let health = JobHealth {
            name,
            every: every.as_secs(),
            runs: 0,
            failures: 0,
            began_at: None,
            ended_at: None,
            took: None,
            running: false,
            failing: false,
            last_failure: None,
            next_at: Some(now),
        };
        self.known().insert(name, Known { health, wake: Arc::clone(&wake) });
        wake
    }

    /// A run of a job begins.
    pub fn begin(&self, name: JobName, now: Timestamp) {
        if let Some(Known { health, .. }) = self.known().get_mut(&name) {
            health.running = true;
            health.began_at = Some(now);
            health.next_at = None;
        }
    }

    /// The run of a job ends, well or with a sentence about what went wrong, which holds no secrets.
    pub fn end(&self, name: JobName, now: Timestamp, outcome: Result<(), String>) {
        if let Some(Known { health, .. }) = self.known().get_mut(&name) {
            // Clocks may be set back meanwhile.
            let took = health.began_at.map(|began| now.millis().saturating_sub(began.millis()));
            health.took = took.map(|took| u64::try_from(took).unwrap_or_default());
            health.running = false;
            health.ended_at = Some(now);
            health.next_at = Some(now.later(Duration::from_secs(health.every)));
            health.runs = health.runs.saturating_add(1);
            health.failing = outcome.is_err();
            if let Err(detail) = outcome {
                health.failures = health.failures.saturating_add(1);
                health.last_failure = Some(JobFailure { at: now, detail });
            }
        }
    }

    /// Has a job run as soon as it can: at once while it pauses, and once more where it runs now. Whether
    /// this server does it at all.
    #[must_use]
    pub fn wake(&self, name: JobName) -> bool {
        let known = self.known();
        let job = known.get(&name);
        if let Some(Known { wake, .. }) = job {
            wake.notify_one();
        }
        job.is_some()
    }

    /// How each job does.
    #[must_use]
    pub fn read(&self) -> Vec<JobHealth> {
        self.known().values().map(|known| known.health.clone()).collect()
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<JobName, Known>> {
        // Each change is one step: whoever broke off in it left nothing half done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does something again and again, with a pause in between, and notes how it went. What breaks off is a
/// failure, and is tried again like any other.
pub(super) async fn repeat<F>(
    log: JobLog,
    name: JobName,
    pause: Duration,
    mut run: impl FnMut() -> F,
) where
    F: Future<Output = Result<(), String>>,
{
    let wake = log.enter(name, pause, clock::now());
    loop {
        log.begin(name, clock::now());
        let outcome = AssertUnwindSafe(run()).catch_unwind().await;
        let outcome =
            outcome.unwrap_or_else(|_| Err("It broke off. Why is in the log.".to_owned()));
        log.end(name, clock::now(), outcome);
        tokio::select! {
            () = sleep(pause) => {}
            () = wake.notified() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    const JOB: JobName = JobName::ExpireHolds;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000 + seconds * 1_000)
    }

    fn only(log: &JobLog) -> JobHealth {
        let [job] = log.read().try_into().unwrap();
        job
    }

    #[test]
    fn runs_are_counted_and_timed() {
        let log = JobLog::new();
        assert_eq!(log.read(), []);
        log.expect(JOB, Duration::from_secs(15), at(0));
        let job = only(&log);
        assert_eq!((job.every, job.runs, job.next_at, job.ended_at), (15, 0, Some(at(0)), None));
        log.begin(JOB, at(1));
        let job = only(&log);
        assert_eq!((job.running, job.began_at, job.next_at), (true, Some(at(1)), None));
        log.end(JOB, at(3), Ok(()));
        let job = only(&log);
        assert_eq!((job.running, job.took, job.ended_at), (false, Some(2_000), Some(at(3))));
        assert_eq!((job.runs, job.failures, job.failing), (1, 0, false));
        assert_eq!(job.next_at, Some(at(18)));
    }

    #[test]
    fn a_failure_stays_known_when_it_is_over() {
        let log = JobLog::new();
        log.expect(JOB, Duration::from_secs(15), at(0));
        log.begin(JOB, at(1));
        log.end(JOB, at(2), Err("No.".to_owned()));
        assert!(only(&log).failing);
        log.begin(JOB, at(17));
        // It is not known yet whether it goes well now.
        assert!(only(&log).failing);
        log.end(JOB, at(18), Ok(()));
        let job = only(&log);
        assert_eq!((job.failing, job.runs, job.failures), (false, 2, 1));
        assert_eq!(job.last_failure, Some(JobFailure { at: at(2), detail: "No.".to_owned() }));
    }

    #[test]
    fn clocks_may_be_set_back_and_others_are_not_noted() {
        let log = JobLog::new();
        log.begin(JOB, at(0));
        log.end(JOB, at(0), Ok(()));
        assert_eq!(log.read(), []);
        assert!(!log.wake(JOB));
        log.expect(JOB, Duration::from_secs(15), at(0));
        log.begin(JOB, at(10));
        log.end(JOB, at(5), Ok(()));
        assert_eq!(only(&log).took, Some(0));
    }

    #[tokio::test]
    async fn woken_it_runs_before_its_time_and_a_panic_ends_one_run() {
        let (log, runs) = (JobLog::new(), Arc::new(AtomicU64::new(0)));
        let counted = Arc::clone(&runs);
        let task = tokio::spawn(repeat(log.clone(), JOB, Duration::from_hours(1), move || {
            let run = counted.fetch_add(1, Ordering::Relaxed);
            async move {
                assert_ne!(run, 1, "the second run breaks off");
                Ok(())
            }
        }));
        let settled = async |expected| {
            while runs.load(Ordering::Relaxed) < expected || only(&log).running {
                tokio::task::yield_now().await;
            }
        };
        while log.read().is_empty() {
            tokio::task::yield_now().await;
        }
        settled(1).await;
        assert!(log.wake(JOB));
        settled(2).await;
        let job = only(&log);
        assert_eq!((job.runs, job.failures, job.failing), (2, 1, true));
        assert!(log.wake(JOB));
        settled(3).await;
        assert_eq!((only(&log).runs, only(&log).failing), (3, false));
        task.abort();
    }
}
