//! A line of the list of databases.

use std::cmp::Ordering;

use iap_core::api::Database;
use iap_core::catalogue::{Admission, DatabaseKind, Hosting};
use iap_core::csv::cell;

use crate::format;
use crate::i18n::{I18n, Locale};
use crate::ui::Column;

/// The columns that can be hidden; which database it is always stands there.
pub(super) const COLUMNS: [Column; 5] = [
    ("uuid", |_| "UUID"),
    ("hosting", I18n::databases_hosting),
    ("kind", I18n::databases_kind),
    ("trial", I18n::databases_trial),
    ("admission", I18n::databases_admission),
];

/// A database with its texts in a language.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The database.
    pub database: Database,
    /// What it is called here: nobody need have named it.
    pub name: String,
    /// Where it runs.
    pub hosting: &'static str,
    /// What it is for.
    pub kind: &'static str,
    /// Whether it is let in.
    pub admission: &'static str,
    /// What can be read in the line, folded for searching.
    folded: String,
}

impl Row {
    pub(super) fn new(t: I18n, database: &Database) -> Self {
        let (hosting, kind) = (hosting_text(t, database.hosting), kind_text(t, database.kind));
        let admission = admission_text(t, database.admission);
        let words = [&database.name, &database.uuid, hosting, kind, admission].join(" ");
        let folded = format::fold(t.locale(), &words);
        let name = database.called().to_owned();
        Self { database: database.clone(), name, hosting, kind, admission, folded }
    }

    /// Whether a folded search finds it.
    pub(super) fn matches(&self, search: &str) -> bool {
        self.folded.contains(search)
    }

    /// The order of two rows by a column; rows that are equal in it by name. Whoever waits for a
    /// decision stands first, whatever the order.
    pub(super) fn compare(&self, other: &Self, locale: Locale, column: &str) -> Ordering {
        match column {
            "uuid" => self.database.uuid.cmp(&other.database.uuid),
            "hosting" => format::compare(locale, self.hosting, other.hosting),
            "kind" => format::compare(locale, self.kind, other.kind),
            "trial" => self.is_entitled().cmp(&other.is_entitled()),
            "admission" => format::compare(locale, self.admission, other.admission),
            _ => Ordering::Equal,
        }
        .then_with(|| format::compare(locale, &self.name, &other.name))
        .then_with(|| self.database.id.cmp(&other.database.id))
    }

    /// Whether nobody has decided about it.
    pub(super) fn is_waiting(&self) -> bool {
        self.database.admission == Admission::Waiting
    }

    /// Whether it is given credits to try services, by core's rule.
    pub(super) const fn is_entitled(&self) -> bool {
        self.database.kind.is_entitled()
    }

    /// The line of the CSV file, which also says whether anything of it has changed.
    pub(super) fn csv(&self) -> String {
        let of = &self.database;
        let texts = [
            of.id.to_string(),
            cell(&of.uuid),
            cell(&of.name),
            of.hosting.as_str().to_owned(),
            of.kind.as_str().to_owned(),
            if self.is_entitled() { "yes" } else { "no" }.to_owned(),
            of.admission.as_str().to_owned(),
            of.created_at.to_string(),
        ];
        texts.join(",") + "\r\n"
    }
}

/// The columns of the CSV file; programs read them, so they are the same in each language.
const HEADER: &str = "database,uuid,name,hosting,kind,trial,admission,created_at\r\n";

/// The lines as a CSV file.
pub(super) fn to_csv(rows: &[Row]) -> String {
    let lines: String = rows.iter().map(Row::csv).collect();
    HEADER.to_owned() + &lines
}

/// The word for where a database runs.
pub(super) fn hosting_text(t: I18n, hosting: Hosting) -> &'static str {
    match hosting {
        Hosting::Online => t.databases_online(),
        Hosting::Platform => t.databases_platform(),
        Hosting::OnPremise => t.databases_on_premise(),
    }
}

/// The word for what a database is for.
pub(super) fn kind_text(t: I18n, kind: DatabaseKind) -> &'static str {
    match kind {
        DatabaseKind::Community => t.databases_community(),
        DatabaseKind::Enterprise => t.databases_enterprise(),
        DatabaseKind::Demo => t.databases_demo(),
        DatabaseKind::Educational => t.databases_educational(),
        DatabaseKind::OneAppFree => t.databases_one_app_free(),
    }
}

/// The word for whether a database is let in.
pub(super) fn admission_text(t: I18n, admission: Admission) -> &'static str {
    match admission {
        Admission::Waiting => t.databases_waiting(),
        Admission::Approved => t.databases_approved(),
        Admission::Refused => t.databases_refused(),
    }
}

/// The class of that word.
pub(super) const fn admission_class(admission: Admission) -> &'static str {
    match admission {
        Admission::Waiting => "pill pill-warning",
        Admission::Approved => "pill",
        Admission::Refused => "pill pill-bad",
    }
}
