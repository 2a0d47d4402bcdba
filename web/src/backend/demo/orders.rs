//! Buying in the demo: by core's rules, and paid with numbers for trying out. Orders are kept in this
//! browser.

use iap_core::api::{Buyer, Checkout, DemoCard, Order, Pack, Shop};
use iap_core::billing::{
    MoneyBack, PaymentError, PaymentMeans, PaymentState, Tax, TaxRate, Taxed, TestCard,
};
use iap_core::catalogue::ServiceIcon;
use iap_core::credits::{self, Amount, Currency, Money, OrderState};

use super::SENDER;
use super::accounts::{credits, made};
use crate::backend::http::Failure;
use crate::backend::value;
use crate::{clock, storage};

/// Orders are kept under this and their number.
const ORDER: &str = "iap.demo.order.";

/// The number of an order is kept under this and the key that it was ordered with.
const REQUEST: &str = "iap.demo.request.";

/// What was bought for an account is kept under this and its key.
const BOUGHT: &str = "iap.demo.bought.";

/// The rate of tax in the demo, in hundredths of a percent: Belgium's.
const RATE: u16 = 2_100;

/// The packs of each service: their names, the credits in them, and what a credit of it costs in cents.
const PACKS: [(&str, u32, u64); 4] =
    [("Starter", 10, 100), ("Standard", 100, 95), ("Advanced", 500, 90), ("Expert", 1_000, 80)];

/// The packs for an account, and for the service of the same key.
pub(super) fn packs(account: i64) -> Vec<Pack> {
    let pack = |(place, (name, whole, cents)): (i64, (&str, u32, u64))| Pack {
        id: account * 10 + place,
        service: account,
        name: name.to_owned(),
        icon: ServiceIcon::default(),
        description: String::new(),
        credits: credits(&whole.to_string()),
        price: u64::from(whole) * cents,
        currency: Currency::EUR,
        position: place,
        offered: true,
    };
    (1..).zip(PACKS).map(pack).collect()
}

/// What can be bought for an account.
///
/// # Errors
/// [`Failure::NoServer`] where there is no such account.
pub fn shop(account: i64) -> Result<Shop, Failure> {
    let (name, label) = made(account).ok_or(Failure::NoServer)?;
    Ok(Shop {
        service_name: name.parse().map_err(|_| Failure::NoServer)?,
        service_label: label.to_owned(),
        description: String::new(),
        packs: packs(account),
        seller_name: SENDER.company.to_owned(),
        seller_country: SENDER.country.to_owned(),
        tax_rate: TaxRate::new(RATE).ok(),
        means: PaymentMeans::Demo,
        publishable_key: None,
        card_script: None,
        buyer: None,
    })
}

/// Orders a pack; the same key again is the same order.
///
/// # Errors
/// [`Failure::NoServer`] where there is no such pack, which no page offers.
pub fn order(account: i64, pack: i64, buyer: Buyer, key: &str) -> Result<Order, Failure> {
    let request = format!("{REQUEST}{key}");
    if let Some(before) = storage::get(&request).and_then(|number| number.parse().ok()) {
        return known(before);
    }
    let pack = packs(account).into_iter().find(|it| it.id == pack).ok_or(Failure::NoServer)?;
    let price = Money::new(pack.price, pack.currency);
    let tax = match (SENDER.country.parse(), buyer.check()) {
        (Ok(seller), Ok(buyer)) => Tax::of(seller, TaxRate::new(RATE).ok(), &buyer),
        _ => Tax::Outside,
    };
    let taxed = Taxed::new(price, tax).ok_or(Failure::NoServer)?;
    let order = Order {
        id: numbers().max().unwrap_or_default() + 1,
        account,
        database: 1,
        service: account,
        pack: pack.id,
        name: pack.name,
        credits: pack.credits,
        price: pack.price,
        currency: pack.currency,
        buyer: Some(buyer),
        tax: taxed.tax().minor(),
        tax_rate: tax.rate(),
        tax_category: tax.category().to_owned(),
        gross: taxed.gross().minor(),
        state: OrderState::Pending,
        ordered_by: String::new(),
        created_at: clock::now(),
        how_to_pay: String::new(),
        means: PaymentMeans::Demo,
        payment_state: PaymentState::None,
        payment_error: None,
        money_back: MoneyBack::None,
        payment: String::new(),
        paid_at: None,
        refund_reason: String::new(),
        refunded_at: None,
    };
    storage::set(&request, &order.id.to_string());
    keep(order)
}

