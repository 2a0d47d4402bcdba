//! The way from a pack to its credits, on one page.

use iap_core::api::ProblemCode;
use iap_core::credits::OrderState;
use leptos::prelude::*;

use super::billing::Billing;
use super::done::{Ended, Paid};
use super::packs::Packs;
use super::payment::Payment;
use super::purchase::Purchase;
use crate::backend::http::Failure;
use crate::backend::shop::Till;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::reactive::{Memo, StoredValue, effect};
use crate::ui::{EmptyState, IconName, Retry, Waiting, When, condition};

/// The page of a purchase for an account.
#[component]
pub(super) fn ShopPage(till: Till) -> Node {
    let t = use_i18n();
    let purchase = Purchase::start(till);
    let Purchase { shop, pack, order, failure, .. } = purchase;
    let title = move || match shop.with(|it| it.as_ref().map(|it| it.service_label.clone())) {
        Some(label) => t.shop_title(label),
        None => t.account_buy().to_owned(),
    };
    let lead = move || shop.with(|it| it.as_ref().map(|it| it.description.clone()));
    let is_known = move || shop.with(Option::is_some);
    // Where one is: what is in sight changes with the step, and with nothing else.
    let step = Memo::new(move |_| match order.with(|it| it.as_ref().map(|it| it.state)) {
        Some(OrderState::Pending) => Step::Payment,
        Some(OrderState::Paid) => Step::Paid,
        Some(OrderState::Cancelled | OrderState::Refunded) => Step::Ended,
        None if pack.with(Option::is_some) => Step::Billing,
        None => Step::Packs,
    });
    let shown = StoredValue::new(None);
    effect(move |_| {
        let now = Some(step.get());
        if shown.try_get_value() != Some(now) {
            shown.set_value(now);
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
    let failed = move || {
        let why = failure.get()?;
        let is_bad_link = matches!(&why, Failure::Refused { problem, .. } if problem.code == ProblemCode::NotFound);
        Some(if is_bad_link && !is_known() {
            view! {
                <div class="card">
                    <EmptyState
                        icon=IconName::Coins
                        title=tr(I18n::shop_bad_link)
                        text=tr(I18n::shop_bad_link_text)
                    />
                </div>
            }
        } else if is_known() {
            crate::ui::failed(t, &why)
        } else {
            view! { <Retry failure=why on_click=move || purchase.load()/> }
        })
    };
    view! {
        <Page title=title lead=lead>
            <div role="alert">{failed}</div>
            <When when=condition(move || !is_known() && failure.with(Option::is_none))>
                <Waiting label=tr(I18n::shop_asking)/>
            </When>
            <When when=condition(is_known)>
                {move || match step.get() {
                    Step::Packs => view! { <Packs purchase=purchase/> },
                    Step::Billing => view! { <Billing purchase=purchase/> },
                    Step::Payment => view! { <Payment purchase=purchase/> },
                    Step::Paid => view! { <Paid purchase=purchase/> },
                    Step::Ended => view! { <Ended purchase=purchase/> },
                }}
            </When>
        </Page>
    }
}

/// How far a purchase is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Packs,
    Billing,
    Payment,
    Paid,
    Ended,
}
