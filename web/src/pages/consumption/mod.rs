//! Consumption: what credits were spent on, when, and for whom.

mod card;
mod chosen;
mod divided;
mod entries;
mod figures;
mod show;

pub(in crate::pages) use card::ConsumptionCard;
pub use show::ConsumptionPage;
