//! A line of the list of accounts.

use std::cmp::Ordering;

use iap_core::api::Account;
use iap_core::credits::Level;
use iap_core::csv::cell;

use crate::backend::account::NamedAccount;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, Locale};

/// An account with its texts in a language.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The account.
    pub named: NamedAccount,
    /// The companies that may use it, as one text.
    pub companies: String,
    /// What can be read in the line, folded for searching.
    folded: String,
}

impl Row {
    pub(super) fn new(t: I18n, named: &NamedAccount) -> Self {
        let locale = t.locale();
        let companies = match named.companies.as_slice() {
            [] => t.accounts_all_companies().to_owned(),
            some => format::list(locale, some),
        };
        let account = &named.account;
        let words = [&account.service_label, &named.database, &companies].map(String::as_str);
        let folded = format::fold(locale, &words.join(" "));
        Self { named: named.clone(), companies, folded }
    }

    /// Whether a folded search finds it.
    pub(super) fn matches(&self, search: &str) -> bool {
        self.folded.contains(search)
    }

    /// The order of two rows by a column; rows that are equal in it by service, then by database.
    pub(super) fn compare(&self, other: &Self, locale: Locale, column: &str) -> Ordering {
        let (one, two) = (&self.named, &other.named);
        let by_name = || {
            format::compare(locale, &one.account.service_label, &two.account.service_label)
                .then_with(|| format::compare(locale, &one.database, &two.database))
                .then_with(|| one.account.id.cmp(&two.account.id))
        };
        match column {
            "database" => format::compare(locale, &one.database, &two.database),
            "companies" => format::compare(locale, &self.companies, &other.companies),
            "balance" => one.account.available.total.cmp(&two.account.available.total),
            "held" => one.account.held.total.cmp(&two.account.held.total),
            "alert" => one.account.alert.threshold.cmp(&two.account.alert.threshold),
            _ => Ordering::Equal,
        }
        .then_with(by_name)
    }

    /// The line of a CSV file, as [`HEADER`] names its columns.
    fn csv(&self) -> String {
        let account = &self.named.account;
        let threshold = account.alert.threshold.map(|it| it.to_string()).unwrap_or_default();
        let level = match account.level() {
            Level::Empty => "empty",
            Level::Low => "low",
            Level::Enough => "enough",
        };
        let texts = [
            account.id.to_string(),
            cell(account.service_name.as_str()),
            cell(&account.service_label),
            cell(&self.named.database),
            cell(&self.named.companies.join(", ")),
            account.available.total.to_string(),
            account.available.granted.to_string(),
            account.held.total.to_string(),
            threshold,
            level.to_owned(),
            account.disabled.to_string(),
        ];
        texts.join(",") + "\r\n"
    }
}

/// The pill of an account that is switched off or whose balance stands out, and the word that says why, so
/// that colour alone does not; none where there is enough.
pub(in crate::pages) fn state_pill(t: I18n, account: &Account) -> Option<Node> {
    let (class, word) = match account.level() {
        _ if account.disabled => ("pill pill-bad", t.account_disabled()),
        Level::Empty => ("pill pill-bad", t.accounts_empty_balance()),
        Level::Low => ("pill pill-warning", t.accounts_low_balance()),
        Level::Enough => return None,
    };
    Some(view! { <span class=class>{word}</span> })
}

/// The columns of the CSV file; programs read them, so they are the same in each language.
const HEADER: &str = "account,service,service_label,database,companies,available,\
                      available_granted,held,threshold,level,disabled\r\n";

/// The lines as a CSV file.
pub(super) fn to_csv(rows: &[Row]) -> String {
    let lines: String = rows.iter().map(Row::csv).collect();
    HEADER.to_owned() + &lines
}
