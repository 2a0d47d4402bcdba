//! What a page says where the server could not be asked, or said no.

use iap_core::api::ProblemCode;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{Button, IconName, Notice, NoticeKind};
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::Signal;

/// From so many seconds on a wait is told in minutes.
const MINUTES: u32 = 90;

/// What happened and what to do, in the page's language. What has no text of ours is said as the
/// server says it.
#[must_use]
pub fn failure_text(t: I18n, failure: &Failure) -> String {
    let (problem, retry_after) = match failure {
        Failure::Unreachable => return t.failure_unreachable().to_owned(),
        Failure::NoServer => return t.failure_no_server().to_owned(),
        Failure::Refused { problem, retry_after } => (problem, retry_after),
    };
    match (problem.code, *retry_after) {
        (ProblemCode::WrongPassword, _) => t.failure_wrong_password().to_owned(),
        (ProblemCode::NotSignedIn, _) => t.failure_not_signed_in().to_owned(),
        (ProblemCode::Locked | ProblemCode::TooManyRequests, Some(seconds))
            if seconds < MINUTES =>
        {
            t.failure_wait_seconds(seconds)
        }
        (ProblemCode::Locked | ProblemCode::TooManyRequests, Some(seconds)) => {
            t.failure_wait_minutes(seconds.div_ceil(60))
        }
        _ => t.failure_refused(&problem.detail),
    }
}

/// Says why what was sent was not taken, as soon as that is so.
#[component]
pub fn Failed(
    /// Why; none while nothing failed.
    #[prop(into)]
    failure: Signal<Option<Failure>>,
) -> Node {
    let t = use_i18n();
    let notice = move || {
        let failure = failure.get()?;
        Some(failed(t, &failure))
    };
    view! { <div role="alert">{notice}</div> }
}

/// A notice of why something failed, for a place that is announced.
#[must_use]
pub fn failed(t: I18n, failure: &Failure) -> Node {
    let text = failure_text(t, failure);
    view! { <Notice kind=NoticeKind::Error>{text}</Notice> }
}

/// Says why something is not there, with a button to try again.
#[component]
pub fn Retry(
    /// Why.
    failure: Failure,
    /// Tries again.
    on_click: impl Fn() + 'static,
) -> Node {
    let t = use_i18n();
    view! {
        <div role="alert">
            <Notice kind=NoticeKind::Error>
                <p>{move || failure_text(t, &failure)}</p>
                <Button icon=IconName::Undo on:click=move |_| on_click()>
                    {tr(I18n::failure_retry)}
                </Button>
            </Notice>
        </div>
    }
}

/// Holds the place of what is on its way, so that nothing jumps when it comes. It shows itself only
/// after a moment: what comes at once needs no picture of waiting.
#[component]
pub fn Waiting(
    /// What is on its way, for screen readers.
    #[prop(into)]
    label: TextProp,
) -> Node {
    view! {
        <div class="waiting" role="status">
            <span class="visually-hidden">{move || label.get()}</span>
            <span class="waiting-line"></span>
            <span class="waiting-line"></span>
            <span class="waiting-line"></span>
        </div>
    }
}
