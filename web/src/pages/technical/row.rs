//! A line of the list of IAP accounts.

use std::cmp::Ordering;

use iap_core::csv::cell;

use crate::backend::account::NamedAccount;
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
        let words =
            [account.service_name.as_str(), &account.service_label, &named.database, &companies];
        let folded = format::fold(locale, &words.join(" "));
        Self { named: named.clone(), companies, folded }
    }

    /// Whether a folded search finds it.
    pub(super) fn matches(&self, search: &str) -> bool {
        self.folded.contains(search)
    }

    /// The order of two rows by a column; rows that are equal in it by number.
    pub(super) fn compare(&self, other: &Self, locale: Locale, column: &str) -> Ordering {
        let (one, two) = (&self.named, &other.named);
        match column {
            "service" => {
                format::compare(locale, &one.account.service_label, &two.account.service_label)
            }
            "name" => one.account.service_name.cmp(&two.account.service_name),
            "database" => format::compare(locale, &one.database, &two.database),
            "companies" => format::compare(locale, &self.companies, &other.companies),
            "balance" => one.account.available.total.cmp(&two.account.available.total),
            _ => Ordering::Equal,
        }
        .then_with(|| one.account.id.cmp(&two.account.id))
    }

    fn csv(&self) -> String {
        let account = &self.named.account;
        let texts = [
            account.id.to_string(),
            cell(account.service_name.as_str()),
            cell(&account.service_label),
            account.database.to_string(),
            cell(&self.named.database),
            cell(&self.named.companies.join(", ")),
            account.available.total.to_string(),
            account.held.total.to_string(),
            account.created_at.to_string(),
        ];
        texts.join(",") + "\r\n"
    }
}

/// The columns of the CSV file; programs read them, so they are the same in each language.
const HEADER: &str = "account,service,service_label,database,database_name,companies,available,\
                      held,created_at\r\n";

/// The lines as a CSV file.
pub(super) fn to_csv(rows: &[Row]) -> String {
    let lines: String = rows.iter().map(Row::csv).collect();
    HEADER.to_owned() + &lines
}
