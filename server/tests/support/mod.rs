//! What the tests of the server share.
#![allow(dead_code, reason = "each program of tests needs another part of it")]

pub(crate) mod postgres;
pub(crate) mod smtp;
pub(crate) mod store;
