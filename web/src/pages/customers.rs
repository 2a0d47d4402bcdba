//! The operator's pages about customers' databases and about people: a part of the program of their own.

use super::databases::{DatabasePage, DatabasesPage};
use super::missing::NotFoundPage;
use super::users::{UserPage, UsersPage};
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    let key = |noun: &str| path.strip_prefix(noun).and_then(|key| key.parse().ok());
    match (path, key("/operator/databases/"), key("/operator/users/")) {
        ("/operator/databases", ..) => view! { <DatabasesPage/> },
        ("/operator/users", ..) => view! { <UsersPage/> },
        (_, Some(id), _) => view! { <DatabasePage id=id/> },
        (_, _, Some(id)) => view! { <UserPage id=id/> },
        _ => view! { <NotFoundPage/> },
    }
}
