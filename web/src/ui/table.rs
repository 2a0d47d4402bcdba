//! Tables that sort and scroll.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{Icon, IconName};
use crate::dom::{Children, Node, view};
use crate::reactive::RwSignal;

/// A direction of sorting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The smallest first.
    #[default]
    Ascending,
    /// The largest first.
    Descending,
}

/// By which column a table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    /// The column's name.
    pub column: &'static str,
    /// The direction.
    pub order: Order,
}

impl Sorting {
    /// Ascending by a column.
    #[must_use]
    pub const fn by(column: &'static str) -> Self {
        Self { column, order: Order::Ascending }
    }

    /// What a click on a column's heading leads to: that column, or the other direction.
    #[must_use]
    pub fn clicked(self, column: &'static str) -> Self {
        match self {
            Self { column: now, order: Order::Ascending } if now == column => {
                Self { column, order: Order::Descending }
            }
            _ => Self::by(column),
        }
    }

    /// Turns the order of two rows round if the direction is descending.
    #[must_use]
    pub const fn apply(self, ordering: std::cmp::Ordering) -> std::cmp::Ordering {
        match self.order {
            Order::Ascending => ordering,
            Order::Descending => ordering.reverse(),
        }
    }
}

/// The heading of a column by which the table can be sorted.
#[component]
pub fn SortHeader(
    /// The column's name.
    column: &'static str,
    /// By which column the table is sorted.
    sorting: RwSignal<Sorting>,
    /// The heading.
    #[prop(into)]
    label: TextProp,
    /// Whether the column holds numbers, which stand at the right.
    #[prop(optional)]
    number: bool,
) -> Node {
    let order = move || {
        let now = sorting.get();
        (now.column == column).then_some(now.order)
    };
    let aria_sort = move || {
        order().map(|order| match order {
            Order::Ascending => "ascending",
            Order::Descending => "descending",
        })
    };
    let icon = move || match order() {
        None => IconName::Sort,
        Some(Order::Ascending) => IconName::SortUp,
        Some(Order::Descending) => IconName::SortDown,
    };
    view! {
        <th scope="col" aria-sort=aria_sort class:number=number>
            <button
                type="button"
                class="sort"
                on:click=move |_| sorting.update(|sorting| *sorting = sorting.clicked(column))
            >
                {move || label.get()}
                {move || view! { <Icon name=icon()/> }}
            </button>
        </th>
    }
}

/// Lets a wide table scroll within the page, with the keyboard too.
#[component]
pub fn TableScroll(
    /// What the table shows.
    #[prop(into)]
    label: TextProp,
    /// The table.
    children: Children,
) -> Node {
    view! {
        <div class="table-scroll" role="group" tabindex="0" aria-label=label>
            {children()}
        </div>
    }
}
