//! Signing in.

mod sign_in;
mod visit;

pub use sign_in::SignInPage;
pub(super) use visit::follow_visitor;
