//! Any bytes are a rate card that can be written and read again, or errors that can be told.
#![no_main]

use iap_core::pricing::RateCard;
use iap_core::pricing::csv::MAX_CSV_ERRORS;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    match RateCard::from_csv(file) {
        Ok(card) => {
            let written = card.to_csv();
            assert_eq!(RateCard::from_csv(written.as_bytes()), Ok(card));
        }
        Err(errors) => {
            assert!(!errors.errors.is_empty() && errors.errors.len() <= MAX_CSV_ERRORS);
            assert!(errors.errors.is_sorted_by_key(|error| error.line));
            assert!(!errors.to_string().is_empty());
        }
    }
});
