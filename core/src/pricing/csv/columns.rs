//! The columns of a rate card file.

use alloc::string::String;
use alloc::vec::Vec;

use super::error::{CsvCell, CsvErrorKind, Errors};

/// A column of a rate card file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The first digits of the numbers.
    Prefix,
    /// The country's two letters.
    Country,
    /// The price of one part.
    CreditsPerPart,
    /// Standard, premium or blocked.
    Kind,
    /// The first day of validity.
    ValidFrom,
}

impl Column {
    /// All columns, in the order in which a file is written.
    pub const ALL: [Self; 5] =
        [Self::Prefix, Self::Country, Self::CreditsPerPart, Self::Kind, Self::ValidFrom];

    /// The name in the first line of a file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prefix => "prefix",
            Self::Country => "country",
            Self::CreditsPerPart => "credits_per_part",
            Self::Kind => "kind",
            Self::ValidFrom => "valid_from",
        }
    }

    /// The column of a name as people write it: `Credits per part` is `credits_per_part`.
    fn named(text: &str) -> Option<Self> {
        let plain = |c: char| if matches!(c, ' ' | '-') { '_' } else { c.to_ascii_lowercase() };
        Self::ALL.into_iter().find(|column| text.chars().map(plain).eq(column.name().chars()))
    }
}

/// What stands in which place of a line.
#[derive(Debug)]
pub(super) struct Layout {
    places: Vec<Option<Column>>,
    /// The places, from 0, over which no name stands.
    unnamed: Vec<usize>,
    /// Whether all columns are there that a rate needs.
    complete: bool,
}

impl Layout {
    /// How many of the names are known: a measure of whether the right separator split them.
    pub(super) fn known<'a>(names: impl Iterator<Item = &'a str>) -> usize {
        names.filter(|name| Column::named(name).is_some()).count()
    }

    /// Reads the names in the first line and tells what is unknown, repeated or missing.
    pub(super) fn read<'a>(
        names: impl Iterator<Item = &'a str>,
        line: usize,
        errors: &mut Errors,
    ) -> Self {
        let mut places: Vec<Option<Column>> = Vec::new();
        let mut unnamed = Vec::new();
        for (position, name) in (1_usize..).zip(names) {
            let column = Column::named(name);
            let cell = || Some(CsvCell { position, name: String::from(name) });
            if name.is_empty() {
                unnamed.push(places.len());
            } else if column.is_some() && places.contains(&column) {
                errors.add(line, cell(), name, CsvErrorKind::RepeatedColumn);
            } else if column.is_none() {
                errors.add(line, cell(), name, CsvErrorKind::UnknownColumn);
            }
            places.push(column);
        }
        let mut complete = true;
        // One column of each group has to be there; the first of them is the one told.
        let needed = [
            &[Column::Prefix, Column::Country][..],
            &[Column::CreditsPerPart],
            &[Column::ValidFrom],
        ];
        for group in needed {
            if !group.iter().any(|&column| places.contains(&Some(column))) {
                complete = false;
                if let Some(&column) = group.first() {
                    errors.add(line, None, "", CsvErrorKind::MissingColumn(column));
                }
            }
        }
        Self { places, unnamed, complete }
    }

    /// Whether all columns are there that a rate needs.
    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    /// The number of values in a line.
    pub(super) fn width(&self) -> usize {
        self.places.len()
    }

    /// Where a column's values stand in a line, from 0.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places.iter().position(|&place| place == Some(column))
    }

    /// The places, from 0, over which no name stands.
    pub(super) fn unnamed(&self) -> &[usize] {
        &self.unnamed
    }
}
