//! Lists on a terminal, as programs can read them too: a line a row, with tabs between the columns.

use std::io::{self, Write as _};

use iap_core::api::Page;
use iap_core::time::Timestamp;

use super::failure::Failure;
use crate::store::{Cut, StoreError};

/// Writes a row, or what the columns are called.
pub(super) fn row(fields: &[&str]) -> Result<(), Failure> {
    writeln!(io::stdout(), "{}", fields.join("\t")).map_err(Failure::Output)
}

/// Writes a long list to its end, part by part as it is read; each part follows the last row's key.
pub(super) async fn rows<T>(
    read: impl AsyncFn(Cut) -> Result<Page<T>, StoreError>,
    key: impl Fn(&T) -> i64,
    write: impl Fn(&T) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut after = None;
    loop {
        let page = read(Cut::new(after, Cut::MOST)).await?;
        page.items.iter().try_for_each(&write)?;
        after = page.items.last().map(&key);
        if page.next.is_none() {
            return Ok(());
        }
    }
}

/// A moment that may not have come, in universal time.
pub(super) fn moment(moment: Option<Timestamp>) -> String {
    moment.map(|moment| moment.to_string()).unwrap_or_default()
}
