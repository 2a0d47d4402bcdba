//! SMS: encoding, units, parts.
//!
//! [`count`] says what a text needs, [`parts`] how it is divided. The rules are those of 3GPP
//! TS 23.038 (alphabets) and TS 23.040 (concatenation); no other counter is taken as a model.

pub mod alphabet;
mod count;
mod encoding;
mod fill;
pub mod national;
mod options;
mod parts;
mod scan;
mod text;

pub use count::{Count, count, count_utf16};
pub use encoding::{Encoding, Shift, USER_DATA_OCTETS, capacity, header_octets};
pub use options::{CountOptions, National, Newlines, Reference, Split};
pub use parts::{MAX_PARTS, Part, PartCount, Parts, TooManyParts, parts};
