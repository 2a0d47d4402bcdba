//! Who has a role in a database.

use iap_core::api::{Member, NewMember};
use leptos::prelude::*;

use super::member_form::{AddMember, role_options, role_text};
use crate::backend::database::{self, KnownDatabase};
use crate::backend::http::Failure;
use crate::dom::{Node, Row, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::asked::Asked;
use crate::pages::focus::focus;
use crate::reactive::{RwSignal, effect};
use crate::ui::{
    Card, Icon, IconName, Rows, Select, TableScroll, Toasts, VisuallyHidden, When, condition,
    failure_text, rows, use_toasts,
};

/// Where the focus goes when the person is gone who had it.
const PLACE: &str = "database-members";

/// A card with the members of a database, and a form to add one.
#[component]
pub(super) fn Members(id: i64, asked: Asked<KnownDatabase>) -> Node {
    let t = use_i18n();
    let some = move || {
        asked.known.with(|known| known.as_ref().is_some_and(|known| !known.members.is_empty()))
    };
    let lines = move || {
        let locale = t.locale().tag();
        let members = asked
            .known
            .with(|known| known.as_ref().map(|known| known.members.clone()).unwrap_or_default());
        // A change of their role leaves a line, and the choice in it, as it is.
        let line = |member: Member| {
            let key = format!("{locale} {} {} {}", member.user, member.email, member.name);
            Row::new(key, move || line(t, id, asked, member))
        };
        members.into_iter().map(line).collect()
    };
    view! {
        <Card title=tr(I18n::databases_members)>
            <div id=PLACE tabindex="-1">
                <When when=condition(some)>
                    <TableScroll label=tr(I18n::databases_members)>
                        <table class="table members stacked">
                            <thead>
                                <tr>
                                    <th scope="col">{tr(I18n::databases_member)}</th>
                                    <th scope="col">{tr(I18n::databases_role)}</th>
                                    <th scope="col" class="no-print">
                                        <VisuallyHidden>
                                            {tr(I18n::databases_member_remove)}
                                        </VisuallyHidden>
                                    </th>
                                </tr>
                            </thead>
                            <tbody>
                                <Rows rows=rows(lines)/>
                            </tbody>
                        </table>
                    </TableScroll>
                </When>
                <When when=condition(move || !some())>
                    <p class="soft">{tr(I18n::databases_members_none)}</p>
                </When>
            </div>
            <AddMember id=id asked=asked/>
        </Card>
    }
}

fn line(t: I18n, id: i64, asked: Asked<KnownDatabase>, member: Member) -> Node {
    let toasts = use_toasts();
    let (user, person) = (member.user, called(&member));
    let address = (!member.name.is_empty()).then(|| {
        let email = member.email.to_string();
        view! { <span class="soft members-email">{email}</span> }
    });
    let remove_label = t.databases_member_remove_of(&*person);
    let remove = move |_| {
        // Their role may have become another one since the line was made.
        let now = asked.known.with_untracked(|known| {
            known.as_ref()?.members.iter().find(|it| it.user == user).cloned()
        });
        remove(t, toasts, id, asked, now.unwrap_or_else(|| member.clone()));
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/operator/users/{user}")>{person.clone()}</a>
                {address}
            </th>
            <td><RoleChoice id=id asked=asked user=user person=person/></td>
            <td class="members-remove no-print">
                <button
                    type="button"
                    class="button button-quiet button-icon"
                    aria-label=remove_label
                    on:click=remove
                >
                    <Icon name=IconName::Trash/>
                </button>
            </td>
        </tr>
    }
}

/// What somebody is to the database; another choice takes effect at once.
#[component]
fn RoleChoice(id: i64, asked: Asked<KnownDatabase>, user: i64, person: String) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let chosen = RwSignal::new(String::new());
    let now = move || {
        asked.known.with(|known| {
            let known = known.as_ref()?;
            known.members.iter().find(|it| it.user == user).cloned()
        })
    };
    effect(move |_| {
        if let Some(member) = now() {
            chosen.set(member.role.as_str().to_owned());
        }
    });
    let label = t.databases_role_of(&*person);
    let change = move |word: String| {
        let Some(member) = untrack(now) else { return };
        let (before, after) = (member.role, database::role(&word));
        let (email, person) = (member.email, person.clone());
        chosen.set(word);
        wasm_bindgen_futures::spawn_local(async move {
            let new = NewMember { email: email.clone(), role: after };
            if let Err(why) = set(id, asked, &new).await {
                let _ = chosen.try_set(before.as_str().to_owned());
                return toasts.show(failure_text(t, &why));
            }
            let said = t.databases_role_now(&*person, role_text(t, after));
            let back = NewMember { email, role: before };
            toasts.show_with_undo(said, move || restore(t, toasts, id, asked, &person, &back));
        });
    };
    view! {
        <Select
            options=role_options(t)
            value=chosen
            on_change=change
            attr:aria-label=label
        />
    }
}

/// Gives somebody a role, and shows who has one then.
pub(super) async fn set(
    id: i64,
    asked: Asked<KnownDatabase>,
    new: &NewMember,
) -> Result<(), Failure> {
    let members = database::set_member(id, new).await?;
    asked.change(|known| known.members = members);
    Ok(())
}

/// Gives somebody back the role that they had. The page may be gone meanwhile.
fn restore(
    t: I18n,
    toasts: Toasts,
    id: i64,
    asked: Asked<KnownDatabase>,
    person: &str,
    before: &NewMember,
) {
    let (person, before) = (person.to_owned(), before.clone());
    wasm_bindgen_futures::spawn_local(async move {
        toasts.show(match set(id, asked, &before).await {
            Ok(()) => t.databases_role_now(person, role_text(t, before.role)),
            Err(why) => failure_text(t, &why),
        });
    });
}

/// Takes somebody's role, with the way back.
fn remove(t: I18n, toasts: Toasts, id: i64, asked: Asked<KnownDatabase>, member: Member) {
    wasm_bindgen_futures::spawn_local(async move {
        if let Err(why) = database::remove_member(id, member.user).await {
            return toasts.show(failure_text(t, &why));
        }
        asked.change(|known| known.members.retain(|it| it.user != member.user));
        focus(PLACE.to_owned());
        let person = called(&member);
        let back = NewMember { email: member.email, role: member.role };
        let said = t.databases_member_removed(&*person);
        toasts.show_with_undo(said, move || restore(t, toasts, id, asked, &person, &back));
    });
}

/// What somebody is called here: nobody need have named them.
fn called(member: &Member) -> String {
    if member.name.is_empty() { member.email.to_string() } else { member.name.clone() }
}
