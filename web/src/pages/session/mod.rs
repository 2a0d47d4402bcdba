//! Signing in.

mod sign_in;
mod visit;

pub use sign_in::SignInPage;
pub(super) use sign_in::sign_in_first;
pub(super) use visit::follow_visitor;
