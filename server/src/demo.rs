//! Data for trying things out: made up, labelled so, and only where nobody else can reach it.

use iap_core::access::Role;
use iap_core::api::{AccountChange, Buyer, Company, DatabaseChange, NewPack, SettingsChange};
use iap_core::catalogue::{
    Admission, DatabaseKind, Hosting, NewDatabases, Origin, Service, ServiceIcon,
};
use iap_core::credits::{
    AccountToken, Amount, Attribution, Currency, Hold, Kind, Threshold, TokenError,
};
use iap_core::time::Timestamp;

use crate::orders::{self, OrderFailure};
use crate::password::{self, HashError};
use crate::store::{
    AccountKey, Actor, By, Change, LedgerError, NewOrderRow, NewService, NewUserRow, Request,
    Store, StoreError, UserError,
};

/// The password of everybody in it.
pub const PASSWORD: &str = "demo";

/// Who is in it, and what they may do.
pub const PEOPLE: [(&str, &str); 5] = [
    ("operator@demo.example", "runs the server"),
    ("admin@demo.example", "administers a database"),
    ("user@demo.example", "uses its services"),
    ("provider@demo.example", "sells a service"),
    ("new@demo.example", "administers a database that begins"),
];

/// What the database in it calls itself.
pub const DATABASE: &str = "de300000-0000-4000-8000-000000000001";

/// What the one calls itself that has no service yet.
pub const NEW_DATABASE: &str = "de300000-0000-4000-8000-000000000002";

