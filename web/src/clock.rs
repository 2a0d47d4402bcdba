//! The browser's clock and calendar.

use iap_core::pricing::Date;
use iap_core::time::Timestamp;

/// This moment.
#[must_use]
pub fn now() -> Timestamp {
    moment(js_sys::Date::now())
}

/// A moment as a field for date and time has it, such as `2026-01-31T12:30`, where the browser is.
#[must_use]
pub fn local(text: &str) -> Option<Timestamp> {
    let time = js_sys::Date::new(&wasm_bindgen::JsValue::from_str(text)).get_time();
    (!time.is_nan()).then(|| moment(time))
}

/// Today where the browser is.
#[must_use]
pub fn today() -> Date {
    let (year, month, day) = parts();
    let small = |number: i32| u8::try_from(number).unwrap_or(u8::MAX);
    let year = u16::try_from(year).unwrap_or(u16::MAX);
    // A clock that is off by millennia finds the last day there is.
    Date::new(year, small(month.saturating_add(1)), small(day)).unwrap_or(Date::MAX)
}

/// A stretch of time up to now, in spans of one length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// From midnight to midnight.
    Day,
    /// From the first of a month to the first of the next.
    Month,
}

impl Span {
    /// Where `number` spans begin and end where the browser is, the last of them with today.
    #[must_use]
    pub fn edges(self, number: i32) -> Vec<Timestamp> {
        let (year, month, day) = parts();
        let midnight = |month: i32, day: i32| {
            // The browser's calendar carries over what is too little or too much.
            let year = u32::try_from(year).unwrap_or_default();
            moment(js_sys::Date::new_with_year_month_day(year, month, day).get_time())
        };
        (0..=number)
            .rev()
            .map(|back| match self {
                Self::Day => midnight(month, day + 1 - back),
                Self::Month => midnight(month + 1 - back, 1),
            })
            .collect()
    }
}

/// The year, the month from 0 and the day from 1 where the browser is.
fn parts() -> (i32, i32, i32) {
    let now = js_sys::Date::new_0();
    let whole = |number: u32| i32::try_from(number).unwrap_or_default();
    (whole(now.get_full_year()), whole(now.get_month()), whole(now.get_date()))
}

fn moment(milliseconds: f64) -> Timestamp {
    let digits = digits(milliseconds);
    let whole = digits.split('.').next().and_then(|whole| whole.parse().ok());
    Timestamp::from_millis(whole.unwrap_or_default())
}

/// A number as the browser writes it: writing floats is 15 kB of program that is there already.
#[must_use]
pub fn digits(number: f64) -> String {
    js_sys::Number::from(number).to_string_with_radix(10).map(String::from).unwrap_or_default()
}
