//! Whether the server can do its work.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::store::Store;

/// `/readyz`: 200 while the database answers, 503 while it does not. Whoever asks may be anybody; the
/// answer says no more than that.
pub fn router(store: Store) -> Router {
    Router::new().route("/readyz", get(ready)).with_state(store)
}

async fn ready(State(store): State<Store>) -> Response {
    let (status, text) = match store.check().await {
        Ok(()) => (StatusCode::OK, "ok\n"),
        Err(error) => {
            tracing::warn!(?error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "The database does not answer.\n")
        }
    };
    (status, [(header::CACHE_CONTROL, "no-store")], text).into_response()
}
