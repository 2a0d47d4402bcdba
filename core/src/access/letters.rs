//! Which signs of Unicode are letters and digits, and what they are in small letters.
//!
//! Their tables are built in with the feature `letters`. A program that is loaded over the air leaves
//! them out (7 kB) and asks where it runs, which has them too: [`install_letters`].

use alloc::string::String;

#[cfg(not(feature = "letters"))]
static LETTERS: once_cell::race::OnceBox<Letters> = once_cell::race::OnceBox::new();

/// What knows Unicode's letters.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    /// A text in small letters, as Unicode has it without regard to a language.
    pub lower: fn(&str) -> String,
    /// Whether a sign is a letter or a digit: alphabetic, or a number.
    pub is_alphanumeric: fn(char) -> bool,
}

/// Takes over what knows the letters that were left out of the program; where they are built in, they
/// stay. Without either only those of ASCII are known.
#[cfg_attr(
    feature = "letters",
    expect(clippy::missing_const_for_fn, reason = "without the feature it is none")
)]
pub fn install_letters(letters: Letters) {
    #[cfg(feature = "letters")]
    let _ = letters;
    #[cfg(not(feature = "letters"))]
    LETTERS.get_or_init(|| alloc::boxed::Box::new(letters));
}

/// What knows Unicode's letters in this program.
pub(super) fn letters() -> Letters {
    #[cfg(feature = "letters")]
    return Letters { lower: str::to_lowercase, is_alphanumeric: char::is_alphanumeric };
    #[cfg(not(feature = "letters"))]
    LETTERS.get().copied().unwrap_or(Letters {
        lower: str::to_ascii_lowercase,
        is_alphanumeric: |sign| sign.is_ascii_alphanumeric(),
    })
}
