//! Phone numbers: what people type, read into E.164 with the country and the kind of number.

mod dialled;
mod error;
mod international;
mod kind;
mod number;
mod packed;
mod parse;
mod plan;
mod prefix;
mod region;
mod split;

pub use error::ParseError;
pub use international::International;
pub use kind::Kind;
pub use number::{PhoneNumber, PhoneNumberError};
pub use parse::{ParsedNumber, identify, parse};
#[cfg(feature = "numbering-plans")]
pub use plan::packed_plans;
pub use plan::{WrongPlans, install_plans, plans_ready, regions};
pub use region::{Region, UnknownRegion};
pub use split::{Piece, Split, split};
