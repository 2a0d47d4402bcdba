//! The protocol that an Odoo database speaks to its IAP server, versions 14 to 19.
//!
//! The installation proves who it is by the token of an account, which it has made up itself;
//! providers of services by the key of their service. So there is no sign-in here, and no cookie.
//! What each call may do:
//!
//! | path | who |
//! |---|---|
//! | `/iap/1/balance`, `/iap/1/get-accounts-information` | whoever has the token of the account |
//! | `/iap/1/update-warning-email-alerts`, `/iap/update-warning-odoo` | whoever has the token of the account |
//! | `/iap/1/credit` | anybody; it leads to the page where credits are bought |
//! | `/iap/1/authorize`, `/iap/1/capture`, `/iap/1/cancel` | whoever has the key of the service; on a server for tests anybody, for accounts that are none |
//!
//! Whatever else Odoo's modules ask an IAP server for is refused in the protocol's own way.

mod accounts;
mod alerts;
mod credit_page;
mod envelope;
mod fault;
mod transactions;

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use fault::Fault;
use serde::de::IgnoredAny;

use crate::customers::Customers;

/// What the calls need.
#[derive(Debug)]
pub struct Odoo {
    /// Whose accounts they are about.
    pub customers: Customers,
    /// Where customers reach this server, without a slash at the end.
    pub public_url: String,
    /// Whether providers can try out their programs here, on accounts that are none.
    pub sandbox: bool,
}

/// What stands before the paths that customers' software calls.
const CALLED: [&str; 4] = ["/iap/", "/api/dnb/", "/api/extract/", "/api/sms/"];

/// Whether a path is one that customers' software calls.
pub(super) fn is_called(path: &str) -> bool {
    CALLED.iter().any(|called| path.starts_with(called)) && path != "/iap/1/credit"
}

/// What customers' software is told that asks too often.
pub(super) fn too_many(detail: &str) -> Response {
    envelope::refuse(&Fault::User(detail.to_owned()))
}

/// All paths of the protocol.
pub fn router(odoo: Odoo) -> Router {
    let others = CALLED.iter().fold(Router::new(), |router, called| {
        router.route(&format!("{called}{{*call}}"), post(envelope::answer(not_offered)))
    });
    others
        .route("/iap/1/balance", post(envelope::answer(accounts::balance)))
        .route(
            "/iap/1/get-accounts-information",
            post(envelope::answer(accounts::accounts_information)),
        )
        .route(
            "/iap/1/update-warning-email-alerts",
            post(envelope::answer(alerts::update_warning_email_alerts)),
        )
        .route("/iap/update-warning-odoo", post(envelope::answer(alerts::update_warning_odoo)))
        .route("/iap/1/credit", get(credit_page::credit))
        .route("/iap/1/authorize", post(envelope::answer(transactions::authorize)))
        .route("/iap/1/capture", post(envelope::answer(transactions::capture)))
        .route("/iap/1/cancel", post(envelope::answer(transactions::cancel)))
        .with_state(Arc::new(odoo))
}

/// What services ask for that are not offered here.
async fn not_offered(_: Arc<Odoo>, _: IgnoredAny) -> Result<(), Fault> {
    Err(Fault::User("This server does not offer this service.".to_owned()))
}
