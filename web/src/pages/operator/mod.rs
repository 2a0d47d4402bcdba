//! The pages of those who run the server.

mod asked;
mod audit;
mod barred;
mod databases;
mod focus;
mod health;
mod house;
mod outbox;
mod paged;
mod prices;
mod users;
mod wrong;

use self::audit::AuditPage;
use self::databases::{DatabasePage, DatabasesPage};
use self::health::HealthPage;
use self::house::HousePage;
use self::outbox::OutboxPage;
use self::prices::OperatorPricesPage;
use self::users::{UserPage, UsersPage};
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    let key = |noun: &str| path.strip_prefix(noun).and_then(|key| key.parse().ok());
    match (path, key("/operator/databases/"), key("/operator/users/")) {
        ("/operator/databases", ..) => view! { <DatabasesPage/> },
        ("/operator/users", ..) => view! { <UsersPage/> },
        ("/operator/outbox", ..) => view! { <OutboxPage/> },
        ("/operator/audit", ..) => view! { <AuditPage/> },
        ("/operator/health", ..) => view! { <HealthPage/> },
        ("/operator/settings", ..) => view! { <HousePage/> },
        ("/operator/prices", ..) => view! { <OperatorPricesPage/> },
        (_, Some(id), _) => view! { <DatabasePage id=id/> },
        (_, _, Some(id)) => view! { <UserPage id=id/> },
        _ => view! { <NotFoundPage/> },
    }
}
