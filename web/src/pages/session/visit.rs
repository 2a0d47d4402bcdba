//! Pages that show what a server knows to those who are signed in.

use leptos::prelude::*;

use super::sign_in::sign_in_first;
use crate::reactive::effect;
use crate::router::use_location;
use crate::state::{Standing, use_visitor};

/// Asks for what a page shows once it is known who is there, and again when somebody comes back to
/// it; whoever is not signed in is led to sign in first. Gives what tries again after a failure.
pub(in crate::pages) fn follow_visitor(
    refresh: impl Fn() + Copy + Send + Sync + 'static,
) -> impl Fn() + Copy + Send + Sync + 'static {
    let visitor = use_visitor();
    let location = use_location();
    effect(move |_| match visitor.standing() {
        Standing::Out(_) => location.replace(&sign_in_first()),
        Standing::In(_) | Standing::Demo => refresh(),
        Standing::Asking | Standing::Failed(_) => {}
    });
    let again = move || match visitor.standing_untracked() {
        Standing::Failed(_) => visitor.ask(),
        _ => refresh(),
    };
    // Credits are spent elsewhere meanwhile.
    for event in ["focus", "online"] {
        let handle = window_event_listener_untyped(event, move |_| again());
        on_cleanup(move || handle.remove());
    }
    again
}
