//! Importing prices: a file or its lines, what they would change, and from when on.

use iap_core::api::ProblemCode;
use iap_core::pricing::csv::Column;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::changes::Changes;
use super::errors::errors;
use super::form::Form;
use super::versions::Versions;
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::{Button, ButtonKind, Card, Field, Notice, NoticeKind, failure_text};

/// The card in which prices are imported.
#[component]
pub(super) fn Import(versions: Versions) -> Node {
    let t = use_i18n();
    let form = Form::new(versions);
    let failed = move || {
        let failure = form.failure.get()?;
        let sentence = match &failure {
            Failure::Refused { problem, .. } if problem.code == ProblemCode::RateCardMoved => {
                t.rate_cards_moved().to_owned()
            }
            failure => failure_text(t, failure),
        };
        Some(view! { <Notice kind=NoticeKind::Error>{sentence}</Notice> })
    };
    view! {
        <Card title=tr(I18n::rate_cards_new)>
            <Fields form=form/>
            {move || {
                form.looked.get().map(|looked| {
                    view! {
                        <Changes preview=looked.preview>
                            <Button kind=ButtonKind::Primary disabled=form.busy on:click=move |_| form.import()>
                                {tr(I18n::rate_cards_import)}
                            </Button>
                        </Changes>
                    }
                })
            }}
            <div role="alert">{failed}</div>
        </Card>
    }
}

/// Where a file is chosen or its lines are pasted, and from when on they are valid.
#[component]
fn Fields(form: Form) -> Node {
    let t = use_i18n();
    let choose_file = move |event: ev::Event| {
        let Some(input) = event.target() else { return };
        let input: web_sys::HtmlInputElement = input.unchecked_into();
        form.read(input.files());
    };
    let drop_file = move |event: ev::DragEvent| {
        let files = event.data_transfer().and_then(|data| data.files());
        if files.as_ref().is_some_and(|files| files.length() > 0) {
            event.prevent_default();
            form.read(files);
        }
    };
    let hint = move || t.rate_cards_csv_hint(Column::ALL.map(Column::name).join(", "));
    view! {
            <form class="form" novalidate="" on:submit=move |event| form.look(&event)>
                <Field label=tr(I18n::rate_cards_choose) let:field>
                    <input
                        class="input"
                        type="file"
                        accept=".csv,text/csv,text/plain"
                        id=field.id
                        on:change=choose_file
                    />
                </Field>
                <Field
                    label=tr(I18n::rate_cards_csv)
                    hint=hint
                    error=form.csv_error
                    let:field
                >
                    <textarea
                        class="input rate-csv"
                        rows="8"
                        spellcheck="false"
                        autocomplete="off"
                        wrap="off"
                        translate="no"
                        id=field.id
                        aria-describedby=field.by
                        aria-invalid=move || field.invalid.get().to_string()
                        prop:value=form.csv
                        on:input=move |event| form.write(event_target_value(&event))
                        on:dragover=|event: ev::DragEvent| event.prevent_default()
                        on:drop=drop_file
                    ></textarea>
                </Field>
                {move || form.wrong.get().map(|wrong| errors(t, &form.csv.get_untracked(), &wrong))}
                <Field
                    label=tr(I18n::rate_cards_from)
                    hint=tr(I18n::rate_cards_from_hint)
                    error=form.from_error
                    let:field
                >
                    <input
                        class="input rate-from"
                        type="datetime-local"
                        id=field.id
                        aria-describedby=field.by
                        aria-invalid=move || field.invalid.get().to_string()
                        prop:value=form.from
                        on:input=move |event| form.set_from(event_target_value(&event))
                    />
                </Field>
                <div class="rate-actions">
                    <Button kind=ButtonKind::Primary r#type="submit" disabled=form.busy>
                        {tr(I18n::rate_cards_look)}
                    </Button>
                    <Button on:click=move |_| form.start_from_current()>
                        {tr(I18n::rate_cards_start_from)}
                    </Button>
                </div>
            </form>
    }
}
