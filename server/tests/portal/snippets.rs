//! What the application shows to those who write a program that charges, run as it stands there.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;

use crate::house::{House, KEY, Who};
use crate::on_both;
use crate::support::store::TestStore;

/// The program in Rust, and a way to give it what it reads from its surroundings when it runs by itself.
#[allow(dead_code, clippy::print_stdout, reason = "its main function is not called")]
mod charge {
    include!("../../../snippets/charge.rs");

    pub(super) fn charge(
        (server, key, token): (&str, &str, &str),
        job: &str,
        work: fn() -> Result<(), String>,
    ) -> Result<Value, String> {
        let [server, key, token] = [server, key, token].map(str::to_owned);
        Account { server, key, token }.charge(job, work).map_err(|error| error.to_string())
    }
}

/// The token of the account that pays: as in the tests of what providers earn.
const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// Runs a snippet as a program would be run that is not ours.
async fn run(house: &House, program: &str, file: &str, account: &str) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../snippets");
    let mut command = Command::new(program);
    command
        .arg(folder.join(file))
        .env("IAP_URL", format!("http://{}", house.address))
        .env("IAP_KEY", KEY)
        .env("IAP_ACCOUNT", account)
        .env("IAP_JOB", format!("{file} {account}").replace(' ', "-"));
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

/// Whether a program is there; curl and a shell have to be.
fn is_there(program: impl AsRef<OsStr>) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

async fn balance(house: &House, account: i64) -> String {
    let (_, account) =
        house.call(Who::Operator, "GET", &format!("/accounts/{account}"), None).await;
    account["available"]["total"].as_str().unwrap().to_owned()
}

on_both! {
    async fn snippets_charge_once(test: TestStore) {
        let house = House::of(test).await;
        let account = house.bought(1).await;
        assert!(is_there("curl"), "the first snippet needs curl");
        let mut left = 10;
        for (program, file) in [("sh", "charge.sh"), ("python3", "charge.py")] {
            if !is_there(program) && program != "sh" {
                continue;
            }
            left -= 1;
            // Again it is charged no more.
            for _ in 0..2 {
                let done = run(&house, program, file, TOKEN).await;
                assert!(done.status.success(), "{file}: {done:?}");
                assert!(String::from_utf8_lossy(&done.stdout).contains("1.0000"), "{done:?}");
                assert_eq!(balance(&house, account).await, format!("{left}.0000"), "{file}");
            }
            // On an account for tests nothing is charged, and on an empty one it says so.
            let done = run(&house, program, file, "111111").await;
            assert!(done.status.success(), "{file}: {done:?}");
            let refused = run(&house, program, file, "000000").await;
            assert!(!refused.status.success(), "{file}: {refused:?}");
            assert_eq!(balance(&house, account).await, format!("{left}.0000"), "{file}");
        }
        let server = format!("http://{}", house.address);
        let done = tokio::task::spawn_blocking(move || {
            let of = |token| (&*server, KEY, token);
            let work = || Ok(());
            let charged = [(); 2].map(|()| charge::charge(of(TOKEN), "rust", work));
            let charged = charged.map(|hold| hold.unwrap()["charged"].clone());
            let no_paper = || Err("No paper".to_owned());
            let failed = charge::charge(of(TOKEN), "fails", no_paper).unwrap_err();
            let lacks = charge::charge(of("000000"), "rust", work).unwrap_err();
            charge::charge(of("111111"), "rust", work).unwrap();
            (charged, failed, lacks)
        });
        let (charged, failed, lacks) = done.await.unwrap();
        assert_eq!(charged, [json!("1.0000"), json!("1.0000")]);
        assert_eq!((&*failed, &*lacks), ("No paper", "The customer lacks credits."));
        assert_eq!(balance(&house, account).await, format!("{}.0000", left - 1));
        house.test.verify().await;
    }
}
