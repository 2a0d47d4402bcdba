//! Customers' databases as operators see them.

use iap_core::api::{Database, DatabaseChange};
use iap_core::catalogue::Admission;

use super::http::{self, Failure};

/// All databases that whoever is signed in may see.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn databases() -> Result<Vec<Database>, Failure> {
    http::list("/databases").await
}

/// Lets a database in, keeps it out, or has it wait again.
///
/// # Errors
/// [`Failure`] where the server does not do it.
pub async fn admit(id: i64, admission: Admission) -> Result<(), Failure> {
    let change = DatabaseChange { admission: Some(admission), ..DatabaseChange::default() };
    http::patch(&format!("/databases/{id}"), &change).await
}
