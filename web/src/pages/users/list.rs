//! Everybody who can sign in, and what they may do.

use iap_core::api::User;
use iap_core::sort::sorted;
use leptos::prelude::*;

use super::add::AddDialog;
use super::change::ChangeDialog;
use super::row::{COLUMNS, Row, state_class, to_csv};
use crate::backend::user;
use crate::dom::{Node, Row as ListRow, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::asked::Asked;
use crate::pages::barred::Barred;
use crate::pages::focus::focus;
use crate::pages::session::follow_visitor;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::{
    Button, ButtonKind, ColumnChoice, Columns, EmptyState, IconName, Rows, SearchBar, SortHeader,
    Sorting, TableScroll, When, condition, rows, use_toasts,
};
use crate::{download, format, query};

/// The name of the search in the page's address.
const SEARCH: &str = "q";

/// So many lines are drawn at once; more on request.
const AT_ONCE: usize = 100;

/// The page of everybody who can sign in.
#[component]
pub fn UsersPage() -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let users = Asked::<Vec<User>>::new();
    let again = follow_visitor(move || users.refresh(user::users()));
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let sorting = RwSignal::new(Sorting::by("name"));
    let columns = Columns::new("users", &COLUMNS, &[]);
    let adding = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        let locale = t.locale();
        let sorting = sorting.get();
        let search = search.with(|search| format::fold(locale, search.trim()));
        let rows: Vec<Row> = users.known.with(|all| {
            let all = all.iter().flatten().map(|it| Row::new(t, it));
            all.filter(|row| row.matches(&search)).collect()
        });
        sorted(rows, &|a: &Row, b: &Row| sorting.apply(a.compare(b, locale, sorting.column)))
    });
    let export = move |_| {
        let csv = shown.with(|rows| to_csv(rows));
        let done = download::offer("users.csv", "text/csv;charset=utf-8", &csv);
        toasts.show(if done { t.users_exported() } else { t.prices_not_exported() });
    };
    let added = Callback::new(move |user: User| {
        focus(row_id(user.id));
        users.change(|all| all.push(user));
    });
    view! {
        <Page
            title=tr(I18n::users_title)
            lead=tr(I18n::users_lead)
            actions=move || {
                view! {
                    <When when=condition(move || users.is_known())>
                        <Button icon=IconName::Download on:click=export>
                            {tr(I18n::prices_export)}
                        </Button>
                        <ColumnChoice columns=columns/>
                        <Button
                            kind=ButtonKind::Primary
                            icon=IconName::Plus
                            attr:aria-haspopup="dialog"
                            on:click=move |_| adding.set(true)
                        >
                            {tr(I18n::users_add)}
                        </Button>
                    </When>
                }
            }
        >
            <Barred again=again/>
            {users.until_known(tr(I18n::users_asking), again)}
            <When when=condition(move || users.is_known())>
                <List users=users shown=shown search=search sorting=sorting columns=columns/>
                <AddDialog open=adding on_added=added/>
            </When>
        </Page>
    }
}

#[component]
fn List(
    users: Asked<Vec<User>>,
    shown: Memo<Vec<Row>>,
    search: RwSignal<String>,
    sorting: RwSignal<Sorting>,
    columns: Columns,
) -> Node {
    let t = use_i18n();
    let most = RwSignal::new(AT_ONCE);
    let change = move |text: String| {
        query::replace(SEARCH, &text);
        search.set(text);
    };
    view! {
        <div class="card">
            <SearchBar
                    label=tr(I18n::users_search)
                    value=search
                    found=move || t.users_shown(shown.with(Vec::len))
                    on_change=change
                />
            <When when=condition(move || shown.with(Vec::is_empty))>
                <EmptyState
                    icon=IconName::Search
                    title=tr(I18n::users_none)
                    text=tr(I18n::users_none_text)
                >
                    <Button on:click=move |_| change(String::new())>
                        {tr(I18n::prices_show_all)}
                    </Button>
                </EmptyState>
            </When>
            <When when=condition(move || !shown.with(Vec::is_empty))>
                <Table users=users shown=shown sorting=sorting columns=columns most=most/>
            </When>
            <When when=condition(move || shown.with(Vec::len) > most.get())>
                <div class="rates-more">
                    <Button on:click=move |_| most.update(|most| *most += AT_ONCE)>
                        {tr(I18n::consumption_more)}
                    </Button>
                </div>
            </When>
        </div>
    }
}

#[component]
fn Table(
    users: Asked<Vec<User>>,
    shown: Memo<Vec<Row>>,
    sorting: RwSignal<Sorting>,
    columns: Columns,
    most: RwSignal<usize>,
) -> Node {
    let t = use_i18n();
    let chosen = RwSignal::new(None::<User>);
    let open = RwSignal::new(false);
    let choose = move |user: User| {
        chosen.set(Some(user));
        open.set(true);
    };
    let saved = Callback::new(move |user: User| {
        // The line is made anew, and with it the button that the dialog was opened by.
        focus(row_id(user.id));
        users.change(|all| {
            if let Some(it) = all.iter_mut().find(|it| it.id == user.id) {
                *it = user;
            }
        });
    });
    let lines = move || {
        let kind = format!("{} {}", t.locale().tag(), columns.key());
        let shown = shown.get().into_iter().take(most.get());
        // What becomes of somebody makes their line anew; the others keep their elements.
        let line = |row: Row| {
            let key = format!("{kind} {}", row.csv());
            ListRow::new(key, move || line(t, &row, columns, choose))
        };
        shown.map(line).collect()
    };
    view! {
        <TableScroll label=tr(I18n::users_title)>
            <table class="table users stacked">
                <thead class="sort-headings">
                    <tr>
                        <SortHeader column="name" sorting=sorting label=tr(I18n::users_name)/>
                        {columns.sort_headings(sorting, &[])}
                        <th scope="col" class="no-print">{tr(I18n::account_change)}</th>
                    </tr>
                </thead>
                <tbody>
                    <Rows rows=rows(lines)/>
                </tbody>
            </table>
        </TableScroll>
        <ChangeDialog chosen=chosen open=open on_saved=saved/>
    }
}

fn line(t: I18n, row: &Row, columns: Columns, choose: impl Fn(User) + 'static) -> Node {
    let user = row.user.clone();
    let label = t.users_change_of(user.called());
    let cells: Vec<Node> = columns.shown().map(|(name, _)| cell(t, row, name)).collect();
    view! {
        <tr>
            <th scope="row">
                <a id=row_id(user.id) href=format!("/operator/users/{}", user.id)>
                    {user.called().to_owned()}
                </a>
            </th>
            {cells}
            <td class="users-change no-print">
                <button
                    type="button"
                    class="button"
                    aria-haspopup="dialog"
                    aria-label=label
                    on:click=move |_| choose(user.clone())
                >
                    {t.account_change()}
                </button>
            </td>
        </tr>
    }
}

fn cell(t: I18n, row: &Row, column: &str) -> Node {
    let user = &row.user;
    match column {
        "email" => {
            // Whose name is not known is called by their address, which need not stand there twice.
            let email = if user.name.is_empty() { "" } else { user.email.as_str() };
            view! { <td class="users-email">{email.to_owned()}</td> }
        }
        "rights" => view! { <td>{row.rights.clone()}</td> },
        "state" => view! { <td><span class=state_class(user)>{row.state}</span></td> },
        _ => view! { <td class="users-since">{format::date(t.locale(), user.created_at)}</td> },
    }
}

fn row_id(id: i64) -> String {
    format!("user-{id}")
}
