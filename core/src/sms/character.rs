//! What to call a character.

/// What kind of thing a character is to the person who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// An emoji, alone or joined from several.
    Emoji,
    /// A Latin letter that the GSM alphabet lacks, mostly one with a mark.
    LatinLetter,
    /// A letter or ideograph of another script.
    OtherScript,
    /// A typographic quotation mark or apostrophe, or an accent that stands for one.
    Quote,
    /// A dash or hyphen other than the one on the keyboard.
    Dash,
    /// A space other than the plain one, a tab among them.
    Space,
    /// Something that is not seen: a joiner, a soft hyphen, a direction mark.
    Invisible,
    /// A control character.
    Control,
    /// A mark that combines with the letter before it.
    Mark,
    /// Other punctuation and symbols.
    Symbol,
    /// What is left of a character that was cut in two.
    Broken,
}

/// The class of a grapheme cluster, by the first character in it that is not in the alphabet.
#[must_use]
pub fn class(character: char) -> Class {
    match character {
        '\u{FFFD}' => Class::Broken,
        '\t'
        | '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}' => Class::Space,
        '\u{AD}'
        | '\u{061C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0D}'
        | '\u{FEFF}' => Class::Invisible,
        '\u{2028}' | '\u{2029}' => Class::Control,
        '`'
        | '\u{AB}'
        | '\u{B4}'
        | '\u{BB}'
        | '\u{02BB}'..='\u{02BD}'
        | '\u{2018}'..='\u{201F}'
        | '\u{2032}'..='\u{2037}'
        | '\u{2039}'
        | '\u{203A}'
        | '\u{301D}'..='\u{301F}' => Class::Quote,
        '\u{2010}'..='\u{2015}'
        | '\u{2212}'
        | '\u{2E3A}'
        | '\u{2E3B}'
        | '\u{FE58}'
        | '\u{FE63}' => Class::Dash,
        '\u{0300}'..='\u{036F}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{FE20}'..='\u{FE2F}' => Class::Mark,
        '\u{FE0E}'
        | '\u{FE0F}'
        | '\u{20E3}'
        | '\u{203C}'
        | '\u{2049}'
        | '\u{231A}'
        | '\u{231B}'
        | '\u{2328}'
        | '\u{23CF}'
        | '\u{23E9}'..='\u{23F3}'
        | '\u{2600}'..='\u{27BF}'
        | '\u{2B05}'..='\u{2B07}'
        | '\u{2B1B}'
        | '\u{2B1C}'
        | '\u{2B50}'
        | '\u{2B55}'
        | '\u{1F000}'..='\u{1FAFF}'
        | '\u{E0020}'..='\u{E007F}' => Class::Emoji,
        _ if character.is_control() => Class::Control,
        '\u{FF10}'..='\u{FF19}' => Class::Symbol,
        '\u{FB00}'..='\u{FB06}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
            Class::LatinLetter
        }
        _ if !character.is_alphabetic() => Class::Symbol,
        '\u{00AA}'..='\u{02AF}' | '\u{1D00}'..='\u{1DBF}' | '\u{1E00}'..='\u{1EFF}' => {
            Class::LatinLetter
        }
        _ => Class::OtherScript,
    }
}

/// The Unicode name of a character that is often met in messages; `None` for the many others,
/// whose code point says as much.
#[cfg(feature = "character-names")]
#[must_use]
pub fn name(character: char) -> Option<&'static str> {
    name_in(NAMES, character)
}

/// The name of a character in a list of one `CODE NAME` a line, as [`NAMES`] is one.
#[must_use]
pub fn name_in(names: &str, character: char) -> Option<&str> {
    names.lines().find_map(|line| {
        let (code, name) = line.split_once(' ')?;
        (u32::from_str_radix(code, 16) == Ok(u32::from(character))).then_some(name)
    })
}

/// One `CODE NAME` a line, from the Unicode Character Database. A few hundred of a hundred and
/// fifty thousand: what keyboards, phones and word processors put into Latin text.
#[cfg(feature = "character-names")]
pub const NAMES: &str = include_str!("../../data/character_names.txt");

#[cfg(all(test, feature = "character-names"))]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_unicode() {
        for line in NAMES.lines() {
            let (code, given) = line.split_once(' ').unwrap();
            let character = char::from_u32(u32::from_str_radix(code, 16).unwrap()).unwrap();
            assert_eq!(name(character), Some(given));
            if let Some(known) = unicode_names2::name(character)
                && !character.is_control()
            {
                assert_eq!(alloc::format!("{known}"), given);
            }
        }
        assert_eq!(name('a'), None);
    }

    #[test]
    fn classes() {
        for (characters, expected) in [
            ("😀❤✅☎\u{FE0F}🇧", Class::Emoji),
            ("çşıŐœﬁ", Class::LatinLetter),
            ("жשع日หα", Class::OtherScript),
            ("’“«`´", Class::Quote),
            ("–—\u{2011}−", Class::Dash),
            ("\t\u{A0}\u{202F}\u{3000}", Class::Space),
            ("\u{200B}\u{AD}\u{FEFF}\u{200D}", Class::Invisible),
            ("\u{0}\u{1B}\u{7F}\u{2028}", Class::Control),
            ("\u{301}", Class::Mark),
            ("…•™→½", Class::Symbol),
            ("\u{FFFD}", Class::Broken),
        ] {
            for character in characters.chars() {
                assert_eq!(class(character), expected, "{character:?}");
            }
        }
    }
}
