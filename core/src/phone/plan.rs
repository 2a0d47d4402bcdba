//! Numbering plans: which numbers exist, and how they are dialled and grouped.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;
use core::ops::Range;

use once_cell::race::OnceBox;

use super::packed::{Coder, Decoder, Family, Graph, GraphReader, checksum, context};
use super::prefix;
use super::{Kind, PhoneNumber, Region};

/// The countries with numbers of their own, each with its calling code, by calling code; of
/// countries that share one the main country comes first. None while there are no plans.
pub fn regions() -> impl Iterator<Item = (Region, u32)> {
    Plans::get()
        .into_iter()
        .flat_map(|plans| &plans.all)
        .filter_map(|plan| Some((plan.region?, plan.code)))
}

impl PhoneNumber {
    /// The calling code that the number starts with; none where no country has it, or while there
    /// are no plans.
    #[must_use]
    pub fn calling_code(&self) -> Option<u32> {
        Plans::get()?.calling_code(self.digits().as_bytes()).map(|(code, _)| code)
    }
}

/// What the build script made of the phone library's metadata.
mod tables {
    include!(concat!(env!("OUT_DIR"), "/phone.rs"));
}

/// The longest national number that is looked at. The ITU says 15 with the calling code; longer
/// ones are in use in Germany.
pub(super) const NATIONAL_DIGITS: usize = 17;

/// The plan of a region, or of a calling code that belongs to none.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) region: Option<Region>,
    pub(super) code: u32,
    /// What a number dialled inside the country starts with, and what replaces it.
    prefix: &'static str,
    rule: &'static str,
    /// What a number dialled to other countries starts with.
    international: &'static str,
    general: u16,
    lengths: u32,
    local: u32,
}

/// What the length of a national number says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    Possible,
    /// Only inside an area: the area code is missing.
    Local,
    TooShort,
    TooLong,
    /// Shorter ones and longer ones exist.
    Between,
}

/// A calling code and the plans that share it, the main country's first.
#[derive(Debug)]
struct CallingCode {
    code: u32,
    plans: Range<usize>,
    kinds: u16,
    groups: u16,
}

/// All numbering plans.
#[derive(Debug)]
pub(super) struct Plans {
    /// Ways to group a number, one a line.
    groupings: &'static str,
    graph: Graph,
    all: Vec<Plan>,
    codes: Vec<CallingCode>,
}

/// Unpacked once; the same bytes always give the same plans.
static PLANS: OnceBox<Plans> = OnceBox::new();

/// The numbering plans as [`install_plans`] takes them, for who writes them into a file.
#[cfg(feature = "numbering-plans")]
#[must_use]
pub const fn packed_plans() -> &'static [u8] {
    tables::PACKED
}

/// Whether numbers can be read: always, where the plans are built in.
#[must_use]
pub fn plans_ready() -> bool {
    Plans::get().is_some()
}

/// Takes over the numbering plans that were left out of the program.
///
/// # Errors
/// If the bytes are not the plans that this build was made with.
pub fn install_plans(packed: &[u8]) -> Result<(), WrongPlans> {
    if checksum(packed).to_be_bytes() != tables::CHECKSUM {
        return Err(WrongPlans);
    }
    // They stay for as long as the program runs.
    PLANS.get_or_init(|| Box::new(Plans::unpack(Box::leak(packed.into()))));
    Ok(())
}

/// Bytes that are not the numbering plans of this build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongPlans;

impl fmt::Display for WrongPlans {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file does not hold the numbering plans of this version: load it again")
    }
}

impl Error for WrongPlans {}

