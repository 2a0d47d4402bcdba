//! Purchases of packs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use iap_core::api::{NewOrder, Order, Page, Payment, Problem, ProblemCode, Refund};
use iap_core::credits::{Money, OrderState};
use iap_core::csv::cell;
use serde::Deserialize;

use super::accounts;
use super::caller::Caller;
use super::csv;
use super::input::{Asked, Body, IdempotencyKey, Keys, checked, cut, filled};
use super::receipt::Viewer;
use super::{Answer, Portal, by};
use crate::http::problem::Refused;
use crate::orders::{self, OrderFailure};
use crate::store::{NewOrderRow, OrderFilter, OrderRefusal};

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// Only those in a state.
    #[param(inline)]
    state: Option<OrderState>,
    /// Only those for an account.
    account: Option<i64>,
    /// Only those for accounts of a database.
    database: Option<i64>,
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List orders, the newest first; those for databases that one is a member of
#[utoipa::path(
    get, path = "/orders", tag = "orders", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<Order>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(list): Asked<List>,
) -> Answer<Json<Page<Order>>> {
    let filter = filter(&portal, &caller, list.state, list.account, list.database).await?;
    let mut page = portal.store().orders(&filter, cut(list.after, list.limit)).await?;
    let how_to_pay = portal.store().settings().await?.how_to_pay;
    page.items.iter_mut().for_each(|order| say_how_to_pay(order, &how_to_pay));
    Ok(Json(page))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Export {
    /// Only those in a state.
    #[param(inline)]
    state: Option<OrderState>,
    /// Only those for an account.
    account: Option<i64>,
    /// Only those for accounts of a database.
    database: Option<i64>,
}

/// Export orders as CSV, the newest first; those for databases that one is a member of
#[utoipa::path(
    get, path = "/orders.csv", tag = "orders", security(("session" = [])), params(Export),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn export(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(asked): Asked<Export>,
) -> Answer<Response> {
    let filter = filter(&portal, &caller, asked.state, asked.account, asked.database).await?;
    let store = portal.store().clone();
    csv::stream("orders", HEADER, write_line, move |after| {
        let (store, filter) = (store.clone(), filter.clone());
        async move { store.orders(&filter, csv::part(after.as_deref())).await }
    })
    .await
}

const HEADER: &str = "order,at,account,pack,credits,price,currency,state,ordered_by,payment,\
                      paid_at,refunded_at,refund_reason,tax,tax_rate,tax_category,gross,buyer,\
                      country,vat_number\r\n";

fn write_line(lines: &mut String, order: &Order) {
    use std::fmt::Write as _;
    let moment = |at: Option<iap_core::time::Timestamp>| at.map(|at| at.to_string());
    // The currency has a column of its own.
    let money = |minor: u64| Money::new(minor, order.currency).decimal();
    let buyer = order.buyer.clone().unwrap_or_default();
    // Writing to a text never fails.
    let _ = write!(
        lines,
        "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n",
        order.id,
        order.created_at,
        order.account,
        cell(&order.name),
        order.credits,
        money(order.price),
        order.currency,
        order.state.as_str(),
        cell(&order.ordered_by),
        cell(&order.payment),
        moment(order.paid_at).unwrap_or_default(),
        moment(order.refunded_at).unwrap_or_default(),
        cell(&order.refund_reason),
        money(order.tax),
        order.tax_rate.map(|rate| rate.to_string()).unwrap_or_default(),
        order.tax_category,
        money(order.gross),
        cell(&buyer.name),
        cell(&buyer.country),
        cell(&buyer.vat_number),
    );
}

/// Order a pack for an account; admins of its database
///
/// The order waits for its money; the credits come in when the operator says that it came.
#[utoipa::path(
    post, path = "/accounts/{account}/orders", tag = "orders", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key."), IdempotencyKey),
    request_body = NewOrder,
    responses(
        (status = 201, body = Order),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    IdempotencyKey(key): IdempotencyKey,
    Body(NewOrder { pack, buyer }): Body<NewOrder>,
) -> Answer<(StatusCode, Json<Order>)> {
    accounts::administered(&portal, &caller, account).await?;
    let buyer = buyer.map(|it| checked("buyer", &it)).transpose()?;
    let new = NewOrderRow { account, pack, key, buyer, receipt_sha256: None };
    let (id, _) = portal.store().add_order(&new, &by(caller.user.id)).await??;
    Ok((StatusCode::CREATED, Json(shown(&portal, id).await?)))
}

/// Show an order; members of the database that it is for, and whoever has its receipt
#[utoipa::path(
    get, path = "/orders/{order}", tag = "orders", security(("session" = []), ("receipt" = [])),
    params(("order" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Order),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(order): Keys<i64>,
) -> Answer<Json<Order>> {
    Ok(Json(viewer.sees(&portal, order).await?.1))
}

/// Give an order up that was not paid; admins of the database that it is for, and whoever has its receipt
///
/// Again it changes nothing. A payment by card that was begun is cancelled; one that is under way is not,
/// and then nothing changes. If money comes in all the same, the credits do too.
#[utoipa::path(
    post, path = "/orders/{order}/cancel", tag = "orders",
    security(("session" = []), ("receipt" = [])),
    params(("order" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Order),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn cancel(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(order): Keys<i64>,
) -> Answer<Json<Order>> {
    let viewer = viewer.administers(&portal, order).await?;
    portal.payments.cancel(order, &viewer.by()).await?;
    Ok(Json(viewer.shown(shown(&portal, order).await?)))
}

/// Say that the money of an order came in; operators only
///
/// Its credits come in with it, once however often it is said: the same payment again changes
/// nothing, and another one is refused.
#[utoipa::path(
    post, path = "/orders/{order}/payment", tag = "orders", security(("session" = [])),
    params(("order" = i64, Path, description = "Its key.")), request_body = Payment,
    responses(
        (status = 200, body = Order),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn pay(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(order): Keys<i64>,
    Body(Payment { payment }): Body<Payment>,
) -> Answer<Json<Order>> {
    seen(&portal, &caller, order).await?;
    caller.operates()?;
    let payment = filled("payment", &payment, Payment::LONGEST)?;
    orders::pay(portal.store(), order, &payment, &by(caller.user.id)).await?;
    Ok(Json(shown(&portal, order).await?))
}

/// Say that the money of an order is given back; operators only
///
/// Its credits are taken out of the account. Where some of them are spent it is refused, and nothing
/// changes. What the payment service took it is then told to give back; `money_back` says whether it was.
#[utoipa::path(
    post, path = "/orders/{order}/refund", tag = "orders", security(("session" = [])),
    params(("order" = i64, Path, description = "Its key.")), request_body = Refund,
    responses(
        (status = 200, body = Order),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn refund(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(order): Keys<i64>,
    Body(Refund { reason }): Body<Refund>,
) -> Answer<Json<Order>> {
    seen(&portal, &caller, order).await?;
    caller.operates()?;
    let reason = filled("reason", &reason, Refund::LONGEST)?;
    let actor = by(caller.user.id);
    orders::refund(portal.store(), order, &reason, &actor).await?;
    if let Err(error) = portal.payments.give_back(order, actor.at).await {
        // It is told again soon; the order says that it is still to be.
        tracing::warn!(order, %error, "money could not be given back yet");
    }
    Ok(Json(shown(&portal, order).await?))
}

/// Which orders somebody is shown who asks for some.
async fn filter(
    portal: &Portal,
    caller: &Caller,
    state: Option<OrderState>,
    account: Option<i64>,
    database: Option<i64>,
) -> Answer<OrderFilter> {
    if let Some(account) = account {
        accounts::seen(portal, caller, account).await?;
    }
    if let Some(database) = database {
        caller.sees(database, "database")?;
    }
    Ok(OrderFilter { state, account, database, only: caller.databases() })
}

/// An order that somebody may see.
async fn seen(portal: &Portal, caller: &Caller, order: i64) -> Answer<Order> {
    let found = shown(portal, order).await?;
    caller.sees(found.database, "order")?;
    Ok(found)
}

pub(super) async fn shown(portal: &Portal, order: i64) -> Answer<Order> {
    let found = portal.store().order(order).await?;
    let mut found = found.ok_or_else(|| Refused::not_found("order"))?;
    say_how_to_pay(&mut found, &portal.store().settings().await?.how_to_pay);
    Ok(found)
}

/// Says how an order is paid, if it is to be.
fn say_how_to_pay(order: &mut Order, how_to_pay: &str) {
    if order.state == OrderState::Pending {
        how_to_pay.clone_into(&mut order.how_to_pay);
    }
}

impl From<OrderRefusal> for Refused {
    fn from(refusal: OrderRefusal) -> Self {
        let detail = refusal.to_string();
        match refusal {
            OrderRefusal::Unknown => Self::new(ProblemCode::NotFound, detail),
            OrderRefusal::State(_)
            | OrderRefusal::Busy
            | OrderRefusal::OtherMeans
            | OrderRefusal::BeingPaid
            | OrderRefusal::NotAsked => Self::new(ProblemCode::OrderState, detail),
            OrderRefusal::PaidBefore(_) => Self::new(ProblemCode::PaidBefore, detail),
            OrderRefusal::KeyReused | OrderRefusal::Receipted => {
                Self::new(ProblemCode::KeyReused, detail)
            }
            OrderRefusal::ByService => Self::field("payment", detail),
            OrderRefusal::NotOffered | OrderRefusal::TooDear => Self::field("pack", detail),
            OrderRefusal::TooManyUnpaid => Self::new(ProblemCode::TooManyOrders, detail),
        }
    }
}

impl From<OrderFailure> for Refused {
    fn from(failure: OrderFailure) -> Self {
        match failure {
            OrderFailure::Refused(refusal) => refusal.into(),
            OrderFailure::Spent => Self::new(ProblemCode::TooMuch, failure.to_string()),
            OrderFailure::Ledger(error) => error.into(),
            OrderFailure::Store(error) => error.into(),
        }
    }
}
