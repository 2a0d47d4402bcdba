//! The pages of those who run the server.

mod barred;
mod databases;

pub use databases::DatabasesPage;
