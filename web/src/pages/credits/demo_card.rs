//! A card for trying out.

use iap_core::api::DemoCard;
use iap_core::billing::{PaymentError, TestCard, TestCardError};
use leptos::ev;
use leptos::prelude::*;

use super::purchase::Purchase;
use crate::clock;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{RwSignal, Signal};
use crate::ui::{Button, ButtonKind, Notice, TextField, focus_first_error};

/// The form for a card with which nothing is charged, and the numbers that it takes.
#[component]
pub(super) fn DemoCardForm(purchase: Purchase) -> Node {
    let t = use_i18n();
    let [number, expiry, cvc] = [(); 3].map(|()| RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<TestCardError>);
    let error = move |of: TestCardError, text: fn(I18n) -> &'static str| {
        Signal::derive(move || (wrong.get() == Some(of)).then(|| text(t).to_owned()))
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let card = DemoCard {
            number: number.get_untracked(),
            expiry: expiry.get_untracked(),
            cvc: cvc.get_untracked(),
        };
        let read = TestCard::read(&card.number, &card.expiry, &card.cvc, clock::today());
        wrong.set(read.err());
        match read {
            Ok(_) => purchase.pay(card),
            Err(_) => focus_first_error(&event),
        }
    };
    let fill = move |chosen: &str| {
        number.set(chosen.to_owned());
        expiry.set("12/40".to_owned());
        cvc.set("123".to_owned());
        wrong.set(None);
    };
    let cards: Vec<Node> = TestCard::all()
        .map(|(digits, card)| {
            view! {
                <li>
                    <button type="button" class="link-button" on:click=move |_| fill(digits)>
                        {grouped(digits)}
                    </button>
                    " "
                    <span class="soft">{tr(outcome(card))}</span>
                </li>
            }
        })
        .collect();
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Notice>{tr(I18n::shop_demo)}</Notice>
            <TextField
                label=tr(I18n::shop_card_number)
                error=error(TestCardError::Number, I18n::shop_card_number_wrong)
                value=number
                inputmode="numeric"
            />
            <div class="form-pair">
                <TextField
                    label=tr(I18n::shop_card_expiry)
                    error=error(TestCardError::Expiry, I18n::shop_card_expiry_wrong)
                    value=expiry
                />
                <TextField
                    label=tr(I18n::shop_card_cvc)
                    error=error(TestCardError::Cvc, I18n::shop_card_cvc_wrong)
                    value=cvc
                    inputmode="numeric"
                />
            </div>
            <Button kind=ButtonKind::Primary r#type="submit" disabled=purchase.busy>
                {move || purchase.price_to_pay(t)}
            </Button>
        </form>
        <details class="figures">
            <summary>{tr(I18n::shop_cards)}</summary>
            <ul class="test-cards" role="list">{cards}</ul>
        </details>
    }
}

/// Digits in groups of four, as on a card.
fn grouped(digits: &str) -> String {
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            shown.push(' ');
        }
        shown.push(digit);
    }
    shown
}

fn outcome(card: TestCard) -> fn(I18n) -> &'static str {
    match card {
        TestCard::Succeeds => I18n::shop_card_succeeds,
        TestCard::Declined(PaymentError::InsufficientFunds) => I18n::shop_card_funds,
        TestCard::Declined(PaymentError::ExpiredCard) => I18n::shop_card_expired,
        TestCard::Declined(PaymentError::IncorrectCvc) => I18n::shop_card_code,
        TestCard::Declined(_) => I18n::shop_card_declined,
        TestCard::NeedsAuthentication => I18n::shop_card_authentication,
        TestCard::SucceedsLater => I18n::shop_card_later,
    }
}
