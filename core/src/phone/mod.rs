//! Phone numbers: what people type, read into E.164 with the country and the kind of number.

mod kind;
mod number;
mod region;

pub use kind::Kind;
pub use number::{PhoneNumber, PhoneNumberError};
pub use region::{Region, UnknownRegion};
