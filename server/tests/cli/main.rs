//! The commands of the binary, as a person or a script calls them.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test, a panic is the report"
)]

#[path = "../support/smtp.rs"]
mod smtp;

mod credits;
mod customer;
mod iap;
mod mail_tls;
mod order;
mod outbox;
mod parts;
mod parts_vectors;
mod people;
mod quote;
mod quote_vectors;
mod rates;
mod serve;
mod traces;
