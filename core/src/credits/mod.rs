//! Prepaid credits: accounts, what is entered in them, and what is held for work under way.
//!
//! Everything is double entry. An [`Entry`] moves credits between four [`Leg`]s: what an account
//! has *available*, what it has *held* for work that was authorized, what the *provider* of the
//! service has earned, and the *platform*, where credits come from and go back to. Credits that
//! were paid for and credits that were granted are never mixed ([`Kind`]); granted ones are spent
//! first. Entries are only ever added: a mistake is corrected by a further one.
//!
//! The rules are functions of an [`Account`] and return what becomes of it. Whoever calls them
//! keeps the entry and the account together, or neither.
//!
//! ```
//! use iap_core::credits::{Account, Amount, Captured, Kind};
//! use iap_core::time::{Hours, Timestamp};
//!
//! let now = Timestamp::from_millis(1_800_000_000_000);
//! let account = Account::default().credit(Kind::Paid, "10".parse()?)?.account;
//!
//! let (posted, hold) = account.authorize("0.7392".parse()?, now.after(Hours::new(24)?))?;
//! assert_eq!(posted.account.balance().available().total().to_string(), "9.2608");
//!
//! // Less was needed than authorized: the rest comes back.
//! let Captured::Now(posted, hold) = posted.account.capture(&hold, Some("0.5".parse()?), now)?
//!     else { unreachable!("it was open") };
//! assert_eq!(posted.account.balance().available().total().to_string(), "9.5000");
//! assert!(posted.account.cancel(&hold, now).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod account;
mod alert;
mod amount;
mod attribution;
mod balance;
mod companies;
mod entry;
mod funds;
mod hold;
mod money;
mod order;
mod pack;
mod revenue;
mod sandbox;
mod share;
mod token;

pub use account::{Account, Cancelled, Captured, InsufficientCredit, Posted, WithdrawError};
pub use alert::{Alert, Level, Threshold, ThresholdError};
pub use amount::{Amount, AmountError};
pub use attribution::{Attribution, AttributionError, CompanyNotAllowed};
pub use balance::{Balance, Overdrawn};
pub use companies::Companies;
pub use entry::{Entry, EntryKind, Leg, Postings};
pub use funds::{Change, Funds, Kind};
pub use hold::{Hold, HoldState, ResolveError};
pub use money::{Currency, CurrencyError, Money, MoneyError};
pub use order::{Order, OrderError, OrderState, Paid};
pub use pack::{Cover, Pack, PackError};
pub use revenue::{Moves, RevenueBook, Sale, Taken};
pub use sandbox::{SandboxAccount, SandboxHold};
pub use share::{Share, ShareError};
pub use token::{AccountToken, Disabled, TokenBase, TokenError};
