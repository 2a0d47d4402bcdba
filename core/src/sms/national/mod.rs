//! The national language shift tables (3GPP TS 23.038, 6.2.1.2 and Annex A).
//!
//! A locking shift table replaces the default alphabet, a single shift table the default extension
//! table, each on its own and for a whole part; the user data header says which. A character of the
//! locking shift table is one septet, one of the single shift table two.
//!
//! The tables are those of release 18 of the specification, but for four code numbers that are
//! misprints there; the module `indic` lists them.

mod arabic;
mod frame;
mod indic;
mod language;
mod latin;
mod membership;
mod tables;

pub use language::Language;
pub(crate) use membership::membership;
pub(crate) use tables::{locking_character, locking_septet, single_character, single_septet};

use super::encoding::Shift;

/// The pair of tables with two identifiers, 0 standing for the default table; `None` where the
/// specification has no such table (Spanish has no locking shift table).
#[must_use]
pub(crate) fn shift(locking: u8, single: u8) -> Option<Shift> {
    let language = |identifier| match identifier {
        0 => Some(None),
        _ => Language::from_identifier(identifier).map(Some),
    };
    let (locking, single) = (language(locking)?, language(single)?);
    let exists = locking.is_none_or(Language::has_locking_table);
    exists.then_some(Shift { locking, single })
}

/// Septets that a code point takes in a pair of tables: 1, 2, or none if neither has it.
#[inline]
pub(crate) fn septets(shift: Shift, code: u32) -> Option<usize> {
    membership(code).septets(shift)
}
