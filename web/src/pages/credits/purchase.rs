//! A purchase under way: what is bought, by whom, and how far paying is.

use std::pin::Pin;
use std::time::Duration;

use iap_core::api::{AccountLink, Buyer, Checkout, DemoCard, Order, Pack, Shop};
use iap_core::billing::PaymentState;
use iap_core::credits::{Money, OrderState};
use leptos::prelude::*;

use crate::backend::http::{self, Failure};
use crate::backend::order::Bill;
use crate::backend::shop::{self, Receipt, Till};
use crate::backend::{demo, value};
use crate::i18n::I18n;
use crate::reactive::{RwSignal, StoredValue};
use crate::state::{Accounts, use_accounts};
use crate::ui::use_toasts;
use crate::{download, format, query, storage};

/// The name of an order in the page's address.
const ORDER: &str = "order";

/// The name of the pack in it that somebody chose already.
const PACK: &str = "pack";

/// Where the buyer is kept for the next time, in this browser.
const BUYER: &str = "iap.buyer";

/// Where receipts are kept until the window is closed, each under this and the order's number: whoever
/// has one can pay the order, and nothing else.
const RECEIPT: &str = "iap.receipt.";

/// How often it is looked whether a payment has come that a bank decides on at this moment, and one that
/// takes days.
const SOON: Duration = Duration::from_secs(1);
const LATER: Duration = Duration::from_secs(15);

/// A purchase. Cheap to copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Purchase {
    till: StoredValue<Till>,
    /// What can be bought, once it is known.
    pub shop: RwSignal<Option<Shop>>,
    /// The pack that was chosen.
    pub pack: RwSignal<Option<Pack>>,
    /// The order, once it is made.
    pub order: RwSignal<Option<Order>>,
    /// What it takes to pay it, once that was begun.
    pub checkout: RwSignal<Option<Checkout>>,
    /// Why the last thing that was tried did not work.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether something is being tried.
    pub busy: RwSignal<bool>,
    receipt: StoredValue<Receipt>,
    /// Whether a payment is expected that this page does not itself make.
    expected: StoredValue<bool>,
    accounts: Accounts,
    /// Of the order that is about to be made: tried again after a failure it is the same one.
    key: StoredValue<Option<(i64, Buyer, String)>>,
}

/// What the page's address asks to buy for; none where it names no account.
pub(super) fn asked() -> Option<Till> {
    let account = query::get("account")?;
    if let (Some(service), Some(database)) = (query::get("service"), query::get("database")) {
        return Some(Till::Link(AccountLink { service, database, account }));
    }
    account.parse().ok().map(Till::Account)
}

/// The order that the page's address names.
fn order_of_address() -> Option<i64> {
    query::get(ORDER)?.parse().ok()
}

impl Purchase {
    pub(super) fn start(till: Till) -> Self {
        let purchase = Self {
            till: StoredValue::new(till),
            shop: RwSignal::new(None),
            pack: RwSignal::new(None),
            order: RwSignal::new(None),
            checkout: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            receipt: StoredValue::new(None),
            expected: StoredValue::new(false),
            accounts: use_accounts(),
            key: StoredValue::new(None),
        };
        purchase.load();
        // Back and forth between the packs and the order.
        let moved = window_event_listener_untyped("popstate", move |_| purchase.follow_address());
        on_cleanup(move || moved.remove());
        purchase
    }

    /// Asks for what can be bought, and for the order that the address names.
    pub(super) fn load(self) {
        let till = self.till();
        self.run(async move { shop::shop(&till).await.map(Answer::Shop) });
    }

    fn follow_address(self) {
        let Some(order) = order_of_address() else {
            let _ = self.order.try_set(None);
            let _ = self.pack.try_set(None);
            return;
        };
        let receipt = storage::session(&format!("{RECEIPT}{order}"));
        self.receipt.set_value(receipt.clone());
        let till = self.till();
        self.run(async move { shop::known(&till, order, &receipt).await.map(Answer::Order) });
    }

    fn till(self) -> Till {
        self.till.try_get_value().unwrap_or(Till::Demo(0))
    }

