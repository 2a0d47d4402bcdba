//! The counter as a WebAssembly module with a raw interface: the caller asks for room, writes a
//! text there, has it counted and reads five numbers.
//!
//! It shows what counting costs a caller in JavaScript when nothing stands between: the text goes
//! over as it is, and neither side makes an object that is not asked for. `counter.mjs`, beside
//! this crate, is the caller's half.

use std::cell::{Cell, RefCell};

use iap_core::sms::{self, Count, CountOptions, Encoding};

thread_local! {
    /// Where the caller writes a text in UTF-16.
    static UNITS: RefCell<Vec<u16>> = const { RefCell::new(Vec::new()) };
    /// Where the caller writes a text in UTF-8.
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    /// Encoding (0 GSM-7, 1 UCS-2), units, parts, units that a part holds, units left.
    static COUNT: Cell<[u32; 5]> = const { Cell::new([0; 5]) };
}

/// Makes room for a text of so many UTF-16 code units and returns where they start. What an
/// earlier call returned is void, and the memory may have grown.
#[expect(unsafe_code, reason = "JavaScript calls it by its name, which no other crate has")]
#[unsafe(no_mangle)]
pub extern "C" fn units(room: usize) -> *mut u16 {
    UNITS.with_borrow_mut(|units| {
        units.resize(room, 0);
        units.as_mut_ptr()
    })
}

/// Makes room for a text of so many bytes of UTF-8 and returns where they start. What an earlier
/// call returned is void, and the memory may have grown.
#[expect(unsafe_code, reason = "JavaScript calls it by its name, which no other crate has")]
#[unsafe(no_mangle)]
pub extern "C" fn bytes(room: usize) -> *mut u8 {
    BYTES.with_borrow_mut(|bytes| {
        bytes.resize(room, 0);
        bytes.as_mut_ptr()
    })
}

/// Counts a text of so many UTF-16 code units with the default options and returns where the five
/// numbers are; always the same place.
#[expect(unsafe_code, reason = "JavaScript calls it by its name, which no other crate has")]
#[unsafe(no_mangle)]
pub extern "C" fn count_utf16(length: usize) -> *const u32 {
    UNITS.with_borrow(|units| {
        let text = units.get(..length).unwrap_or(units);
        keep(&sms::count_utf16(text, &CountOptions::default()))
    })
}

/// Counts a text of so many bytes of UTF-8, as [`count_utf16`] does one in UTF-16.
#[expect(unsafe_code, reason = "JavaScript calls it by its name, which no other crate has")]
#[unsafe(no_mangle)]
pub extern "C" fn count_utf8(length: usize) -> *const u32 {
    BYTES.with_borrow(|bytes| {
        // The encoder of the browser writes nothing but UTF-8, so nothing is replaced here.
        let text = String::from_utf8_lossy(bytes.get(..length).unwrap_or(bytes));
        keep(&sms::count(&text, &CountOptions::default()))
    })
}

/// Puts the numbers where the caller reads them.
fn keep(count: &Count) -> *const u32 {
    let encoding = match count.encoding {
        Encoding::Gsm7 => 0,
        Encoding::Ucs2 => 1,
    };
    COUNT.with(|place| {
        place.set([encoding, count.units, count.parts, count.capacity, count.left]);
        place.as_ptr().cast_const().cast()
    })
}
