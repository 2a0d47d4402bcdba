//! What carries requests to the identity provider.

use std::pin::Pin;

use axum::body::Bytes;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

use crate::outbound::{Client, NoAnswer};

impl<'c> AsyncHttpClient<'c> for Client {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let answer = self.send(request.map(Bytes::from)).await?;
            Ok(answer.map(Vec::from))
        })
    }
}
