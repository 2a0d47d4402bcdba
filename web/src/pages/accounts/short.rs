//! What to do where an account has nothing left.

use iap_core::credits::Amount;
use iap_core::pricing::Credits;
use leptos::prelude::*;

use crate::backend::account::NamedAccount;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::short::{Purse, ShortDialog, Shortage};
use crate::reactive::{Memo, RwSignal};
use crate::ui::{Button, When, condition};

/// The least that can be missing.
const LEAST: Credits = Credits::from_millionths(1);

/// Says that nothing is left, with what helps.
#[component]
pub(super) fn AccountShort(found: Memo<Option<NamedAccount>>) -> Node {
    let t = use_i18n();
    let open = RwSignal::new(false);
    let purse = Memo::new(move |_| match found.get() {
        Some(account) => Purse::Account(Box::new(account)),
        None => Purse::Inactive,
    });
    let shortage = Memo::new(move |_| {
        let there = found.get()?.account.available.total;
        let missing = Amount::new(LEAST).ok()?;
        there.is_zero().then_some(Shortage { cost: None, there: there.credits(), missing })
    });
    let text = move || {
        let service = found.with(|it| it.as_ref().map(|it| it.account.service_label.clone()));
        t.short_empty(service.unwrap_or_default())
    };
    view! {
        <When when=condition(move || shortage.get().is_some())>
            <div class="tip tip-bad">
                <span>{text}</span>
                <Button attr:aria-haspopup="dialog" on:click=move |_| open.set(true)>
                    {tr(I18n::short_see)}
                </Button>
            </div>
        </When>
        <ShortDialog open=open purse=purse shortage=shortage on_enough=move |()| {}/>
    }
}
