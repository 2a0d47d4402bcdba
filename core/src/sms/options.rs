//! How a text is to be counted and split.

/// What shapes the count of a text.
///
/// The default is what nearly every gateway does: an 8-bit reference, no national language
/// tables, splits between any two characters, line breaks as typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CountOptions {
    /// Size of the concatenation reference in the header of each part.
    pub reference: Reference,
    /// Whether the national language shift tables may be used.
    pub national: National,
    /// Where a text may be divided into parts.
    pub split: Split,
    /// What is sent for a line break.
    pub newlines: Newlines,
}

/// Size of the concatenation reference number (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reference {
    /// 8 bits: parts of 153 septets or 67 UTF-16 units.
    #[default]
    Bits8,
    /// 16 bits: parts of 152 septets or 66 UTF-16 units.
    Bits16,
}

/// Use of the national language shift tables (3GPP TS 23.038, 6.2.1.2 and Annex A).
///
/// Only some gateways and phones support them, so they are off unless asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum National {
    /// The default alphabet and its extension table only.
    #[default]
    Off,
    /// The pair of locking and single shift table that needs the fewest parts, then leaves the
    /// most room; the default tables where nothing is gained.
    Cheapest,
}

/// Where a text may be divided into parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Split {
    /// Between any two characters; two-septet characters and surrogate pairs stay whole
    /// (3GPP TS 23.040, 9.2.3.24.1).
    #[default]
    Characters,
    /// Between grapheme clusters (Unicode Standard Annex 29), so that an emoji or a letter with
    /// its marks is not torn apart where the parts are shown one by one. A cluster larger than a
    /// part is divided between characters.
    Graphemes,
}

/// What is sent for a line break.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Newlines {
    /// Line feeds and carriage returns as they stand in the text.
    #[default]
    AsTyped,
    /// One line feed for each line break, however it was typed.
    Lf,
    /// Carriage return and line feed for each line break, however it was typed.
    CrLf,
}
