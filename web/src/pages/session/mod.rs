//! Signing in.

mod sign_in;

pub use sign_in::SignInPage;
pub(super) use sign_in::sign_in_first;
