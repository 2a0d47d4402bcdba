//! Bytes as hexadecimal digits, in small letters.

/// Bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    push_hexadecimal(&mut digits, bytes);
    digits
}

/// Writes bytes behind a text, as hexadecimal digits.
pub(crate) fn push_hexadecimal(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let half = |half| char::from_digit(u32::from(half), 16).unwrap_or_default();
        text.extend([half(byte >> 4), half(byte & 0xF)]);
    }
}
