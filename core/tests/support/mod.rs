//! What the tests share.

/// Marks functions as tests, natively and in the browser.
///
/// In the browser they run with `wasm-bindgen`'s test runner; the vectors are part of the binary,
/// so nothing is read at run time.
#[macro_export]
macro_rules! tests_everywhere {
    ($($(#[$attribute:meta])* fn $name:ident() $body:block)*) => {
        $(
            $(#[$attribute])*
            #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
            #[cfg_attr(not(target_arch = "wasm32"), test)]
            fn $name() $body
        )*
    };
}
