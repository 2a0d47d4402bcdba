//! The services that databases may use.

mod card;
mod done;
mod list;
mod state;

pub use list::CataloguePage;
