//! A second counter, slow and plain, that finds the true minimum.
//!
//! It shares no rule with the first. Its alphabets are the vectors' tables, the room in a part is
//! added up from octets and bits, every encoding and every pair of tables is tried, and the fewest
//! parts are found by trying every place where a part could begin.
#![expect(clippy::indexing_slicing, reason = "a test may stop")]

mod tables;

use iap_core::sms::{CountOptions, Encoding, National, Newlines, Reference, Split};
use tables::TABLES;
use unicode_segmentation::UnicodeSegmentation;

/// What a text needs at least.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) encoding: Encoding,
    /// Every pair of tables that needs no more than this, as identifiers of the locking and the
    /// single shift table.
    pub(crate) pairs: Vec<(u8, u8)>,
    pub(crate) units: usize,
    pub(crate) parts: usize,
    pub(crate) capacity: usize,
    pub(crate) left: usize,
}

/// Counts a text in UTF-16.
pub(crate) fn count(text: &[u16], options: CountOptions) -> Verdict {
    let groups = groups(&sent(text, options.newlines), options.split);
    let mut best: Option<(Candidate, Vec<(u8, u8)>)> = None;
    for pair in pairs(options.national) {
        let Some(found) = gsm7(&groups, pair, options.reference) else { continue };
        match &mut best {
            Some((candidate, pairs)) if candidate.rank() == found.rank() => pairs.push(pair),
            Some((candidate, _)) if candidate.rank() < found.rank() => {}
            _ => best = Some((found, vec![pair])),
        }
    }
    let ucs2 = ucs2(&groups, options.reference);
    let (encoding, (found, pairs)) = match best {
        Some(best) if best.0.parts <= ucs2.parts => (Encoding::Gsm7, best),
        _ => (Encoding::Ucs2, (ucs2, vec![(0, 0)])),
    };
    let Candidate { units, parts, capacity, left, .. } = found;
    Verdict { encoding, pairs, units, parts, capacity, left }
}

/// The units of a text in one encoding, the parts apart; none if it lacks a character.
pub(crate) fn units(
    text: &[u16],
    encoding: Encoding,
    pair: (u8, u8),
    newlines: Newlines,
) -> Option<usize> {
    sent(text, newlines)
        .into_iter()
        .map(|code| match encoding {
            Encoding::Gsm7 => septets(code, pair),
            Encoding::Ucs2 => Some(utf16_units(code)),
        })
        .sum()
}

/// One way to send a text.
struct Candidate {
    units: usize,
    parts: usize,
    capacity: usize,
    left: usize,
    /// National tables used.
    tables: usize,
}

impl Candidate {
    /// Lower is better: fewest parts, then most room left, then fewest national tables.
    fn rank(&self) -> (usize, std::cmp::Reverse<usize>, usize) {
        (self.parts, std::cmp::Reverse(self.left), self.tables)
    }
}

fn pairs(national: National) -> Vec<(u8, u8)> {
    let last = match national {
        National::Off => 0,
        National::Cheapest => 13,
    };
    let mut pairs = Vec::new();
    for locking in (0..=last).filter(|locking| TABLES.locking.contains_key(locking)) {
        for single in 0..=last {
            pairs.push((locking, single));
        }
    }
    pairs
}

/// The code points that are sent, unpaired surrogates as themselves.
fn sent(text: &[u16], newlines: Newlines) -> Vec<u32> {
    let mut codes: Vec<u32> = char::decode_utf16(text.iter().copied())
        .map(|code| code.map_or_else(|unpaired| unpaired.unpaired_surrogate().into(), u32::from))
        .collect();
    let (cr, lf) = (0x0D, 0x0A);
    if newlines == Newlines::AsTyped {
        return codes;
    }
    // Every break becomes one line feed first.
    let mut at = 0;
    while at < codes.len() {
        if codes[at] == cr && codes.get(at + 1) == Some(&lf) {
            codes.remove(at);
        } else if codes[at] == cr {
            codes[at] = lf;
        }
        at += 1;
    }
    if newlines == Newlines::CrLf {
        codes = codes
            .into_iter()
            .flat_map(|code| if code == lf { vec![cr, lf] } else { vec![code] })
            .collect();
    }
    codes
}

