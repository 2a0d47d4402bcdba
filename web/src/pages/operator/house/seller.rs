//! Who sells.

use std::rc::Rc;

use iap_core::api::{Buyer, Problem, SettingsChange, SettingsError};
use iap_core::billing::BuyerField;
use leptos::prelude::*;

use super::block::{Block, Save};
use super::state::House;
use crate::dom::{Node, view};
use crate::i18n::I18n;
use crate::reactive::{RwSignal, Signal, effect};
use crate::ui::{BuyerFields, Party};

/// Who sells, as it stands on invoices.
#[component]
pub(super) fn SellerBlock(house: House) -> Node {
    let known = move || house.read(|it| it.seller.clone().unwrap_or_default()).unwrap_or_default();
    let saved = RwSignal::new(untrack(known));
    let fields = BuyerFields::new(&saved.get_untracked());
    let changed = move || saved.with(|saved| fields.typed() != *saved);
    effect(move |_| {
        let now = known();
        let is_changed = untrack(changed);
        saved.set(now.clone());
        if !is_changed {
            fields.put(&now);
        }
    });
    let change = move || {
        let typed = untrack(|| fields.typed());
        let is_nobody = BuyerField::ALL.iter().all(|field| typed.field(*field).trim().is_empty());
        let seller = Some((!is_nobody).then_some(typed));
        Some(SettingsChange { seller, ..SettingsChange::default() })
    };
    let wrong = move |wrong: &[SettingsError]| {
        let wrong: Vec<_> = wrong
            .iter()
            .filter_map(|it| match it {
                SettingsError::Seller(field, error) => Some((*field, *error)),
                SettingsError::MailDays | SettingsError::HowToPay(_) => None,
            })
            .collect();
        fields.tell(&wrong);
    };
    let save = Save {
        change: Box::new(change),
        wrong: Box::new(wrong),
        refused: Rc::new(move |problem: &Problem| fields.tell_problem("seller", problem)),
        settle: Box::new(move || {
            let typed = untrack(|| fields.typed());
            Box::new(move || drop(saved.try_set(typed)))
        }),
    };
    // There is nothing that they want to read on their own invoice.
    let [name, street, postcode, city, country, vat_number, email, _] =
        fields.inputs(Party::Seller);
    view! {
        <Block
            house=house
            title=I18n::house_seller
            text=I18n::house_seller_text
            changed=Signal::derive(changed)
            save=save
        >
            {name}
            {street}
            <div class="form-pair">{postcode} {city}</div>
            {country}
            {vat_number}
            {email}
        </Block>
    }
}

/// Whether nobody is said to sell; follows it.
pub(super) fn is_nobody(house: House) -> bool {
    house.read(|it| it.seller.as_ref().is_none_or(|seller| *seller == Buyer::default()))
        == Some(true)
}
