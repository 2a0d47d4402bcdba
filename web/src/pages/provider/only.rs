//! Who sees these pages.

use leptos::prelude::*;

use crate::backend::http::Failure;
use crate::dom::{ChildrenFn, Node, view};
use crate::i18n::{I18n, tr};
use crate::pages::session::follow_visitor;
use crate::state::{Standing, use_visitor};
use crate::ui::{EmptyState, IconName, When, condition};

/// Asks for what a page shows once it is known that whoever is there offers services; gives what tries again.
pub(super) fn follow_provider(
    refresh: impl Fn() + Copy + Send + Sync + 'static,
) -> impl Fn() + Copy + Send + Sync + 'static {
    let visitor = use_visitor();
    follow_visitor(move || {
        if untrack(move || visitor.may_provide()) {
            refresh();
        }
    })
}

/// Content for those who offer services. Others are told in a sentence why it is not for them; the server
/// would tell them nothing either.
#[component]
pub(super) fn ProvidersOnly(children: ChildrenFn) -> Node {
    let visitor = use_visitor();
    let refused = move || matches!(visitor.standing(), Standing::In(_)) && !visitor.may_provide();
    view! {
        <When when=condition(move || visitor.is_demo())>
            <div class="card">
                <EmptyState
                    icon=IconName::Building
                    title=tr(I18n::provider_demo)
                    text=tr(I18n::provider_demo_text)
                />
            </div>
        </When>
        <When when=condition(refused)>
            <div class="card">
                <EmptyState
                    icon=IconName::Building
                    title=tr(I18n::provider_refused)
                    text=tr(I18n::provider_refused_text)
                >
                    <a class="button" href="/services">{tr(I18n::account_all)}</a>
                </EmptyState>
            </div>
        </When>
        <When when=condition(move || visitor.may_provide())>{children()}</When>
    }
}

/// Why nothing can be shown: the server cannot be asked who is there, or did not answer what was asked.
pub(super) fn failure_of(failure: Option<Failure>) -> Option<Failure> {
    match use_visitor().standing() {
        Standing::Failed(failure) => Some(failure),
        _ => failure,
    }
}
