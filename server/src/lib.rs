//! The server of the project and its command line, as a library that its tests can call.
#![deny(missing_docs)]

pub mod cli;
pub mod clock;
pub mod customers;
pub mod demo;
mod hexadecimal;
pub mod http;
pub mod invoices;
pub mod jobs;
mod known_accounts;
pub mod mail;
pub mod oidc;
pub mod orders;
mod outbound;
pub mod password;
pub mod payments;
pub mod phone;
pub mod secret;
pub mod store;
pub mod traces;
