//! Credits, rate cards and quotes by their vectors, natively and in the browser.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

mod support;

use std::fmt::Debug;

use iap_core::phone::{self, ParseError, ParsedNumber, Region};
use iap_core::pricing::csv::{MAX_CSV_BYTES, MAX_CSV_ERRORS, MAX_CSV_LINE_BYTES};
use iap_core::pricing::{
    BadNumber, Credits, Date, Destinations, MessageParts, Outcome, PartPrice, Prefix, RateCard,
    RateKind, country_prefixes, sample_rate_card,
};
use iap_core::sms::PartCount;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rates {
    credits: Vec<CreditsCase>,
    date: Vec<DateCase>,
    prefix: Vec<PrefixCase>,
    file: Vec<FileCase>,
    find: Vec<FindCase>,
    sample: Vec<SampleCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CreditsCase {
    text: String,
    millionths: Option<i64>,
    shown: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DateCase {
    text: String,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrefixCase {
    text: String,
    code: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileCase {
    name: String,
    csv: String,
    rates: Option<Vec<String>>,
    #[serde(default)]
    errors: Vec<String>,
    #[serde(default)]
    sample: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FindCase {
    csv: String,
    numbers: Vec<FoundCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FoundCase {
    number: String,
    on: String,
    prefix: Option<String>,
    price: Option<String>,
    kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleCase {
    number: String,
    country: Option<String>,
    price: Option<String>,
    kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Quotes {
    quote: Vec<QuoteCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteCase {
    name: String,
    #[expect(dead_code, reason = "for people who read the file")]
    source: String,
    csv: String,
    on: String,
    recipients: Vec<String>,
    same: Option<u32>,
    #[serde(default)]
    each: Vec<u32>,
    limit: Option<u8>,
    balance: String,
    #[serde(default)]
    lines: Vec<LineCase>,
    total: Option<String>,
    after: Option<String>,
    missing: Option<String>,
    #[serde(default)]
    refused: Vec<RefusedCase>,
    error: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct LineCase {
    country: Option<String>,
    prefix: Option<String>,
    recipients: u64,
    parts: u64,
    price: String,
    subtotal: String,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct RefusedCase {
    at: usize,
    reason: String,
}

fn rates() -> Rates {
    toml::from_str(include_str!("../testdata/rates.toml")).unwrap()
}

fn quotes() -> Quotes {
    toml::from_str(include_str!("../testdata/quote.toml")).unwrap()
}

fn credits(text: &str) -> Credits {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// The name of an enum's variant, without what it holds.
fn variant(value: impl Debug) -> String {
    let text = format!("{value:?}");
    text.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()
}

fn card(csv: &str) -> RateCard {
    RateCard::from_csv(csv.as_bytes()).unwrap()
}

/// The errors of a file, one a line.
fn errors(csv: &[u8]) -> Vec<String> {
    RateCard::from_csv(csv).unwrap_err().to_string().lines().map(str::to_owned).collect()
}

/// A recipient of a vector.
fn recipient(text: &str) -> Result<ParsedNumber, BadNumber> {
    phone::parse(text, None).map_err(|reason| BadNumber { typed: text.to_owned(), reason })
}

/// Compares a quote with what a vector says.
fn check_quote(case: &QuoteCase) {
    let name = &case.name;
    let recipients = case.recipients.iter().map(|text| recipient(text));
    let list = Destinations::new(&card(&case.csv), date(&case.on), recipients);
    let parts = case.same.map_or(MessageParts::Each(&case.each), MessageParts::Same);
    let limit = case.limit.map_or(PartCount::MAX, PartCount::from);
    let balance = credits(&case.balance);
    let quote = match list.quote(parts, limit, balance) {
        Ok(quote) => quote,
        Err(error) => return assert_eq!(Some(variant(error)), case.error, "{name}"),
    };
    assert_eq!(case.error, None, "{name}");
    let lines: Vec<LineCase> = quote
        .lines
        .iter()
        .map(|line| LineCase {
            country: line.country.map(|country| country.to_string()),
            prefix: line.rate.prefix().map(|prefix| prefix.to_string()),
            recipients: line.recipients,
            parts: line.parts,
            price: credits_as_in_vector(line.price.credits(), &case.lines),
            subtotal: credits_as_in_vector(line.subtotal, &case.lines),
        })
        .collect();
    assert_eq!(lines, case.lines, "{name}");
    assert_eq!(quote.recipients, lines.iter().map(|line| line.recipients).sum::<u64>(), "{name}");
    assert_eq!(quote.parts, lines.iter().map(|line| line.parts).sum::<u64>(), "{name}");
    assert_eq!(Some(quote.total), case.total.as_deref().map(credits), "{name}");
    assert_eq!(quote.balance, balance, "{name}");
    let outcome = match (&case.after, &case.missing) {
        (Some(after), None) => Outcome::Enough { after: credits(after) },
        (None, Some(missing)) => Outcome::Short { missing: credits(missing) },
        _ => panic!("{name}: give either after or missing"),
    };
    assert_eq!(quote.outcome, outcome, "{name}");
    let refused: Vec<RefusedCase> = list
        .refusals(parts, limit)
        .map(|refused| RefusedCase { at: refused.position, reason: variant(refused.reason) })
        .collect();
    assert_eq!(refused, case.refused, "{name}");
    assert_eq!(quote.refused.total(), case.refused.len() as u64, "{name}");
    for refused in list.refusals(parts, limit) {
        if let Err(bad) = refused.given {
            assert_eq!(bad.typed, case.recipients[refused.position], "{name}");
        }
    }
}

/// An amount as the vector writes it, so that `0.1` and `0.1000` are the same.
fn credits_as_in_vector(amount: Credits, lines: &[LineCase]) -> String {
    lines
        .iter()
        .flat_map(|line| [&line.price, &line.subtotal])
        .find(|text| credits(text) == amount)
        .cloned()
        .unwrap_or_else(|| amount.to_string())
}

tests_everywhere! {
    fn amounts_are_read_and_shown() {
        for case in rates().credits {
            let read = case.text.parse::<Credits>();
            let error = read.err().map(variant);
            assert_eq!(error, case.error, "{:?}", case.text);
            if let Ok(read) = read {
                assert_eq!(Some(read.millionths()), case.millionths, "{:?}", case.text);
                assert_eq!(Some(read.to_string()), case.shown, "{:?}", case.text);
                assert_eq!(Ok(read), Credits::try_from(read.to_string().as_str()));
            }
        }
    }

    fn amounts_out_of_range_are_errors() {
        let one = Credits::from_millionths(1);
        assert!(Credits::MAX.checked_add(one).is_err());
        assert!(Credits::MIN.checked_sub(one).is_err());
        assert!(Credits::MAX.checked_mul(2).is_err());
        assert!(Credits::MIN.checked_mul(u64::MAX).is_err());
        assert!(Credits::checked_sum([Credits::MAX, one]).is_err());
        assert_eq!(Credits::MAX.checked_mul(1), Ok(Credits::MAX));
        assert_eq!(Credits::MAX.checked_mul(0), Ok(Credits::ZERO));
        assert_eq!(format!("{:>10}|{:<10}|", credits("1"), credits("-1")), "    1.0000|-1.0000   |");
    }

    fn days_are_read_and_written() {
        for case in rates().date {
            let read = case.text.parse::<Date>();
            assert_eq!(read.err().map(variant), case.error, "{:?}", case.text);
            if let Ok(read) = read {
                assert_eq!(read.to_string(), case.text);
                assert_eq!(Date::new(read.year(), read.month(), read.day()), Ok(read));
            }
        }
    }

    fn prefixes_are_read_and_know_their_calling_code() {
        for case in rates().prefix {
            let read = case.text.parse::<Prefix>();
            assert_eq!(read.err().map(variant), case.error, "{:?}", case.text);
            if let Ok(read) = read {
                assert_eq!(read.to_string(), case.text.trim_start_matches('+'));
                assert_eq!(read.calling_code().map(|code| code.to_string()), case.code);
            }
        }
    }

    fn files_are_read_or_every_error_is_told() {
        for case in rates().file {
            let name = &case.name;
            match RateCard::from_csv(case.csv.as_bytes()) {
                Ok(card) => {
                    assert_eq!(case.errors, Vec::<String>::new(), "{name}");
                    assert_eq!(card.is_sample(), case.sample, "{name}");
                    let csv = card.to_csv();
                    let lines = csv.lines().skip(1 + usize::from(case.sample));
                    assert_eq!(Some(lines.map(str::to_owned).collect()), case.rates, "{name}");
                    assert_eq!(RateCard::from_csv(csv.as_bytes()), Ok(card), "{name}");
                }
                Err(errors) => {
                    let told: Vec<_> = errors.to_string().lines().map(str::to_owned).collect();
                    assert_eq!(told, case.errors, "{name}");
                    assert_eq!(case.rates, None, "{name}");
                }
            }
        }
    }

    fn bytes_that_are_no_text_are_told() {
        let line = |value: &[u8]| {
            [b"prefix,credits_per_part,kind,valid_from\n32,1,", value, b",2026-01-01\n"].concat()
        };
        assert_eq!(errors(&line(b"st\xe4ndard")), [
            "line 2, column 3 (kind): \"st\u{FFFD}ndard\": the value is not text in UTF-8: save \
             the file as CSV in UTF-8"
        ]);
        assert_eq!(errors(b"\xff\xfep\0r\0"), [
            "the file is text in UTF-16: save it as CSV in UTF-8"
        ]);
        assert_eq!(errors(&line(b"a\0b")).len(), 1);
    }

    fn sizes_have_limits() {
        let large = vec![b'\n'; MAX_CSV_BYTES + 1];
        assert_eq!(errors(&large), ["the file is larger than 10 MiB: split it"]);
        let long = format!("prefix,credits_per_part,valid_from\n{:1025}\n{:1025}x", ' ', ' ');
        assert_eq!(MAX_CSV_LINE_BYTES, 1024);
        let told = errors(long.as_bytes());
        assert_eq!(told.len(), 1);
        assert!(told[0].ends_with("…\": the line has more than 1024 bytes"), "{told:?}");

        let many = "\nx,1,2026-01-01".repeat(MAX_CSV_ERRORS + 23);
        let told = errors(format!("prefix,credits_per_part,valid_from{many}").as_bytes());
        assert_eq!(told.len(), MAX_CSV_ERRORS + 1);
        assert_eq!(told.last().unwrap(), "and 23 more");
    }

    fn the_longest_prefix_and_the_newest_day_win() {
        for case in rates().find {
            let card = card(&case.csv);
            for FoundCase { number, on, prefix, price, kind } in case.numbers {
                let found = card.find(&number.parse().unwrap(), date(&on));
                let found_prefix = found.map(|found| found.prefix.to_string());
                assert_eq!(found_prefix, prefix, "{number} on {on}");
                let Some(found) = found else { continue };
                let kind = kind.map_or(RateKind::Standard, |kind| kind.parse().unwrap());
                assert_eq!(found.rate.tariff().kind(), kind, "{number} on {on}");
                let found_price = found.rate.tariff().price().map(PartPrice::credits);
                assert_eq!(found_price, price.as_deref().map(credits), "{number} on {on}");
                assert_eq!(card.rates().get(found.position), Some(found.rate));
            }
        }
    }

    fn the_sample_card_knows_its_numbers_and_its_label() {
        let card = sample_rate_card();
        assert!(card.is_sample());
        assert!(card.to_csv().starts_with("# Sample rates"));
        for SampleCase { number, country, price, kind } in rates().sample {
            let found = card.find(&number.parse().unwrap(), date("2026-11-21"));
            let found_country = found.and_then(|found| found.rate.country());
            assert_eq!(found_country.map(|country| country.to_string()), country, "{number}");
            let Some(found) = found else { continue };
            let tariff = found.rate.tariff();
            let kind = kind.map_or(RateKind::Standard, |kind| kind.parse().unwrap());
            assert_eq!(tariff.kind(), kind, "{number}");
            if let Some(price) = price {
                assert_eq!(tariff.price().unwrap().to_string(), price, "{number}");
            }
        }
    }

    fn the_sample_card_is_what_its_file_says() {
        let file = include_bytes!("../data/sample_rates.csv");
        assert_eq!(RateCard::from_csv(file), Ok(sample_rate_card()));
    }

    fn the_sample_card_covers_every_country() {
        let card = sample_rate_card();
        let mut with_prefixes = 0;
        for letters in (b'A'..=b'Z').flat_map(|a| (b'A'..=b'Z').map(move |b| [a, b])) {
            let Ok(country) = std::str::from_utf8(&letters).unwrap().parse::<Region>() else {
                continue;
            };
            for prefix in country_prefixes(country) {
                let number = format!("+{prefix:0<11}").parse().unwrap();
                let found = card.find(&number, Date::MAX).unwrap();
                assert_eq!(found.rate.country(), Some(country), "{number}");
            }
            with_prefixes += usize::from(country_prefixes(country).next().is_some());
        }
        // Eight territories have no prefix of their own: BL, BV, GS, HM, MF, PN, TF, UM.
        assert_eq!(with_prefixes, 252 - 8);
    }

    fn quotes_are_as_the_vectors_say() {
        for case in quotes().quote {
            check_quote(&case);
        }
    }

    fn what_was_typed_is_kept() {
        let given = [recipient("+32470123456"), recipient("0470 12 34"), recipient("+32470123456")];
        let list = Destinations::new(&sample_rate_card(), Date::MAX, given.clone());
        let recipients: Vec<_> = list.recipients().iter().map(|r| r.given.clone()).collect();
        assert_eq!(recipients, given);
        assert_eq!(given[1].as_ref().unwrap_err().typed, "0470 12 34");
        assert_eq!(given[1].as_ref().unwrap_err().reason, ParseError::NoCountry);
        assert_eq!((list.refused().bad_number, list.refused().duplicate), (1, 1));
        let destinations: Vec<_> = list.iter().map(|(_, d)| d.recipients).collect();
        assert_eq!(destinations, [1]);
    }

    fn a_saving_is_a_difference() {
        let list = Destinations::new(&sample_rate_card(), Date::MAX, [recipient("+32470123456")]);
        let quote = |parts| {
            list.quote(MessageParts::Same(parts), PartCount::MAX, Credits::ZERO).unwrap()
        };
        assert_eq!(quote(1).saving(&quote(3)), Ok(credits("0.1232")));
        assert_eq!(quote(3).saving(&quote(1)), Ok(credits("-0.1232")));
    }
}
