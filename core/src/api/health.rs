//! How the server does, for those who run it.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use serde::{Deserialize, Serialize};

use crate::billing::PaymentMeans;
use crate::time::Timestamp;

/// How a server does. What it does by itself is told of the one that answers, since it started; what
/// stands in the database is the same for all that share it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Health {
    /// The program's version.
    pub version: String,
    /// Since when it runs.
    pub started_at: Timestamp,
    /// When this was told, by the server's clock.
    pub now: Timestamp,
    /// What keeps what it knows.
    pub database: DatabaseHealth,
    /// Mails on their way out.
    pub mails: MailHealth,
    /// How orders are paid.
    pub payments: PaymentMeans,
    /// Whether providers can try out their programs here, on accounts that are none.
    pub sandbox: bool,
    /// How many connections follow what changes.
    pub followers: u64,
    /// What it does without being asked.
    pub jobs: Vec<JobHealth>,
}

/// How a database does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DatabaseHealth {
    /// Which it is.
    pub engine: DatabaseEngine,
    /// Its version.
    pub version: String,
    /// How large it is, in bytes.
    pub size: u64,
    /// How long it took to answer, in microseconds.
    pub answered_in: u64,
    /// How many steps its schema has taken.
    pub schema: u64,
    /// How many the program knows.
    pub known_schema: u64,
}

/// Which database keeps what the server knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DatabaseEngine {
    /// A file.
    Sqlite,
    /// A server of its own.
    Postgresql,
}

impl DatabaseEngine {
    /// All.
    pub const ALL: [Self; 2] = [Self::Sqlite, Self::Postgresql];

    /// The word that interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgresql => "postgresql",
        }
    }

    /// The database of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.as_str() == word)
    }
}

/// How mails do that are on their way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailHealth {
    /// How they leave the server.
    pub means: MailMeans,
    /// How many are to be sent.
    pub waiting: u64,
    /// How many of those were tried and not taken.
    pub retried: u64,
    /// How many are not tried any more.
    pub failed: u64,
    /// How many of those were written in the last seven days.
    pub failed_lately: u64,
}

/// How mails leave the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailMeans {
    /// Through a mail server.
    Smtp,
    /// As files in a folder: they reach nobody.
    Folder,
}

impl MailMeans {
    /// All.
    pub const ALL: [Self; 2] = [Self::Smtp, Self::Folder];

    /// The word that interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Folder => "folder",
        }
    }

    /// The means of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|means| means.as_str() == word)
    }
}

/// What a server does without being asked. Several servers may do it side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobName {
    /// Gives back what holds have set aside whose time is over.
    ExpireHolds,
    /// Tells the ledger of orders that were left behind, and issues invoices that are owed.
    FinishOrders,
    /// Asks what became of payments, and gives money back that is due.
    LookAfterPayments,
    /// Sends mails that wait.
    SendMails,
    /// Forgets old mails and sessions that have ended.
    Forget,
}

impl JobName {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::ExpireHolds,
        Self::FinishOrders,
        Self::LookAfterPayments,
        Self::SendMails,
        Self::Forget,
    ];

    /// The word that interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ExpireHolds => "expire_holds",
            Self::FinishOrders => "finish_orders",
            Self::LookAfterPayments => "look_after_payments",
            Self::SendMails => "send_mails",
            Self::Forget => "forget",
        }
    }

    /// The job of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|job| job.as_str() == word)
    }
}

/// How a job does on one server, since it started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobHealth {
    /// Which it is.
    pub name: JobName,
    /// How long it pauses between two runs, in seconds.
    pub every: u64,
    /// How often it ran.
    pub runs: u64,
    /// How often it failed.
    pub failures: u64,
    /// When it last began.
    pub began_at: Option<Timestamp>,
    /// When it last ended.
    pub ended_at: Option<Timestamp>,
    /// How long the last run that ended took, in milliseconds.
    pub took: Option<u64>,
    /// Whether it runs now.
    pub running: bool,
    /// Whether the last run that ended failed.
    pub failing: bool,
    /// The last failure, if there was one.
    pub last_failure: Option<JobFailure>,
    /// When it is due, unless it runs now.
    pub next_at: Option<Timestamp>,
}

/// Why a job failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobFailure {
    /// When.
    pub at: Timestamp,
    /// A sentence. More stands in the server's log.
    pub detail: String,
}

/// Something that whoever runs the server should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Concern {
    /// A job failed when it ran last.
    JobFailing(JobName),
    /// A job does not run although it is due.
    JobLate(JobName),
    /// A job has been running for very long.
    JobLong(JobName),
    /// The database takes long to answer.
    SlowDatabase,
    /// The database was brought up to date by a newer version of the program.
    NewerSchema,
    /// So many mails were tried and not taken.
    MailsRetried(u64),
    /// So many mails were given up lately.
    MailsFailed(u64),
    /// Mails reach nobody.
    MailsInFolder,
    /// Accounts for tests are on where things are sold.
    Sandbox,
}

/// A job is late when it is due for so long: a busy machine takes a while.
const LATE: Duration = Duration::from_mins(2);

