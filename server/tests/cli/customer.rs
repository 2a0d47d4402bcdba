//! A folder of data with a customer in it, and commands that work on it.

use std::path::Path;

use iap_core::catalogue::Admission;
use iap_core::time::Timestamp;
use iap_server::store::{AccountKey, DatabaseUrl, Store};
use tempfile::TempDir;

use crate::iap::{Outcome, run};

pub(crate) const UUID: &str = "048bbd94-e5cc-11f1-9d2d-02fc00000001";

/// Runs a command on the data of a folder.
pub(crate) fn iap(folder: &Path, arguments: &[&str]) -> Outcome {
    run(&[arguments, &["--data", folder.to_str().unwrap()]].concat(), "")
}

/// What a command says that does what it is asked for.
pub(crate) fn said(folder: &Path, arguments: &[&str]) -> String {
    let outcome = iap(folder, arguments);
    assert_eq!((outcome.status, &*outcome.err), (Some(0), ""), "{arguments:?}");
    outcome.out
}

/// The sentence of a command that refuses.
pub(crate) fn refused(folder: &Path, status: i32, arguments: &[&str]) -> String {
    let outcome = iap(folder, arguments);
    assert_eq!((outcome.status, &*outcome.out), (Some(status), ""), "{arguments:?}");
    assert_eq!(outcome.err.lines().count(), 1, "{}", outcome.err);
    outcome.err
}

/// Lets something be seen that only the protocol shows the server.
pub(crate) fn with_store<T>(folder: &Path, work: impl AsyncFnOnce(&Store) -> T) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&DatabaseUrl::sqlite(&folder.join("iap.db"))).await.unwrap();
        let result = work(&store).await;
        store.close().await;
        result
    })
}

/// A folder with the service sms, a database that waits, and an account of it.
pub(crate) fn customer() -> TempDir {
    let folder = TempDir::new().unwrap();
    said(folder.path(), &["service", "add", "sms", "--label", "SMS"]);
    with_store(folder.path(), async |store| {
        let now = Timestamp::default();
        let database = store.database(UUID, Admission::Waiting, now).await.unwrap();
        let service = store.service(&"sms".parse().unwrap()).await.unwrap().unwrap();
        let key = AccountKey::from(&"d20c879d28ee40eeb567e13ec375bd1b".parse().unwrap());
        store.account(database.id, service.id, &key, now).await.unwrap();
    });
    folder
}
