//! The credits of all services: what is there, what is held, and who is warned.

use iap_core::api::{Account, Spent};
use iap_core::sort::sorted;
use leptos::prelude::*;

use super::alert::AlertDialog;
use super::quick::QuickView;
use super::row::{Row, state_pill, to_csv};
use super::start::{Guide, Steps};
use crate::backend::account::NamedAccount;
use crate::dom::{IntoNode as _, Node, Row as ListRow, view};
use crate::i18n::{I18n, Locale, tr, use_i18n};
use crate::page::Page;
use crate::pages::session::follow_visitor;
use crate::reactive::{Memo, RwSignal};
use crate::state::{Standing, use_accounts, use_visitor};
use crate::ui::{
    Button, ButtonKind, Column, ColumnChoice, Columns, EmptyState, Icon, IconName, Retry, Rows,
    SearchBar, SortHeader, Sorting, Sparkline, TableScroll, VisuallyHidden, Waiting, When,
    condition, rows, use_toasts,
};
use crate::{download, format, query};

/// The name of the search in the page's address.
const SEARCH: &str = "q";

/// From so many services on the list can be searched: fewer are seen at a glance.
const SEARCHED: usize = 6;

/// The columns that can be hidden; which service it is always stands there.
const COLUMNS: [Column; 6] = [
    ("database", I18n::accounts_database),
    ("companies", I18n::accounts_companies),
    ("trend", I18n::accounts_last_days),
    ("balance", I18n::accounts_balance),
    ("held", I18n::accounts_held),
    ("alert", I18n::accounts_alert),
];

/// The page of all accounts that one may see.
#[component]
pub fn AccountsPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let toasts = use_toasts();
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let sorting = RwSignal::new(Sorting::by("service"));
    let columns = Columns::new("services", &COLUMNS, &[]);

    let guide = Guide::start();
    let again = follow_visitor(move || accounts.refresh());

    let all = Memo::new(move |_| {
        let known = accounts.known()?;
        Some(known.iter().map(|named| Row::new(t, named)).collect::<Vec<_>>())
    });
    let number = move || all.with(|all| all.as_ref().map_or(0, Vec::len));
    let shown = Memo::new(move |_| {
        let locale = t.locale();
        let sorting = sorting.get();
        let search = search.with(|search| format::fold(locale, search.trim()));
        let rows = all.get().unwrap_or_default();
        let found = rows.into_iter().filter(|row| row.matches(&search)).collect();
        sorted(found, &|a: &Row, b: &Row| sorting.apply(a.compare(b, locale, sorting.column)))
    });
    let export = move |_| {
        let csv = shown.with(|rows| to_csv(rows));
        let done = download::offer("services.csv", "text/csv;charset=utf-8", &csv);
        toasts.show(if done { t.accounts_exported() } else { t.prices_not_exported() });
    };

    let is_known = move || all.with(Option::is_some);
    let failure = move || match visitor.standing() {
        Standing::Failed(failure) => Some(failure),
        _ => accounts.failure(),
    };
    view! {
        <Page
            title=tr(I18n::accounts_title)
            lead=tr(I18n::accounts_lead)
            actions=move || {
                view! {
                    <When when=condition(move || { number() > 0 })>
                        <Button icon=IconName::Download on:click=export>
                            {tr(I18n::prices_export)}
                        </Button>
                        <ColumnChoice columns=columns/>
                    </When>
                }
            }
        >
            {move || failure().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            <When when=condition(move || !is_known() && failure().is_none())>
                <Waiting label=tr(I18n::accounts_asking)/>
            </When>
            <Steps guide=guide/>
            <When when=condition(move || is_known() && number() == 0 && !guide.is_shown())>
                <div class="card">
                    <EmptyState
                        icon=IconName::Coins
                        title=tr(I18n::accounts_empty)
                        text=tr(I18n::accounts_empty_text)
                    >
                        <a class="button" href="/catalogue">{tr(I18n::short_to_catalogue)}</a>
                        <When when=condition(move || guide.is_dismissed())>
                            <Button kind=ButtonKind::Quiet on:click=move |_| guide.dismiss(false)>
                                {tr(I18n::start_again)}
                            </Button>
                        </When>
                    </EmptyState>
                </div>
            </When>
            <When when=condition(move || { number() > 0 })>
                <List all=all shown=shown search=search sorting=sorting columns=columns/>
            </When>
        </Page>
    }
}

