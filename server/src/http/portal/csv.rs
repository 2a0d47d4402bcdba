//! Lists as CSV, sent as they are read.

use axum::body::{Body, Bytes};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use futures_util::{StreamExt as _, stream};
use iap_core::api::Page;

use super::Answer;
use crate::store::{Cut, StoreError};

/// Sends a list, part by part: what a file of that name holds, a line of what the columns are called, how a
/// row is written, and how the part is read that follows what the one before says.
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
    R: Fn(Option<String>) -> F + Send + 'static,
    F: Future<Output = Result<Page<T>, StoreError>> + Send,
{
    let (first, next) = lines(write, read(None).await?);
    let first = Bytes::from([header.as_bytes(), &first].concat());
    let rest = stream::try_unfold((read, next), move |(read, next)| async move {
        let Some(after) = next else { return Ok(None) };
        let page = read(Some(after)).await.map_err(|error| {
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
fn lines<T>(write: fn(&mut String, &T), page: Page<T>) -> (Bytes, Option<String>) {
    let mut lines = String::new();
    page.items.iter().for_each(|item| write(&mut lines, item));
    (lines.into(), page.next)
}

/// The part of a list behind the one that says where it goes on; the first where nothing is said.
pub(super) fn part(after: Option<&str>) -> Cut {
    Cut::new(after.and_then(|after| after.parse().ok()), Cut::MOST)
}
