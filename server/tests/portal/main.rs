//! The interface of the application, over real connections, on SQLite and on PostgreSQL.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

#[allow(dead_code, reason = "not every test needs all")]
#[path = "../http/client.rs"]
mod client;
#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod bad_input;
mod catalogue;
mod consumption;
mod events;
mod health;
mod holds;
mod house;
mod identity_provider;
mod invoices;
mod orders;
mod packs;
mod people;
mod provider;
mod rate_cards;
mod rights;
mod sessions;
mod shop;
mod sign_in;
mod snippets;

/// Does something in the database that the server never does.
async fn execute(test: &support::store::TestStore, sql: &str) {
    let pool = sqlx::AnyPool::connect(&test.address).await.unwrap();
    let statement = sqlx::AssertSqlSafe(sql.to_owned());
    sqlx::query(statement).execute(&pool).await.unwrap();
}
