//! Picking contacts as recipients.

use iap_core::phone::PhoneNumber;
use iap_core::sort::sorted;
use leptos::ev;
use leptos::prelude::*;

use super::state::use_composer;
use crate::backend::Contact;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, Locale, tr, use_i18n};
use crate::reactive::{RwSignal, StoredValue, memo};
use crate::ui::{
    Button, ButtonKind, Dialog, EmptyState, IconName, Row, Rows, TableScroll, When, condition,
    rows, text,
};

/// A dialog with all contacts, to search and to choose several from.
#[component]
pub fn ContactsDialog(open: RwSignal<bool>) -> Node {
    view! {
        <Dialog open=open title=tr(I18n::contacts_title) class="contacts">
            <Picker open=open/>
        </Dialog>
    }
}

#[component]
fn Picker(open: RwSignal<bool>) -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let query = RwSignal::new(String::new());
    let chosen = RwSignal::new(Vec::<PhoneNumber>::new());
    let by_name = |a: &Contact, b: &Contact| format::compare(t.locale(), &a.name, &b.name);
    let contacts = sorted(composer.contacts(), &by_name);
    let contacts = StoredValue::new(contacts);

    let found = memo(move || {
        let query = format::fold(t.locale(), &query.get());
        contacts.with_value(|contacts| {
            contacts
                .iter()
                .filter(|contact| matches(t.locale(), contact, &query))
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let all_chosen = move || {
        found.with(|found| {
            chosen.with(|chosen| {
                !found.is_empty() && found.iter().all(|contact| chosen.contains(&contact.number))
            })
        })
    };
    let choose_all = move |event: ev::Event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            found.with_untracked(|found| {
                for contact in found {
                    choose_one(chosen, contact.number, on);
                }
            });
        });
    };
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let numbers: Vec<_> = chosen.with_untracked(|chosen| {
            chosen.iter().map(|number| number.international().to_string()).collect()
        });
        composer.add(numbers);
        open.set(false);
    };
    let label = move || match chosen.with(Vec::len) {
        0 => t.contacts_add_none().to_owned(),
        number => t.contacts_add(number),
    };
    let found_rows = move || {
        let row = |contact: &Contact| {
            let contact = contact.clone();
            Row::new(contact.number, move || {
                view! { <ContactRow contact=contact.clone() chosen=chosen/> }
            })
        };
        found.with(|found| found.iter().map(row).collect())
    };
    view! {
        <form class="contacts-form" on:submit=add>
            <input
                class="input"
                type="search"
                autocomplete="off"
                aria-label=tr(I18n::contacts_search)
                placeholder=tr(I18n::contacts_search)
                on:input=move |event| query.set(event_target_value(&event))
                // Enter in the search field chooses nothing by accident.
                on:keydown=|event: ev::KeyboardEvent| {
                    if event.key() == "Enter" {
                        event.prevent_default();
                    }
                }
            />
            <TableScroll label=tr(I18n::contacts_title)>
                <table class="table">
                    <thead>
                        <tr>
                            <th class="check">
                                <input
                                    type="checkbox"
                                    aria-label=tr(I18n::contacts_select_all)
                                    prop:checked=all_chosen
                                    on:change=choose_all
                                />
                            </th>
                            <th>{tr(I18n::contacts_name)}</th>
                            <th class="wide-only">{tr(I18n::contacts_company)}</th>
                            <th class="number">{tr(I18n::contacts_number)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <Rows rows=rows(found_rows)/>
                    </tbody>
                </table>
            </TableScroll>
            <When when=condition(move || found.with(Vec::is_empty))>
                <EmptyState
                    icon=IconName::Search
                    title=move || t.contacts_none(query.get())
                    text=tr(I18n::contacts_search)
                />
            </When>
            <div class="dialog-actions">
                <span class="soft">{tr(I18n::contacts_made_up)}</span>
                <Button
                    kind=ButtonKind::Primary
                    r#type="submit"
                    disabled=condition(move || chosen.with(Vec::is_empty))
                >
                    {text(label)}
                </Button>
            </div>
        </form>
    }
}

#[component]
fn ContactRow(contact: Contact, chosen: RwSignal<Vec<PhoneNumber>>) -> Node {
    let t = use_i18n();
    let number = contact.number;
    let name = contact.name.clone();
    let choose = move |event: ev::Event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| choose_one(chosen, number, on));
    };
    view! {
        <tr>
            <td class="check">
                <input
                    type="checkbox"
                    aria-label=text(move || t.contacts_select(&*name))
                    prop:checked=move || chosen.with(|chosen| chosen.contains(&number))
                    on:change=choose
                />
            </td>
            <td>{contact.name}<div class="soft">{contact.city}</div></td>
            <td class="wide-only">{contact.company}</td>
            <td class="number"><bdi>{number.international().to_string()}</bdi></td>
        </tr>
    }
}

/// Chooses a number, or lets it go.
fn choose_one(chosen: &mut Vec<PhoneNumber>, number: PhoneNumber, on: bool) {
    chosen.retain(|other| *other != number);
    if on {
        chosen.push(number);
    }
}

fn matches(locale: Locale, contact: &Contact, query: &str) -> bool {
    let texts = [&contact.name, &contact.company, &contact.city];
    let digits: String = query.chars().filter(char::is_ascii_digit).collect();
    texts.iter().any(|text| format::fold(locale, text).contains(query))
        || (!digits.is_empty() && contact.number.digits().contains(&digits))
}