/// The accounts that are searched for, and the search where there are many.
#[component]
fn List(
    all: Memo<Option<Vec<Row>>>,
    shown: Memo<Vec<Row>>,
    search: RwSignal<String>,
    sorting: RwSignal<Sorting>,
    columns: Columns,
) -> Node {
    let t = use_i18n();
    let change = move |text: String| {
        query::replace(SEARCH, &text);
        search.set(text);
    };
    let many = move || all.with(|all| all.as_ref().map_or(0, Vec::len)) >= SEARCHED;
    view! {
        <div class="card">
            <When when=condition(many)>
                <SearchBar label=tr(I18n::accounts_search) value=search found=move || t.accounts_shown(shown.with(Vec::len)) on_change=change/>
            </When>
            <When when=condition(move || shown.with(Vec::is_empty))>
                <EmptyState
                    icon=IconName::Search
                    title=tr(I18n::accounts_none)
                    text=move || t.accounts_none_text(search.get())
                >
                    <Button on:click=move |_| change(String::new())>
                        {tr(I18n::prices_show_all)}
                    </Button>
                </EmptyState>
            </When>
            <When when=condition(move || !shown.with(Vec::is_empty))>
                <Table shown=shown sorting=sorting columns=columns/>
            </When>
        </div>
    }
}

/// What a line of the table shows.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    row: Row,
    hidden: Vec<&'static str>,
    may_change: bool,
    locale: Locale,
}

#[component]
fn Table(shown: Memo<Vec<Row>>, sorting: RwSignal<Sorting>, columns: Columns) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let chosen = RwSignal::new(None::<Account>);
    let open = RwSignal::new(false);
    let choose = move |account: Account| {
        chosen.set(Some(account));
        open.set(true);
    };
    let accounts = use_accounts();
    // Somebody who sees one database knows which.
    let several = Memo::new(move |_| {
        let known = accounts.known().unwrap_or_default();
        let mut databases = known.iter().map(|named| named.account.database);
        let first = databases.next();
        databases.any(|database| Some(database) != first)
    });
    // The accounts whose quick view is open, by key.
    let unfolded = RwSignal::new(Vec::<i64>::new());
    // A line that stays as it was keeps its elements, and the focus in it, when others change.
    let mut known = Vec::<(Line, u32)>::new();
    let mut made = 0;
    let lines = move || {
        let (mut hidden, locale) = (columns.hidden(), t.locale());
        if !several.get() {
            hidden.push("database");
        }
        let lines = shown.get().into_iter().map(|row| {
            let may_change = visitor.may_administer(row.named.account.database);
            Line { row, hidden: hidden.clone(), may_change, locale }
        });
        let numbered = lines.map(|line| {
            let before = known.iter().find(|(it, _)| *it == line).map(|(_, number)| *number);
            let number = before.unwrap_or_else(|| {
                made += 1;
                made
            });
            (line, number)
        });
        let numbered: Vec<_> = numbered.collect();
        known.clone_from(&numbered);
        let line = |(line, number): (Line, u32)| {
            ListRow::new(number, move || {
                table_row(t, &line.row, &line.hidden, line.may_change.then_some(choose), unfolded)
            })
        };
        numbered.into_iter().map(line).collect()
    };
    view! {
        <TableScroll label=tr(I18n::accounts_title)>
            <table class="table accounts">
                <thead class="sort-headings">
                    <tr>
                        <SortHeader
                            column="service"
                            sorting=sorting
                            label=tr(I18n::accounts_service)
                        />
                        {move || headings(sorting, columns, several.get())}
                        <th scope="col" class="no-print">
                            <VisuallyHidden>{tr(I18n::account_buy)}</VisuallyHidden>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <Rows rows=rows(lines)/>
                </tbody>
            </table>
        </TableScroll>
        <AlertDialog chosen=chosen open=open/>
    }
}

/// The headings of the columns that are shown.
fn headings(sorting: RwSignal<Sorting>, columns: Columns, several: bool) -> Vec<Node> {
    let heading = |(name, label): &Column| {
        let (name, label) = (*name, *label);
        if name == "trend" {
            return view! { <th scope="col" class="accounts-trend">{tr(label)}</th> };
        }
        let number = matches!(name, "balance" | "held");
        view! { <SortHeader column=name sorting=sorting label=tr(label) number=number/> }
    };
    let is_shown = |(name, _): &&Column| columns.shows(name) && (several || *name != "database");
    COLUMNS.iter().filter(is_shown).map(heading).collect()
}