fn numbers() -> impl Iterator<Item = i64> {
    storage::keys().into_iter().filter_map(|key| key.strip_prefix(ORDER)?.parse().ok())
}

fn keep(order: Order) -> Result<Order, Failure> {
    let text = value::to_text(&order).ok_or(Failure::NoServer)?;
    storage::set(&format!("{ORDER}{}", order.id), &text);
    Ok(order)
}

/// All orders, the newest first.
#[must_use]
pub fn orders() -> Vec<Order> {
    let mut numbers: Vec<i64> = numbers().collect();
    numbers.sort_unstable_by_key(|number| std::cmp::Reverse(*number));
    numbers.into_iter().filter_map(|number| known(number).ok()).collect()
}

/// An order by its number. A bank that takes its time has answered when it is asked for again.
///
/// # Errors
/// [`Failure::NoServer`] where there is none.
pub fn known(order: i64) -> Result<Order, Failure> {
    let text = storage::get(&format!("{ORDER}{order}")).ok_or(Failure::NoServer)?;
    let order: Order = value::from_text(&text).ok_or(Failure::NoServer)?;
    if order.payment_state == PaymentState::Processing { settle(order) } else { Ok(order) }
}

/// Begins to pay an order.
///
/// # Errors
/// [`Failure::NoServer`] where there is none.
pub fn checkout(order: i64) -> Result<Checkout, Failure> {
    let order = known(order)?;
    let state = match order.payment_state {
        PaymentState::None => PaymentState::Awaiting,
        state => state,
    };
    keep(Order { payment_state: state, ..order })?;
    Ok(Checkout { means: PaymentMeans::Demo, client_secret: None, state })
}

/// Pays an order with a card for trying out.
///
/// # Errors
/// [`Failure::NoServer`] for any other card, which the page has refused before.
pub fn pay(order: i64, card: &DemoCard) -> Result<Order, Failure> {
    let order = known(order)?;
    let read = TestCard::read(&card.number, &card.expiry, &card.cvc, clock::today());
    let (state, error) = match read.map_err(|_| Failure::NoServer)? {
        TestCard::Succeeds => return settle(order),
        TestCard::Declined(error) => (PaymentState::Declined, Some(error)),
        TestCard::NeedsAuthentication => (PaymentState::ActionRequired, None),
        TestCard::SucceedsLater => (PaymentState::Processing, None),
    };
    keep(Order { payment_state: state, payment_error: error, ..order })
}

/// Says whether it is oneself who pays.
///
/// # Errors
/// [`Failure::NoServer`] where there is no such order.
pub fn authenticate(order: i64, accepted: bool) -> Result<Order, Failure> {
    let order = known(order)?;
    if accepted {
        return settle(order);
    }
    let error = Some(PaymentError::AuthenticationFailed);
    keep(Order { payment_state: PaymentState::Declined, payment_error: error, ..order })
}

/// Gives an order up.
///
/// # Errors
/// [`Failure::NoServer`] where there is none, or it was paid.
pub fn give_up(order: i64) -> Result<Order, Failure> {
    let order = known(order)?;
    let state = rule(&order)?.cancel().map_err(|_| Failure::NoServer)?.state();
    keep(Order { state, ..order })
}

/// The money is there: the credits come in, once.
fn settle(order: Order) -> Result<Order, Failure> {
    let Ok(credits::Paid::Now(paid)) = rule(&order)?.pay() else { return Ok(order) };
    let account = order.account;
    let bought = bought(account).checked_add(order.credits).map_err(|_| Failure::NoServer)?;
    if account == super::MESSAGES {
        let balance = super::balance().checked_add(order.credits.credits());
        super::set_balance(balance.map_err(|_| Failure::NoServer)?);
    } else {
        storage::set(&format!("{BOUGHT}{account}"), &bought.to_string());
    }
    keep(Order {
        state: paid.state(),
        payment_state: PaymentState::Succeeded,
        payment_error: None,
        paid_at: Some(clock::now()),
        ..order
    })
}

/// The order as core's rules know it.
fn rule(order: &Order) -> Result<credits::Order, Failure> {
    let pack = credits::Pack::new(order.credits, Money::new(order.price, order.currency));
    Ok(credits::Order::restore(pack.map_err(|_| Failure::NoServer)?, order.state))
}

/// What was bought for an account here, beside what it had.
pub(super) fn bought(account: i64) -> Amount {
    let kept = storage::get(&format!("{BOUGHT}{account}"));
    kept.and_then(|kept| kept.parse().ok()).unwrap_or_default()
}
