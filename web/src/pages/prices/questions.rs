//! Questions people ask before they buy credits.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::ui::Card;

type Text = fn(I18n) -> &'static str;

const QUESTIONS: [(Text, Text); 12] = [
    (I18n::faq_expiry, I18n::faq_expiry_answer),
    (I18n::faq_landline, I18n::faq_landline_answer),
    (I18n::faq_invoice, I18n::faq_invoice_answer),
    (I18n::faq_reply, I18n::faq_reply_answer),
    (I18n::faq_short, I18n::faq_short_answer),
    (I18n::faq_history, I18n::faq_history_answer),
    (I18n::faq_limit, I18n::faq_limit_answer),
    (I18n::faq_wrong_number, I18n::faq_wrong_number_answer),
    (I18n::faq_premium, I18n::faq_premium_answer),
    (I18n::faq_foresee, I18n::faq_foresee_answer),
    (I18n::faq_privacy, I18n::faq_privacy_answer),
    (I18n::faq_gateway, I18n::faq_gateway_answer),
];

/// The questions, each unfolding its answer.
#[component]
pub(super) fn Questions() -> Node {
    let questions = QUESTIONS
        .into_iter()
        .map(|(question, answer)| {
            view! {
                <details class="question">
                    <summary>{tr(question)}</summary>
                    <p>{tr(answer)}</p>
                </details>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <Card title=tr(I18n::faq_title)>
            <p class="field-hint">{tr(I18n::faq_note)}</p>
            <div class="questions">{questions}</div>
        </Card>
    }
}
