//! Counts a text: its encoding, units and parts.

use alloc::string::String;

use unicode_segmentation::UnicodeSegmentation;

use super::alphabet;
use super::encoding::{Encoding, Shift, units};
use super::fill::Fill;
use super::national;
use super::options::{CountOptions, National, Split};
use super::parts::{PartCount, TooManyParts};
use super::scan;
use super::text::{Atom, Atoms, CodeUnit};

/// What a text needs to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Count {
    /// How its characters travel.
    pub encoding: Encoding,
    /// The national tables chosen; the default ones unless [`National::Cheapest`] gained by others.
    pub shift: Shift,
    /// Units of the whole text: septets for GSM-7, 16-bit units for UCS-2. Headers do not count.
    pub units: u32,
    /// Parts; 0 for an empty text. May exceed what can be sent, see [`Count::within`].
    pub parts: u32,
    /// Units that one part of this message holds.
    pub capacity: u32,
    /// Units that still fit in the last part.
    pub left: u32,
}

impl Count {
    /// The number of parts, if it is no more than a limit.
    ///
    /// # Errors
    /// [`TooManyParts`] above the limit.
    pub fn within(&self, limit: PartCount) -> Result<PartCount, TooManyParts> {
        match PartCount::new(self.parts) {
            Ok(parts) if parts <= limit => Ok(parts),
            _ => Err(TooManyParts { parts: self.parts, limit }),
        }
    }
}

/// Counts a text. Every text can be counted, the empty one and one of many megabytes among them.
///
/// One pass (two where national tables are allowed), and nothing is allocated. 3GPP TS 23.038 and
/// 23.040 are the source of every rule.
///
/// ```
/// use iap_core::sms::{self, CountOptions, Encoding};
///
/// let count = sms::count("Your order is ready — pick it up", &CountOptions::default());
/// assert_eq!((count.encoding, count.units, count.parts), (Encoding::Ucs2, 32, 1));
/// ```
#[must_use]
pub fn count(text: &str, options: &CountOptions) -> Count {
    if is_usual(*options) {
        return scan::count(text.as_bytes(), options.reference);
    }
    match options.split {
        Split::Characters => by_characters(text.as_bytes(), *options),
        Split::Graphemes => by_graphemes(text, *options),
    }
}

/// Counts a text in UTF-16, as JavaScript holds it. Unpaired surrogates count one unit each.
///
/// As [`count`], but that something is allocated where grapheme clusters are to be kept whole.
#[must_use]
pub fn count_utf16(text: &[u16], options: &CountOptions) -> Count {
    if is_usual(*options) {
        return scan::count(text, options.reference);
    }
    match options.split {
        Split::Characters => by_characters(text, *options),
        // The cluster rules read UTF-8. An unpaired surrogate becomes U+FFFD: as UCS-2, as long.
        Split::Graphemes => by_graphemes(&String::from_utf16_lossy(text), *options),
    }
}

/// Whether the fast scan knows these options.
fn is_usual(options: CountOptions) -> bool {
    options == CountOptions { reference: options.reference, ..CountOptions::default() }
}

fn by_characters<U: CodeUnit>(text: &[U], options: CountOptions) -> Count {
    let atoms = Atoms::new(text, 0, options.newlines);
    let mut candidates = Candidates::new(options, atoms.clone());
    for atom in atoms {
        candidates.place_character(atom.code);
    }
    candidates.cheapest()
}

fn by_graphemes(text: &str, options: CountOptions) -> Count {
    let atoms = Atoms::new(text.as_bytes(), 0, options.newlines);
    let mut candidates = Candidates::new(options, atoms);
    for cluster in text.graphemes(true) {
        candidates.place(Atoms::new(cluster.as_bytes(), 0, options.newlines));
    }
    candidates.cheapest()
}

/// Every way the text may still be sent, filled side by side so that one pass is enough.
struct Candidates {
    /// Each pair of locking and single shift table that holds the text so far.
    gsm7: [Option<Fill>; Self::PAIRS],
    /// How many of them were there to begin with, at the front.
    pairs: usize,
    ucs2: Fill,
}

impl Candidates {
    /// The default table and those of thirteen languages, in both places.
    const TABLES: u8 = 14;
    const PAIRS: usize = 14 * 14;

    fn new(options: CountOptions, mut atoms: impl Iterator<Item = Atom>) -> Self {
        let tables = match options.national {
            National::Off => 1,
            // One septet a character and no header: no other tables do better. Most texts.
            National::Cheapest if atoms.all(|atom| alphabet::septets(atom.code) == 1) => 1,
            National::Cheapest => Self::TABLES,
        };
        let mut shifts = (0..tables)
            .flat_map(|locking| (0..tables).map(move |single| national::shift(locking, single)));
        Self {
            gsm7: core::array::from_fn(|_| {
                let shift = shifts.next()??;
                Some(Fill::new(Encoding::Gsm7, shift, options.reference))
            }),
            pairs: usize::from(tables) * usize::from(tables),
            ucs2: Fill::new(Encoding::Ucs2, Shift::default(), options.reference),
        }
    }

    fn place_character(&mut self, code: u32) {
        let membership = national::membership(code);
        for candidate in self.gsm7.iter_mut().take(self.pairs) {
            if let Some(fill) = candidate {
                match membership.septets(fill.shift()) {
                    Some(septets) => fill.whole(septets),
                    None => *candidate = None,
                }
            }
        }
        self.ucs2.whole(if code > 0xFFFF { 2 } else { 1 });
    }

    /// Places a cluster: whole where it fits into one part, else divided.
    fn place(&mut self, atoms: impl Iterator<Item = Atom> + Clone) {
        for candidate in self.gsm7.iter_mut().take(self.pairs) {
            if let Some(fill) = candidate
                && !place(fill, atoms.clone())
            {
                *candidate = None;
            }
        }
        place(&mut self.ucs2, atoms);
    }

    /// GSM-7 if any pair of tables holds the text in no more parts than UCS-2: the pair with the
    /// fewest parts, then the most room left, then the fewest national tables and languages. Only
    /// clusters of dozens of two-septet marks need more parts than in UCS-2, where they are
    /// divided.
    fn cheapest(&self) -> Count {
        let gsm7 = self.gsm7.iter().flatten().map(Fill::finish);
        let gsm7 = gsm7.min_by_key(|Count { parts, left, shift, .. }| {
            let languages = u8::from(shift.locking != shift.single);
            (*parts, core::cmp::Reverse(*left), shift.elements(), languages, *shift)
        });
        let ucs2 = self.ucs2.finish();
        gsm7.filter(|gsm7| gsm7.parts <= ucs2.parts).unwrap_or(ucs2)
    }
}

/// Places atoms that stay together where they fit; says no if the tables lack one of them.
fn place(fill: &mut Fill, atoms: impl Iterator<Item = Atom> + Clone) -> bool {
    let (encoding, shift) = (fill.encoding(), fill.shift());
    let costs = atoms.map(move |atom| units(encoding, shift, atom.code));
    let Some(whole) = costs.clone().sum::<Option<usize>>() else { return false };
    if whole <= fill.capacity() {
        fill.whole(whole);
    } else {
        costs.flatten().for_each(|units| fill.whole(units));
    }
    true
}
