//! How the server does, as operators see it.

use std::time::Duration;

use iap_core::api::JobName;
use iap_server::jobs::{self, JobLog};
use serde_json::{Value, json};

use crate::house::{House, Who};
use crate::on_both;
use crate::support::store::TestStore;

async fn health(house: &House) -> (String, Value) {
    let (status, health) = house.call(Who::Operator, "GET", "/health", None).await;
    assert_eq!(status, 200, "{health}");
    (health.to_string(), health)
}

on_both! {
    async fn what_the_server_is_and_does(test: TestStore) {
        let house = House::of(test).await;
        let (text, health) = health(&house).await;
        let database = &health["database"];
        let known = ["sqlite", "postgresql"];
        assert!(known.contains(&database["engine"].as_str().unwrap()), "{database}");
        assert!(database["size"].as_u64().unwrap() > 10_000, "{database}");
        assert!(database["version"].as_str().unwrap().contains('.'), "{database}");
        assert_eq!(database["schema"], database["known_schema"]);
        assert!(database["schema"].as_u64().unwrap() >= 12);
        assert_eq!(health["version"], env!("CARGO_PKG_VERSION"));
        assert_eq!((&health["payments"], &health["sandbox"]), (&json!("demo"), &json!(true)));
        assert_eq!(health["mails"], json!({
            "means": "folder", "waiting": 0, "retried": 0, "failed": 0, "failed_lately": 0,
        }));
        assert_eq!(health["jobs"][0]["name"], "expire_holds");
        // Where the database is, is nobody's business but the machine's.
        assert!(!text.contains("postgres://") && !text.contains(&house.test.address), "{text}");
    }

    async fn mails_are_told_by_what_became_of_them(test: TestStore) {
        let house = House::of(test).await;
        let old = "'failed', 1000, 1";
        let now = iap_server::clock::now().millis();
        let new = format!("'failed', {now}, 1");
        let tried = format!("'waiting', {now}, 1");
        for (values, error) in [(old, "gone"), (&*new, "gone"), (&*tried, "later"), (&*tried, "")] {
            crate::execute(&house.test, &format!(
                "INSERT INTO mail (account_id, template, recipient, language, content, next_attempt_at, \
                 state, created_at, attempts, error) VALUES ({}, 'low_credit', 'a@example.com', \
                 'en', '{{}}', 0, {values}, '{error}')",
                house.account,
            )).await;
        }
        let (_, health) = health(&house).await;
        assert_eq!(health["mails"], json!({
            "means": "folder", "waiting": 2, "retried": 1, "failed": 2, "failed_lately": 1,
        }));
    }

    async fn jobs_of_this_server_run_when_they_are_told_to(test: TestStore) {
        let house = House::of(test).await;
        assert_eq!(house.call(Who::Operator, "POST", "/jobs/expire_holds/run", None).await.0, 204);
        // This server sends no mails, and nobody does what there is not.
        for job in ["send_mails", "no_job"] {
            let path = format!("/jobs/{job}/run");
            assert_eq!(house.call(Who::Operator, "POST", &path, None).await.0, 404, "{job}");
        }
        let log = JobLog::new();
        let job = tokio::spawn(jobs::forget_what_is_over(house.test.store.clone(), log.clone()));
        let runs = async |expected: u64| {
            for _ in 0..500 {
                if log.read().first().is_some_and(|it| it.runs >= expected) {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            panic!("{:?}", log.read());
        };
        runs(1).await;
        assert!(log.wake(JobName::Forget));
        // Its pause is of hours.
        runs(2).await;
        job.abort();
        let read = log.read();
        assert_eq!((read[0].failures, read[0].failing, read[0].every), (0, false, 21_600));
    }

    async fn a_job_that_cannot_be_done_says_so_without_secrets(test: TestStore) {
        let house = House::of(test).await;
        let log = JobLog::new();
        house.test.store.close().await;
        let job = tokio::spawn(jobs::expire_holds(house.test.store.clone(), log.clone()));
        for _ in 0..500 {
            if log.read().first().is_some_and(|it| it.failing) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        job.abort();
        let read = log.read();
        let failure = read[0].last_failure.as_ref().unwrap();
        assert_eq!(failure.detail, "The database cannot be reached. Try again in a moment.");
    }
}
