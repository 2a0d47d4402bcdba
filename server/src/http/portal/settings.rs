//! What the operator sets for the whole server.

use axum::Json;
use axum::extract::State;
use iap_core::api::{Buyer, Problem, Settings, SettingsChange};

use super::caller::Caller;
use super::input::{Body, checked, text};
use super::{Answer, Portal, by};
use crate::http::problem::Refused;

/// The longest text that says how to pay, in characters.
const HOW_TO_PAY: usize = 2_000;

/// Mails that were sent are kept for so many days at most.
const MAIL_DAYS: std::ops::RangeInclusive<u32> = 1..=3_650;

/// Show what is set for the whole server; operators only
#[utoipa::path(
    get, path = "/settings", tag = "settings", security(("session" = [])),
    responses(
        (status = 200, body = Settings),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(State(portal): State<Portal>, caller: Caller) -> Answer<Json<Settings>> {
    caller.operates()?;
    Ok(Json(shown(&portal).await?))
}

/// Change what is set for the whole server; operators only
///
/// What the command line or the environment of the server sets stays as it is, and is refused here.
#[utoipa::path(
    patch, path = "/settings", tag = "settings", security(("session" = [])),
    request_body = SettingsChange,
    responses(
        (status = 200, body = Settings),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn change(
    State(portal): State<Portal>,
    caller: Caller,
    Body(change): Body<SettingsChange>,
) -> Answer<Json<Settings>> {
    caller.operates()?;
    if change.new_databases.is_some() && portal.customers.new_databases.is_some() {
        return Err(Refused::field(
            "new_databases",
            "The server was started with --new-databases or IAP_NEW_DATABASES. Start it without \
             to set it here.",
        ));
    }
    if change.mail_days.is_some_and(|days| !MAIL_DAYS.contains(&days)) {
        let (least, most) = (MAIL_DAYS.start(), MAIL_DAYS.end());
        return Err(Refused::field("mail_days", format!("Say {least} to {most} days.")));
    }
    let how_to_pay = change.how_to_pay.map(|it| text("how_to_pay", &it, HOW_TO_PAY)).transpose()?;
    let seller = change.seller.map(|it| it.as_ref().map(seller).transpose()).transpose()?;
    let change = SettingsChange { how_to_pay, seller, ..change };
    portal.store().change_settings(&change, &by(caller.user.id)).await?;
    Ok(Json(shown(&portal).await?))
}

/// Who sells, tidied; there is nothing that they want to read on their own invoice.
fn seller(given: &Buyer) -> Answer<Buyer> {
    let given = Buyer { reference: String::new(), ..given.clone() };
    Ok(checked("seller", &given)?.into())
}

async fn shown(portal: &Portal) -> Answer<Settings> {
    let mut settings = portal.store().settings().await?;
    if let Some(policy) = portal.customers.new_databases {
        settings.new_databases = policy;
        settings.fixed.push("new_databases".to_owned());
    }
    Ok(settings)
}
