//! Adding a pack, and changing one.

use iap_core::api::{NewPack, Pack, PackChange};
use iap_core::credits::{self, Amount, Currency, Money, PackError};
use leptos::ev;
use leptos::prelude::*;

use super::form::typed;
use super::icons::IconChoice;
use super::wrong::tell;
use crate::backend::provider::{self, Offered};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::sending::Sending;
use crate::pages::wrong::{filled, read, short};
use crate::reactive::{Callback, RwSignal, Signal};
use crate::ui::{
    Button, ButtonKind, Dialog, Failed, Field, Select, TextField, focus_first_error, use_toasts,
};

/// Currencies that can be chosen; a pack of another one, set by a program, keeps it.
const CURRENCIES: [&str; 8] = ["EUR", "USD", "GBP", "CHF", "RON", "TRY", "PLN", "JPY"];

/// A dialog with the pack that is chosen, or with a new one.
#[component]
pub(super) fn PackDialog(
    /// The service, by key.
    service: i64,
    /// The pack; none for a new one.
    chosen: RwSignal<Option<Pack>>,
    /// The packs there are.
    known: RwSignal<Option<Offered>>,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Told when it is kept.
    on_saved: Callback<()>,
) -> Node {
    let t = use_i18n();
    let title = move || match chosen.with(|it| it.as_ref().map(|it| it.name.clone())) {
        Some(name) => t.provider_pack_edit(name),
        None => t.provider_pack_add().to_owned(),
    };
    view! {
        <Dialog open=open title=title>
            <Form
                service=service
                pack=chosen.get_untracked()
                place=next_place(known)
                open=open
                on_saved=on_saved
            />
        </Dialog>
    }
}

/// The place behind all others.
fn next_place(known: RwSignal<Option<Offered>>) -> i64 {
    let last = known.with_untracked(|it| {
        it.as_ref().and_then(|it| it.packs.iter().map(|pack| pack.position).max())
    });
    last.unwrap_or_default().saturating_add(1)
}

#[component]
fn Form(
    service: i64,
    pack: Option<Pack>,
    place: i64,
    open: RwSignal<bool>,
    on_saved: Callback<()>,
) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let of = pack.as_ref();
    let name = RwSignal::new(of.map(|it| it.name.clone()).unwrap_or_default());
    let description = RwSignal::new(of.map(|it| it.description.clone()).unwrap_or_default());
    let amount = RwSignal::new(of.map(|it| typed(t, it.credits)).unwrap_or_default());
    let currency = RwSignal::new(of.map_or(Currency::EUR, |it| it.currency));
    let price = RwSignal::new(
        of.map(|it| format::typed(t.locale(), &Money::new(it.price, it.currency).decimal()))
            .unwrap_or_default(),
    );
    let icon = RwSignal::new(of.map(|it| it.icon).unwrap_or_default());
    let id = of.map(|it| it.id);
    let [name_error, description_error, credits_error, price_error] =
        std::array::from_fn(|_| RwSignal::new(None::<String>));
    let sending = Sending::new();
    let Sending { busy, failure } = sending;

    let read_amount = move |typed: &str| format::untyped(typed).parse::<Amount>();
    let read_price = move |typed: &str| Money::read(&format::untyped(typed), currency.get());
    // What a credit costs, by the rule that shows it to those who buy, as soon as both can be read.
    let each = move || {
        let credits = read_amount(&amount.get()).ok()?;
        let price = read_price(&price.get()).ok()?;
        let each = credits::Pack::new(credits, price).ok()?.price_of_a_credit()?;
        Some(t.provider_each_live(format::price_of_a_credit(t.locale(), each, price.currency())))
    };
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let typed_name = filled(t, &name.get_untracked(), Pack::LONGEST_NAME);
        let typed_description = short(t, &description.get_untracked(), Pack::LONGEST_DESCRIPTION);
        let typed_credits = read_amount(&amount.get_untracked());
        let typed_price = untrack(move || read_price(&price.get_untracked()));
        // Both have to be right before the rule of packs can be asked.
        let pack = match (&typed_credits, &typed_price) {
            (Ok(credits), Ok(price)) => credits::Pack::new(*credits, *price).map(drop),
            _ => Ok(()),
        };
        let typed_credits = typed_credits
            .ok()
            .filter(|_| pack != Err(PackError::Empty))
            .ok_or_else(|| t.provider_pack_credits_wrong().to_owned());
        let typed_price = typed_price
            .ok()
            .filter(|_| pack != Err(PackError::TooDear))
            .ok_or_else(|| t.provider_pack_price_wrong().to_owned());
        let all = (
            read(name_error, typed_name),
            read(description_error, typed_description),
            read(credits_error, typed_credits),
            read(price_error, typed_price),
        );
        let (Some(name), Some(description), Some(credits), Some(price)) = all else {
            return focus_first_error(&event);
        };
        let icon = icon.get_untracked();
        let said = name.clone();
        let request = async move {
            if let Some(id) = id {
                let change = PackChange {
                    name: Some(name),
                    icon: Some(icon),
                    description: Some(description),
                    credits: Some(credits),
                    price: Some(price.minor()),
                    ..PackChange::default()
                };
                provider::change_pack(id, &change).await
            } else {
                let new = NewPack {
                    name,
                    icon,
                    description,
                    credits,
                    price: price.minor(),
                    currency: price.currency(),
                    position: place,
                };
                provider::add_pack(service, &new).await.map(drop)
            }
        };
        let refused = move |why| {
            let fields = [
                ("name", name_error),
                ("description", description_error),
                ("credits", credits_error),
                ("price", price_error),
            ];
            tell(t, why, &fields)
        };
        sending.send(event, request, refused, move |()| {
            let _ = open.try_set(false);
            toasts.show(t.provider_pack_saved(said));
            on_saved.run(());
        });
    };
    let currencies = CURRENCIES.map(|code| (code.to_owned(), code.to_owned())).to_vec();
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <TextField label=tr(I18n::provider_pack_name) error=name_error value=name/>
            <IconChoice chosen=icon/>
            <TextField
                label=tr(I18n::provider_description)
                hint=tr(I18n::provider_pack_description_hint)
                error=description_error
                value=description
            />
            <div class="form-pair">
                <TextField
                    label=tr(I18n::provider_credits)
                    error=credits_error
                    value=amount
                    inputmode="decimal"
                />
                <TextField
                    label=tr(I18n::provider_price)
                    hint=tr(I18n::provider_price_hint)
                    error=price_error
                    value=price
                    inputmode="decimal"
                />
            </div>
            {if id.is_some() {
                view! {
                    <p class="field-hint">
                        {move || t.provider_currency_fixed(currency.get().code())}
                    </p>
                }
            } else {
                view! {
                    <Field label=tr(I18n::provider_currency) let:field>
                        <Select
                            options=Signal::stored(currencies)
                            value=Signal::derive(move || currency.get().code().to_owned())
                            on_change=move |code: String| {
                                if let Ok(code) = code.parse() {
                                    currency.set(code);
                                }
                            }
                            attr:id=field.id
                            attr:class="input select input-short"
                        />
                    </Field>
                }
            }}
            <p role="status" class="pack-each">
                {move || each().unwrap_or_else(|| t.provider_each_later().to_owned())}
            </p>
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::alert_save)}
                </Button>
            </div>
        </form>
    }
}
