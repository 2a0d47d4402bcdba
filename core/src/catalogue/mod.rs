//! Services that are sold for credits, and what is given away to try them.
//!
//! Source of the rules: the catalogue of the original. Services of the platform itself are seen by
//! every customer; those of third parties are not seen where the software is hosted as a service.
//! Databases that pay for a subscription, are for demonstration or teaching, or use one application
//! for free, get each service's trial credits once.

mod database;
mod icon;
mod service;
mod start;
mod trial;
mod web_address;

pub use database::{Admission, DatabaseKind, Hosting, NewDatabases};
pub use icon::ServiceIcon;
pub use service::{Origin, Service, ServiceName, ServiceNameError};
pub use start::{Start, StartStep, StartedAccount};
pub use trial::{TrialState, trial};
pub use web_address::{WebAddressError, web_address};
