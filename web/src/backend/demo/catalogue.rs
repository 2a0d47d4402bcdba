//! The services of the demo. Which were activated is kept in this browser.

use iap_core::api::{Activation, Catalogue, Database, OfferedService, Service};
use iap_core::catalogue::{Admission, DatabaseKind, Hosting, ServiceIcon, TrialState};
use iap_core::time::Timestamp;

use super::accounts::{accounts, credits};
use super::orders::packs;
use super::{DATABASE, SENDER, balance};
use crate::backend::http::Failure;
use crate::{clock, storage};

/// That a service was activated is kept under this and its key.
const ACTIVE: &str = "iap.demo.active.";

/// So many services, the first ones, have an account from the start.
const ACTIVE_FIRST: i64 = 3;

/// A service.
pub(super) struct Made {
    /// What programs call it.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    description: &'static str,
    is_first_party: bool,
    /// What is given to try it.
    pub trial: &'static str,
}

/// The services, in the order of their keys.
pub(super) const SERVICES: [Made; 7] = [
    Made {
        name: "sms",
        label: "SMS",
        description: "Text messages to telephones in every country with a rate.",
        is_first_party: true,
        trial: "2",
    },
    Made {
        name: "invoice_ocr",
        label: "Documents Digitization",
        description: "Reads bills and receipts and fills in what stands in them.",
        is_first_party: true,
        trial: "5",
    },
    Made {
        name: "snailmail",
        label: "Snailmail",
        description: "Prints letters and sends them by post.",
        is_first_party: true,
        trial: "1",
    },
    Made {
        name: "partner_autocomplete",
        label: "Partner Autocomplete",
        description: "Fills in the data of a company from its name or VAT number.",
        is_first_party: true,
        trial: "20",
    },
    Made {
        name: "reveal",
        label: "Lead Generation",
        description: "Finds companies that fit, or that looked at your pages.",
        is_first_party: true,
        trial: "5",
    },
    Made {
        name: "weather_alerts",
        label: "Weather Alerts",
        description: "Tells before frost or a storm, for the addresses of your deliveries.",
        is_first_party: false,
        trial: "10",
    },
    Made {
        name: "parcel_tracking",
        label: "Parcel Tracking",
        description: "Tells you and your customers where a parcel is.",
        is_first_party: false,
        trial: "0",
    },
];

/// Whether there is an account for a service, by its key.
pub(super) fn is_active(service: i64) -> bool {
    service <= ACTIVE_FIRST || storage::get(&format!("{ACTIVE}{service}")).is_some()
}

/// What the demo's database may use.
///
/// # Errors
/// [`Failure::NoServer`] where a service could not be, which none is.
pub fn catalogue() -> Result<Catalogue, Failure> {
    let database = Database {
        id: DATABASE,
        uuid: "demo".to_owned(),
        name: SENDER.company.to_owned(),
        hosting: Hosting::OnPremise,
        kind: DatabaseKind::Demo,
        admission: Admission::Approved,
        created_at: Timestamp::from_millis(1_788_220_800_000),
    };
    let accounts = accounts(balance());
    let mut services = Vec::new();
    for (id, made) in (1..).zip(SERVICES) {
        let service = Service {
            id,
            name: made.name.parse().map_err(|_| Failure::NoServer)?,
            label: made.label.to_owned(),
            description: made.description.to_owned(),
            icon: ServiceIcon::default(),
            privacy_url: String::new(),
            first_party: made.is_first_party,
            trial: credits(made.trial),
            has_key: false,
            is_used: is_active(id),
            created_at: database.created_at,
        };
        let rules = service.rules();
        if !rules.is_offered_to(database.hosting) {
            continue;
        }
        // There is one account for each, and nothing is given twice.
        let granted = is_active(id) && !service.trial.is_zero();
        services.push(OfferedService {
            packs: packs(id),
            trial: TrialState::of(database.kind, &rules, granted),
            accounts: accounts
                .iter()
                .filter(|it| it.account.service == id)
                .map(|it| it.account.clone())
                .collect(),
            service,
        });
    }
    services.sort_by(|a, b| a.service.name.cmp(&b.service.name));
    Ok(Catalogue { database, services })
}

/// Activates a service, once.
///
/// # Errors
/// [`Failure::NoServer`] where there is none of that key.
pub fn activate(service: i64) -> Result<Activation, Failure> {
    let was_active = is_active(service);
    let key = format!("{ACTIVE}{service}");
    if !was_active {
        storage::set(&key, "1");
    }
    let known = accounts(balance()).into_iter().find(|it| it.account.service == service);
    let account = known.ok_or(Failure::NoServer)?.account;
    Ok(Activation { account, token: (!was_active).then(made_up_token) })
}

/// What a token looks like. There is no server, so it opens nothing.
fn made_up_token() -> String {
    let mut token = String::new();
    while token.len() < 32 {
        let digits = clock::digits(js_sys::Math::random());
        token.extend(digits.chars().filter(char::is_ascii_digit));
    }
    token.truncate(32);
    token
}
