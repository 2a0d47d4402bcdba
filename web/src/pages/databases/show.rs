//! One database: what it is, whether it is let in, and what belongs to it.

use iap_core::api::Database;
use leptos::prelude::*;

use super::accounts::Accounts;
use super::companies::Companies;
use super::decide::{Deciding, place};
use super::edit::EditForm;
use super::members::Members;
use super::row::{admission_class, admission_text, hosting_text, kind_text};
use crate::backend::database::{self, KnownDatabase};
use crate::backend::operator::AuditFilter;
use crate::dom::{Node, Row, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::asked::Asked;
use crate::pages::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::reactive::{Callback, Memo, RwSignal};
use crate::ui::{
    Button, Card, Dialog, EmptyState, Failed, Icon, IconName, Rows, When, condition, rows,
};

/// The page of one database.
#[component]
pub fn DatabasePage(
    /// Its key.
    id: i64,
) -> Node {
    let t = use_i18n();
    let asked = Asked::<KnownDatabase>::new();
    let again = follow_visitor(move || asked.refresh(database::database(id)));
    let name = move || asked.known.with(|it| it.as_ref().map(|it| it.database.called().to_owned()));
    let title = move || name().unwrap_or_else(|| t.databases_title().to_owned());
    view! {
        <Page title=title lead=tr(I18n::databases_one_lead)>
            <p class="no-print">
                <a class="way-back" href="/operator/databases">
                    <Icon name=IconName::Back/>
                    {tr(I18n::databases_title)}
                </a>
            </p>
            <Barred again=again/>
            {asked.until_known(tr(I18n::databases_asking_one), again)}
            <When when=condition(move || asked.is_missing())>
                <div class="card">
                    <EmptyState
                        icon=IconName::Screen
                        title=tr(I18n::databases_missing)
                        text=tr(I18n::databases_missing_text)
                    >
                        <a class="button" href="/operator/databases">{tr(I18n::databases_title)}</a>
                    </EmptyState>
                </div>
            </When>
            <When when=condition(move || asked.is_known())>
                <div class="operator-one">
                    <Details id=id asked=asked on_changed=Callback::new(move |()| again())/>
                    <Members id=id asked=asked/>
                    <Accounts asked=asked/>
                    <Companies id=id asked=asked/>
                    <Card title=tr(I18n::audit_title)>
                        <ul class="operator-links" role="list">
                            <li><a href=audit(id)>{tr(I18n::databases_audit)}</a></li>
                        </ul>
                    </Card>
                </div>
            </When>
        </Page>
    }
}

/// Where the audit log tells what was changed of it.
fn audit(id: i64) -> String {
    AuditFilter::about(format!("database {id}")).of("/operator/audit")
}

/// A card with what it is, and what an operator says of it.
#[component]
fn Details(id: i64, asked: Asked<KnownDatabase>, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let open = RwSignal::new(false);
    let database = Memo::new(move |_| {
        asked.known.with(|known| known.as_ref().map(|known| known.database.clone()))
    });
    let deciding = Deciding::new(Callback::new(move |(_, admission)| {
        asked.change(|known| known.database.admission = admission);
    }));
    // One line, made anew when it is decided about or called otherwise.
    let decisions = move || {
        let decision = |database: Database| {
            let key = [t.locale().tag(), database.called(), database.admission.as_str()].join(" ");
            Row::new(key, move || {
                let buttons = deciding.buttons(t, &database);
                view! { <div class="users-actions no-print">{buttons}</div> }
            })
        };
        database.get().into_iter().map(decision).collect()
    };
    view! {
        <Card
            title=tr(I18n::databases_details)
            aside=move || {
                view! {
                    <Button attr:aria-haspopup="dialog" on:click=move |_| open.set(true)>
                        {tr(I18n::account_change)}
                    </Button>
                }
            }
        >
            <Failed failure=deciding.refused/>
            <div id=place(id) tabindex="-1">
                {move || database.get().map(|database| facts(t, &database))}
            </div>
            <Rows rows=rows(decisions)/>
        </Card>
        <Dialog open=open title=tr(I18n::databases_change)>
            {database
                .get_untracked()
                .map(|it| view! { <EditForm database=it open=open on_saved=on_changed/> })}
        </Dialog>
    }
}

fn facts(t: I18n, database: &Database) -> Node {
    let name =
        if database.name.is_empty() { t.account_sender_none() } else { &database.name }.to_owned();
    let trial =
        if database.kind.is_entitled() { t.databases_trial_yes() } else { t.databases_trial_no() };
    view! {
        <dl class="facts">
            <div><dt>{t.databases_name()}</dt><dd>{name}</dd></div>
            <div class="facts-wide">
                <dt>"UUID"</dt>
                <dd class="databases-uuid"><code>{database.uuid.clone()}</code></dd>
            </div>
            <div><dt>{t.databases_hosting()}</dt><dd>{hosting_text(t, database.hosting)}</dd></div>
            <div><dt>{t.databases_kind()}</dt><dd>{kind_text(t, database.kind)}</dd></div>
            <div><dt>{t.databases_trial()}</dt><dd>{trial}</dd></div>
            <div>
                <dt>{t.databases_admission()}</dt>
                <dd>
                    <span class=admission_class(database.admission)>
                        {admission_text(t, database.admission)}
                    </span>
                </dd>
            </div>
            <div>
                <dt>{t.databases_seen()}</dt>
                <dd>{format::date(t.locale(), database.created_at)}</dd>
            </div>
        </dl>
    }
}
