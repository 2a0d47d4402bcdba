//! One person: who they are, how they sign in, and what they belong to.

use iap_core::access::Role;
use iap_core::api::{Database, Service, User};
use leptos::prelude::*;

use super::access::Access;
use super::change::ChangeDialog;
use super::row::{state_class, state_text};
use crate::backend::operator::AuditFilter;
use crate::backend::user::{self, KnownUser};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, Locale, tr, use_i18n};
use crate::page::Page;
use crate::pages::asked::Asked;
use crate::pages::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::{Button, Card, EmptyState, Icon, IconName, When, condition};

/// The page of who changed what.
const AUDIT: &str = "/operator/audit";

/// The page of one person.
#[component]
pub fn UserPage(
    /// Their key.
    id: i64,
) -> Node {
    let t = use_i18n();
    let asked = Asked::<KnownUser>::new();
    let again = follow_visitor(move || asked.refresh(user::user(id)));
    let known = Memo::new(move |_| asked.known.get());
    let title = move || match known.with(|it| it.as_ref().map(|it| it.user.called().to_owned())) {
        Some(name) => name,
        None => t.users_title().to_owned(),
    };
    let changed = Callback::new(move |()| again());
    view! {
        <Page title=title lead=tr(I18n::users_one_lead)>
            <p class="no-print">
                <a class="way-back" href="/operator/users">
                    <Icon name=IconName::Back/>
                    {tr(I18n::users_title)}
                </a>
            </p>
            <Barred again=again/>
            {asked.until_known(tr(I18n::users_asking_one), again)}
            <When when=condition(move || asked.is_missing())>
                <div class="card">
                    <EmptyState
                        icon=IconName::People
                        title=tr(I18n::users_missing)
                        text=tr(I18n::users_missing_text)
                    >
                        <a class="button" href="/operator/users">{tr(I18n::users_title)}</a>
                    </EmptyState>
                </div>
            </When>
            <When when=condition(move || asked.is_known())>
                <div class="operator-one">
                    <Details asked=asked known=known on_changed=changed/>
                    <Access known=known on_changed=changed/>
                    <Card title=tr(I18n::databases_title)>
                        {move || known.get().map(|it| databases(t, it.databases))}
                    </Card>
                    <Card title=tr(I18n::users_services)>
                        {move || known.get().map(|it| services(t, it.services))}
                    </Card>
                    <Card title=tr(I18n::audit_title)>
                        <ul class="operator-links" role="list">
                            <li>
                                <a href=AuditFilter::by(id).of(AUDIT)>
                                    {tr(I18n::users_audit_by)}
                                </a>
                            </li>
                            <li>
                                <a href=AuditFilter::about(format!("user {id}")).of(AUDIT)>
                                    {tr(I18n::users_audit_of)}
                                </a>
                            </li>
                        </ul>
                    </Card>
                </div>
            </When>
        </Page>
    }
}

/// A card with who it is, and the way to change it.
#[component]
fn Details(
    asked: Asked<KnownUser>,
    known: Memo<Option<KnownUser>>,
    on_changed: Callback<()>,
) -> Node {
    let t = use_i18n();
    let chosen = RwSignal::new(None::<User>);
    let open = RwSignal::new(false);
    let change = move |_| {
        chosen.set(known.get_untracked().map(|it| it.user));
        open.set(true);
    };
    let saved = Callback::new(move |user: User| {
        asked.change(|known| known.user = user);
        on_changed.run(());
    });
    view! {
        <Card
            title=tr(I18n::users_details)
            aside=move || {
                view! {
                    <Button attr:aria-haspopup="dialog" on:click=change>
                        {tr(I18n::account_change)}
                    </Button>
                }
            }
        >
            {move || known.get().map(|it| facts(t, &it.user))}
        </Card>
        <ChangeDialog chosen=chosen open=open on_saved=saved/>
    }
}

fn facts(t: I18n, user: &User) -> Node {
    let language = match Locale::from_tag(&user.language) {
        Some(locale) if locale.tag() == user.language => locale.endonym().to_owned(),
        Some(locale) => format!("{} ({})", locale.endonym(), user.language),
        None => user.language.clone(),
    };
    let name = if user.name.is_empty() { t.account_sender_none() } else { &user.name }.to_owned();
    let operator = if user.operator { t.users_yes() } else { t.users_no() };
    view! {
        <dl class="facts">
            <div><dt>{t.users_name()}</dt><dd>{name}</dd></div>
            <div class="facts-wide"><dt>{t.sign_in_email()}</dt><dd>{user.email.to_string()}</dd></div>
            <div><dt>{t.language_label()}</dt><dd>{language}</dd></div>
            <div>
                <dt>{t.users_state()}</dt>
                <dd><span class=state_class(user)>{state_text(t, user)}</span></dd>
            </div>
            <div><dt>{t.users_operator()}</dt><dd>{operator}</dd></div>
            <div>
                <dt>{t.account_since()}</dt>
                <dd>{format::date(t.locale(), user.created_at)}</dd>
            </div>
        </dl>
    }
}

fn databases(t: I18n, databases: Vec<(Database, Role)>) -> Node {
    if databases.is_empty() {
        return view! { <p class="soft">{t.users_databases_none()}</p> };
    }
    let line = |(database, role): (Database, Role)| {
        let role = match role {
            Role::Admin => t.databases_role_admin(),
            Role::Member => t.databases_role_member(),
        };
        view! {
            <li>
                <a href=format!("/operator/databases/{}", database.id)>
                    {database.called().to_owned()}
                </a>
                <span class="pill pill-quiet">{role}</span>
            </li>
        }
    };
    let lines: Vec<Node> = databases.into_iter().map(line).collect();
    view! { <ul class="operator-links" role="list">{lines}</ul> }
}

fn services(t: I18n, services: Vec<Service>) -> Node {
    if services.is_empty() {
        return view! { <p class="soft">{t.users_services_none()}</p> };
    }
    let line = |service: Service| {
        view! {
            <li>
                <a href=format!("/provider/services/{}", service.id)>{service.label}</a>
            </li>
        }
    };
    let lines: Vec<Node> = services.into_iter().map(line).collect();
    view! { <ul class="operator-links" role="list">{lines}</ul> }
}
