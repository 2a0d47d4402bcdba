//! What those see and set who offer services for credits.

mod copy;
mod details;
mod documentation;
mod form;
mod icons;
mod key;
mod list;
mod only;
mod pack_form;
mod packs;
mod people;
mod revenue;
mod share;
mod show;
mod wrong;

use self::documentation::DocumentationPage;
use self::list::OffersPage;
use self::revenue::RevenuePage;
use self::show::OfferPage;
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    let service = path.strip_prefix("/provider/services/");
    let documented = service.and_then(|rest| rest.strip_suffix("/documentation")?.parse().ok());
    match (path, service.and_then(|rest| rest.parse().ok()), documented) {
        ("/provider", ..) => view! { <OffersPage/> },
        ("/provider/revenue", ..) => view! { <RevenuePage/> },
        (_, Some(id), _) => view! { <OfferPage id=id/> },
        (_, _, Some(id)) => view! { <DocumentationPage id=id/> },
        _ => view! { <NotFoundPage/> },
    }
}
