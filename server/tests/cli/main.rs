//! The commands of the binary, as a person or a script calls them.
#![allow(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod iap;
mod parts;
mod serve;
