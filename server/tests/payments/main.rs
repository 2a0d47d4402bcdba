//! Payments by card, on SQLite and on PostgreSQL, with a double of our own of Stripe's server.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

#[allow(dead_code, reason = "not every test needs all")]
#[path = "../http/client.rs"]
mod client;
#[allow(dead_code, reason = "not every test needs all")]
#[path = "../portal/house.rs"]
mod house;
#[path = "../support/mod.rs"]
mod support;

mod checkout;
mod double;
mod localstripe;
mod notices;
mod refunds;
mod storm;
mod till;
