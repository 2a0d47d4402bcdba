//! What the server keeps: in an SQLite file, or in PostgreSQL where several servers share it.

mod accounts;
mod batch;
mod dialect;
mod error;
mod ledger;
mod open;
mod transaction;
mod verify;

pub(crate) use accounts::hexadecimal;
pub use accounts::{
    AccountKey, AccountRow, DatabaseRow, NamedAccount, NewService, ServiceRow, service_key_hash,
};
pub use error::StoreError;
pub use ledger::{Change, Ledger, LedgerError, Outcome, Refusal, Request};
pub use open::{DatabaseUrl, DatabaseUrlError, Store};
pub use verify::{Finding, Findings};
