//! The companies of a database, and what they are called.

use iap_core::api::{Company, Database};
use leptos::ev;
use leptos::prelude::*;

use crate::backend::database::{self, KnownDatabase};
use crate::dom::{Node, Row, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::asked::Asked;
use crate::pages::focus::focus;
use crate::pages::sending::Sending;
use crate::pages::wrong::{filled, read, tell};
use crate::reactive::RwSignal;
use crate::ui::{
    Button, ButtonKind, Card, Dialog, Failed, IconName, Rows, TextField, When, condition,
    focus_first_error, rows, use_toasts,
};

/// A card with the companies of a database.
#[component]
pub(super) fn Companies(id: i64, asked: Asked<KnownDatabase>) -> Node {
    let t = use_i18n();
    let open = RwSignal::new(false);
    let chosen = RwSignal::new(None::<Company>);
    let choose = move |company: Option<Company>| {
        chosen.set(company);
        open.set(true);
    };
    let companies = move || {
        asked
            .known
            .with(|known| known.as_ref().map(|known| known.companies.clone()).unwrap_or_default())
    };
    let lines = move || {
        let line = |company: Company| {
            let key = format!("{} {} {}", t.locale().tag(), company.number, company.name);
            Row::new(key, move || line(t, company, choose))
        };
        companies().into_iter().map(line).collect()
    };
    let title = move || match chosen.with(|it| it.as_ref().map(|it| it.name.clone())) {
        Some(name) => t.databases_company_change(name),
        None => t.databases_company_add().to_owned(),
    };
    view! {
        <Card
            title=tr(I18n::databases_companies)
            aside=move || {
                view! {
                    <Button
                        icon=IconName::Plus
                        attr:aria-haspopup="dialog"
                        on:click=move |_| choose(None)
                    >
                        {tr(I18n::databases_company_add)}
                    </Button>
                }
            }
        >
            <When when=condition(move || companies().is_empty())>
                <p class="soft">{tr(I18n::databases_companies_none)}</p>
            </When>
            <ul class="operator-links" role="list">
                <Rows rows=rows(lines)/>
            </ul>
        </Card>
        <Dialog open=open title=title>
            <Form id=id asked=asked company=chosen.get_untracked() open=open/>
        </Dialog>
    }
}

fn line(t: I18n, company: Company, choose: impl Fn(Option<Company>) + 'static) -> Node {
    let label = t.databases_company_change(&*company.name);
    view! {
        <li id=place(company.number) tabindex="-1">
            <span>{company.name.clone()} <span class="soft">" #" {company.number.to_string()}</span></span>
            <button
                type="button"
                class="link-button no-print"
                aria-haspopup="dialog"
                aria-label=label
                on:click=move |_| choose(Some(company.clone()))
            >
                {t.account_change()}
            </button>
        </li>
    }
}

/// The id of a company's line.
fn place(number: i64) -> String {
    format!("company-{number}")
}

/// What a company is called; one that is not known yet also by its number.
#[component]
fn Form(
    id: i64,
    asked: Asked<KnownDatabase>,
    company: Option<Company>,
    open: RwSignal<bool>,
) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let known = company.as_ref().map(|it| it.number);
    let number = RwSignal::new(known.map(|it| it.to_string()).unwrap_or_default());
    let name = RwSignal::new(company.map(|it| it.name).unwrap_or_default());
    let [number_wrong, name_wrong] = std::array::from_fn(|_| RwSignal::new(None::<String>));
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let typed = number.get_untracked().trim().parse().ok().filter(|number: &i64| *number > 0);
        let typed = typed.ok_or_else(|| t.databases_company_number_wrong().to_owned());
        let said = filled(t, &name.get_untracked(), Database::LONGEST_NAME);
        let (typed, said) = (read(number_wrong, typed), read(name_wrong, said));
        let (Some(number), Some(name)) = (typed, said) else { return focus_first_error(&event) };
        let company = Company { number, name };
        let request = async move { database::name_company(id, &company).await.map(|()| company) };
        let refused = move |why| tell(why, &[("name", name_wrong)], |_, _| None);
        sending.send(event, request, refused, move |company| {
            let _ = open.try_set(false);
            toasts.show(t.databases_company_saved(&*company.name));
            focus(place(company.number));
            asked.change(|known| put(&mut known.companies, company));
        });
    };
    let number_field = known.is_none().then(|| {
        view! {
            <TextField
                label=tr(I18n::databases_company_number)
                hint=tr(I18n::databases_company_number_hint)
                error=number_wrong
                value=number
                inputmode="numeric"
                class="input-short"
            />
        }
    });
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            {number_field}
            <TextField label=tr(I18n::databases_name) error=name_wrong value=name/>
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::alert_save)}
                </Button>
            </div>
        </form>
    }
}

/// Puts a company in its place, by numbers.
fn put(companies: &mut Vec<Company>, company: Company) {
    companies.retain(|it| it.number != company.number);
    companies.push(company);
    companies.sort_by_key(|it| it.number);
}
