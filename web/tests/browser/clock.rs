//! Spans of time where the browser is.

use iap_web::clock::{Span, now, today};
use wasm_bindgen_test::wasm_bindgen_test;

/// Of a quarter of an hour, in milliseconds: the server takes edges on nothing else.
const QUARTER: i64 = 900_000;

#[wasm_bindgen_test]
fn the_last_span_is_the_one_we_are_in() {
    for (span, number) in [(Span::Day, 7), (Span::Day, 90), (Span::Month, 12)] {
        let edges = span.edges(number);
        assert_eq!(i32::try_from(edges.len()).unwrap(), number + 1);
        assert!(edges.is_sorted_by(|one, next| one < next), "{span:?}");
        assert!(edges.iter().all(|edge| edge.millis() % QUARTER == 0), "{span:?}");
        let (last, end) = (edges[edges.len() - 2], edges[edges.len() - 1]);
        assert!(last <= now() && now() < end, "{span:?}");
    }
}

#[wasm_bindgen_test]
fn months_begin_on_their_first() {
    for edge in Span::Month.edges(12) {
        assert_eq!(js_sys::Date::new(&edge.to_string().into()).get_date(), 1);
    }
    assert_eq!(u32::from(today().day()), js_sys::Date::new_0().get_date());
}