impl Plans {
    /// The plans, unpacked on the first call where they are built in.
    pub(super) fn get() -> Option<&'static Self> {
        #[cfg(feature = "numbering-plans")]
        PLANS.get_or_init(|| Box::new(Self::unpack(tables::PACKED)));
        PLANS.get()
    }

    fn unpack(packed: &'static [u8]) -> Self {
        let (prefixes, packed) = text(packed);
        let (international, packed) = text(packed);
        let (groupings, packed) = text(packed);
        let mut decoder = Decoder::new(packed);
        let mut plans: Vec<Plan> = Vec::with_capacity(tables::PLANS);
        let mut codes: Vec<CallingCode> = Vec::new();
        let mut code = 0;
        for place in 0..tables::PLANS {
            let further = decoder.number(context::column(0), 0);
            code += further;
            plans.push(Plan::unpack(&mut decoder, code, prefixes, international));
            match codes.last_mut() {
                Some(last) if further == 0 => last.plans.end = place + 1,
                _ => {
                    let plans = place..place + 1;
                    codes.push(CallingCode { code, plans, kinds: 0, groups: 0 });
                }
            }
        }
        let mut graph = Graph::new();
        let mut reader = GraphReader::new(&mut decoder, &mut graph, Family::Kinds);
        for code in &mut codes {
            code.kinds = reader.root();
        }
        let mut reader = GraphReader::new(&mut decoder, &mut graph, Family::General);
        for plan in &mut plans {
            plan.general = reader.root();
        }
        let mut reader = GraphReader::new(&mut decoder, &mut graph, Family::Groups);
        for code in &mut codes {
            code.groups = reader.root();
        }
        Self { groupings, graph, all: plans, codes }
    }

    /// The plan of a country; none where it has no numbers of its own.
    pub(super) fn of_region(&self, region: Region) -> Option<&Plan> {
        self.all.iter().find(|plan| plan.region == Some(region))
    }

    /// The calling code that `digits` start with, and how many digits it has. No code is the
    /// beginning of another, and none starts with 0.
    pub(super) fn calling_code(&self, digits: &[u8]) -> Option<(u32, usize)> {
        if digits.first() == Some(&b'0') {
            return None;
        }
        let mut code = 0;
        for (place, digit) in digits.iter().enumerate().take(3) {
            code = code * 10 + u32::from(digit.wrapping_sub(b'0'));
            if self.code(code).is_some() {
                return Some((code, place + 1));
            }
        }
        None
    }

    fn code(&self, code: u32) -> Option<&CallingCode> {
        let place = self.codes.binary_search_by_key(&code, |entry| entry.code).ok()?;
        self.codes.get(place)
    }

    /// The plan of the main country of a calling code.
    pub(super) fn main(&self, code: u32) -> Option<&Plan> {
        self.all.get(self.code(code)?.plans.start)
    }

    /// Region and kind of a national number; none where no such number is in use.
    pub(super) fn kind(&self, code: u32, national: &[u8]) -> Option<(Option<Region>, Kind)> {
        let code = self.code(code)?;
        let outcome = self.graph.outcome(code.kinds, national)?;
        let plan = self.all.get(code.plans.start + usize::from(outcome / 16))?;
        Some((plan.region, kind(outcome % 16)?))
    }

    /// Sizes of the groups of a national number and what stands between them, as in `3 2-2`.
    pub(super) fn grouping(&self, code: u32, national: &[u8]) -> Option<&'static str> {
        let outcome = self.graph.outcome(self.code(code)?.groups, national)?;
        self.groupings.lines().nth(usize::from(outcome))
    }

    /// Whether the digits look like a number of the plan in general.
    fn fits(&self, plan: &Plan, national: &[u8]) -> bool {
        self.graph.outcome(plan.general, national).is_some()
    }

    /// Whether to take `changed` for the number rather than `original`: not if only the original
    /// looks like a number of the plan.
    fn improves(&self, plan: &Plan, original: &[u8], changed: &[u8]) -> bool {
        !self.fits(plan, original) || self.fits(plan, changed)
    }

    /// Whether `changed` is a number of the plan and `original` is not.
    pub(super) fn repairs(&self, plan: &Plan, original: &[u8], changed: &[u8]) -> bool {
        !self.fits(plan, original) && self.fits(plan, changed)
    }

    /// Takes away what is dialled before a number inside the country; the result stands in
    /// `number`.
    pub(super) fn strip_national_prefix(&self, plan: &Plan, number: &mut prefix::Digits) {
        let Some(found) = prefix::find(plan.prefix, number.as_slice()) else { return };
        let mut changed = prefix::Digits::new();
        if found.takes_over(plan.rule) {
            found.replace(plan.rule, number.as_slice(), &mut changed);
        } else {
            changed.extend(number.as_slice().get(found.end..).unwrap_or_default());
        }
        if self.improves(plan, number.as_slice(), changed.as_slice()) {
            *number = changed;
        }
    }
}

