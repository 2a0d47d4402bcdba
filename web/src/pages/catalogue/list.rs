//! The services that a database may use, a card each.

use iap_core::api::{Catalogue, Database, OfferedService};
use iap_core::catalogue::{Admission, Hosting};
use leptos::prelude::*;

use super::card::card;
use super::done::Done;
use super::state::Shelf;
use crate::backend::account::database_name;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::session::follow_visitor;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::state::{Standing, use_visitor};
use crate::ui::{
    Button, EmptyState, Failed, Field, IconName, Notice, NoticeKind, Retry, SearchBar, Segmented,
    Select, Waiting, When, condition,
};
use crate::{format, query};

/// The names of the search and of the party in the page's address.
const SEARCH: &str = "q";
const PARTY: &str = "party";

/// Who offers what is looked at: everybody, the operator, somebody else.
const PARTIES: [&str; 3] = ["", "first", "third"];

/// The page of the services that a database may use.
#[component]
pub fn CataloguePage() -> Node {
    let visitor = use_visitor();
    let shelf = Shelf::start();
    let again = follow_visitor(move || shelf.load());
    let Shelf { databases, catalogue, failure, refused, .. } = shelf;
    let failed = move || match visitor.standing() {
        Standing::Failed(failure) => Some(failure),
        _ => failure.get(),
    };
    let nobodys = move || databases.with(|it| it.as_ref().is_some_and(Vec::is_empty));
    let is_known = Memo::new(move |_| catalogue.with(Option::is_some));
    view! {
        <Page title=tr(I18n::catalogue_title) lead=tr(I18n::catalogue_lead)>
            {move || failed().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            <When when=condition(move || !is_known.get() && !nobodys() && failed().is_none())>
                <Waiting label=tr(I18n::catalogue_asking)/>
            </When>
            <When when=condition(nobodys)>
                <div class="card">
                    <EmptyState
                        icon=IconName::Grid
                        title=tr(I18n::catalogue_no_databases)
                        text=tr(I18n::catalogue_no_databases_text)
                    />
                </div>
            </When>
            <div class="catalogue">
                <DatabaseChoice shelf=shelf/>
                <Failed failure=refused/>
                <When when=condition(move || is_known.get())>
                    <Services shelf=shelf/>
                </When>
            </div>
            <Done shelf=shelf/>
        </Page>
    }
}

/// The choice among several databases; nothing where there is only one.
#[component]
fn DatabaseChoice(shelf: Shelf) -> Node {
    let Shelf { databases, catalogue, .. } = shelf;
    let options = Memo::new(move |_| {
        let option = |it: &Database| (it.id.to_string(), database_name(it).to_owned());
        databases.with(|all| all.iter().flatten().map(option).collect::<Vec<_>>())
    });
    let chosen = Memo::new(move |before: Option<&String>| {
        let now = catalogue.with(|it| it.as_ref().map(|it| it.database.id.to_string()));
        // While another one is on its way, the choice stays.
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    view! {
        <When when=condition(move || options.with(|it| it.len() > 1))>
            <Field label=tr(I18n::accounts_database) let:field>
                <Select
                    options=options
                    value=chosen
                    on_change=move |database: String| shelf.choose(&database)
                    attr:id=field.id
                />
            </Field>
        </When>
    }
}

#[component]
fn Services(shelf: Shelf) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let asked = query::get(PARTY).unwrap_or_default();
    let party = RwSignal::new(PARTIES.into_iter().find(|it| *it == asked).unwrap_or_default());
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let seek = move |text: String| {
        query::replace(SEARCH, &text);
        search.set(text);
    };
    let limit = move |value: &'static str| {
        query::replace(PARTY, value);
        party.set(value);
    };
    let all = Memo::new(move |_| shelf.catalogue.get().map(|it| it.services).unwrap_or_default());
    let shown = Memo::new(move |_| {
        let locale = t.locale();
        let search = search.with(|search| format::fold(locale, search.trim()));
        let fits = |it: &OfferedService| {
            let service = &it.service;
            let words =
                [service.label.as_str(), service.description.as_str(), service.name.as_str()];
            let party = match party.get() {
                "first" => service.first_party,
                "third" => !service.first_party,
                _ => true,
            };
            party && format::fold(locale, &words.join(" ")).contains(&search)
        };
        let mut shown = all.get();
        shown.retain(fits);
        shown
    });
    let may = Signal::derive(move || {
        shelf.catalogue.with(|it| {
            it.as_ref().is_some_and(|it| {
                it.database.admission == Admission::Approved
                    && visitor.may_administer(it.database.id)
            })
        })
    });
    let told = move || {
        let catalogue = shelf.catalogue.get()?;
        let administers = visitor.may_administer(catalogue.database.id);
        Some(notices(t, &catalogue, administers))
    };
    let choices = PARTIES
        .into_iter()
        .zip([tr(I18n::catalogue_all), tr(I18n::catalogue_first), tr(I18n::catalogue_third)])
        .map(|(value, text)| (value, text.into(), None))
        .collect();
    let cards = move || {
        let may = may.get();
        shown.with(|shown| shown.iter().map(|it| card(t, it, may, shelf)).collect::<Vec<_>>())
    };
    view! {
        {told}
        <When when=condition(move || all.with(Vec::is_empty))>
            <div class="card">
                <EmptyState
                    icon=IconName::Grid
                    title=tr(I18n::catalogue_empty)
                    text=tr(I18n::catalogue_empty_text)
                />
            </div>
        </When>
        <When when=condition(move || !all.with(Vec::is_empty))>
            <div class="catalogue-filter">
                <SearchBar
                    label=tr(I18n::accounts_search)
                    value=search
                    found=move || t.accounts_shown(shown.with(Vec::len))
                    on_change=seek
                />
            </div>
        </When>
        <div class="catalogue-party" hidden=move || all.with(Vec::is_empty)>
            <Segmented
                label=tr(I18n::catalogue_party)
                options=choices
                value=party
                on_change=limit
            />
        </div>
        <When when=condition(move || shown.with(Vec::is_empty) && !all.with(Vec::is_empty))>
            <div class="card">
                <EmptyState
                    icon=IconName::Search
                    title=tr(I18n::catalogue_none)
                    text=tr(I18n::catalogue_none_text)
                >
                    <Button on:click=move |_| {
                        seek(String::new());
                        limit("");
                    }>{tr(I18n::prices_show_all)}</Button>
                </EmptyState>
            </div>
        </When>
        <ul class="offers" role="list" aria-label=tr(I18n::catalogue_title)>{cards}</ul>
    }
}

/// What keeps one from activating a service, and what is not seen.
fn notices(t: I18n, catalogue: &Catalogue, administers: bool) -> Node {
    let database = &catalogue.database;
    let name = database_name(database);
    let why = match (database.admission, administers) {
        (Admission::Approved, true) => None,
        (Admission::Approved, false) => Some(t.catalogue_only_admins(name)),
        _ => Some(t.catalogue_not_let_in(name)),
    };
    let why = why.map(|why| view! { <Notice kind=NoticeKind::Info>{why}</Notice> });
    let online = (database.hosting == Hosting::Online)
        .then(|| view! { <Notice kind=NoticeKind::Info>{t.catalogue_online()}</Notice> });
    view! {
        {why}
        {online}
    }
}
