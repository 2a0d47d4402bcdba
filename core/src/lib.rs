//! The rules of prepaid credits and SMS, as pure functions on small values.
//!
//! Nothing here reads a clock, a file, a network or a random number: what a rule needs comes in
//! as an argument. The browser and the server call the same functions, so what a person sees
//! while typing is what is charged.
// Only what describes the interface needs the standard library.
#![cfg_attr(not(feature = "openapi"), no_std)]
#![deny(missing_docs)]

extern crate alloc;

pub mod access;
#[cfg(feature = "api")]
pub mod api;
pub mod billing;
pub mod catalogue;
pub mod credits;
pub mod csv;
pub mod messaging;
pub mod phone;
mod plain_text;
pub mod pricing;
pub mod sms;
pub mod sort;
mod sorted_map;
pub mod time;

pub use plain_text::{PlainTextError, plain};
pub use sorted_map::SortedMap;
