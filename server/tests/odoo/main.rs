//! Odoo's protocol, over a real connection, on SQLite and on PostgreSQL.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

#[path = "../http/client.rs"]
mod client;
#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod bad_input;
mod credit_page;
mod customer;
mod limits;
mod recorded;
mod transactions;
