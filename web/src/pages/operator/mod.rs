//! The pages of those who run the server.

mod audit;
mod health;
mod house;
mod outbox;
mod paged;
mod prices;

use self::audit::AuditPage;
use self::health::HealthPage;
use self::house::HousePage;
use self::outbox::OutboxPage;
use self::prices::OperatorPricesPage;
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    match path {
        "/operator/outbox" => view! { <OutboxPage/> },
        "/operator/audit" => view! { <AuditPage/> },
        "/operator/health" => view! { <HealthPage/> },
        "/operator/settings" => view! { <HousePage/> },
        "/operator/prices" => view! { <OperatorPricesPage/> },
        _ => view! { <NotFoundPage/> },
    }
}
