//! A line of the list of people.

use std::cmp::Ordering;

use iap_core::api::{SignInWay, User};
use iap_core::csv::cell;

use crate::format;
use crate::i18n::{I18n, Locale};
use crate::ui::Column;

/// The columns that can be hidden; who it is always stands there.
pub(super) const COLUMNS: [Column; 4] = [
    ("email", I18n::sign_in_email),
    ("rights", I18n::users_rights),
    ("state", I18n::users_state),
    ("since", I18n::account_since),
];

/// Somebody with their texts in a language.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Who it is.
    pub user: User,
    /// What they may do, in a few words.
    pub rights: String,
    /// Whether they may sign in.
    pub state: &'static str,
    /// What can be read in the line, folded for searching.
    folded: String,
}

impl Row {
    pub(super) fn new(t: I18n, user: &User) -> Self {
        let rights = rights_text(t, user);
        let state = state_text(t, user);
        let words = [&*user.name, user.email.as_str(), &rights, state].join(" ");
        let folded = format::fold(t.locale(), &words);
        Self { user: user.clone(), rights, state, folded }
    }

    /// Whether a folded search finds it.
    pub(super) fn matches(&self, search: &str) -> bool {
        self.folded.contains(search)
    }

    /// The order of two rows by a column; rows that are equal in it by name.
    pub(super) fn compare(&self, other: &Self, locale: Locale, column: &str) -> Ordering {
        let text = |of: fn(&Self) -> &str| format::compare(locale, of(self), of(other));
        let name = || text(|it| it.user.called());
        let first = match column {
            "email" => text(|it| it.user.email.as_str()),
            // Who may most stands first.
            "rights" => other.weight().cmp(&self.weight()),
            "state" => self.user.disabled.cmp(&other.user.disabled),
            "since" => self.user.created_at.cmp(&other.user.created_at),
            _ => name(),
        };
        first.then_with(name)
    }

    /// How much they may do: operators, then those of many databases and services.
    const fn weight(&self) -> (bool, usize) {
        (self.user.operator, self.user.databases.len() + self.user.services.len())
    }

    /// The line of the CSV file, which also says whether anything of it has changed.
    pub(super) fn csv(&self) -> String {
        let of = &self.user;
        let ways: Vec<_> = of.ways.iter().copied().map(SignInWay::as_str).collect();
        let role =
            |it: &iap_core::api::DatabaseRole| format!("{} {}", it.database, it.role.as_str());
        let databases: Vec<_> = of.databases.iter().map(role).collect();
        let services: Vec<_> = of.services.iter().map(ToString::to_string).collect();
        let yes = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let texts = [
            of.id.to_string(),
            cell(of.email.as_str()),
            cell(&of.name),
            cell(&of.language),
            yes(of.operator),
            yes(of.disabled),
            cell(&ways.join("; ")),
            cell(&databases.join("; ")),
            cell(&services.join("; ")),
            of.created_at.to_string(),
        ];
        texts.join(",") + "\r\n"
    }
}

/// The columns of the CSV file; programs read them, so they are the same in each language.
const HEADER: &str =
    "user,email,name,language,operator,disabled,ways,databases,services,created_at\r\n";

/// The lines as a CSV file.
pub(super) fn to_csv(rows: &[Row]) -> String {
    let lines: String = rows.iter().map(Row::csv).collect();
    HEADER.to_owned() + &lines
}

/// What somebody may do, in a few words.
fn rights_text(t: I18n, user: &User) -> String {
    let (databases, services) = (user.databases.len(), user.services.len());
    let parts = [
        user.operator.then(|| t.users_is_operator().to_owned()),
        (databases > 0).then(|| t.users_databases_count(databases)),
        (services > 0).then(|| t.users_services_count(services)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { t.users_no_rights().to_owned() } else { parts.join(" · ") }
}

/// Whether somebody may sign in, in a word.
pub(super) fn state_text(t: I18n, user: &User) -> &'static str {
    if user.disabled { t.users_is_disabled() } else { t.users_is_active() }
}

/// The class of that word.
pub(super) const fn state_class(user: &User) -> &'static str {
    if user.disabled { "pill pill-bad" } else { "pill" }
}
