//! What is taken from the library's metadata.

use rlibphonenumber::interfaces::AsOriginal;
use rlibphonenumber::{PHONE_NUMBER_UTIL, Region};

/// The numbering plan of a region, or of a calling code that belongs to none.
#[derive(Debug)]
pub(crate) struct Plan {
    /// Two letters, or `001`.
    pub(crate) region: String,
    pub(crate) code: u32,
    pub(crate) general: Description,
    /// In the order in which they are tried. The index is the outcome in the graph.
    pub(crate) kinds: Vec<Option<Description>>,
    pub(crate) fixed_is_mobile: bool,
    /// What a national number starts with where regions share a calling code.
    pub(crate) leading_digits: Option<String>,
    pub(crate) international_prefix: Option<String>,
    pub(crate) national_prefix: Option<String>,
    pub(crate) national_prefix_rule: String,
    pub(crate) formats: Vec<Format>,
}

/// What numbers of a kind look like.
#[derive(Debug)]
pub(crate) struct Description {
    pub(crate) pattern: String,
    /// Bit n: numbers of n digits exist. No bit: as in general.
    pub(crate) lengths: u32,
    /// Bit n: n digits are dialled inside an area.
    pub(crate) local: u32,
    /// The metadata say that there is no such number.
    pub(crate) none: bool,
}

/// How a number is grouped.
#[derive(Debug)]
pub(crate) struct Format {
    pub(crate) pattern: String,
    pub(crate) leading_digits: Option<String>,
    /// The groups, as `$1 $2`.
    pub(crate) groups: String,
}

fn lengths(list: &[i32]) -> u32 {
    list.iter().filter(|length| **length != -1).fold(0, |set, length| set | 1 << length)
}

// The library's own types for metadata cannot be named from outside, only used.
macro_rules! pattern {
    ($triplets:expr) => {
        $triplets.pattern_base.is_some().then(|| $triplets.original_base().to_owned())
    };
}

macro_rules! description {
    ($desc:expr) => {
        pattern!($desc.national_number_pattern()).map(|pattern| Description {
            pattern,
            lengths: lengths(&$desc.original.possible_length),
            local: lengths(&$desc.original.possible_length_local_only),
            none: $desc.original.possible_length.contains(&-1),
        })
    };
}

/// The plans by calling code; within one in the library's order, the main country first.
pub(crate) fn plans() -> Vec<Plan> {
    let mut codes: Vec<i32> = PHONE_NUMBER_UTIL.get_supported_calling_codes().collect();
    codes.sort_unstable();
    codes.iter().flat_map(|code| plans_of(*code)).collect()
}

fn plans_of(code: i32) -> Vec<Plan> {
    let regions = PHONE_NUMBER_UTIL
        .get_regions_for_country_calling_code(code)
        .expect("a supported calling code has regions");
    regions.map(|region| plan(code, region)).collect()
}

fn plan(code: i32, region: Region) -> Plan {
    let library = PHONE_NUMBER_UTIL.as_original();
    let data = library
        .get_metadata_for_region_or_calling_code(code, region)
        .expect("a region of a calling code has metadata");
    let formats = if data.intl_number_format.is_empty() {
        &data.number_format
    } else {
        &data.intl_number_format
    };
    Plan {
        region: data.original.id.clone(),
        code: u32::try_from(code).expect("calling codes are positive"),
        general: description!(data.general_desc).expect("every plan describes its numbers"),
        kinds: vec![
            description!(data.premium_rate),
            description!(data.toll_free),
            description!(data.shared_cost),
            description!(data.voip),
            description!(data.personal_number),
            description!(data.pager),
            description!(data.uan),
            description!(data.voicemail),
            description!(data.fixed_line),
            description!(data.mobile),
        ],
        fixed_is_mobile: data.original.same_mobile_and_fixed_line_pattern(),
        leading_digits: pattern!(data.leading_digits()),
        international_prefix: pattern!(data.international_prefix()),
        national_prefix: pattern!(data.national_prefix_for_parsing()),
        national_prefix_rule: data.original.national_prefix_transform_rule().to_owned(),
        formats: formats
            .iter()
            .map(|format| Format {
                pattern: format.pattern().original_base().to_owned(),
                leading_digits: format
                    .leading_digits_pattern()
                    .last()
                    .map(|last| last.original_base().to_owned()),
                groups: format.original.format.clone(),
            })
            .collect(),
    }
}
