//! The composer.

use leptos::ev;
use leptos::prelude::*;

use super::announce::Announcer;
use super::cost::CostCard;
use super::drafts::DraftsButton;
use super::message::MessageCard;
use super::preview::PreviewCard;
use super::recipients::RecipientsCard;
use crate::backend::demo::SENDER;
use crate::dom::{ElementRef, Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::ui::{Button, text};

/// The composer: recipients, message, cost, and the message as phones show it.
#[component]
pub fn ComposePage() -> Node {
    let t = use_i18n();
    let field = ElementRef::<web_sys::HtmlTextAreaElement>::new();
    let lead = move || {
        let country = format::region(t.locale(), SENDER.country);
        t.compose_lead(SENDER.name, SENDER.company, &*country)
    };
    let print = move |_: ev::MouseEvent| drop(window().print());
    view! {
        <Page
            title=tr(I18n::nav_compose)
            lead=move || text(lead)
            actions=move || {
                view! {
                    <DraftsButton/>
                    <span class="wide-only"><Button on:click=print>{tr(I18n::compose_print)}</Button></span>
                }
            }
        >
            <div class="compose">
                <div class="compose-write">
                    <RecipientsCard/>
                    <MessageCard field=field/>
                </div>
                <div class="compose-follow">
                    <CostCard/>
                    <PreviewCard/>
                </div>
            </div>
            <Announcer/>
        </Page>
    }
}
