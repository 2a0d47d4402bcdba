//! What travels between the application and the server, as JSON.
//!
//! Amounts of credits are texts such as `"9.2608"`: exact, where a number of JSON is not. Moments
//! are texts in UTC, as in RFC 3339. What a program sends and this version does not know is
//! refused by name, so that a misspelt field is not silently lost.

mod account;
mod audit;
mod billing;
mod catalogue;
mod consumption;
mod database;
mod entry;
mod event;
mod health;
mod hold;
mod invoice;
mod mail;
mod order;
mod pack;
mod page;
mod problem;
mod rate_card;
mod revenue;
mod service;
mod session;
mod settings;
mod shop;
mod text;
mod user;

pub use account::{Account, AccountChange, Alert, AlertError, Funds, Movement, Recipient};
pub use audit::AuditRecord;
pub use billing::Buyer;
pub use catalogue::{Activation, Catalogue, NewAccount, OfferedService};
pub use consumption::{Consumption, ConsumptionLine, Dimension, Spent, spent_between};
pub use database::{Company, CompanyChange, Database, DatabaseChange, Member, NewMember};
pub use entry::Entry;
pub use event::AccountsChanged;
pub use health::{
    Concern, DatabaseEngine, DatabaseHealth, Health, JobFailure, JobHealth, JobName, MailHealth,
    MailMeans,
};
pub use hold::{Capture, Hold, HoldState, NewHold};
pub use invoice::{Invoice, InvoiceDocument, InvoiceTakenBack, NewInvoice};
pub use mail::{MailRecord, MailState};
pub use order::{NewOrder, Order, Payment, Refund};
pub use pack::{NewPack, Pack, PackChange};
pub use page::Page;
pub use problem::{FieldProblem, Problem, ProblemCode, Shortfall};
pub use rate_card::{
    CurrentRateCard, NewRateCard, RateCardPreview, RateCardState, RateCardVersion, RateDelta,
    RateLine,
};
pub use revenue::{Earned, Earnings, Revenue};
pub use service::{
    NewService, NewServiceProvider, Service, ServiceChange, ServiceKey, ServiceProvider,
    ServiceWithKey,
};
pub use session::{IdentityProvider, PasswordChange, Session, SessionRecord, SignIn, WaysToSignIn};
pub use settings::{Settings, SettingsChange, SettingsError};
pub use shop::{AccountLink, Checkout, DemoAuthentication, DemoCard, LinkedOrder, Purchase, Shop};
pub use user::{DatabaseRole, NewUser, SignInWay, User, UserChange};
