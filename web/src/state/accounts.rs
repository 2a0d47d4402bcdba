//! The accounts that one may see. They stay when one leaves the page, so that it is filled at once
//! when one comes back, and are asked for again behind it.

use iap_core::api::Spent;
use iap_core::pricing::Credits;
use leptos::prelude::*;

use super::live::Live;
use super::{Standing, Visitor};
use crate::backend::account::{self, NamedAccount};
use crate::backend::consumption::{self, Whose};
use crate::backend::demo;
use crate::backend::http::Failure;
use crate::clock::Span;
use crate::reactive::{RwSignal, StoredValue, effect};
use crate::{clock, storage};

/// So many days back it is told what was spent day by day.
const DAYS: i32 = 30;

/// Of so many accounts at most: the server tells no more at once, and further ones have a page of
/// their own.
const MOST: usize = 100;

/// What programs call the service that sends messages.
const MESSAGES: &str = "sms";

/// When something was last changed is kept under this, so that other tabs learn it at once.
const CHANGED: &str = "iap.accounts.changed";

/// The accounts. Cheap to copy; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Accounts {
    visitor: Visitor,
    known: RwSignal<Option<Vec<NamedAccount>>>,
    /// What each spent on each of the last days, by key.
    spent: RwSignal<Vec<(i64, Vec<Spent>)>>,
    failure: RwSignal<Option<Failure>>,
    /// What messages can be paid with: the credits of somebody's account, or made-up ones.
    balance: RwSignal<Credits>,
    /// Whose they are, by key; what is asked for somebody else comes too late.
    of: StoredValue<Option<i64>>,
}

impl Accounts {
    /// Follows who is signed in: what one person may see is gone when another comes. Call it once,
    /// where the application starts.
    pub fn start(visitor: Visitor) {
        let accounts = Self::new(visitor);
        provide_context(accounts);
        storage::on_change(CHANGED, move |_| accounts.refresh());
        let live = Live::new();
        effect(move |_| match visitor.standing() {
            Standing::Demo => {
                accounts.balance.track();
                accounts.refresh();
            }
            Standing::In(user) => {
                let of = Some(user.id);
                if accounts.of.try_get_value() != Some(of) {
                    accounts.forget();
                    accounts.of.set_value(of);
                }
                live.start(accounts);
            }
            Standing::Asking | Standing::Failed(_) => {}
            Standing::Out(_) => {
                live.stop();
                accounts.forget();
            }
        });
        let made_up = move || put(accounts.balance, demo::balance());
        effect(move |_| match visitor.standing() {
            Standing::In(_) if accounts.known.with(Option::is_some) => {
                let of = |it: NamedAccount| it.account.available.total.credits();
                put(accounts.balance, accounts.messages().map_or(Credits::ZERO, of));
            }
            Standing::Out(_) => made_up(),
            _ => {}
        });
        storage::on_change(demo::BALANCE_KEY, move |_| {
            if !matches!(visitor.standing_untracked(), Standing::In(_)) {
                made_up();
            }
        });
    }

    /// The account with whose credits messages are sent; follows it. Of several the first one of a
    /// database that one belongs to.
    #[must_use]
    pub fn messages(self) -> Option<NamedAccount> {
        let own: Vec<i64> = match self.visitor.standing() {
            Standing::In(user) => user.databases.iter().map(|it| it.database).collect(),
            _ => Vec::new(),
        };
        self.known.with(|known| {
            let known = known.as_ref()?;
            let all = || known.iter().filter(|it| it.account.service_name.as_str() == MESSAGES);
            let mine = all().find(|it| own.contains(&it.account.database));
            mine.or_else(|| all().next()).cloned()
        })
    }

    /// What messages can be paid with.
    #[must_use]
    pub const fn balance(self) -> RwSignal<Credits> {
        self.balance
    }

    /// Sets the credits of the demo.
    pub fn set_balance(self, balance: Credits) {
        demo::set_balance(balance);
        self.balance.set(balance);
    }

