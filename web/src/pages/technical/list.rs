//! The accounts of all services, with what programs need to know of them.

use iap_core::sort::sorted;
use leptos::prelude::*;

use super::row::{Row, to_csv};
use crate::backend::account::NamedAccount;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::accounts::{EditDialog, state_pill};
use crate::pages::session::follow_visitor;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::settings::use_settings;
use crate::state::{Standing, use_accounts, use_visitor};
use crate::ui::{
    Button, Card, Column, ColumnChoice, Columns, EmptyState, IconName, Retry, SearchBar,
    SortHeader, Sorting, TableScroll, VisuallyHidden, Waiting, When, condition, use_toasts,
};
use crate::{download, format, query};

/// The name of the search in the page's address.
const SEARCH: &str = "q";

/// The columns that can be hidden; which account it is always stands there.
const COLUMNS: [Column; 4] = [
    ("name", I18n::account_technical_name),
    ("database", I18n::accounts_database),
    ("companies", I18n::accounts_companies),
    ("balance", I18n::accounts_balance),
];

/// The page of all IAP accounts that one may see, in developer mode.
#[component]
pub fn TechnicalPage() -> Node {
    let settings = use_settings();
    let developer = Signal::derive(move || settings.get().developer);
    let off = condition(move || !developer.get());
    view! {
        <When when=off>
            <Page title=tr(I18n::technical_title) lead=tr(I18n::technical_lead)>
                <div class="card">
                    <EmptyState
                        icon=IconName::Code
                        title=tr(I18n::technical_off)
                        text=tr(I18n::technical_off_text)
                    >
                        <a class="button" href="/settings">{tr(I18n::technical_to_settings)}</a>
                    </EmptyState>
                </div>
            </Page>
        </When>
        <When when=developer>
            <Accounts/>
        </When>
    }
}

#[component]
fn Accounts() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let toasts = use_toasts();
    let again = follow_visitor(move || accounts.refresh());
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let sorting = RwSignal::new(Sorting::by("number"));
    let columns = Columns::new("technical", &COLUMNS, &[]);
    let seek = move |text: String| {
        query::replace(SEARCH, &text);
        search.set(text);
    };
    let shown = Memo::new(move |_| {
        let locale = t.locale();
        let sorting = sorting.get();
        let search = search.with(|search| format::fold(locale, search.trim()));
        let known = accounts.known().unwrap_or_default();
        let rows =
            known.iter().map(|it| Row::new(t, it)).filter(|it| it.matches(&search)).collect();
        sorted(rows, &|a: &Row, b: &Row| sorting.apply(a.compare(b, locale, sorting.column)))
    });
    let export = move |_| {
        let csv = shown.with(|rows| to_csv(rows));
        let done = download::offer("iap-accounts.csv", "text/csv;charset=utf-8", &csv);
        toasts.show(if done { t.technical_exported() } else { t.prices_not_exported() });
    };
    let number = Memo::new(move |_| accounts.known().map(|it| it.len()));
    let failure = move || match visitor.standing() {
        Standing::Failed(failure) => Some(failure),
        _ => accounts.failure(),
    };
    let some = condition(move || number.get().is_some_and(|it| it > 0));
    view! {
        <Page
            title=tr(I18n::technical_title)
            lead=tr(I18n::technical_lead)
            actions=move || {
                view! {
                    <When when=some>
                        <Button icon=IconName::Download on:click=export>
                            {tr(I18n::prices_export)}
                        </Button>
                        <ColumnChoice columns=columns/>
                    </When>
                }
            }
        >
            <div class="technical">
                {move || failure().map(|failure| view! { <Retry failure=failure on_click=again/> })}
                <When when=condition(move || number.get().is_none() && failure().is_none())>
                    <Waiting label=tr(I18n::accounts_asking)/>
                </When>
                <When when=condition(move || number.get() == Some(0))>
                    <div class="card">
                        <EmptyState
                            icon=IconName::Coins
                            title=tr(I18n::accounts_empty)
                            text=tr(I18n::accounts_empty_text)
                        >
                            <a class="button" href="/catalogue">{tr(I18n::short_to_catalogue)}</a>
                        </EmptyState>
                    </div>
                </When>
                <When when=some>
                    <div class="card">
                        <SearchBar
                            label=tr(I18n::technical_search)
                            value=search
                            found=move || t.technical_shown(shown.with(Vec::len))
                            on_change=seek
                        />
                        <When when=condition(move || shown.with(Vec::is_empty))>
                            <EmptyState
                                icon=IconName::Search
                                title=tr(I18n::technical_none)
                                text=move || t.technical_none_text(search.get())
                            >
                                <Button on:click=move |_| seek(String::new())>
                                    {tr(I18n::prices_show_all)}
                                </Button>
                            </EmptyState>
                        </When>
                        <When when=condition(move || !shown.with(Vec::is_empty))>
                            <Table shown=shown sorting=sorting columns=columns/>
                        </When>
                    </div>
                </When>
                // It stands below the list, and would move when that comes.
                <When when=condition(move || number.get().is_some() || failure().is_some())>
                    <Card title=tr(I18n::account_token)>
                        <p>{tr(I18n::account_token_text)}</p>
                        <p>{tr(I18n::account_token_flag)}</p>
                    </Card>
                </When>
            </div>
        </Page>
    }
}

