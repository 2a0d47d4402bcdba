//! The rate card in force, and its versions.

use iap_core::api::{CurrentRateCard, NewRateCard, RateCardPreview, RateCardVersion};

use super::http::{self, Failure};

/// The rate card that is in force.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn current() -> Result<CurrentRateCard, Failure> {
    http::get("/rate-card").await
}

/// The versions of the rate card, those imported last first.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn versions() -> Result<Vec<RateCardVersion>, Failure> {
    http::list("/rate-cards").await
}

/// What importing a card would do.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn preview(new: &NewRateCard) -> Result<RateCardPreview, Failure> {
    http::post("/rate-cards/preview", new).await
}

/// Imports a card.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn import(new: &NewRateCard) -> Result<RateCardVersion, Failure> {
    http::post("/rate-cards", new).await
}

/// Withdraws a version that is not in force yet.
///
/// # Errors
/// [`Failure`] where the server does not.
pub async fn withdraw(version: i64) -> Result<(), Failure> {
    http::delete(&format!("/rate-cards/{version}")).await
}
