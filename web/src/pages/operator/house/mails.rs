//! For how long mails are kept.

use std::rc::Rc;

use iap_core::api::{Problem, SettingsChange, SettingsError};
use leptos::prelude::*;

use super::block::{Block, Save};
use super::state::{House, Typed};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::TextField;

/// For how many days mails that were sent are kept.
#[component]
pub(super) fn MailsBlock(house: House) -> Node {
    let t = use_i18n();
    let days = Typed::new(house, |settings| settings.mail_days.to_string());
    let (least, most) = (*SettingsChange::MAIL_DAYS.start(), *SettingsChange::MAIL_DAYS.end());
    let limits = move || (t.number(least), t.number(most));
    let tell = move || {
        let (least, most) = limits();
        days.error.set(Some(t.house_mails_wrong(least, most)));
    };
    let change = move || {
        let typed = days.text.get_untracked().trim().parse::<u32>();
        if typed.is_err() {
            tell();
        }
        Some(SettingsChange { mail_days: Some(typed.ok()?), ..SettingsChange::default() })
    };
    let wrong = move |wrong: &[SettingsError]| {
        days.error.set(None);
        if wrong.contains(&SettingsError::MailDays) {
            tell();
        }
    };
    let save = Save {
        change: Box::new(change),
        wrong: Box::new(wrong),
        refused: Rc::new(move |problem: &Problem| days.tell("mail_days", problem)),
        settle: Box::new(move || days.settle()),
    };
    let hint = move || {
        let (least, most) = limits();
        t.house_mails_hint(least, most)
    };
    view! {
        <Block
            house=house
            title=I18n::house_mails
            text=I18n::house_mails_text
            changed=days.changed()
            save=save
        >
            <TextField
                label=tr(I18n::house_mails_label)
                hint=hint
                error=days.error
                value=days.text
                inputmode="numeric"
                class="input-short"
            />
        </Block>
    }
}
