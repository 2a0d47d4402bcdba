//! The parts a text is sent in.

use core::iter::FusedIterator;
use core::ops::Range;

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};

use super::count::{Count, count};
use super::encoding::{Encoding, Shift, units};
use super::fill::{to_u32, to_usize};
use super::options::{CountOptions, Newlines, Split};
use super::text::Atoms;

/// The most parts one message can have: the header counts them in one octet (3GPP TS 23.040,
/// 9.2.3.24.1).
pub const MAX_PARTS: u32 = 255;

/// A number of parts that can be sent: 0 (an empty text) to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartCount(u8);

impl PartCount {
    /// The largest: [`MAX_PARTS`].
    pub const MAX: Self = Self(u8::MAX);

    /// # Errors
    /// [`TooManyParts`] above [`MAX_PARTS`].
    pub fn new(parts: u32) -> Result<Self, TooManyParts> {
        u8::try_from(parts).map(Self).map_err(|_| TooManyParts { parts, limit: Self::MAX })
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl From<u8> for PartCount {
    fn from(parts: u8) -> Self {
        Self(parts)
    }
}

impl From<PartCount> for u32 {
    fn from(parts: PartCount) -> Self {
        Self::from(parts.0)
    }
}

impl core::fmt::Display for PartCount {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}

/// A text needs more parts than are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TooManyParts {
    /// Parts the text needs.
    pub parts: u32,
    /// Parts that are allowed.
    pub limit: PartCount,
}

impl core::fmt::Display for TooManyParts {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { parts, limit } = self;
        write!(f, "The text needs {parts} parts and {limit} are allowed. Shorten it.")
    }
}

impl core::error::Error for TooManyParts {}

/// One part of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Part {
    /// Bytes of the text that this part carries. The ranges of all parts lie end to end and cover
    /// the text. Where a line break is sent as two characters and a boundary falls between them,
    /// the break belongs to the part that carries its carriage return; a last part that carries
    /// no more than the line feed has an empty range.
    pub range: Range<usize>,
    /// Units it holds, without its header.
    pub units: u32,
    /// Units it could hold.
    pub capacity: u32,
}

/// The parts of a text, in order. None for an empty text.
///
/// Yields as many parts as the text needs, 256 and more too: whether they can be sent is for
/// [`Count::within`] to say.
#[must_use]
pub fn parts<'t>(text: &'t str, options: &CountOptions) -> Parts<'t> {
    Parts::new(text, count(text, options), *options)
}

/// See [`parts`].
#[derive(Clone)]
pub struct Parts<'t> {
    pieces: Pieces<'t>,
    /// The first piece of the next part.
    next: Option<Piece>,
    /// Where the next part begins.
    start: usize,
    capacity: usize,
    encoding: Encoding,
    shift: Shift,
}

impl<'t> Parts<'t> {
    /// The parts of a text that was counted with the same options.
    pub(super) fn new(text: &'t str, count: Count, options: CountOptions) -> Self {
        let Count { encoding, shift, capacity, .. } = count;
        let capacity = to_usize(capacity);
        let mut pieces = Pieces::new(text, encoding, shift, capacity, options);
        let next = pieces.next();
        Self { pieces, next, start: 0, capacity, encoding, shift }
    }

    /// The encoding of all parts.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The national tables of all parts.
    #[must_use]
    pub fn shift(&self) -> Shift {
        self.shift
    }
}

impl Iterator for Parts<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let Piece { mut units, mut end } = self.next?;
        loop {
            self.next = self.pieces.next();
            match self.next {
                Some(piece) if units + piece.units <= self.capacity => {
                    units += piece.units;
                    end = piece.end;
                }
                _ => break,
            }
        }
        let range = self.start..end;
        self.start = end;
        Some(Part { range, units: to_u32(units), capacity: to_u32(self.capacity) })
    }
}

impl FusedIterator for Parts<'_> {}

/// What no boundary divides: its units, and where it ends in the text.
#[derive(Clone, Copy)]
struct Piece {
    units: usize,
    end: usize,
}

/// The pieces of a text: its grapheme clusters where they are to stay whole and fit into a part,
/// else its characters.
#[derive(Clone)]
struct Pieces<'t> {
    characters: Atoms<'t, u8>,
    clusters: Option<GraphemeIndices<'t>>,
    capacity: usize,
    encoding: Encoding,
    shift: Shift,
    newlines: Newlines,
}

impl<'t> Pieces<'t> {
    fn new(
        text: &'t str,
        encoding: Encoding,
        shift: Shift,
        capacity: usize,
        options: CountOptions,
    ) -> Self {
        let newlines = options.newlines;
        let (characters, clusters) = match options.split {
            Split::Characters => (text, None),
            Split::Graphemes => ("", Some(text.grapheme_indices(true))),
        };
        let characters = Atoms::new(characters.as_bytes(), 0, newlines);
        Self { characters, clusters, capacity, encoding, shift, newlines }
    }

    fn units(&self, code: u32) -> usize {
        // Zero never: the encoding was chosen because it has every character of the text.
        units(self.encoding, self.shift, code).unwrap_or(0)
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(atom) = self.characters.next() {
                return Some(Piece { units: self.units(atom.code), end: atom.end });
            }
            let (at, cluster) = self.clusters.as_mut()?.next()?;
            let atoms = Atoms::new(cluster.as_bytes(), at, self.newlines);
            let units = atoms.clone().map(|atom| self.units(atom.code)).sum();
            if units <= self.capacity {
                return Some(Piece { units, end: at + cluster.len() });
            }
            self.characters = atoms;
        }
    }
}
