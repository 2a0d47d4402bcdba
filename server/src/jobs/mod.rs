//! What the server does without being asked.

mod expiry;
mod log;
mod orders;
mod outbox;
mod payments;
mod retention;

pub use expiry::expire_holds;
pub use log::JobLog;
pub use orders::finish_orders;
pub use outbox::Outbox;
pub use payments::look_after_payments;
pub use retention::{forget_old_mails, forget_what_is_over};
