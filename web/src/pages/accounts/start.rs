//! The first steps of a database that has no credits yet.

use iap_core::catalogue::{Start, StartStep, StartedAccount};
use leptos::prelude::*;

use crate::backend::account::NamedAccount;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal, effect};
use crate::state::{Standing, use_accounts, use_visitor};
use crate::storage;
use crate::ui::{Button, ButtonKind, Card, Icon, IconName, VisuallyHidden, When, condition};

/// Under this and the database's key it is kept in this browser whether somebody began or wants no guide.
const KEY: &str = "iap.start.";
const BEGUN: &str = "begun";
const DISMISSED: &str = "dismissed";

/// A database with its first steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Begun {
    database: i64,
    start: Start,
    /// The account that the next steps are for, by key, once there is one.
    account: Option<i64>,
}

/// The guide through the first steps. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guide {
    begun: Memo<Option<Begun>>,
    /// Counts what was decided here, so that what is kept is looked at again.
    decided: RwSignal<u32>,
}

impl Guide {
    /// Follows the accounts of the databases that whoever is signed in administers.
    pub(super) fn start() -> Self {
        let (visitor, accounts) = (use_visitor(), use_accounts());
        let decided = RwSignal::new(0_u32);
        let begun = Memo::new(move |_| {
            decided.track();
            let Standing::In(user) = visitor.standing() else { return None };
            let known = accounts.known()?;
            let mine = user.databases.iter().map(|it| it.database);
            let mut mine = mine.filter(|database| user.may_administer(*database));
            mine.find_map(|database| {
                let begun = of(database, &known);
                begun.start.is_guided(kept(database).as_deref() == Some(BEGUN)).then_some(begun)
            })
        });
        // Who has seen it is guided on when the first credits are there.
        effect(move |_| {
            if let Some(begun) = begun.get()
                && kept(begun.database).is_none()
            {
                storage::set(&key(begun.database), BEGUN);
            }
        });
        Self { begun, decided }
    }

    /// Whether the guide is to be seen; follows it.
    pub(super) fn is_shown(self) -> bool {
        // The steps stay the same when it is put away.
        self.decided.track();
        self.begun.get().is_some_and(|it| kept(it.database).as_deref() != Some(DISMISSED))
    }

    /// Whether somebody wanted no guide, though there is something left to do; follows it.
    pub(super) fn is_dismissed(self) -> bool {
        self.begun.get().is_some() && !self.is_shown()
    }

    /// Hides the guide, or shows it again.
    pub(super) fn dismiss(self, dismissed: bool) {
        if let Some(begun) = self.begun.get_untracked() {
            let word = if dismissed { DISMISSED } else { BEGUN };
            storage::set(&key(begun.database), word);
            self.decided.update(|decided| *decided = decided.wrapping_add(1));
        }
    }
}

fn key(database: i64) -> String {
    format!("{KEY}{database}")
}

fn kept(database: i64) -> Option<String> {
    storage::get(&key(database))
}

fn of(database: i64, known: &[NamedAccount]) -> Begun {
    let mine = || known.iter().map(|it| &it.account).filter(|it| it.database == database);
    let facts = |it: &iap_core::api::Account| StartedAccount {
        has_credits: !it.available.total.is_zero() || !it.held.total.is_zero(),
        has_alert: it.alert.threshold.is_some(),
    };
    // A warning is for an account that has something to run low.
    let full = mine().find(|it| !it.available.total.is_zero());
    let account = full.or_else(|| mine().next()).map(|it| it.id);
    Begun { database, start: Start::of(mine().map(facts)), account }
}

/// The steps with their state, each with the way to it.
#[component]
pub(super) fn Steps(guide: Guide) -> Node {
    let t = use_i18n();
    let dismiss = move || {
        view! {
            <Button kind=ButtonKind::Quiet on:click=move |_| guide.dismiss(true)>
                {tr(I18n::start_dismiss)}
            </Button>
        }
    };
    let steps = move || {
        let begun = guide.begun.get();
        let step = |step: StartStep| begun.map(|begun| step_line(t, begun, step));
        StartStep::ALL.into_iter().filter_map(step).collect::<Vec<_>>()
    };
    view! {
        <When when=condition(move || guide.is_shown())>
            <Card title=tr(I18n::start_title) class="start" aside=dismiss>
                <ol class="start-steps" role="list">{steps}</ol>
            </Card>
        </When>
    }
}

fn step_line(t: I18n, begun: Begun, step: StartStep) -> Node {
    let (title, text, link) = match step {
        StartStep::Activate => {
            (t.start_activate(), t.start_activate_text(), t.start_activate_link())
        }
        StartStep::Credits => (t.start_credits(), t.start_credits_text(), t.start_credits_link()),
        StartStep::Alert => (t.start_alert(), t.start_alert_text(), t.start_alert_link()),
    };
    let is_taken = begun.start.is_taken(step);
    let to = match (step, begun.account) {
        (StartStep::Activate, _) => Some(format!("/catalogue?database={}", begun.database)),
        (StartStep::Credits, Some(account)) => Some(format!("/buy?account={account}")),
        (StartStep::Alert, Some(account)) => Some(format!("/services/{account}")),
        // First a service has to be there.
        (_, None) => None,
    };
    let is_next = begun.start.next() == Some(step);
    let class = if is_next { "button button-primary" } else { "button" };
    let go = to.filter(|_| !is_taken).map(|to| view! { <a class=class href=to>{link}</a> });
    let icon = is_taken.then(|| view! { <Icon name=IconName::Check/> });
    let word = if is_taken { t.start_taken() } else { t.start_open() };
    view! {
        <li class="start-step" class:start-taken=is_taken>
            <span class="start-mark" aria-hidden="true">{icon}</span>
            <div>
                <h3>{title}<VisuallyHidden>"(" {word} ")"</VisuallyHidden></h3>
                <p class="soft">{text}</p>
            </div>
            {go}
        </li>
    }
}
