//! SMS: encoding, units, parts.
//!
//! [`count()`] says what a text needs, [`parts()`] how it is divided. The rules are those of 3GPP
//! TS 23.038 (alphabets) and TS 23.040 (concatenation); no other counter is taken as a model.

pub mod alphabet;
pub mod character;
mod count;
mod encoding;
mod fill;
pub mod national;
mod offender;
mod options;
pub mod pack;
mod parts;
mod scan;
pub mod smart;
pub mod template;
mod text;
mod warning;

pub use count::{Count, count, count_utf16};
pub use encoding::{Encoding, Shift, USER_DATA_OCTETS, capacity, header_octets};
pub use offender::{Offender, offenders};
pub use options::{CountOptions, National, Newlines, Reference, Split};
pub use parts::{MAX_PARTS, Part, PartCount, Parts, TooManyParts, parts};
pub use warning::{JUST_OVER, Warning, warnings};