/// What is to stay together: characters, or the characters of each grapheme cluster.
fn groups(codes: &[u32], split: Split) -> Vec<Vec<u32>> {
    match split {
        Split::Characters => codes.iter().map(|&code| vec![code]).collect(),
        Split::Graphemes => {
            let text: String = codes
                .iter()
                .map(|&code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect();
            text.graphemes(true).map(|cluster| cluster.chars().map(u32::from).collect()).collect()
        }
    }
}

fn septets(code: u32, (locking, single): (u8, u8)) -> Option<usize> {
    if TABLES.locking[&locking].contains_key(&code) {
        Some(1)
    } else if TABLES.single[&single].contains_key(&code) {
        Some(2)
    } else {
        None
    }
}

fn utf16_units(code: u32) -> usize {
    if code > 0xFFFF { 2 } else { 1 }
}

fn gsm7(groups: &[Vec<u32>], pair: (u8, u8), reference: Reference) -> Option<Candidate> {
    let tables = [pair.0, pair.1].into_iter().filter(|&identifier| identifier != 0).count();
    let costs = groups
        .iter()
        .map(|group| group.iter().map(|&code| septets(code, pair)).collect::<Option<Vec<_>>>())
        .collect::<Option<Vec<_>>>()?;
    let room = |concatenated| {
        let mut header_bits = 8 * header_octets(tables, concatenated);
        while !header_bits.is_multiple_of(7) {
            header_bits += 1; // fill bits
        }
        let mut septets = 0;
        while header_bits + 7 * (septets + 1) <= 8 * 140 {
            septets += 1;
        }
        septets
    };
    Some(candidate(&costs, room(None), room(Some(reference)), tables))
}

fn ucs2(groups: &[Vec<u32>], reference: Reference) -> Candidate {
    let costs: Vec<Vec<usize>> =
        groups.iter().map(|group| group.iter().map(|&code| utf16_units(code)).collect()).collect();
    let room = |concatenated| (140 - header_octets(0, concatenated)) / 2;
    candidate(&costs, room(None), room(Some(reference)), 0)
}

/// Octets of the user data header: its length octet, then each information element with its
/// identifier octet and length octet.
fn header_octets(tables: usize, concatenated: Option<Reference>) -> usize {
    let concatenation = match concatenated {
        None => None,
        Some(Reference::Bits8) => Some(1 + 1 + 1), // reference, parts, number of this part
        Some(Reference::Bits16) => Some(2 + 1 + 1),
    };
    let national = vec![1; tables]; // the language
    let elements: usize = concatenation.into_iter().chain(national).map(|data| 1 + 1 + data).sum();
    if elements == 0 { 0 } else { 1 + elements }
}

fn candidate(costs: &[Vec<usize>], alone: usize, among: usize, tables: usize) -> Candidate {
    let units = costs.iter().flatten().sum();
    if units <= alone {
        let parts = usize::from(units > 0);
        return Candidate { units, parts, capacity: alone, left: alone - units, tables };
    }
    let mut blocks = Vec::new();
    for group in costs {
        let together = group.iter().sum();
        if together <= among {
            blocks.push(together);
        } else {
            blocks.extend(group);
        }
    }
    let (parts, used) = fewest_parts(&blocks, among);
    Candidate { units, parts, capacity: among, left: among - used, tables }
}

/// The fewest parts that hold blocks in order, and the least that the last one then holds.
fn fewest_parts(blocks: &[usize], capacity: usize) -> (usize, usize) {
    // For every number of blocks from the start: the answer for those blocks alone.
    let mut answers = vec![(0, 0)];
    for end in 1..=blocks.len() {
        let mut best = (usize::MAX, usize::MAX);
        let mut used = 0;
        for start in (0..end).rev() {
            used += blocks[start];
            if used > capacity {
                break;
            }
            best = best.min((answers[start].0 + 1, used));
        }
        answers.push(best);
    }
    answers[blocks.len()]
}