impl Plan {
    fn unpack(
        decoder: &mut Decoder<'_>,
        code: u32,
        prefixes: &'static str,
        international: &'static str,
    ) -> Self {
        let mut column = |index| decoder.number(context::column(index), 0);
        let letters = [column(1), column(2)]
            .map(|letter| u8::try_from(letter).unwrap_or(0).wrapping_add(b'0'));
        let (prefix, rule) = line(prefixes, column(3)).split_once(';').unwrap_or_default();
        let international = line(international, column(4));
        let region = core::str::from_utf8(&letters).ok().and_then(|text| text.parse().ok());
        let lengths = length_set(decoder, 0);
        let local = length_set(decoder, 1);
        Self { region, code, prefix, rule, international, general: 0, lengths, local }
    }

    /// How many digits are dialled before a number in another country: the library does not take
    /// them for that where a 0 follows, with which no calling code starts.
    pub(super) fn international_prefix(&self, digits: &[u8]) -> Option<usize> {
        let end = prefix::find(self.international, digits)?.end;
        (digits.get(end) != Some(&b'0')).then_some(end)
    }

    /// What the length of a national number says.
    pub(super) fn length(&self, digits: usize) -> Length {
        let bit = u32::try_from(digits).ok().and_then(|digits| 1_u32.checked_shl(digits));
        let Some(bit) = bit else { return Length::TooLong };
        if self.local & bit != 0 {
            Length::Local
        } else if self.lengths & bit != 0 {
            Length::Possible
        } else if self.lengths == 0 {
            Length::Between
        } else if bit < self.lengths & self.lengths.wrapping_neg() {
            Length::TooShort
        } else if bit > self.lengths {
            Length::TooLong
        } else {
            Length::Between
        }
    }
}

/// The kinds, in the order in which the build script counts them.
fn kind(index: u16) -> Option<Kind> {
    const KINDS: [Kind; 11] = [
        Kind::PremiumRate,
        Kind::TollFree,
        Kind::SharedCost,
        Kind::Voip,
        Kind::PersonalNumber,
        Kind::Pager,
        Kind::Uan,
        Kind::Voicemail,
        Kind::FixedLine,
        Kind::Mobile,
        Kind::FixedLineOrMobile,
    ];
    KINDS.get(usize::from(index)).copied()
}

fn line(lines: &'static str, index: u32) -> &'static str {
    usize::try_from(index).ok().and_then(|index| lines.lines().nth(index)).unwrap_or_default()
}

/// The text that `packed` begins with, ended by NUL, and what is behind it.
fn text(packed: &'static [u8]) -> (&'static str, &'static [u8]) {
    let end = packed.iter().position(|byte| *byte == 0).unwrap_or(packed.len());
    let (text, rest) = packed.split_at_checked(end).unwrap_or((packed, &[]));
    (core::str::from_utf8(text).unwrap_or_default(), rest.get(1..).unwrap_or_default())
}

fn length_set(decoder: &mut Decoder<'_>, set: usize) -> u32 {
    let mut lengths = 0;
    let mut before = false;
    for length in 0..=NATIONAL_DIGITS {
        before = decoder.bit(context::length(set, length, before), false);
        lengths |= u32::from(before) << length;
    }
    lengths
}
