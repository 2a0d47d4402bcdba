//! What operators do.

mod prices;

pub use prices::OperatorPricesPage;