/// A line; who administers the account may set its warning and buy for it.
fn table_row(
    t: I18n,
    row: &Row,
    hidden: &[&str],
    choose: Option<impl Fn(Account) + Copy + 'static>,
    unfolded: RwSignal<Vec<i64>>,
) -> Node {
    let NamedAccount { account, database, .. } = &row.named;
    let accounts = use_accounts();
    let (id, held) = (account.id, account.held.total);
    let shows = |name: &str| !hidden.contains(&name);
    let alert = match account.alert.threshold {
        Some(threshold) => t.accounts_below(t.credits(threshold.credits())),
        None => t.accounts_no_alert().to_owned(),
    };
    let buy = choose.is_some().then(|| {
        let label = t.accounts_buy(&*account.service_label);
        view! {
            <a class="button" href=format!("/buy?account={id}") target="_blank" aria-label=label>
                {t.account_buy()}
            </a>
        }
    });
    let is_open = move || unfolded.with(|all| all.contains(&id));
    let fold = move |_| {
        let open = untrack(is_open);
        unfolded.update(|all| if open { all.retain(|it| *it != id) } else { all.push(id) });
    };
    let label = t.accounts_quick(&*account.service_label);
    // Which columns there are changes with what is hidden: more than there are is as good.
    let quick = {
        let account = account.clone();
        move || {
            is_open().then(|| {
                let account = account.clone();
                let choose = choose.map(|it| -> Box<dyn Fn(Account)> { Box::new(it) });
                view! {
                    <tr class="quick no-print">
                        <td colspan="9"><QuickView account=account choose=choose/></td>
                    </tr>
                }
            })
        }
    };
    view! {
        <tr>
            <th scope="row">
                <div class="accounts-service">
                    <button
                        type="button"
                        class="unfold no-print"
                        aria-label=label
                        aria-expanded=move || is_open().to_string()
                        on:click=fold
                    >
                        <Icon name=IconName::Chevron/>
                    </button>
                    <a href=format!("/services/{id}")>{account.service_label.clone()}</a>
                </div>
            </th>
            {shows("database").then(|| view! { <td class="accounts-database">{database.clone()}</td> })}
            {shows("companies").then(|| view! { <td class="accounts-companies">{row.companies.clone()}</td> })}
            {shows("trend").then(|| view! {
                <td class="accounts-trend">
                    {move || accounts.spent(id).map(|spent| trend(t, &spent))}
                </td>
            })}
            {shows("balance").then(|| view! {
                <td class="accounts-balance number">{balance(t, &row.named)}</td>
            })}
            {shows("held").then(|| view! {
                <td class=if held.is_zero() {
                    "accounts-held accounts-nothing number"
                } else {
                    "accounts-held number"
                }>
                    // Where there is no room for columns, the figure says what it is.
                    <span class="accounts-label">{t.accounts_held()}</span>
                    {format::balance(t.locale(), held.credits())}
                </td>
            })}
            {shows("alert").then(|| view! { <td class="accounts-alert">
                {match choose {
                    Some(choose) => {
                        let account = account.clone();
                        let label = t.alert_set(&*account.service_label, &*alert);
                        view! {
                            <button
                                type="button"
                                class="link-button"
                                aria-haspopup="dialog"
                                aria-label=label
                                on:click=move |_| choose(account.clone())
                            >
                                {alert}
                            </button>
                        }
                    }
                    None => alert.into_node(),
                }}
            </td> })}
            <td class="accounts-action no-print">{buy}</td>
        </tr>
        {quick}
    }
}

/// What was spent day by day, as a line, and altogether.
fn trend(t: I18n, spent: &[Spent]) -> Node {
    let total =
        spent.iter().fold(Spent::default(), |sum, next| sum.checked_add(*next).unwrap_or(sum));
    let values = spent.iter().map(|it| it.charged).collect();
    view! {
        <Sparkline values=values/>
        <span class="accounts-spent">
            {t.accounts_spent(format::balance(t.locale(), total.charged))}
        </span>
    }
}

/// What can be spent; what stands out says why in a word, and not by colour alone.
fn balance(t: I18n, named: &NamedAccount) -> Node {
    let account = &named.account;
    let total = format::balance(t.locale(), account.available.total.credits());
    let granted = account.available.granted;
    view! {
        // Before the figure, so that figures stand below each other.
        {state_pill(t, account)}
        <strong>{total}</strong>
        {(!granted.is_zero())
            .then(|| {
                let granted = format::balance(t.locale(), granted.credits());
                view! { <span class="accounts-granted">{t.accounts_granted(granted)}</span> }
            })}
    }
}
