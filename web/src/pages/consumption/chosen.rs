//! What of the consumption is looked at, as it stands in the page's address.

use crate::backend::consumption::Whose;
use crate::clock::Span;
use crate::i18n::I18n;
use crate::query;
use crate::reactive::RwSignal;

/// The names of what is chosen in the page's address.
const PERIOD: &str = "period";
const ALL: &str = "all";
const ACCOUNT: &str = "account";
const COMPANY: &str = "company";
const USER: &str = "user";
const BY: &str = "by";

/// Stands in the address for a user whom nobody named. No name begins so: their ends are cut off.
const UNSAID: &str = " ";

/// A period that can be looked at: its name in the address, its spans, how many of them, its text.
pub(super) struct Period(pub &'static str, pub Span, pub i32, pub fn(I18n) -> &'static str);

pub(super) const PERIODS: [Period; 4] = [
    Period("7", Span::Day, 7, I18n::consumption_days_7),
    Period("30", Span::Day, 30, I18n::consumption_days_30),
    Period("90", Span::Day, 90, I18n::consumption_days_90),
    Period("12m", Span::Month, 12, I18n::consumption_months),
];

/// The one that is looked at where nothing is chosen.
const FIRST: &str = "30";

/// By what it is divided: the name in the address.
pub(super) const BY_SERVICE: &str = "service";
pub(super) const BY_COMPANY: &str = "company";
pub(super) const BY_USER: &str = "user";

/// What is looked at. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen {
    /// The name of the period.
    pub period: RwSignal<&'static str>,
    /// Whether entries are shown by which nothing was charged, too.
    pub everything: RwSignal<bool>,
    /// The account alone, by key; none where all are.
    pub account: RwSignal<Option<i64>>,
    /// For whom it was spent.
    pub whose: RwSignal<Whose>,
    /// By what it is divided; none where nobody chose.
    pub by: RwSignal<Option<&'static str>>,
}

impl Chosen {
    /// What the address says.
    pub(super) fn of_address() -> Self {
        let known = |name: &str, all: &[&'static str]| {
            let asked = query::get(name)?;
            all.iter().copied().find(|it| *it == asked)
        };
        let number = |name: &str| query::get(name)?.parse::<i64>().ok().filter(|it| *it >= 0);
        let user = query::get(USER).map(|user| user.trim().to_owned());
        Self {
            period: RwSignal::new(known(PERIOD, &PERIODS.map(|it| it.0)).unwrap_or(FIRST)),
            everything: RwSignal::new(query::get(ALL).is_some()),
            account: RwSignal::new(number(ACCOUNT)),
            whose: RwSignal::new(Whose { company: number(COMPANY), user }),
            by: RwSignal::new(known(BY, &[BY_SERVICE, BY_COMPANY, BY_USER])),
        }
    }

    pub(super) fn choose_period(self, period: &'static str) {
        query::replace(PERIOD, if period == FIRST { "" } else { period });
        self.period.set(period);
    }

    pub(super) fn show_everything(self, on: bool) {
        query::replace(ALL, if on { "1" } else { "" });
        self.everything.set(on);
    }

    pub(super) fn choose_account(self, account: Option<i64>) {
        query::replace(ACCOUNT, &text(account));
        self.account.set(account);
    }

    pub(super) fn choose_company(self, company: Option<i64>) {
        query::replace(COMPANY, &text(company));
        self.whose.update(|whose| whose.company = company);
    }

    pub(super) fn choose_user(self, user: Option<String>) {
        let shown = user.as_deref().map(|user| if user.is_empty() { UNSAID } else { user });
        query::replace(USER, shown.unwrap_or_default());
        self.whose.update(|whose| whose.user = user);
    }

    pub(super) fn divide_by(self, by: &'static str) {
        query::replace(BY, by);
        self.by.set(Some(by));
    }
}

fn text(number: Option<i64>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
