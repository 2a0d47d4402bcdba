//! Messages on their way to people.

mod retry;

pub use retry::{Retry, after_failure};
