//! `iap order`

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use iap_core::api;
use iap_core::credits::{Money, OrderState};

use super::failure::Failure;
use super::place::{self, Place};
use super::table::{self, moment};
use super::visible::Visible;
use crate::clock;
use crate::orders::{self, OrderFailure};
use crate::store::{Actor, OrderFilter, Store};

/// See orders, and say that their money came in or was given back
#[derive(Args, Debug)]
pub(super) struct Order {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    List(List),
    Pay(Pay),
    Cancel(Cancel),
    Refund(Refund),
}

/// List orders from the newest back, separated by tabs
#[derive(Args, Debug)]
struct List {
    /// Only those that are pending, paid, cancelled or refunded.
    #[arg(long, value_name = "STATE", value_parser = state)]
    state: Option<OrderState>,

    #[command(flatten)]
    place: Place,
}

/// Say that the money of an order came in: its credits come in, once
#[derive(Args, Debug)]
struct Pay {
    /// The order, by its number in the list.
    order: i64,

    /// What the payment is known by, such as the reference of a bank transfer.
    #[arg(long, value_name = "REFERENCE")]
    payment: String,

    #[command(flatten)]
    place: Place,
}

/// Give an order up that was not paid
#[derive(Args, Debug)]
struct Cancel {
    /// The order, by its number in the list.
    order: i64,

    #[command(flatten)]
    place: Place,
}

/// Say that the money of an order is given back: its credits are taken out
///
/// Where some of them are spent it is refused, and nothing changes.
#[derive(Args, Debug)]
struct Refund {
    /// The order, by its number in the list.
    order: i64,

    /// Why.
    #[arg(long)]
    reason: String,

    #[command(flatten)]
    place: Place,
}

fn state(word: &str) -> Result<OrderState, &'static str> {
    OrderState::from_word(word).ok_or("it is one of pending, paid, cancelled and refunded")
}

impl Order {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        match &self.command {
            Command::List(list) => list.run(),
            Command::Pay(pay) => pay.run(),
            Command::Cancel(cancel) => cancel.run(),
            Command::Refund(refund) => refund.run(),
        }
    }
}

impl List {
    fn run(&self) -> Result<ExitCode, Failure> {
        place::run(async {
            let store = self.place.open(false).await?;
            let filter = OrderFilter { state: self.state, ..OrderFilter::default() };
            table::row(&[
                "order", "state", "account", "pack", "credits", "price", "ordered", "by", "paid",
                "payment",
            ])?;
            table::rows(async |cut| store.orders(&filter, cut).await, |order| order.id, show)
                .await?;
            store.close().await;
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Pay {
    fn run(&self) -> Result<ExitCode, Failure> {
        let Self { order, payment, place } = self;
        let payment = payment.trim();
        if payment.is_empty() {
            return Err(Failure::Usage("Say with --payment what the payment is known by."));
        }
        change(place, *order, async |store, actor| orders::pay(store, *order, payment, actor).await)
    }
}

impl Cancel {
    fn run(&self) -> Result<ExitCode, Failure> {
        change(&self.place, self.order, async |store, actor| {
            Ok(store.cancel_order(self.order, actor).await??)
        })
    }
}

impl Refund {
    fn run(&self) -> Result<ExitCode, Failure> {
        let Self { order, reason, place } = self;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Failure::Usage("Say with --reason why."));
        }
        change(place, *order, async |store, actor| {
            orders::refund(store, *order, reason, actor).await
        })
    }
}

/// Changes an order and says how it is then.
fn change(
    place: &Place,
    order: i64,
    change: impl AsyncFnOnce(&Store, &Actor) -> Result<(), OrderFailure>,
) -> Result<ExitCode, Failure> {
    let (changed, order) = place::run(async {
        let store = place.open(false).await?;
        let changed = change(&store, &Actor::server(clock::now())).await;
        let order = store.order(order).await?;
        store.close().await;
        Ok((changed, order))
    })?;
    changed?;
    if let Some(it) = order {
        let (id, state) = (it.id, it.state.as_str());
        writeln!(io::stdout(), "Order {id} of {} credits is {state}.", it.credits)
            .map_err(Failure::Output)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show(order: &api::Order) -> Result<(), Failure> {
    table::row(&[
        &order.id.to_string(),
        order.state.as_str(),
        &order.account.to_string(),
        &Visible(&order.name).to_string(),
        &order.credits.to_string(),
        &Money::new(order.price, order.currency).to_string(),
        &order.created_at.to_string(),
        &order.ordered_by,
        &moment(order.paid_at),
        &Visible(&order.payment).to_string(),
    ])
}
