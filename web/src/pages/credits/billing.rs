//! Who buys, and what it comes to with tax.

use iap_core::api::{Buyer, Shop};
use iap_core::billing::{Tax, Taxed, VatNumber};
use iap_core::credits::Money;
use leptos::ev;
use leptos::prelude::*;

use super::purchase::Purchase;
use super::sums::sums;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::Memo;
use crate::ui::{Button, ButtonKind, BuyerFields, Card, Party, focus_first_error};

/// The form for who buys.
#[component]
pub(super) fn Billing(purchase: Purchase) -> Node {
    let fields = BuyerFields::new(&purchase.buyer_before());
    let typed = move || fields.typed();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let buyer = untrack(typed);
        let wrong = buyer.check().err().unwrap_or_default();
        fields.tell(&wrong);
        if !wrong.is_empty() {
            focus_first_error(&event);
            return;
        }
        if let Some(pack) = purchase.pack.get_untracked() {
            purchase.place(pack.id, buyer);
        }
    };
    let [name, street, postcode, city, country, vat_number, email, reference] =
        fields.inputs(Party::Buyer);
    view! {
        <div class="shop shop-billing">
            <Card title=tr(I18n::shop_billing)>
                <form class="form" novalidate="" on:submit=submit>
                    {name}
                    {street}
                    <div class="form-pair">{postcode} {city}</div>
                    {country}
                    {vat_number}
                    {email}
                    {reference}
                    <div class="dialog-actions">
                        <Button on:click=move |_| purchase.pack.set(None)>
                            {tr(I18n::shop_another)}
                        </Button>
                        <Button kind=ButtonKind::Primary r#type="submit" disabled=purchase.busy>
                            {tr(I18n::shop_go_on)}
                        </Button>
                    </div>
                </form>
            </Card>
            <Summary purchase=purchase typed=Memo::new(move |_| typed())/>
        </div>
    }
}

/// What the pack costs this buyer, by the rule that the server has.
#[component]
fn Summary(purchase: Purchase, typed: Memo<Buyer>) -> Node {
    let t = use_i18n();
    let rows = move || {
        let pack = purchase.pack.get()?;
        let net = Money::new(pack.price, pack.currency);
        let tax = purchase.shop.with(|shop| tax(shop.as_ref()?, &typed.get()));
        let taxed = tax.and_then(|tax| Taxed::new(net, tax));
        Some(view! {
            <dl class="shop-sums">
                <div><dt>{t.shop_pack()}</dt><dd>{pack.name}</dd></div>
                <div><dt>{t.shop_price()}</dt><dd>{format::money(t.locale(), net)}</dd></div>
                {taxed.map(|taxed| sums(t, &taxed, t.shop_to_pay()))}
            </dl>
        })
    };
    view! { <section class="card shop-summary" aria-label=tr(I18n::shop_to_pay)>{rows}</section> }
}

/// The tax on what this buyer buys, as soon as a country is chosen. As long as a number is typed that is
/// none yet, there is none.
fn tax(shop: &Shop, typed: &Buyer) -> Option<Tax> {
    let country = typed.country.parse().ok()?;
    let has_number = VatNumber::read(&typed.vat_number, country).is_ok();
    match shop.seller_country.parse() {
        Ok(seller) => Some(Tax::between(seller, shop.tax_rate, country, has_number)),
        // Nobody has said who sells.
        Err(_) => Some(Tax::Outside),
    }
}