/// Why the data cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// It cannot be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody in it cannot be kept.
    #[error(transparent)]
    User(#[from] UserError),
    /// Credits cannot be moved.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// An account cannot be known.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// A pack cannot be bought.
    #[error(transparent)]
    Order(#[from] OrderFailure),
    /// A password cannot be kept.
    #[error(transparent)]
    Hash(#[from] HashError),
}

/// A service: its name, what people call it, its picture, what it says of itself, whether it is the operator's
/// own, the credits to try it, the pack that was bought if one was, what an execution costs in
/// credits, what a credit costs in cents, and what it is for, which is empty where it was
/// never used.
struct Offer {
    name: &'static str,
    label: &'static str,
    icon: ServiceIcon,
    description: &'static str,
    origin: Origin,
    trial: u32,
    bought: Option<&'static str>,
    price: &'static str,
    cents: u64,
    work: &'static str,
}

const OFFERS: [Offer; 8] = [
    Offer {
        name: "sms",
        label: "SMS",
        icon: ServiceIcon::Message,
        description: "Text messages to telephones in every country with a rate.",
        origin: Origin::FirstParty,
        trial: 2,
        bought: Some("Standard"),
        price: "0.0616",
        cents: 100,
        work: "SMS to a contact",
    },
    Offer {
        name: "invoice_ocr",
        label: "Documents Digitization",
        icon: ServiceIcon::Document,
        description: "Reads bills and receipts and fills in what stands in them.",
        origin: Origin::FirstParty,
        trial: 5,
        bought: Some("Standard"),
        price: "1",
        cents: 30,
        work: "Bill read",
    },
    Offer {
        name: "partner_autocomplete",
        label: "Partner Autocomplete",
        icon: ServiceIcon::Building,
        description: "Fills in the data of a company from its name or VAT number.",
        origin: Origin::FirstParty,
        trial: 20,
        bought: None,
        price: "1",
        cents: 5,
        work: "Company looked up",
    },
    Offer {
        name: "reveal",
        label: "Lead Generation",
        icon: ServiceIcon::Search,
        description: "Finds companies that fit, or that looked at your pages.",
        origin: Origin::FirstParty,
        trial: 5,
        bought: Some("Starter"),
        price: "1",
        cents: 40,
        work: "Lead found",
    },
    Offer {
        name: "snailmail",
        label: "Snailmail",
        icon: ServiceIcon::Letter,
        description: "Prints letters and sends them by post.",
        origin: Origin::FirstParty,
        trial: 1,
        bought: Some("Starter"),
        price: "0.75",
        cents: 100,
        work: "Letter posted",
    },
    Offer {
        name: "weather_alerts",
        label: "Weather Alerts",
        icon: ServiceIcon::Cloud,
        description: "Tells before frost or a storm, for the addresses of your deliveries.",
        origin: Origin::ThirdParty,
        trial: 1,
        bought: Some("Standard"),
        price: "0.1",
        cents: 20,
        work: "Forecast",
    },
    Offer {
        name: "signer_identification",
        label: "Signer Identification",
        icon: ServiceIcon::Shield,
        description: "Makes sure that whoever signs a document is who they say they are.",
        origin: Origin::FirstParty,
        trial: 3,
        bought: None,
        price: "1",
        cents: 60,
        work: "",
    },
    Offer {
        name: "parcel_tracking",
        label: "Parcel Tracking",
        icon: ServiceIcon::Lorry,
        description: "Tells you and your customers where a parcel is.",
        origin: Origin::ThirdParty,
        trial: 0,
        bought: None,
        price: "0.05",
        cents: 15,
        work: "",
    },
];

/// How orders are paid in it.
const HOW_TO_PAY: &str = "This is a demonstration: nothing is real. Pay with the test number \
                          4242 4242 4242 4242, or sign in as the operator to say that the money \
                          of an order came in.";

/// The rate at which its seller takes tax: Belgium's.
const TAX_RATE: &str = "21";

/// The platform's part of what services earn in it.
const PLATFORM_SHARE: &str = "25";

/// Who sells in it. Nobody has this number: its check digits would be 22.
fn seller() -> Buyer {
    Buyer {
        name: "Made-up Credits (demo)".to_owned(),
        street: "Voorbeeldstraat 1".to_owned(),
        postcode: "9000".to_owned(),
        city: "Gent".to_owned(),
        country: "BE".to_owned(),
        vat_number: "BE0999999999".to_owned(),
        email: "credits@demo.example".to_owned(),
        reference: String::new(),
    }
}

/// Who buys in it.
fn buyer() -> Buyer {
    Buyer {
        name: "My Company (demo)".to_owned(),
        street: "Voorbeeldstraat 2".to_owned(),
        postcode: "9000".to_owned(),
        city: "Gent".to_owned(),
        country: "BE".to_owned(),
        vat_number: String::new(),
        email: "admin@demo.example".to_owned(),
        reference: String::new(),
    }
}

/// Days before now that are filled.
const DAYS: i64 = 30;

const DAY: i64 = 86_400_000;

/// Fills a store in which nobody is yet: people, a database with two companies, services, accounts
/// and a month of work, and a database that begins. One that holds somebody is left as it is.
///
/// # Errors
/// [`DemoError`] where it cannot be kept.
pub async fn fill(store: &Store, now: Timestamp) -> Result<(), DemoError> {
    let [operator, admin, user, provider, beginner] = PEOPLE.map(|(email, _)| email);
    let known = operator.parse().map(|email| async move { store.credentials(&email).await });
    if let Ok(known) = known
        && known.await?.is_some()
    {
        return Ok(());
    }
    let first = Timestamp::from_millis(now.millis() - DAYS * DAY);
    let actor = Actor::server(first);
    let database = store.database(DATABASE, Admission::Approved, first).await?.id;
    let change = DatabaseChange {
        name: Some("My Company (demo)".to_owned()),
        hosting: Some(Hosting::OnPremise),
        kind: Some(DatabaseKind::Demo),
        admission: None,
    };
    store.change_database(database, &change, &actor).await?;
    // Another one begins: nothing is activated or bought yet.
    let new_database = store.database(NEW_DATABASE, Admission::Approved, first).await?.id;
    let change = DatabaseChange {
        name: Some("New Company (demo)".to_owned()),
        hosting: Some(Hosting::OnPremise),
        kind: Some(DatabaseKind::Demo),
        admission: None,
    };
    store.change_database(new_database, &change, &actor).await?;
    let change = SettingsChange {
        new_databases: Some(NewDatabases::Open),
        how_to_pay: Some(HOW_TO_PAY.to_owned()),
        mail_days: None,
        seller: Some(Some(seller())),
        tax_rate: Some(TAX_RATE.parse().ok()),
        platform_share: PLATFORM_SHARE.parse().ok(),
    };
    store.change_settings(&change, &actor).await?;
    for (number, name) in [(1, "My Company"), (2, "My Company, Chicago")] {
        let company = Company { number, name: name.to_owned() };
        store.set_company(database, &company, &actor).await?;
    }
    let (mut last, mut messages) = (None, None);
    for (place, offer) in (1..).zip(&OFFERS) {
        let Some(service) = add_service(store, offer, &actor).await? else { continue };
        add_packs(store, service, offer, &actor).await?;
        // Nobody has activated it yet.
        if offer.work.is_empty() {
            continue;
        }
        last = Some(service);
        let account = fill_account(store, database, service, place, offer, first).await?;
        if offer.name == "sms" {
            messages = Some((account, service));
        }
    }
    if let Some((account, service)) = messages {
        leave_to_do(store, account, service, first).await?;
    }
    let hash = password::hash(PASSWORD).await?;
    let people = [
        (operator, "Olivia Operator", true, None),
        (admin, "Adam Admin", false, Some(Role::Admin)),
        (user, "Uma User", false, Some(Role::Member)),
        (provider, "Piet Provider", false, None),
        (beginner, "Nora New", false, Some(Role::Admin)),
    ];
    // The last one to be added is whom is looked for: what stops in between is done again.
    for (email, name, is_operator, role) in people.into_iter().rev() {
        let Ok(address) = email.parse() else { continue };
        let new = NewUserRow {
            email: address,
            name: name.to_owned(),
            language: "en".to_owned(),
            operator: is_operator,
            password_hash: Some(hash.clone()),
        };
        let services: Vec<i64> = last.filter(|_| email == provider).into_iter().collect();
        let id = match store.add_user(&new, &services, &actor).await {
            Err(UserError::Taken) => continue,
            added => added?,
        };
        if let Some(role) = role {
            let of = if email == beginner { new_database } else { database };
            store.set_role(of, id, Some(role), &actor).await?;
        }
    }
    Ok(())
}

async fn add_service(
    store: &Store,
    offer: &Offer,
    actor: &Actor,
) -> Result<Option<i64>, DemoError> {
    let Ok(name) = offer.name.parse() else { return Ok(None) };
    if let Some(known) = store.service(&name).await? {
        return Ok(Some(known.id));
    }
    let service = Service { name, origin: offer.origin, trial: credits(offer.trial) };
    let new = NewService {
        service,
        label: offer.label.to_owned(),
        icon: offer.icon,
        description: offer.description.to_owned(),
        privacy_url: String::new(),
        key_sha256: None,
    };
    Ok(store.add_service(&new, actor).await?)
}

/// The four packs that the original has for SMS, for every service.
async fn add_packs(
    store: &Store,
    service: i64,
    offer: &Offer,
    actor: &Actor,
) -> Result<(), DemoError> {
    let packs = [("Starter", 10), ("Standard", 100), ("Advanced", 500), ("Expert", 1_000)];
    for (position, (name, whole)) in (1..).zip(packs) {
        let new = NewPack {
            name: name.to_owned(),
            icon: ServiceIcon::default(),
            description: format!("{whole} credits for {}", offer.label),
            credits: credits(whole),
            price: u64::from(whole) * offer.cents,
            currency: Currency::EUR,
            position,
        };
        // One that is there already is left as it is.
        let _ = store.add_pack(service, &new, actor).await?;
    }
    Ok(())
}

/// An account with credits to try the service, those that were bought, and some work each day; its
/// key.
async fn fill_account(
    store: &Store,
    database: i64,
    service: i64,
    place: i64,
    offer: &Offer,
    first: Timestamp,
) -> Result<i64, DemoError> {
    let token = format!("{place:032x}").parse::<AccountToken>()?;
    let row = store.account(database, service, &AccountKey::from(&token), first).await?;
    store.note_trial(&row).await?;
    let account = row.id;
    let make = async |day: i64, key: String, description: &str, change: Change| {
        let attribution = match change {
            Change::Authorize(..) => whom(day + place),
            _ => Attribution::NONE,
        };
        let at = Timestamp::from_millis(first.millis() + day * DAY + place * 3_600_000);
        let description = description.to_owned();
        let request = Request {
            account,
            by: By::Service(service),
            at,
            change,
            description,
            attribution,
            key: Some(key),
        };
        store.ledger().make(request).await
    };
    let trial = Change::Credit(Kind::Granted, credits(offer.trial));
    make(0, "trial".to_owned(), "Credits to try the service", trial).await?;
    if let Some(name) = offer.bought {
        let at = Timestamp::from_millis(first.millis() + DAY + place * 3_600_000);
        let order = order(store, account, service, name, at).await?;
        if let Some(order) = order {
            orders::pay(store, order, &format!("DEMO-{order:04}"), &Actor::server(at)).await?;
        }
    }
    let price: Amount = offer.price.parse().unwrap_or_default();
    for day in 2..DAYS {
        // Less at the weekend, more for what costs little.
        let executions = (day * place + day / 7) % 4;
        for number in 0..executions {
            let (key, work) = (format!("demo-{day}-{number}"), offer.work);
            let authorize = Change::Authorize(price, Hold::DEFAULT_TTL);
            let hold = match make(day, key.clone(), work, authorize).await {
                Ok(outcome) => outcome.hold,
                // What was given is used up: that too is something to look at.
                Err(LedgerError::Refused(_)) => return Ok(account),
                Err(error) => return Err(error.into()),
            };
            let Some((hold, _)) = hold else { continue };
            let resolved = match (day + number) % 9 {
                0 => Change::Cancel(hold),
                _ => Change::Capture(hold, None),
            };
            match make(day, format!("{key}-resolved"), work, resolved).await {
                Ok(_) | Err(LedgerError::Refused(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
    Ok(account)
}

/// For whom the work of a day is; now and then the program does not say.
fn whom(day: i64) -> Attribution {
    let (company, user) = match day % 7 {
        0 => (None, ""),
        2 | 5 => (Some(2), "Uma User"),
        3 => (Some(1), "Uma User"),
        _ => (Some(1), "Adam Admin"),
    };
    Attribution::new(company, user, "").unwrap_or_default()
}

/// What there is to do for an account: an order that waits for its money, which is the newest of
/// all, and an alert that comes with little more work.
async fn leave_to_do(
    store: &Store,
    account: i64,
    service: i64,
    first: Timestamp,
) -> Result<(), DemoError> {
    let day = |day: i64| Timestamp::from_millis(first.millis() + day * DAY);
    order(store, account, service, "Advanced", day(DAYS - 1)).await?;
    let recipients = [("admin@demo.example".to_owned(), "en".to_owned())];
    store.set_alert_recipients(account, &recipients).await?;
    if let Ok(threshold) = Threshold::new(credits(25)) {
        let request = Request {
            account,
            by: By::Service(service),
            at: day(DAYS),
            change: Change::Threshold(Some(threshold)),
            description: String::new(),
            attribution: Attribution::NONE,
            key: Some("demo-threshold".to_owned()),
        };
        store.ledger().make(request).await?;
    }
    let sender_name = Some("My Company".to_owned());
    let change = AccountChange { sender_name, ..AccountChange::default() };
    store.change_account(account, &change, &Actor::server(first)).await?;
    Ok(())
}

/// A pack of a service that is ordered for an account, by the name of the pack; the order's key.
async fn order(
    store: &Store,
    account: i64,
    service: i64,
    name: &str,
    at: Timestamp,
) -> Result<Option<i64>, DemoError> {
    let packs = store.packs(service, false).await?;
    let Some(pack) = packs.iter().find(|pack| pack.name == name) else { return Ok(None) };
    let new = NewOrderRow {
        account,
        pack: pack.id,
        key: format!("demo-{name}"),
        buyer: buyer().check().ok(),
        receipt_sha256: None,
    };
    let (order, _) =
        store.add_order(&new, &Actor::server(at)).await?.map_err(OrderFailure::from)?;
    Ok(Some(order))
}

/// So many whole credits.
fn credits(whole: u32) -> Amount {
    whole.to_string().parse().unwrap_or_default()
}
