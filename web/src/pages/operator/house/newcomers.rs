//! What becomes of databases that were never seen.

use std::rc::Rc;

use iap_core::api::{Problem, SettingsChange, SettingsError};
use iap_core::catalogue::NewDatabases;
use leptos::prelude::*;

use super::block::{Block, Save};
use super::state::{House, Typed};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::Signal;
use crate::ui::{Notice, When};

/// A text of the page.
type Text = fn(I18n) -> &'static str;

/// The name of the setting, where the server says which it does not let change.
const NAME: &str = "new_databases";

/// What becomes of them, each choice with what it means.
#[component]
pub(super) fn NewcomersBlock(house: House) -> Node {
    let policy = Typed::new(house, |settings| settings.new_databases.as_str().to_owned());
    let fixed = Signal::derive(move || {
        house.read(|it| it.fixed.iter().any(|name| name == NAME)) == Some(true)
    });
    let change = move || {
        let new_databases = NewDatabases::from_word(&policy.text.get_untracked());
        Some(SettingsChange { new_databases, ..SettingsChange::default() })
    };
    let save = Save {
        change: Box::new(change),
        // Whatever can be chosen can be.
        wrong: Box::new(|_: &[SettingsError]| {}),
        // There is no place beside it: it is told above.
        refused: Rc::new(|_: &Problem| false),
        settle: Box::new(move || policy.settle()),
    };
    let choice = |choice: NewDatabases| {
        let (name, meaning): (Text, Text) = match choice {
            NewDatabases::Open => (I18n::house_open, I18n::house_open_text),
            NewDatabases::Approve => (I18n::house_approve, I18n::house_approve_text),
            NewDatabases::Closed => (I18n::house_closed, I18n::house_closed_text),
        };
        let word = choice.as_str();
        view! {
            <label class="house-choice">
                <input
                    type="radio"
                    name="new-databases"
                    value=word
                    prop:checked=move || policy.text.with(|text| text == word)
                    prop:disabled=fixed
                    on:change=move |_| policy.text.set(word.to_owned())
                />
                <span>
                    <strong>{tr(name)}</strong>
                    <span class="soft">{tr(meaning)}</span>
                </span>
            </label>
        }
    };
    let choices: Vec<Node> = NewDatabases::ALL.into_iter().map(choice).collect();
    view! {
        <Block
            house=house
            title=I18n::house_new
            text=I18n::house_new_text
            changed=policy.changed()
            locked=fixed
            save=save
        >
            <When when=fixed>
                <Notice>{tr(I18n::house_new_fixed)}</Notice>
            </When>
            <fieldset class="house-choices">
                <legend class="visually-hidden">{tr(I18n::house_new)}</legend>
                {choices}
            </fieldset>
        </Block>
    }
}
