//! Any text: packed, it is as long as was counted and reads back the same.
#![no_main]

mod input;

use iap_core::sms::pack::{UserData, join, pack, unpack};
use iap_core::sms::{self, Newlines};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((options, data)) = input::options(data) else { return };
    let text = input::text(data);
    let count = sms::count(&text, &options);
    let Ok(packed) = pack(&text, &options, 0xBEEF) else {
        assert!(count.parts > 255);
        return;
    };
    let packed: Vec<UserData> = packed.collect();
    assert_eq!(packed.len(), count.parts as usize);
    assert!(packed.iter().all(|part| part.octets.len() <= 140));
    let segments: Vec<_> = packed.iter().map(|part| unpack(part).unwrap()).collect();
    let line_feeds = || text.replace("\r\n", "\n").replace('\r', "\n");
    let sent = match options.newlines {
        Newlines::AsTyped => text.clone(),
        Newlines::Lf => line_feeds(),
        Newlines::CrLf => line_feeds().replace('\n', "\r\n"),
    };
    assert_eq!(join(&segments).unwrap(), sent);
});