/// A job runs for very long from here on: many mails take a while, too.
const LONG: Duration = Duration::from_hours(1);

/// A database that takes longer to answer is slow, in microseconds.
const SLOW: u64 = 1_000_000;

impl Health {
    /// What whoever runs the server should look at, the most pressing first; nothing while all is well.
    /// That demo data reaches nobody and can be tried out on is as it should be.
    #[must_use]
    pub fn concerns(&self) -> Vec<Concern> {
        let is_demo = self.payments == PaymentMeans::Demo;
        let mut concerns = Vec::new();
        for job in &self.jobs {
            if job.failing {
                concerns.push(Concern::JobFailing(job.name));
            }
            if job.next_at.is_some_and(|due| due.later(LATE) < self.now) {
                concerns.push(Concern::JobLate(job.name));
            }
            if job.running && job.began_at.is_some_and(|began| began.later(LONG) < self.now) {
                concerns.push(Concern::JobLong(job.name));
            }
        }
        let mails = &self.mails;
        let further = [
            (self.database.answered_in > SLOW, Concern::SlowDatabase),
            (self.database.schema > self.database.known_schema, Concern::NewerSchema),
            (mails.retried > 0, Concern::MailsRetried(mails.retried)),
            (mails.failed_lately > 0, Concern::MailsFailed(mails.failed_lately)),
            (mails.means == MailMeans::Folder && !is_demo, Concern::MailsInFolder),
            (self.sandbox && !is_demo, Concern::Sandbox),
        ];
        concerns.extend(further.into_iter().filter(|(is_so, _)| *is_so).map(|(_, it)| it));
        concerns
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn before(length: Duration) -> Timestamp {
        let length = i64::try_from(length.as_millis()).unwrap();
        Timestamp::from_millis(NOW.millis() - length)
    }

    fn job() -> JobHealth {
        JobHealth {
            name: JobName::SendMails,
            every: 5,
            runs: 3,
            failures: 1,
            began_at: Some(before(Duration::from_secs(4))),
            ended_at: Some(before(Duration::from_secs(3))),
            took: Some(1_000),
            running: false,
            failing: false,
            last_failure: None,
            next_at: Some(NOW.later(Duration::from_secs(2))),
        }
    }

    fn health(job: JobHealth) -> Health {
        Health {
            version: "1.0.0".into(),
            started_at: before(Duration::from_hours(5)),
            now: NOW,
            database: DatabaseHealth {
                engine: DatabaseEngine::Sqlite,
                version: "3".into(),
                size: 1,
                answered_in: 90,
                schema: 12,
                known_schema: 12,
            },
            mails: MailHealth {
                means: MailMeans::Smtp,
                waiting: 2,
                retried: 0,
                failed: 9,
                failed_lately: 0,
            },
            payments: PaymentMeans::Card,
            sandbox: false,
            followers: 1,
            jobs: vec![job],
        }
    }

    #[test]
    fn all_is_well_although_something_once_failed() {
        assert_eq!(health(job()).concerns(), []);
        let running = JobHealth { running: true, next_at: None, ..job() };
        assert_eq!(health(running).concerns(), []);
    }

    #[test]
    fn what_is_wrong_with_a_job_is_told() {
        let name = JobName::SendMails;
        let failing = JobHealth { failing: true, ..job() };
        assert_eq!(health(failing).concerns(), [Concern::JobFailing(name)]);
        let late =
            |minutes| JobHealth { next_at: Some(before(Duration::from_mins(minutes))), ..job() };
        assert_eq!(health(late(2)).concerns(), []);
        assert_eq!(health(late(3)).concerns(), [Concern::JobLate(name)]);
        let long = |minutes| JobHealth {
            running: true,
            next_at: None,
            began_at: Some(before(Duration::from_mins(minutes))),
            ..job()
        };
        assert_eq!(health(long(59)).concerns(), []);
        assert_eq!(health(long(61)).concerns(), [Concern::JobLong(name)]);
    }

    #[test]
    fn what_is_wrong_otherwise_is_told() {
        let mut health = health(job());
        health.database.answered_in = 1_500_000;
        health.database.schema = 13;
        health.mails =
            MailHealth { means: MailMeans::Folder, retried: 2, failed_lately: 1, ..health.mails };
        health.sandbox = true;
        let all = [
            Concern::SlowDatabase,
            Concern::NewerSchema,
            Concern::MailsRetried(2),
            Concern::MailsFailed(1),
            Concern::MailsInFolder,
            Concern::Sandbox,
        ];
        assert_eq!(health.concerns(), all);
        // Nobody is to be reached by demo data.
        health.payments = PaymentMeans::Demo;
        assert_eq!(health.concerns(), all[..4]);
    }

    #[test]
    fn words_are_read_as_they_are_written() {
        for job in JobName::ALL {
            assert_eq!(JobName::from_word(job.as_str()), Some(job));
        }
        for means in MailMeans::ALL {
            assert_eq!(MailMeans::from_word(means.as_str()), Some(means));
        }
        for engine in DatabaseEngine::ALL {
            assert_eq!(DatabaseEngine::from_word(engine.as_str()), Some(engine));
        }
    }
}
