//! How orders are paid by transfer.

use std::rc::Rc;

use iap_core::PlainTextError;
use iap_core::api::{Problem, SettingsChange, SettingsError};
use leptos::prelude::*;

use super::block::{Block, Save};
use super::state::{House, Typed};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::Field;

/// What those read who pay by transfer.
#[component]
pub(super) fn PayBlock(house: House) -> Node {
    let t = use_i18n();
    let pay = Typed::new(house, |settings| settings.how_to_pay.clone());
    let change = move || {
        let how_to_pay = Some(pay.text.get_untracked());
        Some(SettingsChange { how_to_pay, ..SettingsChange::default() })
    };
    let wrong = move |wrong: &[SettingsError]| {
        let wrong = wrong.iter().find_map(|it| match it {
            SettingsError::HowToPay(PlainTextError::NotPrintable) => {
                Some(t.shop_not_printable().to_owned())
            }
            SettingsError::HowToPay(PlainTextError::TooLong(most)) => {
                Some(t.shop_too_long(t.number(*most)))
            }
            SettingsError::MailDays | SettingsError::Seller(..) => None,
        });
        pay.error.set(wrong);
    };
    let save = Save {
        change: Box::new(change),
        wrong: Box::new(wrong),
        refused: Rc::new(move |problem: &Problem| pay.tell("how_to_pay", problem)),
        settle: Box::new(move || pay.settle()),
    };
    view! {
        <Block
            house=house
            title=I18n::house_pay
            text=I18n::house_pay_text
            changed=pay.changed()
            save=save
        >
            <Field
                label=tr(I18n::house_pay_label)
                hint=move || t.house_pay_hint(t.number(SettingsChange::HOW_TO_PAY))
                error=pay.error
                let:field
            >
                <textarea
                    class="input"
                    rows="4"
                    id=field.id
                    aria-describedby=field.by
                    aria-invalid=move || field.invalid.get().to_string()
                    prop:value=pay.text
                    on:input=move |event| pay.text.set(event_target_value(&event))
                ></textarea>
            </Field>
        </Block>
    }
}
