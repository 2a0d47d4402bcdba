//! What is set for the whole server.

mod block;
mod mails;
mod newcomers;
mod pay;
mod seller;
mod share;
mod state;
mod tax;

use leptos::prelude::*;

use self::mails::MailsBlock;
use self::newcomers::NewcomersBlock;
use self::pay::PayBlock;
use self::seller::SellerBlock;
use self::share::ShareBlock;
use self::state::House;
use self::tax::TaxBlock;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::page::Page;
use crate::pages::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::ui::{Retry, Waiting, When, condition};

/// The page of the server's settings: blocks that are saved each on its own.
#[component]
pub(super) fn HousePage() -> Node {
    let house = House::new();
    let again = follow_visitor(move || house.refresh());
    let failed = move || {
        let failure = house.failure()?;
        Some(view! { <Retry failure=failure on_click=again/> })
    };
    view! {
        <Page title=tr(I18n::house_title) lead=tr(I18n::house_lead)>
            <Barred again=again/>
            {failed}
            <When when=condition(move || house.is_asked())>
                <Waiting label=tr(I18n::house_asking)/>
            </When>
            <When when=condition(move || house.is_known())>
                <div class="settings">
                    <SellerBlock house=house/>
                    <TaxBlock house=house/>
                    <PayBlock house=house/>
                    <NewcomersBlock house=house/>
                    <MailsBlock house=house/>
                    <ShareBlock house=house/>
                </div>
            </When>
        </Page>
    }
}
