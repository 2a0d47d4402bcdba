//! Any text is a number of credits or is refused, and both ways to read one agree; any text is an
//! account's token or is refused, and a token names its account by what stands before its flags.
#![no_main]

use iap_core::catalogue::ServiceName;
use iap_core::credits::{AccountToken, Amount, Currency};
use iap_core::pricing::Credits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let nearest = Credits::nearest(text);
    if let Ok(exact) = text.parse::<Credits>() {
        assert_eq!(nearest, Ok(exact));
        assert_eq!(exact.to_string().parse(), Ok(exact));
        assert_eq!(text.parse::<Amount>().is_ok(), !exact.is_negative());
    }
    // What is read is within half a millionth of what a machine makes of it.
    if let (Ok(nearest), Ok(float)) = (nearest, text.parse::<f64>()) {
        let millionths = nearest.millionths() as f64;
        let close = 0.5 + float.abs() * 1e6 * 4.0 * f64::EPSILON;
        assert!((millionths - float * 1e6).abs() <= close, "{text}: {millionths}");
    }
    if let Ok(token) = text.parse::<AccountToken>() {
        let base = token.base().as_str();
        assert!(text.starts_with(base) && !base.contains('+'));
        assert_eq!(token.usable().is_ok(), !token.is_disabled());
        assert_eq!(base.parse::<AccountToken>().unwrap().base(), token.base());
    }
    if let Ok(name) = text.parse::<ServiceName>() {
        assert_eq!(name.as_str(), text);
    }
    if let Ok(currency) = text.parse::<Currency>() {
        assert_eq!(currency.code(), text);
    }
});
