//! What the server answers, over a real connection.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test, a panic is the report"
)]

mod application;
mod client;
mod files;
mod limits;
mod pages;
mod policy;
mod security;
