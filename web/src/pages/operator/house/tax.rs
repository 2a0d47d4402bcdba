//! The tax that the seller takes.

use std::rc::Rc;

use iap_core::api::{Problem, SettingsChange, SettingsError};
use iap_core::billing::TaxRate;
use leptos::prelude::*;

use super::block::{Block, Save};
use super::seller::is_nobody;
use super::state::{House, Typed};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::{Notice, NoticeKind, TextField, When, condition};

/// The rate at which the seller takes tax, if they take any.
#[component]
pub(super) fn TaxBlock(house: House) -> Node {
    let t = use_i18n();
    let rate = Typed::new(house, move |settings| {
        let rate = settings.tax_rate.map(|rate| rate.to_string()).unwrap_or_default();
        format::typed(untrack(|| t.locale()), &rate)
    });
    let change = move || {
        let typed = format::untyped(&rate.text.get_untracked());
        let read = match typed.trim_end_matches('%').trim() {
            "" => Ok(None),
            typed => typed.parse::<TaxRate>().map(Some),
        };
        rate.error.set(read.is_err().then(|| t.house_tax_wrong().to_owned()));
        Some(SettingsChange { tax_rate: Some(read.ok()?), ..SettingsChange::default() })
    };
    let save = Save {
        change: Box::new(change),
        // What could be read can be.
        wrong: Box::new(|_: &[SettingsError]| {}),
        refused: Rc::new(move |problem: &Problem| rate.tell("tax_rate", problem)),
        settle: Box::new(move || rate.settle()),
    };
    let is_in_vain =
        move || is_nobody(house) && house.read(|it| it.tax_rate.is_some()) == Some(true);
    view! {
        <Block
            house=house
            title=I18n::house_tax
            text=I18n::house_tax_text
            changed=rate.changed()
            save=save
        >
            <When when=condition(is_in_vain)>
                <Notice kind=NoticeKind::Warning>{tr(I18n::house_tax_nobody)}</Notice>
            </When>
            <TextField
                label=tr(I18n::house_tax_label)
                hint=tr(I18n::house_tax_hint)
                error=rate.error
                value=rate.text
                inputmode="decimal"
                class="input-short"
            />
        </Block>
    }
}
