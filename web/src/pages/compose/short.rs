//! The balance of the composer, and what to do where it does not suffice.

use iap_core::credits::Amount;
use iap_core::pricing::Outcome;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::state::use_composer;
use crate::dom::{Node, view};
use crate::pages::short::{Purse, ShortDialog, Shortage};
use crate::reactive::{Memo, RwSignal, effect};
use crate::state::{Standing, use_accounts, use_visitor};

/// Asks for the accounts once it is known who is there, and again when somebody comes back to the page:
/// credits are bought and spent elsewhere meanwhile.
fn follow_accounts() {
    let visitor = use_visitor();
    let accounts = use_accounts();
    effect(move |_| {
        if let Standing::In(_) = visitor.standing() {
            accounts.refresh();
        }
    });
    let again = move || match visitor.standing_untracked() {
        Standing::Failed(_) => visitor.ask(),
        Standing::In(_) => accounts.refresh(),
        _ => {}
    };
    for event in ["focus", "online"] {
        let handle = window_event_listener_untyped(event, move |_| again());
        on_cleanup(move || handle.remove());
    }
}

/// The dialog that says what is missing for the message, and closes when nothing is any more.
#[component]
pub(super) fn MessageShort(open: RwSignal<bool>) -> Node {
    let visitor = use_visitor();
    let accounts = use_accounts();
    let composer = use_composer();
    follow_accounts();
    let purse = Memo::new(move |_| match (accounts.messages(), visitor.standing()) {
        (Some(account), Standing::In(_) | Standing::Demo) => Purse::Account(Box::new(account)),
        (None, Standing::In(_)) => Purse::Inactive,
        _ => Purse::MadeUp,
    });
    let shortage = Memo::new(move |_| {
        let quote = composer.quote.get()?;
        let Outcome::Short { missing } = quote.outcome else { return None };
        let missing = Amount::new(missing).ok()?;
        Some(Shortage { cost: Some(quote.total), there: quote.balance, missing })
    });
    // Back to the text: the button that led here is gone.
    let go_on = move |()| {
        if let Some(message) = document().get_element_by_id("message") {
            let _ = message.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    };
    view! { <ShortDialog open=open purse=purse shortage=shortage on_enough=go_on/> }
}
