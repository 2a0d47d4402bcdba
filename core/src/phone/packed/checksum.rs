//! Telling whether a file holds the plans of this build.

/// FNV-1a, of 64 bits: it tells one build's plans from another's and from a file that was cut
/// short. It is no protection against somebody who wants to deceive.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
