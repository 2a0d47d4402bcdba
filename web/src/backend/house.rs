//! What is set for the whole server, and how it does: for those who run it.

use iap_core::api::{Health, JobName, Settings, SettingsChange};

use super::http::{self, Failure};

/// What is set.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn settings() -> Result<Settings, Failure> {
    http::get("/settings").await
}

/// Sets what is named; what is set then.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn change_settings(change: &SettingsChange) -> Result<Settings, Failure> {
    http::patch_and_read("/settings", change).await
}

/// How the server does.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn health() -> Result<Health, Failure> {
    http::get("/health").await
}

/// Has a job run before its time.
///
/// # Errors
/// [`Failure`] where the server does not do it.
pub async fn run(job: JobName) -> Result<(), Failure> {
    http::post_empty(&format!("/jobs/{}/run", job.as_str())).await
}
