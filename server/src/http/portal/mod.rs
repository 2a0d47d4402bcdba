//! The interface of the application and of other programs: `/api/v1/`.
//!
//! What it can do is described at `/api/v1/openapi.json`, which is made from the code. Nobody may do
//! anything unless a line here says so:
//!
//! | who | what |
//! |---|---|
//! | anybody | sign in, here or through the identity provider; read the description; see the prices in force |
//! | whoever has the link of an account | what can be bought for it; order it |
//! | whoever has the receipt of an order | see it, pay it, give it up |
//! | whoever is signed in | their own session, password and name; the services there are |
//! | a member of a database | its catalogue, accounts and when they change, entries, holds, orders, invoices and companies |
//! | an admin of a database | also its name, members and companies; alerts and limits of its accounts; what is ordered and activated for it |
//! | a provider of a service | what the service is called and says of itself; its packs; a new key; what it earns |
//! | whoever has a service's key | holds on accounts for the service |
//! | an operator | everything, but no holds in a provider's name |
//!
//! What somebody may not see is not found; what they may see and not change is not allowed.

mod accounts;
mod audit;
mod caller;
mod catalogue;
mod checkout;
mod consumption;
mod credits;
mod cross_site;
mod csv;
mod databases;
mod entries;
mod events;
mod health;
mod holds;
mod input;
mod invoices;
mod mails;
mod members;
mod orders;
mod packs;
mod providers;
mod rate_cards;
mod receipt;
mod revenue;
mod services;
mod sessions;
mod settings;
mod shop;
mod sign_in;
mod users;

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use iap_core::api::ProblemCode;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use self::events::Followers;
pub use self::health::Process;
use super::problem::Refused;
use super::public_url::PublicUrl;
use crate::customers::Customers;
use crate::oidc::Provider;
use crate::payments::Payments;
use crate::store::{Actor, Store};

/// What the interface needs. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Portal {
    /// Whose accounts it is about.
    pub customers: Customers,
    /// Where people reach this server.
    pub public_url: PublicUrl,
    /// Where people sign in elsewhere, if they can.
    pub provider: Option<Arc<Provider>>,
    /// What takes payments for orders.
    pub payments: Payments,
    /// Who follows what changes.
    pub followers: Followers,
    /// Whether providers can try out their programs here, on accounts that are none.
    pub sandbox: bool,
    /// What this server is and does by itself.
    pub process: Process,
}

impl Portal {
    const fn store(&self) -> &Store {
        &self.customers.store
    }
}

/// What a call answers.
type Answer<T> = Result<T, Refused>;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Prepaid credits",
        description = "Accounts of prepaid credits for services, who may use them, and what was \
                       spent for what. Amounts are texts with up to six decimals. Errors are \
                       problem details as in RFC 9457, with a stable `code`. Lists come in parts: \
                       `next` of one is `after` of the part that follows. A POST that moves \
                       credits takes an `Idempotency-Key`: the same key with the same body gives \
                       the first answer again and moves nothing.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    modifiers(&Schemes),
)]
struct Description;

/// How one says who one is.
struct Schemes;

impl Modify for Schemes {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let components = description.components.get_or_insert_default();
        let cookie = ApiKey::Cookie(ApiKeyValue::new(sessions::COOKIE));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let key = Http::new(HttpAuthScheme::Bearer);
        components.add_security_scheme("service_key", SecurityScheme::Http(key));
        let receipt = ApiKey::Header(ApiKeyValue::new("Iap-Receipt"));
        components.add_security_scheme("receipt", SecurityScheme::ApiKey(receipt));
    }
}

/// All paths of the interface.
pub fn router(portal: Portal) -> Router {
    let (router, description) = OpenApiRouter::with_openapi(Description::openapi())
        .nest("/api/v1", paths())
        .split_for_parts();
    let described = move || {
        let description = description.clone();
        async move { ([(header::CACHE_CONTROL, "no-cache")], Json(description)) }
    };
    router
        .route("/api/v1/openapi.json", get(described))
        .method_not_allowed_fallback(method_not_allowed)
        .layer(map_response(keep_nowhere))
        .layer(from_fn_with_state(portal.public_url.clone(), cross_site::refuse))
        .with_state(portal)
}

