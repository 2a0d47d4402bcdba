//! What the tests of the server share.

pub(crate) mod postgres;
pub(crate) mod store;
