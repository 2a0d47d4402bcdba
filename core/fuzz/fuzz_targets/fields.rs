//! Any text is an e-mail address, a moment or a day, or is refused; what is taken is written in a way
//! that is read as the same.
#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use iap_core::access::EmailAddress;
use iap_core::pricing::Date;
use iap_core::time::Timestamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Some(address) = again::<EmailAddress>(text) {
        assert!(address.as_str().len() <= EmailAddress::MAX_LEN);
        // Into the head of a mail, and nowhere else in it.
        let apart = |character: char| character.is_control() || character.is_whitespace();
        assert!(!address.as_str().contains(apart), "{text:?}");
    }
    if let Some(date) = again::<Date>(text) {
        assert_eq!(Timestamp::midnight(date).date(), date);
        assert_eq!(text.parse(), Ok(Timestamp::midnight(date)));
    }
    again::<Timestamp>(text);
});

/// What the text is, if it is one, after it was written and read once more.
fn again<T: FromStr + Display + PartialEq + Debug>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    let written = value.to_string();
    let read = written.parse().ok();
    assert_eq!(read.as_ref(), Some(&value), "{text:?} is written {written:?}");
    Some(value)
}