    fn receipt(self) -> Receipt {
        self.receipt.try_get_value().flatten()
    }

    /// The account, by key, where whoever buys may look at it.
    pub(super) fn account(self) -> Option<i64> {
        match self.till() {
            Till::Demo(account) | Till::Account(account) => Some(account),
            Till::Link(_) => None,
        }
    }

    /// Who bought last, for the form: as the server knows it, or this browser.
    pub(super) fn buyer_before(self) -> Buyer {
        let known = self.shop.with_untracked(|shop| shop.as_ref().and_then(|it| it.buyer.clone()));
        let kept = || value::from_text(&storage::get(BUYER)?);
        known.or_else(kept).unwrap_or_default()
    }

    /// Orders the chosen pack.
    pub(super) fn place(self, pack: i64, buyer: Buyer) {
        if let Some(text) = value::to_text(&buyer) {
            storage::set(BUYER, &text);
        }
        let kept = self.key.try_get_value().flatten();
        let key = match kept {
            Some((of, who, key)) if of == pack && who == buyer => key,
            _ => http::new_key(),
        };
        self.key.set_value(Some((pack, buyer.clone(), key.clone())));
        let till = self.till();
        self.run(async move { shop::order(&till, pack, buyer, &key).await.map(Answer::Made) });
    }

    /// Begins to pay the order.
    pub(super) fn begin(self) {
        let Some(order) = self.number() else { return };
        let (till, receipt) = (self.till(), self.receipt());
        self.run(async move { shop::checkout(&till, order, &receipt).await.map(Answer::Checkout) });
    }

    /// Pays with a card for trying out.
    pub(super) fn pay(self, card: DemoCard) {
        let Some(order) = self.number() else { return };
        let (till, receipt) = (self.till(), self.receipt());
        self.run(async move { shop::pay(&till, order, &receipt, card).await.map(Answer::Order) });
    }

    /// Says whether it is oneself who pays.
    pub(super) fn authenticate(self, accepted: bool) {
        let Some(order) = self.number() else { return };
        let (till, receipt) = (self.till(), self.receipt());
        self.run(async move {
            shop::authenticate(&till, order, &receipt, accepted).await.map(Answer::Order)
        });
    }

    /// Gives the order up.
    pub(super) fn give_up(self) {
        let Some(order) = self.number() else { return };
        let (till, receipt) = (self.till(), self.receipt());
        self.run(async move { shop::give_up(&till, order, &receipt).await.map(Answer::Order) });
    }

    /// Looks how far the order is.
    pub(super) fn look(self) {
        let Some(order) = self.number() else { return };
        let (till, receipt) = (self.till(), self.receipt());
        wasm_bindgen_futures::spawn_local(async move {
            match shop::known(&till, order, &receipt).await {
                Ok(order) => self.show(order),
                // A connection may come back.
                Err(_) => self.look_again(order, SOON),
            }
        });
    }

    /// Shows the invoices of the order as soon as they are there: it is billed right after it is paid.
    pub(super) fn show_bills(self, into: RwSignal<Vec<Bill>>, tries: u8) {
        let Some(order) = self.number() else { return };
        let (till, receipt) = (self.till(), self.receipt());
        wasm_bindgen_futures::spawn_local(async move {
            match shop::bills(&till, order, &receipt).await {
                Ok(bills) if !bills.is_empty() => drop(into.try_set(bills)),
                // Where nobody sells there is none.
                _ if tries > 1 && !matches!(till, Till::Demo(_)) => set_timeout(
                    move || {
                        if self.number() == Some(order) {
                            self.show_bills(into, tries - 1);
                        }
                    },
                    SOON,
                ),
                _ => {}
            }
        });
    }

