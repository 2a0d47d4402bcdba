//! Lists as CSV, sent as they are read.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use iap_core::api::Page;

use super::Answer;
use crate::store::{Cut, StoreError};

/// Sends a list, part by part, each as long as parts may be: what a file of that name holds, a line
/// of what the columns are called, and how a row is written.
///
/// The first part is read before the headers go out: then what fails can still be said.
pub(super) async fn stream<T, R, F>(
    name: &str,
    header: &'static str,
    write: fn(&mut String, &T),
    read: R,
) -> Answer<Response>
where
    T: Send + 'static,
    R: Fn(Cut) -> F + Send + 'static,
    F: Future<Output = Result<Page<T>, StoreError>> + Send,
{
    let (first, next) = lines(write, read(Cut::new(None, Cut::MOST)).await?);
    let first = Bytes::from([header.as_bytes(), &first].concat());
    let rest = stream::try_unfold((read, next), move |(read, next)| async move {
        let Some(after) = next else { return Ok(None) };
        let page = read(Cut::new(Some(after), Cut::MOST)).await.map_err(|error| {
            tracing::error!(?error, "an export stopped in its middle");
            error
        })?;
        let (part, next) = lines(write, page);
        Ok::<_, StoreError>(Some((part, (read, next))))
    });
    let body = Body::from_stream(stream::once(async { Ok(first) }).chain(rest));
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}

/// The lines of a part, and where those begin that follow.
fn lines<T>(write: fn(&mut String, &T), page: Page<T>) -> (Bytes, Option<i64>) {
    let mut lines = String::new();
    page.items.iter().for_each(|item| write(&mut lines, item));
    (lines.into(), page.next.and_then(|next| next.parse().ok()))
}