fn paths() -> OpenApiRouter<Portal> {
    OpenApiRouter::new()
        .routes(routes!(sessions::sign_in, sessions::show, sessions::sign_out))
        .routes(routes!(sign_in::ways))
        .routes(routes!(sign_in::begin))
        .routes(routes!(sign_in::end))
        .routes(routes!(sessions::list, sessions::sign_out_everywhere))
        .routes(routes!(sessions::end))
        .routes(routes!(sessions::change_password))
        .routes(routes!(users::list, users::add))
        .routes(routes!(users::show, users::change))
        .routes(routes!(users::forget_identity))
        .routes(routes!(databases::list))
        .routes(routes!(databases::show, databases::change))
        .routes(routes!(databases::companies))
        .routes(routes!(databases::set_company))
        .routes(routes!(catalogue::show))
        .routes(routes!(catalogue::activate))
        .routes(routes!(members::list, members::add))
        .routes(routes!(members::remove))
        .routes(routes!(services::list, services::add))
        .routes(routes!(services::show, services::change))
        .routes(routes!(services::renew_key))
        .routes(routes!(providers::list, providers::add))
        .routes(routes!(providers::remove))
        .routes(routes!(revenue::of_service))
        .routes(routes!(revenue::list))
        .routes(routes!(revenue::payouts))
        .routes(routes!(packs::list, packs::add))
        .routes(routes!(packs::change))
        .routes(routes!(accounts::list))
        .routes(routes!(accounts::show, accounts::change))
        .routes(routes!(accounts::set_alert))
        .routes(routes!(accounts::holds))
        .routes(routes!(accounts::changes))
        .routes(routes!(consumption::show))
        .routes(routes!(consumption::divide))
        .routes(routes!(consumption::list))
        .routes(routes!(consumption::export))
        .routes(routes!(events::follow))
        .routes(routes!(entries::list))
        .routes(routes!(entries::export))
        .routes(routes!(credits::add))
        .routes(routes!(credits::withdraw))
        .routes(routes!(holds::authorize))
        .routes(routes!(holds::show))
        .routes(routes!(holds::capture))
        .routes(routes!(holds::cancel))
        .routes(routes!(orders::list))
        .routes(routes!(orders::export))
        .routes(routes!(orders::add))
        .routes(routes!(orders::show))
        .routes(routes!(orders::cancel))
        .routes(routes!(orders::pay))
        .routes(routes!(orders::refund))
        .routes(routes!(checkout::begin))
        .routes(routes!(checkout::pay_demo))
        .routes(routes!(checkout::authenticate_demo))
        .routes(routes!(shop::of_account))
        .routes(routes!(shop::of_link))
        .routes(routes!(shop::order))
        .routes(routes!(invoices::list))
        .routes(routes!(invoices::export))
        .routes(routes!(invoices::of_order))
        .routes(routes!(invoices::issue))
        .routes(routes!(invoices::show))
        .routes(routes!(invoices::pdf))
        .routes(routes!(invoices::ubl))
        .routes(routes!(settings::show, settings::change))
        .routes(routes!(health::show))
        .routes(routes!(health::run))
        .routes(routes!(rate_cards::current))
        .routes(routes!(rate_cards::list, rate_cards::import))
        .routes(routes!(rate_cards::preview))
        .routes(routes!(rate_cards::withdraw))
        .routes(routes!(rate_cards::export))
        .routes(routes!(mails::list))
        .routes(routes!(mails::resend))
        .routes(routes!(audit::list))
        .routes(routes!(audit::export))
}

/// What somebody may see is for nobody's cache.
async fn keep_nowhere(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn method_not_allowed() -> impl IntoResponse {
    Refused::new(ProblemCode::MethodNotAllowed, "This address cannot be used with this method.")
}

/// Who changes something now.
fn by(user: i64) -> Actor {
    Actor { user: Some(user), at: crate::clock::now() }
}
