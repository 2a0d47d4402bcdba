//! Paying orders.

use axum::Json;
use axum::extract::State;
use iap_core::api::{Checkout, DemoAuthentication, DemoCard, Order, Problem, ProblemCode};

use super::input::{Body, Keys};
use super::receipt::Viewer;
use super::{Answer, Portal, orders};
use crate::clock;
use crate::http::problem::Refused;
use crate::payments::{Card, PaymentFailure};

/// Begin to pay an order, or take it up again; admins of its database, and whoever has its receipt
///
/// Again it is the same payment. An order that was given up cannot be paid: order again.
#[utoipa::path(
    post, path = "/orders/{order}/checkout", tag = "orders",
    security(("session" = []), ("receipt" = [])),
    params(("order" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Checkout),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn begin(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(order): Keys<i64>,
) -> Answer<Json<Checkout>> {
    let viewer = viewer.administers(&portal, order).await?;
    Ok(Json(portal.payments.begin(order, &viewer.by()).await?))
}

/// Pay an order with a card for trying out; admins of its database, and whoever has its receipt
///
/// Only where the server runs on demo data. It behaves as Stripe does with its test numbers; any other
/// number is refused and kept nowhere.
#[utoipa::path(
    post, path = "/orders/{order}/demo-payment", tag = "orders",
    security(("session" = []), ("receipt" = [])),
    params(("order" = i64, Path, description = "Its key.")), request_body = DemoCard,
    responses(
        (status = 200, body = Order),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn pay_demo(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(order): Keys<i64>,
    Body(card): Body<DemoCard>,
) -> Answer<Json<Order>> {
    let viewer = viewer.administers(&portal, order).await?;
    let card = Card::read(&card, clock::now()).map_err(PaymentFailure::from)?;
    portal.payments.pay_with_demo_card(order, card, &viewer.by()).await?;
    Ok(Json(viewer.shown(orders::shown(&portal, order).await?)))
}

/// Prove, or not, that it is oneself who pays with a card for trying out; admins of the order's database,
/// and whoever has its receipt
#[utoipa::path(
    post, path = "/orders/{order}/demo-payment/authentication", tag = "orders",
    security(("session" = []), ("receipt" = [])),
    params(("order" = i64, Path, description = "Its key.")), request_body = DemoAuthentication,
    responses(
        (status = 200, body = Order),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn authenticate_demo(
    State(portal): State<Portal>,
    viewer: Viewer,
    Keys(order): Keys<i64>,
    Body(DemoAuthentication { accepted }): Body<DemoAuthentication>,
) -> Answer<Json<Order>> {
    let viewer = viewer.administers(&portal, order).await?;
    portal.payments.authenticate_demo(order, accepted).await?;
    Ok(Json(viewer.shown(orders::shown(&portal, order).await?)))
}

impl From<PaymentFailure> for Refused {
    fn from(failure: PaymentFailure) -> Self {
        let detail = failure.to_string();
        match failure {
            PaymentFailure::Order(failure) => failure.into(),
            PaymentFailure::NotChargeable => Self::new(ProblemCode::OrderState, detail),
            PaymentFailure::Unreachable => Self::payment_unavailable(detail),
            PaymentFailure::Rejected => Self::new(ProblemCode::PaymentFailed, detail),
            PaymentFailure::NoDemo => Self::new(ProblemCode::NotFound, detail),
            PaymentFailure::Card(error) => Self::field(error.field(), detail),
            PaymentFailure::Random(error) => error.into(),
        }
    }
}
