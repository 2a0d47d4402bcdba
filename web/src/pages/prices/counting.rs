//! What a part holds, and which characters are in the alphabet of SMS.

use iap_core::sms::alphabet::{DEFAULT, EXTENSION};
use iap_core::sms::{Encoding, Reference, Shift, capacity};
use leptos::prelude::*;

use crate::dom::{IntoNode, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::{Card, TableScroll};

/// A character as the list shows it: itself, or the letters that stand for one that shows
/// nothing, with its name.
fn shown(t: I18n, character: char) -> Option<(String, Option<&'static str>)> {
    match character {
        // Announces the extension table and cannot be sent.
        '\u{1B}' => None,
        ' ' => Some(("SP".to_owned(), Some(t.prices_space()))),
        '\n' => Some(("LF".to_owned(), Some(t.prices_line_feed()))),
        '\r' => Some(("CR".to_owned(), Some(t.prices_carriage_return()))),
        '\u{0C}' => Some(("FF".to_owned(), Some(t.prices_form_feed()))),
        _ => Some((character.to_string(), None)),
    }
}

fn characters(t: I18n, characters: impl Iterator<Item = char>) -> Node {
    let items = characters
        .filter_map(|character| shown(t, character))
        .map(|(sign, name)| {
            view! {
                <li title=name>
                    {match name {
                        Some(name) => {
                            view! {
                                <abbr aria-hidden="true">{sign}</abbr>
                                <span class="visually-hidden">{name}</span>
                            }
                        }
                        None => sign.into_node(),
                    }}
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <ul role="list" class="characters" translate="no">
            {items}
        </ul>
    }
}

/// How parts are counted.
#[component]
pub(super) fn Counting() -> Node {
    let t = use_i18n();
    let one = |encoding| capacity(encoding, Shift::default(), None);
    let each = |encoding| capacity(encoding, Shift::default(), Some(Reference::Bits8));
    let lost = move |encoding| one(encoding) - each(encoding);
    view! {
        <Card title=tr(I18n::prices_counting)>
            <div class="counting">
                <div class="prose">
                    <p>{tr(I18n::prices_cost_rule)}</p>
                    <TableScroll label=tr(I18n::prices_counting)>
                        <table class="table">
                            <thead>
                                <tr>
                                    <th scope="col">{tr(I18n::prices_encoding)}</th>
                                    <th scope="col" class="number">{tr(I18n::prices_one_part)}</th>
                                    <th scope="col" class="number">{tr(I18n::prices_each_part)}</th>
                                </tr>
                            </thead>
                            <tbody>
                                <tr>
                                    <th scope="row">"GSM-7"</th>
                                    <td class="number">{move || t.prices_units(one(Encoding::Gsm7))}</td>
                                    <td class="number">{move || t.prices_units(each(Encoding::Gsm7))}</td>
                                </tr>
                                <tr>
                                    <th scope="row">"Unicode (UCS-2)"</th>
                                    <td class="number">{move || t.prices_units(one(Encoding::Ucs2))}</td>
                                    <td class="number">{move || t.prices_units(each(Encoding::Ucs2))}</td>
                                </tr>
                            </tbody>
                        </table>
                    </TableScroll>
                    <p>
                        {move || {
                            t.prices_why_fewer(lost(Encoding::Gsm7), lost(Encoding::Ucs2))
                        }}
                    </p>
                    <p>{tr(I18n::prices_unicode)}</p>
                </div>
                <div class="prose">
                    <h3>{tr(I18n::prices_basic)}</h3>
                    {move || characters(t, DEFAULT.into_iter())}
                    <h3>{tr(I18n::prices_extension)}</h3>
                    {move || characters(t, EXTENSION.into_iter().map(|(_, character)| character))}
                </div>
            </div>
        </Card>
    }
}
