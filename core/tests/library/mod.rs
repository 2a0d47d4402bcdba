//! The phone library, asked the way the compact reader is asked.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use iap_core::phone::{Kind, ParsedNumber, PhoneNumber, Region};
use rlibphonenumber::{
    PHONE_NUMBER_UTIL, PhoneNumberFormat, PhoneNumberType, Region as LibraryRegion,
    get_national_significant_number_owned,
};

/// A number that the library gives as an example.
pub(crate) struct Example {
    /// The country; none for numbers of no country.
    pub(crate) region: Option<Region>,
    /// The calling code.
    pub(crate) code: String,
    /// The national number.
    pub(crate) national: String,
}

/// All countries with numbers of their own.
pub(crate) fn regions() -> Vec<Region> {
    let mut regions: Vec<Region> = PHONE_NUMBER_UTIL
        .get_supported_regions()
        .map(|region| region.to_string().parse().unwrap())
        .collect();
    regions.sort_unstable();
    regions
}

/// An example of every kind of number that a country has.
pub(crate) fn examples() -> Vec<Example> {
    const KINDS: [PhoneNumberType; 10] = [
        PhoneNumberType::FixedLine,
        PhoneNumberType::Mobile,
        PhoneNumberType::TollFree,
        PhoneNumberType::PremiumRate,
        PhoneNumberType::SharedCost,
        PhoneNumberType::VoIP,
        PhoneNumberType::PersonalNumber,
        PhoneNumberType::Pager,
        PhoneNumberType::UAN,
        PhoneNumberType::VoiceMail,
    ];
    let mut codes: Vec<i32> =
        PHONE_NUMBER_UTIL.get_supported_global_network_calling_codes().collect();
    codes.sort_unstable();
    let nowhere = codes
        .into_iter()
        .filter_map(|code| PHONE_NUMBER_UTIL.get_example_number_for_non_geo_entity(code).ok())
        .map(|number| (None, number));
    let somewhere = regions().into_iter().flat_map(|region| {
        let library = LibraryRegion::from_code(region.as_str()).unwrap();
        KINDS.iter().filter_map(move |kind| {
            let number =
                PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(library, *kind).ok()?;
            Some((Some(region), number))
        })
    });
    somewhere
        .chain(nowhere)
        .map(|(region, number)| Example {
            region,
            code: number.country_code.to_string(),
            national: get_national_significant_number_owned(&number),
        })
        .collect()
}

/// What the library says of a text. The error is a word for reading.
pub(crate) fn parse(text: &str, default: Option<Region>) -> Result<ParsedNumber, &'static str> {
    let default = default.map(|region| LibraryRegion::from_code(region.as_str()).unwrap());
    let number = PHONE_NUMBER_UTIL.parse(text, default).map_err(|_| "not parsed")?;
    if !PHONE_NUMBER_UTIL.is_valid_number(&number) {
        return Err("not valid");
    }
    let e164 = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164);
    let region = PHONE_NUMBER_UTIL.get_region_for_number(&number);
    Ok(ParsedNumber {
        // E.164 allows 15 digits, the library takes 17 behind the calling code.
        number: PhoneNumber::from_e164(&e164).map_err(|_| "longer than E.164 allows")?,
        region: region.and_then(|region| region.to_string().parse().ok()),
        kind: kind(PHONE_NUMBER_UTIL.get_number_type(&number)).ok_or("of no kind")?,
    })
}

fn kind(kind: PhoneNumberType) -> Option<Kind> {
    Some(match kind {
        PhoneNumberType::FixedLine => Kind::FixedLine,
        PhoneNumberType::Mobile => Kind::Mobile,
        PhoneNumberType::FixedLineOrMobile => Kind::FixedLineOrMobile,
        PhoneNumberType::TollFree => Kind::TollFree,
        PhoneNumberType::PremiumRate => Kind::PremiumRate,
        PhoneNumberType::SharedCost => Kind::SharedCost,
        PhoneNumberType::VoIP => Kind::Voip,
        PhoneNumberType::PersonalNumber => Kind::PersonalNumber,
        PhoneNumberType::Pager => Kind::Pager,
        PhoneNumberType::UAN => Kind::Uan,
        PhoneNumberType::VoiceMail => Kind::Voicemail,
        PhoneNumberType::Unknown => return None,
    })
}

/// A number as the library shows it.
pub(crate) fn grouped(number: PhoneNumber) -> String {
    let number = PHONE_NUMBER_UTIL.parse(number.to_string(), None).unwrap();
    PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::International).into_owned()
}
