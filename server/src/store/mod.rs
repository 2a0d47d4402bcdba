//! What the server keeps: in an SQLite file, or in PostgreSQL where several servers share it.

mod accounts;
mod audit;
mod databases;
mod dialect;
mod entries;
mod error;
mod holds;
mod ledger;
mod open;
mod orders;
mod outbox;
mod packs;
mod page;
mod services;
mod sessions;
mod settings;
mod shown_accounts;
mod transaction;
mod users;
mod verify;

pub(crate) use accounts::hexadecimal;
pub use accounts::{AccountKey, AccountRow, NamedAccount};
pub use audit::Actor;
pub use databases::DatabaseRow;
pub use entries::EntryFilter;
pub use error::{DriverError, StoreError};
pub use ledger::{Change, Ledger, LedgerError, Outcome, Refusal, Request};
pub use open::{DatabaseUrl, DatabaseUrlError, Store};
pub use orders::{NewOrderRow, OrderFilter, OrderRefusal, Step, Unfinished};
pub use outbox::{Claim, MailAccount, Resend, Settled, WaitingMail};
pub use packs::NameTaken;
pub use page::Cut;
pub use services::{NewService, ServiceRow};
pub use sessions::SessionRow;
pub use users::{Credentials, NewUserRow, UserError, rights};
pub use verify::{Finding, Findings};
