//! Who buys, and what it comes to with tax.

use iap_core::api::{Buyer, Shop};
use iap_core::billing::{BuyerError, BuyerField, Tax, Taxed, VatNumber};
use iap_core::credits::Money;
use leptos::ev;
use leptos::prelude::*;

use super::purchase::Purchase;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, Signal};
use crate::ui::{Button, ButtonKind, Card, Field, Select, TextField, focus_first_error};

/// What is typed in a field, and what is wrong with it.
#[derive(Clone, Copy)]
struct Typed {
    field: BuyerField,
    text: RwSignal<String>,
    error: RwSignal<Option<BuyerError>>,
}

/// The form for who buys.
#[component]
pub(super) fn Billing(purchase: Purchase) -> Node {
    let before = purchase.buyer_before();
    let fields = BuyerField::ALL.map(|field| Typed {
        field,
        text: RwSignal::new(before.field(field).to_owned()),
        error: RwSignal::new(None),
    });
    let typed = move || {
        let mut buyer = Buyer::default();
        for it in fields {
            *buyer.field_mut(it.field) = it.text.get();
        }
        buyer
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let buyer = untrack(typed);
        let wrong = buyer.check().err().unwrap_or_default();
        for it in fields {
            let error = wrong.iter().find(|(field, _)| *field == it.field);
            it.error.set(error.map(|(_, error)| *error));
        }
        if !wrong.is_empty() {
            focus_first_error(&event);
            return;
        }
        if let Some(pack) = purchase.pack.get_untracked() {
            purchase.place(pack.id, buyer);
        }
    };
    let inputs = fields.map(|it| {
        if it.field == BuyerField::Country {
            view! { <Country typed=it/> }
        } else {
            view! { <Line typed=it/> }
        }
    });
    let [name, street, postcode, city, country, vat_number, email, reference] = inputs;
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

/// A line of text.
#[component]
fn Line(typed: Typed) -> Node {
    let t = use_i18n();
    let (label, autocomplete): (fn(I18n) -> &'static str, _) = match typed.field {
        BuyerField::Name => (I18n::shop_name, "organization"),
        BuyerField::Street => (I18n::shop_street, "street-address"),
        BuyerField::Postcode => (I18n::shop_postcode, "postal-code"),
        BuyerField::City => (I18n::shop_city, "address-level2"),
        BuyerField::Country => (I18n::shop_country, "country"),
        BuyerField::VatNumber => (I18n::shop_vat_number, "off"),
        BuyerField::Email => (I18n::shop_email, "email"),
        BuyerField::Reference => (I18n::shop_reference, "off"),
    };
    let hint = move || match typed.field {
        BuyerField::VatNumber => t.shop_vat_number_hint(),
        BuyerField::Reference => t.shop_reference_hint(),
        _ => "",
    };
    let inputmode = if typed.field == BuyerField::Email { "email" } else { "text" };
    let error = Signal::derive(move || typed.error.get().map(|error| sentence(t, error)));
    view! {
        <TextField
            label=tr(label)
            hint=hint
            error=error
            value=typed.text
            autocomplete=autocomplete
            inputmode=inputmode
        />
    }
}

#[component]
fn Country(typed: Typed) -> Node {
    let t = use_i18n();
    let options = Memo::new(move |_| {
        let mut options = vec![(String::new(), t.shop_country_none().to_owned())];
        options.extend(format::regions(t.locale()));
        options
    });
    let error = Signal::derive(move || typed.error.get().map(|error| sentence(t, error)));
    view! {
        <Field label=tr(I18n::shop_country) error=error let:field>
            <Select
                options=options
                value=typed.text
                on_change=move |code: String| typed.text.set(code)
                attr:id=field.id
                attr:autocomplete="country"
                attr:aria-describedby=field.by
                attr:aria-invalid=move || field.invalid.get().to_string()
            />
        </Field>
    }
}

/// The rule's word for what is wrong, in the page's language.
fn sentence(t: I18n, error: BuyerError) -> String {
    match error {
        BuyerError::Missing => t.shop_missing().to_owned(),
        BuyerError::TooLong(most) => t.shop_too_long(t.number(most)),
        BuyerError::NotPrintable => t.shop_not_printable().to_owned(),
        BuyerError::Country => t.shop_country_none().to_owned(),
        BuyerError::VatNumber(error) if error.example.is_empty() => t.shop_vat_any().to_owned(),
        BuyerError::VatNumber(error) => t.shop_vat_example(error.example),
        BuyerError::Email => t.sign_in_email_wrong().to_owned(),
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
                {taxed.map(|taxed| sums(t, &taxed))}
            </dl>
        })
    };
    view! { <section class="card shop-summary" aria-label=tr(I18n::shop_to_pay)>{rows}</section> }
}

fn sums(t: I18n, taxed: &Taxed) -> Node {
    let (label, amount) = match taxed.kind() {
        Tax::Standard(rate) => {
            let rate = format::decimal(t.locale(), &rate.to_string());
            (t.shop_tax(rate), Some(format::money(t.locale(), taxed.tax())))
        }
        Tax::ReverseCharge => (t.shop_reverse_charge().to_owned(), None),
        Tax::Outside => (t.shop_no_tax().to_owned(), None),
    };
    view! {
        <div><dt>{label}</dt><dd>{amount}</dd></div>
        <div class="shop-sums-total">
            <dt>{t.shop_to_pay()}</dt>
            <dd>{format::money(t.locale(), taxed.gross())}</dd>
        </div>
    }
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
