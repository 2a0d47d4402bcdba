//! Which columns of a table are shown.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::{Icon, IconName, SortHeader, Sorting};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::storage;

/// Where it is kept in this browser which columns are hidden: under this and the table's name.
const KEY: &str = "iap.columns.";

/// A column that can be hidden: its name, and its heading.
pub type Column = (&'static str, fn(I18n) -> &'static str);

/// Which columns of a table are shown, kept in this browser. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub struct Columns {
    table: &'static str,
    all: &'static [Column],
    hidden: RwSignal<Vec<&'static str>>,
}

impl Columns {
    /// The columns of a table that can be hidden, in their order, and which of them are at first.
    #[must_use]
    pub fn new(table: &'static str, all: &'static [Column], hidden: &[&'static str]) -> Self {
        // What another version kept and this one does not know is left out.
        let kept = storage::get(&format!("{KEY}{table}")).map(|kept| {
            let is_hidden = |name: &&'static str| kept.split(',').any(|it| it == *name);
            all.iter().map(|(name, _)| *name).filter(is_hidden).collect()
        });
        Self { table, all, hidden: RwSignal::new(kept.unwrap_or_else(|| hidden.to_vec())) }
    }

    /// Whether a column is shown; follows it.
    #[must_use]
    pub fn shows(self, name: &str) -> bool {
        self.hidden.with(|hidden| !hidden.contains(&name))
    }

    /// The columns that are hidden; follows them.
    #[must_use]
    pub fn hidden(self) -> Vec<&'static str> {
        self.hidden.get()
    }

    /// A text that tells lines with these columns from lines with others; follows them.
    #[must_use]
    pub fn key(self) -> String {
        self.hidden.with(|hidden| hidden.join(","))
    }

    /// Those that are shown, in their order; follows them.
    pub fn shown(self) -> impl Iterator<Item = &'static Column> {
        self.all.iter().filter(move |(name, _)| self.shows(name))
    }

    /// The headings of those that are shown. Those that hold `numbers` stand at the right.
    pub fn headings(self, numbers: &'static [&'static str]) -> impl Fn() -> Vec<Node> + 'static {
        move || {
            let heading = |(name, label): &'static Column| {
                let number = numbers.contains(name);
                view! { <th scope="col" class:number=number>{tr(*label)}</th> }
            };
            self.shown().map(heading).collect()
        }
    }

    /// The headings of those that are shown, each a way to sort by it.
    pub fn sort_headings(
        self,
        sorting: RwSignal<Sorting>,
        numbers: &'static [&'static str],
    ) -> impl Fn() -> Vec<Node> + 'static {
        move || {
            let heading = |(name, label): &'static Column| {
                let number = numbers.contains(name);
                view! { <SortHeader column=*name sorting=sorting label=tr(*label) number=number/> }
            };
            self.shown().map(heading).collect()
        }
    }

    fn show(self, name: &'static str, shown: bool) {
        self.hidden.update(|hidden| {
            hidden.retain(|it| *it != name);
            if !shown {
                hidden.push(name);
            }
        });
        let hidden = self.hidden.with_untracked(|hidden| hidden.join(","));
        storage::set(&format!("{KEY}{}", self.table), &hidden);
    }
}

/// A button that opens the list of columns, each to be ticked. It closes with Escape, and when one goes
/// elsewhere.
#[component]
pub fn ColumnChoice(columns: Columns) -> Node {
    let t = use_i18n();
    let keys = |event: ev::KeyboardEvent| {
        if event.key() == "Escape"
            && let Some(details) = details(&event)
            && details.remove_attribute("open").is_ok()
        {
            event.stop_propagation();
            let summary = details.query_selector("summary").ok().flatten();
            if let Some(summary) = summary {
                let _ = summary.unchecked_into::<web_sys::HtmlElement>().focus();
            }
        }
    };
    let left = |event: ev::FocusEvent| {
        let to = event.related_target();
        let to = to.as_ref().and_then(|it| it.dyn_ref::<web_sys::Node>());
        if let Some(details) = details(&event)
            && !details.contains(to)
        {
            let _ = details.remove_attribute("open");
        }
    };
    let boxes = move || {
        let choice = |&(name, label): &Column| {
            view! {
                <label class="column">
                    <input
                        type="checkbox"
                        prop:checked=move || columns.shows(name)
                        on:change=move |event| columns.show(name, event_target_checked(&event))
                    />
                    <span>{move || label(t)}</span>
                </label>
            }
        };
        columns.all.iter().map(choice).collect::<Vec<_>>()
    };
    view! {
        <details class="column-choice no-print" on:keydown=keys on:focusout=left>
            <summary class="button">
                <Icon name=IconName::Sliders/>
                {tr(I18n::app_columns)}
            </summary>
            // The focus stays within where one clicks beside a box.
            <div class="column-list" tabindex="-1">
                <fieldset>
                    <legend class="visually-hidden">{tr(I18n::app_columns_shown)}</legend>
                    {boxes()}
                </fieldset>
            </div>
        </details>
    }
}

/// The element that listens.
fn details(event: &web_sys::Event) -> Option<web_sys::Element> {
    event.current_target()?.dyn_into().ok()
}
