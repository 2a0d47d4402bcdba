//! What the operator's pages say to everybody else.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::Memo;
use crate::state::{Standing, use_visitor};
use crate::ui::{EmptyState, IconName, Retry, Waiting};

/// Why somebody does not see an operator's page.
#[derive(Clone, PartialEq, Eq)]
enum Bar {
    Asking,
    NoServer,
    NotOperator,
    Failed(crate::backend::http::Failure),
}

/// Says why the page cannot be shown; nothing to operators.
#[component]
pub(in crate::pages) fn Barred(again: impl Fn() + Copy + Send + Sync + 'static) -> Node {
    let visitor = use_visitor();
    let bar = Memo::new(move |_| match visitor.standing() {
        Standing::In(user) if user.operator => None,
        Standing::In(_) => Some(Bar::NotOperator),
        Standing::Demo => Some(Bar::NoServer),
        Standing::Failed(failure) => Some(Bar::Failed(failure)),
        Standing::Asking | Standing::Out(_) => Some(Bar::Asking),
    });
    let said = move || {
        Some(match bar.get()? {
            Bar::Asking => view! { <Waiting label=tr(I18n::operator_asking)/> },
            Bar::Failed(failure) => view! { <Retry failure=failure on_click=again/> },
            Bar::NoServer => view! {
                <div class="card">
                    <EmptyState
                        icon=IconName::Screen
                        title=tr(I18n::operator_no_server)
                        text=tr(I18n::operator_no_server_text)
                    />
                </div>
            },
            Bar::NotOperator => view! {
                <div class="card">
                    <EmptyState
                        icon=IconName::People
                        title=tr(I18n::operator_barred)
                        text=tr(I18n::operator_barred_text)
                    />
                </div>
            },
        })
    };
    view! { <div>{said}</div> }
}