    /// Saves a file of an invoice.
    pub(super) fn save(self, t: I18n, bill: &Bill, kind: &'static str) {
        let ending = if kind == "pdf" { "pdf" } else { "xml" };
        let name = format!("{}.{ending}", bill.document.number.replace('/', "-"));
        let (id, receipt, toasts) = (bill.id, self.receipt(), use_toasts());
        let _ = self.failure.try_set(None);
        wasm_bindgen_futures::spawn_local(async move {
            match shop::file(id, kind, &receipt).await {
                Ok(file) => {
                    let done = download::offer_file(&name, &file);
                    toasts.show(if done {
                        t.shop_saved(name)
                    } else {
                        t.prices_not_exported().to_owned()
                    });
                }
                Err(why) => drop(self.failure.try_set(Some(why))),
            }
        });
    }

    /// A payment comes soon that this page does not itself make: it looks for it.
    pub(super) fn expect(self) {
        self.expected.set_value(true);
        self.look();
    }

    fn look_again(self, order: i64, after: Duration) {
        set_timeout(
            move || {
                if self.number() == Some(order) {
                    self.look();
                }
            },
            after,
        );
    }

    /// What the button says with which one pays.
    pub(super) fn price_to_pay(self, t: I18n) -> Option<String> {
        let order = self.order.get()?;
        Some(t.shop_pay(format::money(t.locale(), Money::new(order.gross, order.currency))))
    }

    fn number(self) -> Option<i64> {
        self.order.try_get().flatten().map(|order| order.id)
    }

    /// Shows how far an order is, and goes on looking while others decide.
    fn show(self, order: Order) {
        let before = self.order.try_get().flatten();
        let is_soon = order.payment_state == PaymentState::Processing
            || self.expected.try_get_value().unwrap_or_default();
        let after = match (order.state, is_soon) {
            (OrderState::Pending, true) => Some(SOON),
            (OrderState::Pending, false) if !order.how_to_pay.is_empty() => Some(LATER),
            _ => None,
        };
        let id = order.id;
        let paid = order.state == OrderState::Paid
            && before.as_ref().is_some_and(|before| before.state != OrderState::Paid);
        if before.as_ref() != Some(&order) && self.order.try_set(Some(order)).is_some() {
            return;
        }
        if paid {
            self.tell();
        }
        if let Some(after) = after {
            self.look_again(id, after);
        }
    }

    /// Lets every page that shows credits ask for them again, in this tab and in others.
    fn tell(self) {
        if matches!(self.till(), Till::Demo(_)) {
            self.accounts.set_balance(demo::balance());
        }
        self.accounts.changed();
    }

    /// Tries something, and says what failed.
    fn run(self, answer: impl Future<Output = Result<Answer, Failure>> + 'static) {
        if self.busy.try_get() == Some(true) {
            return;
        }
        let _ = self.busy.try_set(true);
        let _ = self.failure.try_set(None);
        let answer: Pin<Box<dyn Future<Output = _>>> = Box::pin(answer);
        // One type of future: the compiler writes what waiting takes once.
        wasm_bindgen_futures::spawn_local(self.wait(answer));
    }

    async fn wait(self, answer: Pin<Box<dyn Future<Output = Result<Answer, Failure>>>>) {
        let answer = answer.await;
        let _ = self.busy.try_set(false);
        match answer {
            Ok(Answer::Shop(shop)) => {
                // A link may lead to one of them.
                let asked = query::get(PACK).and_then(|pack| pack.parse::<i64>().ok());
                let pack = shop.packs.iter().find(|it| Some(it.id) == asked).cloned();
                let _ = self.shop.try_set(Some(shop));
                self.follow_address();
                if order_of_address().is_none() {
                    let _ = self.pack.try_set(pack);
                }
            }
            Ok(Answer::Made((order, receipt))) => {
                if let Some(receipt) = &receipt {
                    storage::set_session(&format!("{RECEIPT}{}", order.id), receipt);
                }
                self.receipt.set_value(receipt);
                self.key.set_value(None);
                query::push(ORDER, &order.id.to_string());
                self.show(order);
            }
            Ok(Answer::Order(order)) => self.show(order),
            Ok(Answer::Checkout(checkout)) => drop(self.checkout.try_set(Some(checkout))),
            Err(why) => drop(self.failure.try_set(Some(why))),
        }
    }
}

/// What was answered.
enum Answer {
    Shop(Shop),
    Made((Order, Receipt)),
    Order(Order),
    Checkout(Checkout),
}