    /// Whether that balance is the one that counts: a made-up one counts where nobody is
    /// signed in. Follows it.
    #[must_use]
    pub fn has_balance(self) -> bool {
        match self.visitor.standing() {
            Standing::In(_) => self.known.with(Option::is_some),
            Standing::Out(_) | Standing::Demo => true,
            Standing::Asking | Standing::Failed(_) => false,
        }
    }

    /// Something was bought or changed here: asks for them again, in the other tabs too.
    pub fn changed(self) {
        self.refresh();
        storage::set(CHANGED, &clock::now().to_string());
    }

    fn new(visitor: Visitor) -> Self {
        Self {
            visitor,
            known: RwSignal::new(None),
            spent: RwSignal::new(Vec::new()),
            failure: RwSignal::new(None),
            balance: RwSignal::new(demo::balance()),
            of: StoredValue::new(None),
        }
    }

    fn forget(self) {
        self.of.set_value(None);
        self.failure.set(None);
        self.known.set(None);
        self.spent.set(Vec::new());
    }

    /// The accounts, once they are known; follows them.
    #[must_use]
    pub fn known(self) -> Option<Vec<NamedAccount>> {
        self.known.get()
    }

    /// An account by its key, once it is known; follows it.
    #[must_use]
    pub fn find(self, id: i64) -> Option<NamedAccount> {
        self.known.with(|known| known.as_ref()?.iter().find(|it| it.account.id == id).cloned())
    }

    /// What an account spent on each of the last thirty days, once it is known; follows it.
    #[must_use]
    pub fn spent(self, id: i64) -> Option<Vec<Spent>> {
        self.spent
            .with(|all| all.iter().find(|(account, _)| *account == id).map(|(_, it)| it.clone()))
    }

    /// Why they could not be asked for last time; follows it.
    #[must_use]
    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// Asks for them again, where somebody is signed in or there is no server.
    pub fn refresh(self) {
        let of = match self.visitor.standing_untracked() {
            Standing::In(user) => Some(user.id),
            Standing::Demo => None,
            _ => return,
        };
        wasm_bindgen_futures::spawn_local(async move {
            let answer = match of {
                Some(_) => account::accounts().await,
                None => Ok(demo::accounts(demo::balance())),
            };
            let failure = match self.take(of, answer) {
                Ok(ids) if ids.is_empty() => return,
                Ok(ids) => {
                    let edges = Span::Day.edges(DAYS);
                    match consumption::spent(of.is_none(), &ids, &edges, &Whose::default()).await {
                        Ok(spent) if self.is_of(of) => return put(self.spent, spent),
                        Ok(_) => return,
                        Err(failure) => failure,
                    }
                }
                Err(failure) => failure,
            };
            if self.is_of(of) && !self.visitor.has_ended(&failure) {
                let _ = self.failure.try_set(Some(failure));
            }
        });
    }

    fn is_of(self, of: Option<i64>) -> bool {
        self.of.try_get_value() == Some(of)
    }

    /// Takes what was answered; the keys of those of which it is to be asked what they spent.
    fn take(
        self,
        of: Option<i64>,
        answer: Result<Vec<NamedAccount>, Failure>,
    ) -> Result<Vec<i64>, Failure> {
        if !self.is_of(of) {
            return Ok(Vec::new());
        }
        let accounts = answer?;
        let ids = accounts.iter().take(MOST).map(|it| it.account.id).collect();
        let _ = self.failure.try_set(None);
        put(self.known, Some(accounts));
        Ok(ids)
    }
}

/// What stays the same is not drawn again.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, new: T) {
    if signal.with_untracked(|before| *before != new) {
        let _ = signal.try_set(new);
    }
}

/// The accounts. Outside the application there are none.
#[must_use]
pub fn use_accounts() -> Accounts {
    use_context().unwrap_or_else(|| Accounts::new(super::use_visitor()))
}
