//! A server, and a customer's database that speaks to it as Odoo does.

use std::net::SocketAddr;

use axum::Router;
use iap_core::catalogue::NewDatabases;
use iap_core::credits::Kind;
use iap_server::customers::Customers;
use iap_server::http::metrics::{Metrics, Reader};
use iap_server::http::odoo::{self, Odoo};
use iap_server::http::{Assets, Limits, PathPrefix, Server, router};
use iap_server::secret;
use iap_server::store::{Actor, Change, NewService};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::client::{self, Answer};
use crate::support::store::{NOW, TestStore, amount, key, new_service, request};

/// What the customer's database calls itself.
pub(crate) const UUID: &str = "048bbd94-e5cc-11f1-9d2d-02fc00000001";

/// The token that it made up for the service reveal.
pub(crate) const TOKEN: &str = "3ba3d77cb510450f81a9b0940113b5c2";

/// The key of the provider of reveal.
pub(crate) const KEY: &str = "the key of reveal";

/// A running server with the services sms and reveal; it stops when dropped.
pub(crate) struct Customer {
    pub(crate) test: TestStore,
    pub(crate) address: SocketAddr,
    pub(crate) reveal: i64,
    _stop: oneshot::Sender<()>,
}

impl Customer {
    pub(crate) async fn of(test: TestStore) -> Self {
        Self::with(test, NewDatabases::Open, "").await
    }

    pub(crate) async fn with(test: TestStore, new_databases: NewDatabases, prefix: &str) -> Self {
        let key_sha256 = Some(secret::hash(KEY));
        let mut reveal = NewService { key_sha256, ..new_service("reveal") };
        reveal.service.trial = amount("2");
        let reveal = test.store.add_service(&reveal, &Actor::server(NOW)).await.unwrap().unwrap();
        let odoo = Odoo {
            customers: Customers::new(test.store.clone(), Some(new_databases)),
            public_url: "https://iap.example.com".to_owned(),
            sandbox: true,
        };
        let limits = Limits::default();
        let assets = Assets::from_dir("no application");
        let router: Router =
            router(assets, odoo::router(odoo), &limits, false, Metrics::new(Reader::Nobody));
        let server = Server::bind("127.0.0.1:0", true).await.unwrap();
        let address = server.address();
        let (stop, stopped) = oneshot::channel();
        let prefix: PathPrefix = prefix.parse().unwrap();
        tokio::spawn(async move {
            let stopped = async {
                let _ = stopped.await;
            };
            server.run(router, prefix, &limits, stopped).await;
        });
        Self { test, address, reveal, _stop: stop }
    }

    /// Sends a body as it is.
    pub(crate) async fn post(&self, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        let (address, path, body) = (self.address, path.to_owned(), body.into());
        let sent = tokio::task::spawn_blocking(move || {
            let mut bytes = format!(
                "POST {path} HTTP/1.1\r\nHost: test\r\nUser-Agent: python-requests/2.31.0\r\n\
                 Accept: */*\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n",
                body.len()
            )
            .into_bytes();
            bytes.extend(body);
            client::exchange(address, &bytes)
        });
        sent.await.unwrap()
    }

    /// Follows no redirection.
    pub(crate) async fn get(&self, target: &str) -> Answer {
        let (address, target) = (self.address, target.to_owned());
        let got =
            tokio::task::spawn_blocking(move || client::request(address, "GET", &target, &[]));
        got.await.unwrap()
    }

    /// Makes a call; what stands in `result`, or what stands in `error`.
    pub(crate) async fn call(&self, path: &str, params: Value) -> Result<Value, Value> {
        let call =
            json!({"jsonrpc": "2.0", "method": "call", "params": params, "id": "a835a31a36854cbc"});
        let answer = self.post(path, call.to_string()).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let mut body: Value = serde_json::from_str(answer.text()).unwrap();
        assert_eq!((&body["jsonrpc"], &body["id"]), (&json!("2.0"), &json!("a835a31a36854cbc")));
        if let Some(error) = body.get_mut("error") {
            // Without these the client itself fails.
            assert!(error["data"]["name"].is_string() && error["data"]["message"].is_string());
            return Err(error["data"].take());
        }
        Ok(body["result"].take())
    }

    /// The account of the token for reveal, with so many credits.
    pub(crate) async fn credited(&self, credits: &str) -> i64 {
        self.call(
            "/iap/1/balance",
            json!({"dbuuid": UUID, "account_token": TOKEN, "service_name": "reveal"}),
        )
        .await
        .unwrap();
        let accounts = self.test.store.accounts_of_key(self.reveal, &key(TOKEN)).await.unwrap();
        let change = Change::Credit(Kind::Paid, amount(credits));
        let request = request(accounts[0].id, change);
        self.test.store.ledger().make(request).await.unwrap();
        accounts[0].id
    }

    /// What the client shows for reveal.
    pub(crate) async fn balance(&self) -> Value {
        let params = json!({"dbuuid": UUID, "account_token": TOKEN, "service_name": "reveal"});
        self.call("/iap/1/balance", params).await.unwrap()
    }

    /// Asks for credits as the provider does.
    pub(crate) async fn authorize(&self, more: Value) -> Result<Value, Value> {
        let mut params = json!({
            "account_token": TOKEN, "key": KEY, "credit": 2, "description": "Two leads",
            "dbuuid": UUID,
        });
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call("/iap/1/authorize", params).await
    }

    /// Resolves a transaction as the provider does.
    pub(crate) async fn resolve(
        &self,
        method: &str,
        transaction: &Value,
        more: Value,
    ) -> Result<Value, Value> {
        let mut params = json!({"token": transaction, "key": KEY});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(&format!("/iap/1/{method}"), params).await
    }
}
