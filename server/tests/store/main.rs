//! The store, on SQLite and on PostgreSQL.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

#[path = "../support/mod.rs"]
mod support;

mod alerts;
mod failover;
mod ledger;
mod outbox;
mod races;
mod safety;
mod smtp;
