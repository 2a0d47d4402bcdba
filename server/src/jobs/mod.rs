//! What the server does without being asked.

mod expiry;

pub use expiry::expire_holds;
