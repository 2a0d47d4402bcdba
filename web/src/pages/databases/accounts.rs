//! The accounts of a database, with what they have.

use iap_core::api::{Account, Company};
use leptos::prelude::*;

use crate::backend::database::KnownDatabase;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::asked::Asked;
use crate::ui::{Card, TableScroll, When, condition};

/// A card with the accounts of a database.
#[component]
pub(super) fn Accounts(asked: Asked<KnownDatabase>) -> Node {
    let t = use_i18n();
    let some = move || {
        asked.known.with(|known| known.as_ref().is_some_and(|known| !known.accounts.is_empty()))
    };
    let lines = move || {
        asked.known.with(|known| {
            let lines = known.iter().flat_map(|known| {
                known.accounts.iter().map(|account| line(t, account, &known.companies))
            });
            lines.collect::<Vec<_>>()
        })
    };
    view! {
        <Card title=tr(I18n::databases_accounts)>
            <When when=condition(some)>
                <TableScroll label=tr(I18n::databases_accounts)>
                    <table class="table stacked database-accounts">
                        <thead>
                            <tr>
                                <th scope="col">{tr(I18n::accounts_service)}</th>
                                <th scope="col">{tr(I18n::accounts_companies)}</th>
                                <th scope="col" class="number">{tr(I18n::accounts_balance)}</th>
                                <th scope="col" class="number">{tr(I18n::accounts_held)}</th>
                            </tr>
                        </thead>
                        <tbody>{lines}</tbody>
                    </table>
                </TableScroll>
            </When>
            <When when=condition(move || !some())>
                <p class="soft">{tr(I18n::databases_accounts_none)}</p>
            </When>
        </Card>
    }
}

fn line(t: I18n, account: &Account, companies: &[Company]) -> Node {
    let named = |number: &i64| {
        let known = companies.iter().find(|it| it.number == *number);
        known.map_or_else(|| format!("#{number}"), |it| it.name.clone())
    };
    let limited: Vec<String> = account.companies.iter().map(named).collect();
    let limited = if limited.is_empty() {
        t.accounts_all_companies().to_owned()
    } else {
        format::list(t.locale(), &limited)
    };
    let balance = format::balance(t.locale(), account.available.total.credits());
    let held = format::balance(t.locale(), account.held.total.credits());
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/services/{}", account.id)>{account.service_label.clone()}</a>
            </th>
            <td>
                <span class="stacked-label">{t.accounts_companies()} " "</span>
                {limited}
            </td>
            <td class="number">
                <span class="stacked-label">{t.accounts_balance()} " "</span>
                {balance}
            </td>
            <td class="number">
                <span class="stacked-label">{t.accounts_held()} " "</span>
                {held}
            </td>
        </tr>
    }
}
