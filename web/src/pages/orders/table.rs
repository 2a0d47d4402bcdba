//! The table of orders.

use iap_core::credits::{Money, OrderState};
use leptos::prelude::*;

use super::bills::files;
use super::row::{Row, state_class};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal};
use crate::state::use_visitor;
use crate::ui::{Columns, SortHeader, Sorting, TableScroll};

#[component]
pub(super) fn Table(shown: Memo<Vec<Row>>, sorting: RwSignal<Sorting>, columns: Columns) -> Node {
    let t = use_i18n();
    view! {
        <TableScroll label=tr(I18n::orders_title)>
            <table class="table orders">
                <thead class="sort-headings">
                    <tr>
                        <SortHeader column="number" sorting=sorting label=tr(I18n::orders_number)/>
                        {columns.sort_headings(sorting, &["amount"])}
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let line = |row: &Row| line(t, row, columns);
                        shown.with(|shown| shown.iter().map(line).collect::<Vec<_>>())
                    }}
                </tbody>
            </table>
        </TableScroll>
    }
}

fn line(t: I18n, row: &Row, columns: Columns) -> Node {
    let id = row.order.id;
    let cells: Vec<Node> = columns.shown().map(|(name, _)| cell(t, row, name)).collect();
    view! {
        <tr>
            <th scope="row" class="orders-number"><a href=format!("/orders/{id}")>{id.to_string()}</a></th>
            {cells}
        </tr>
    }
}

fn cell(t: I18n, row: &Row, column: &str) -> Node {
    let order = &row.order;
    match column {
        "when" => {
            view! { <td class="orders-when">{format::date(t.locale(), order.created_at)}</td> }
        }
        "service" => view! { <td class="orders-service">{row.service.clone()}</td> },
        "pack" => {
            let credits = t.credits(order.credits.credits());
            view! {
                <td class="orders-pack">
                    {order.name.clone()} <span class="soft">" · " {credits}</span>
                </td>
            }
        }
        "by" => view! { <td class="orders-by">{order.ordered_by.clone()}</td> },
        "amount" => {
            let gross = format::money(t.locale(), Money::new(order.gross, order.currency));
            view! { <td class="orders-amount number">{gross}</td> }
        }
        "state" => {
            let class = state_class(order.state);
            view! { <td class="orders-state"><span class=class>{row.state}</span></td> }
        }
        _ => {
            let files: Vec<Node> = row.bills.iter().map(|bill| files(t, bill, false)).collect();
            view! { <td class="orders-files">{files} {pay(t, row)}</td> }
        }
    }
}

/// The way to pay an order that waits for its money.
fn pay(t: I18n, row: &Row) -> Option<Node> {
    let order = &row.order;
    let may_pay =
        order.state == OrderState::Pending && use_visitor().may_administer(order.database);
    may_pay.then(|| {
        let to = format!("/buy?account={}&order={}", order.account, order.id);
        let label = t.orders_pay_order(order.id.to_string());
        view! { <a class="button" href=to aria-label=label>{t.orders_pay()}</a> }
    })
}
