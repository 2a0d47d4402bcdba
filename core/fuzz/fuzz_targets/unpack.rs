//! Any user data: read or refused, and what is read can be joined or is refused.
#![no_main]

use iap_core::sms::pack::{UserData, join, unpack};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let [flags, data_coding, length, octets @ ..] = data else { return };
    let user_data = UserData {
        has_header: flags & 1 == 1,
        data_coding: *data_coding,
        // Half of the time a length that fits, so that more than the length is tried.
        length: match flags >> 1 & 3 {
            0 => u8::try_from(octets.len()).unwrap_or(u8::MAX),
            1 => u8::try_from(octets.len() * 8 / 7).unwrap_or(u8::MAX),
            _ => *length,
        },
        octets: octets.to_vec(),
    };
    match unpack(&user_data) {
        Ok(segment) => {
            assert!(segment.text.len() <= 160);
            if let Some(part) = segment.concatenation {
                assert!(part.number >= 1 && part.number <= part.parts);
            }
            let _ = join(&[segment.clone(), segment]);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