#[component]
fn Table(shown: Memo<Vec<Row>>, sorting: RwSignal<Sorting>, columns: Columns) -> Node {
    let t = use_i18n();
    let accounts = use_accounts();
    let visitor = use_visitor();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<i64>);
    let found = Memo::new(move |_| accounts.find(chosen.get()?));
    let choose = move |id: i64| {
        chosen.set(Some(id));
        open.set(true);
    };
    view! {
        <TableScroll label=tr(I18n::technical_title)>
            <table class="table">
                <thead>
                    <tr>
                        <SortHeader
                            column="number"
                            sorting=sorting
                            label=tr(I18n::technical_number)
                            number=true
                        />
                        <SortHeader column="service" sorting=sorting label=tr(I18n::accounts_service)/>
                        {columns.sort_headings(sorting, &["balance"])}
                        <th scope="col" class="no-print">
                            <VisuallyHidden>{tr(I18n::technical_restrict)}</VisuallyHidden>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {move || {
                        let line = |row: &Row| {
                            let may = visitor.may_administer(row.named.account.database);
                            line(t, row, columns, may.then_some(choose))
                        };
                        shown.with(|shown| shown.iter().map(line).collect::<Vec<_>>())
                    }}
                </tbody>
            </table>
        </TableScroll>
        <EditDialog found=found open=open/>
    }
}

/// A line; who administers the account may limit it to companies.
fn line(t: I18n, row: &Row, columns: Columns, choose: Option<impl Fn(i64) + 'static>) -> Node {
    let NamedAccount { account, database, .. } = &row.named;
    let id = account.id;
    let restrict = choose.map(|choose| {
        view! {
            <button
                type="button"
                class="button"
                aria-haspopup="dialog"
                aria-label=t.technical_restrict_of(&*account.service_label)
                on:click=move |_| choose(id)
            >
                {t.technical_restrict()}
            </button>
        }
    });
    view! {
        <tr>
            <td class="number">{id.to_string()}</td>
            <th scope="row">
                <a href=format!("/services/{id}")>{account.service_label.clone()}</a>
            </th>
            {columns.shows("name").then(|| {
                let name = account.service_name.as_str().to_owned();
                view! { <td><code>{name}</code></td> }
            })}
            {columns.shows("database").then(|| view! { <td>{database.clone()}</td> })}
            {columns.shows("companies").then(|| view! { <td>{row.companies.clone()}</td> })}
            {columns.shows("balance").then(|| {
                let balance = format::balance(t.locale(), account.available.total.credits());
                view! { <td class="number">{state_pill(t, account)} {balance}</td> }
            })}
            <td class="no-print">{restrict}</td>
        </tr>
    }
}
