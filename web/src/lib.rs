//! The web application: a single page, rendered in the browser.
//!
//! Rules live in `iap_core`; here is what shows them. A page stands in `pages/<noun>/<verb>.rs`
//! and is built from [`page::Page`] and the parts of [`ui`]; its texts come from [`i18n`].

#![allow(
    clippy::must_use_candidate,
    clippy::needless_pass_by_value,
    reason = "the view macro calls components, and hands them their properties by value"
)]
#![allow(
    clippy::large_types_passed_by_value,
    reason = "the composer is a set of handles, copied into closures all over the page"
)]
#![allow(
    unreachable_pub,
    reason = "the component macro keeps each component's body in a public function of its own"
)]

extern crate self as iap_web; // as the view macro names it, in here and in tests

mod app;
pub mod backend;
pub mod clock;
pub mod dom;
pub mod download;
pub mod file;
pub mod format;
pub mod i18n;
mod intl;
pub mod letters;
pub mod lock;
pub mod names;
pub mod page;
pub mod pages;
pub mod panic;
pub mod part;
mod pause;
pub mod plans;
pub mod query;
pub mod reactive;
pub mod router;
pub mod settings;
pub mod shell;
pub mod state;
pub mod storage;
pub mod theme;
pub mod ui;

pub use app::{App, start};
