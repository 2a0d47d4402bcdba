//! Unicode's letters, as the browser knows them.

use iap_core::access::{Letters, install_letters};
use js_sys::{JsString, RegExp};

/// Letters and numbers, as Rust's `char::is_alphanumeric` has them.
const ALPHANUMERIC: &str = "^[\\p{Alphabetic}\\p{N}]$";

/// Lets core's rules know them. Call it once, where the application starts.
pub fn start() {
    install_letters(Letters {
        lower: |text| String::from(JsString::from(text).to_lower_case()),
        is_alphanumeric: |sign| {
            sign.is_ascii_alphanumeric()
                || (!sign.is_ascii()
                    && RegExp::new(ALPHANUMERIC, "u").test(sign.encode_utf8(&mut [0; 4])))
        },
    });
}
