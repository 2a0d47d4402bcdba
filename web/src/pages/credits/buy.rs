//! Buying credits: says that packs come later, and lets one try a short balance meanwhile.

use iap_core::pricing::Credits;
use leptos::ev;
use leptos::prelude::*;

use super::purchase::asked;
use super::shop::ShopPage;
use crate::backend::http::Failure;
use crate::backend::shop::Till;
use crate::dom::{ElementRef, IntoNode as _, Node, view};
use crate::format;
use crate::i18n::{Count, I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::session::sign_in_first;
use crate::reactive::{Memo, RwSignal, effect};
use crate::router::use_location;
use crate::state::{Standing, use_accounts, use_visitor};
use crate::ui::{Button, ButtonKind, Card, Field, Icon, IconName, Retry, Waiting, use_toasts};

/// The page on which credits are bought for an account; without one, what the composer leads to when
/// its credits are short.
#[component]
pub fn BuyPage() -> Node {
    let visitor = use_visitor();
    let location = use_location();
    // Whoever has an account's link need not sign in.
    effect(move |_| {
        let needs_somebody = matches!(asked(), Some(Till::Account(_)));
        if needs_somebody && matches!(visitor.standing(), Standing::Out(_)) {
            location.replace(&sign_in_first());
        }
    });
    // The balance of whoever is signed in is that of their accounts: one of them is chosen first.
    effect(move |_| {
        if asked().is_none() && matches!(visitor.standing(), Standing::In(_)) {
            location.replace("/services");
        }
    });
    // Drawn anew only when it changes, so that what was chosen stays when it becomes known who is there.
    let shown = Memo::new(move |_| match (asked(), visitor.standing()) {
        (None, _) => Shown::Balance,
        (Some(till @ Till::Link(_)), _) | (Some(till), Standing::In(_)) => Shown::Shop(till),
        (Some(Till::Account(account)), Standing::Demo) => Shown::Shop(Till::Demo(account)),
        (_, Standing::Failed(failure)) => Shown::Failed(failure),
        _ => Shown::Waiting,
    });
    let page = move || match shown.get() {
        Shown::Balance => view! { <Balance/> },
        Shown::Shop(till) => view! { <ShopPage till=till/> },
        Shown::Failed(failure) => {
            view! { <Retry failure=failure on_click=move || visitor.ask()/> }
        }
        Shown::Waiting => view! { <Waiting label=tr(I18n::shop_asking)/> },
    };
    page.into_node()
}

/// What the page is.
#[derive(Clone, PartialEq, Eq)]
enum Shown {
    Balance,
    Shop(Till),
    Failed(Failure),
    Waiting,
}

/// What the composer leads to as long as its balance is made up: setting it.
#[component]
fn Balance() -> Node {
    let t = use_i18n();
    let accounts = use_accounts();
    let toasts = use_toasts();
    let input = ElementRef::<web_sys::HtmlInputElement>::new();
    let error = RwSignal::new(None::<String>);
    let set = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = input.get_untracked() else { return };
        let typed = format::untyped(&input.value());
        match typed.parse::<Credits>() {
            Ok(balance) if !balance.is_negative() => {
                error.set(None);
                accounts.set_balance(balance);
                let shown = format::credits(t.locale(), balance);
                let credits = t.compose_credits(Count::shown_as(balance.to_string(), shown));
                toasts.show(t.buy_done(credits));
            }
            _ => {
                error.set(Some(t.buy_invalid().to_owned()));
                let _ = input.focus();
            }
        }
    };
    view! {
        <Page title=tr(I18n::buy_title) lead=tr(I18n::buy_lead)>
            <div class="settings">
                <p>{tr(I18n::buy_text)}</p>
                <p><a class="button" href="/services">{tr(I18n::buy_pack)}</a></p>
                <Card title=tr(I18n::buy_balance)>
                    <form class="buy" on:submit=set>
                        <Field
                            label=tr(I18n::cost_balance)
                            hint=tr(I18n::buy_hint)
                            error=error
                            let:field
                        >
                            <input
                                node_ref=input
                                class="input input-short"
                                type="text"
                                inputmode="decimal"
                                autocomplete="off"
                                id=field.id
                                aria-describedby=field.by
                                aria-invalid=move || field.invalid.get().to_string()
                                value=move || {
                                    let balance = accounts.balance().get_untracked().to_string();
                                    format::typed(t.locale(), &balance)
                                }
                            />
                        </Field>
                        <Button kind=ButtonKind::Primary r#type="submit">{tr(I18n::buy_set)}</Button>
                    </form>
                </Card>
                <p><a class="way-back" href="/compose"><Icon name=IconName::Back/>{tr(I18n::buy_back)}</a></p>
            </div>
        </Page>
    }
}
