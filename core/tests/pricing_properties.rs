//! What must hold for every rate card and every quote.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]
#![cfg(not(target_arch = "wasm32"))]

use iap_core::phone::{self, Kind, ParsedNumber, PhoneNumber, Region};
use iap_core::pricing::{
    BadNumber, Credits, Date, Destinations, MessageParts, Outcome, PartPrice, Prefix, Quote, Rate,
    RateCard, RateCardError, RateChange, RateDifference, RateKind, Tariff, country_prefixes,
};
use iap_core::sms::PartCount;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Days close together, so that some are before and some after the day of a quote.
fn dates() -> impl Strategy<Value = Date> {
    prop_oneof![
        8 => (2025_u16..2028, 1_u8..=12, 1_u8..=3)
            .prop_map(|(year, month, day)| Date::new(year, month, day).unwrap()),
        1 => Just(Date::MIN),
        1 => Just(Date::MAX),
    ]
}

/// Prefixes of few digits, so that many lie below others.
fn prefixes() -> impl Strategy<Value = Prefix> {
    prop_oneof![4 => "[1-3][12]{0,5}", 1 => "[1-9][0-9]{0,14}"]
        .prop_map(|digits| digits.parse().unwrap())
}

fn tariffs() -> impl Strategy<Value = Tariff> {
    prop_oneof![
        6 => (0_i64..1_000_000)
            .prop_map(|n| PartPrice::new(Credits::from_millionths(n)).unwrap())
            .prop_map(Tariff::Standard),
        1 => Just(Tariff::Premium),
        1 => Just(Tariff::Blocked),
    ]
}

fn countries() -> impl Strategy<Value = Region> {
    select(vec!["US", "CA", "BS", "DO", "RU", "KZ", "EG", "ZA", "GR", "BE", "GP"])
        .prop_map(|country| country.parse().unwrap())
}

fn rates() -> impl Strategy<Value = Rate> {
    let for_prefix = (prefixes(), tariffs(), dates()).prop_map(|(prefix, tariff, from)| {
        // Every second one also names its country, where the calling code is that of one.
        let country = ["US", "RU", "EG", "ZA", "GR", "BE"]
            .map(|country| country.parse().unwrap())
            .into_iter()
            .filter(|_| from.day() == 1)
            .find(|&country| Rate::for_prefix(prefix, Some(country), tariff, from).is_ok());
        Rate::for_prefix(prefix, country, tariff, from).unwrap()
    });
    let for_country = (countries(), tariffs(), dates())
        .prop_map(|(country, tariff, from)| Rate::for_country(country, tariff, from).unwrap());
    prop_oneof![5 => for_prefix, 1 => for_country]
}

/// Cards without duplicates: of those that collide the first stays.
fn cards() -> impl Strategy<Value = RateCard> {
    vec(rates(), 0..40).prop_map(|rates| {
        let mut kept: Vec<Rate> = Vec::new();
        for rate in rates {
            let collides = |other: &Rate| {
                other.valid_from() == rate.valid_from()
                    && other.prefixes().any(|other| rate.prefixes().any(|own| own == other))
            };
            if !kept.iter().any(collides) {
                kept.push(rate);
            }
        }
        RateCard::new(kept).unwrap()
    })
}

fn numbers() -> impl Strategy<Value = PhoneNumber> {
    prop_oneof![4 => "[1-3][12]{2,9}", 1 => "[1-9][0-9]{2,14}"]
        .prop_map(|digits| format!("+{digits}").parse().unwrap())
}

/// Numbers whether in use or not: pricing takes what reading gives it. Country and kind follow
/// from the number, as they do there.
fn recipients() -> impl Strategy<Value = Result<ParsedNumber, BadNumber>> {
    let read = |number: PhoneNumber| {
        let region = match number.digits().len() % 3 {
            0 => None,
            1 => Some("BE".parse().unwrap()),
            _ => Some("US".parse().unwrap()),
        };
        let premium = number.digits().ends_with("12");
        ParsedNumber {
            number,
            region,
            kind: if premium { Kind::PremiumRate } else { Kind::Mobile },
        }
    };
    prop_oneof![
        9 => numbers().prop_map(move |number| Ok(read(number))),
        1 => ".{0,9}".prop_map(|typed: String| {
            phone::parse(&typed, None).map_err(|reason| BadNumber { typed, reason })
        }),
    ]
}

/// The slow twin: looks at every rate, compares digits as text.
fn find_slowly(card: &RateCard, number: &PhoneNumber, on: Date) -> Option<(String, usize)> {
    let mut best: Option<(usize, Date, String, usize)> = None;
    for (position, rate) in card.rates().iter().enumerate() {
        for prefix in rate.prefixes().map(|prefix| prefix.to_string()) {
            if rate.valid_from() <= on && number.digits().starts_with(&prefix) {
                let found = (prefix.len(), rate.valid_from(), prefix, position);
                if best.as_ref().is_none_or(|best| (best.0, best.1) < (found.0, found.1)) {
                    best = Some(found);
                }
            }
        }
    }
    best.map(|(_, _, prefix, position)| (prefix, position))
}

/// A quote without a limit of its own.
fn quote(list: &Destinations, parts: MessageParts<'_>, balance: Credits) -> Quote {
    list.quote(parts, PartCount::MAX, balance).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn amounts_survive_writing_and_reading(millionths: i64) {
        let amount = Credits::from_millionths(millionths);
        prop_assert_eq!(amount.to_string().parse::<Credits>(), Ok(amount));
        let (_, decimals) = amount.to_string().split_once('.').map(|(a, b)| (a.len(), b.len())).unwrap();
        prop_assert!((4..=6).contains(&decimals));
    }

    #[test]
    fn amounts_calculate_as_whole_numbers_do(a: i64, b: i64, n: u64) {
        let exact = |value: i128| i64::try_from(value).ok().map(Credits::from_millionths);
        let (x, y) = (Credits::from_millionths(a), Credits::from_millionths(b));
        let (a, b) = (i128::from(a), i128::from(b));
        prop_assert_eq!(x.checked_add(y).ok(), exact(a + b));
        prop_assert_eq!(x.checked_sub(y).ok(), exact(a - b));
        prop_assert_eq!(x.checked_mul(n).ok(), a.checked_mul(n.into()).and_then(exact));
    }

    #[test]
    fn any_text_is_an_amount_or_an_error(text in "-?[0-9]{0,22}[.,eE+]?[0-9]{0,8}") {
        if let Ok(amount) = text.parse::<Credits>() {
            // Read again from what it shows, and the same as text without leading zeros.
            prop_assert_eq!(amount.to_string().parse::<Credits>(), Ok(amount));
            let plain = text.trim_start_matches('-').trim_start_matches('0');
            let shown = amount.to_string();
            let shown = shown.trim_start_matches('-').trim_start_matches('0');
            prop_assert_eq!(
                plain.split_once('.').map_or(plain, |(whole, _)| whole),
                shown.split_once('.').unwrap().0
            );
        }
    }

    #[test]
    fn prefixes_compare_as_their_digits_do(a in prefixes(), b in prefixes()) {
        let (x, y) = (a.to_string(), b.to_string());
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        prop_assert_eq!(a.starts_with(b), x.starts_with(&y));
        prop_assert_eq!(a.digits() as usize, x.len());
        prop_assert_eq!(x.parse::<Prefix>(), Ok(a));
    }

    #[test]
    fn a_card_survives_writing_and_reading(card in cards()) {
        let csv = card.to_csv();
        prop_assert_eq!(RateCard::from_csv(csv.as_bytes()), Ok(card.clone()));
        // As a spreadsheet program in a country with decimal commas would save it.
        let csv = csv.replace(',', ";").replace('.', ",").replace('\n', "\r\n");
        prop_assert_eq!(RateCard::from_csv(csv.as_bytes()), Ok(card));
    }

    #[test]
    fn any_bytes_are_a_card_or_errors(
        lines in vec("(prefix|country|credits_per_part|kind|valid_from|[0-9.,;\"#\t -]{0,9}|.{0,4}|2026-0[1-9]-1[0-9]|BE|FR|premium|[\r\n]){0,9}", 0..9),
        separator in select(vec![",", ";", "\t", "\n", "\r\n"]),
    ) {
        let file = lines.join(separator);
        match RateCard::from_csv(file.as_bytes()) {
            Ok(card) => prop_assert_eq!(RateCard::from_csv(card.to_csv().as_bytes()), Ok(card)),
            Err(errors) => {
                prop_assert!(!errors.errors.is_empty());
                prop_assert!(errors.errors.is_sorted_by_key(|error| error.line));
                let count = file.split('\n').flat_map(|line| line.split('\r')).count();
                prop_assert!(errors.errors.iter().all(|error| error.line <= count));
            }
        }
    }

    #[test]
    fn the_longest_prefix_is_the_slow_twins(
        card in cards(), numbers in vec(numbers(), 1..40), on in dates(),
    ) {
        for number in numbers {
            let found = card.find(&number, on).map(|found| (found.prefix.to_string(), found.position));
            prop_assert_eq!(found, find_slowly(&card, &number, on), "{}", number);
        }
    }

    #[test]
    fn collisions_are_found(rates in vec(rates(), 0..30)) {
        let mut taken = std::collections::BTreeSet::new();
        let mut collision = false;
        for rate in &rates {
            for prefix in rate.prefixes() {
                collision |= !taken.insert((prefix, rate.valid_from()));
            }
        }
        let card = RateCard::new(rates);
        prop_assert_eq!(matches!(card, Err(RateCardError::Duplicate(_))), collision);
    }

    #[test]
    fn a_quote_is_the_sum_of_its_lines_and_of_single_quotes(
        card in cards(),
        on in dates(),
        list in vec((recipients(), 0_u32..300), 0..60),
        limit in 1_u8..=255,
        balance in 0_i64..100_000_000,
    ) {
        let (given, parts): (Vec<_>, Vec<_>) = list.into_iter().unzip();
        let limit = PartCount::from(limit);
        let balance = Credits::from_millionths(balance);
        let list = Destinations::new(&card, on, given.clone());
        let quote = list.quote(MessageParts::Each(&parts), limit, balance).unwrap();

        let mut total = Credits::ZERO;
        for line in &quote.lines {
            prop_assert!(line.recipients > 0 && line.parts >= line.recipients);
            prop_assert!(!line.subtotal.is_negative());
            prop_assert_eq!(line.price.credits().checked_mul(line.parts), Ok(line.subtotal));
            prop_assert_eq!(line.rate.tariff(), Tariff::Standard(line.price));
            let position = card.rates().iter().position(|rate| *rate == line.rate).unwrap();
            let mut regions = list
                .recipients()
                .iter()
                .filter(|recipient| recipient.placed == Ok(position))
                .map(|recipient| recipient.given.as_ref().unwrap().region);
            let first = regions.next().unwrap();
            let common = first.filter(|_| regions.all(|region| region == first));
            prop_assert_eq!(line.country, line.rate.country().or(common));
            total = total.checked_add(line.subtotal).unwrap();
        }
        prop_assert_eq!(quote.total, total);
        prop_assert_eq!(quote.recipients + quote.refused.total(), given.len() as u64);

        // Each number on its own, the first time it is there.
        let (mut singles, mut all_parts) = (Credits::ZERO, 0);
        for (position, (given, &parts)) in given.iter().zip(&parts).enumerate() {
            if list.recipients()[..position].iter().any(|earlier| {
                matches!((&earlier.given, given), (Ok(earlier), Ok(given)) if earlier.number == given.number)
            }) {
                continue;
            }
            let single = Destinations::new(&card, on, [given.clone()])
                .quote(MessageParts::Same(parts), limit, balance)
                .unwrap();
            singles = singles.checked_add(single.total).unwrap();
            all_parts += single.parts;
        }
        prop_assert_eq!((quote.total, quote.parts), (singles, all_parts));

        match quote.outcome {
            Outcome::Enough { after } => {
                prop_assert!(!after.is_negative());
                prop_assert_eq!(after.checked_add(total), Ok(balance));
            }
            Outcome::Short { missing } => {
                prop_assert!(missing > Credits::ZERO);
                prop_assert_eq!(balance.checked_add(missing), Ok(total));
            }
        }

        let refusals: Vec<_> = list.refusals(MessageParts::Each(&parts), limit).collect();
        prop_assert_eq!(refusals.len() as u64, quote.refused.total());
        prop_assert!(refusals.is_sorted_by_key(|refused| refused.position));
        for refused in refusals {
            prop_assert_eq!(refused.given, &given[refused.position]);
        }
    }

    #[test]
    fn one_count_for_all_is_the_same_as_that_count_for_each(
        card in cards(), on in dates(), given in vec(recipients(), 0..60), parts in 0_u32..300,
    ) {
        let list = Destinations::new(&card, on, given.clone());
        let each = vec![parts; given.len()];
        let same = quote(&list, MessageParts::Same(parts), Credits::ZERO);
        prop_assert_eq!(&same, &quote(&list, MessageParts::Each(&each), Credits::ZERO));
        let limit = PartCount::MAX;
        let refusals: Vec<_> = list.refusals(MessageParts::Same(parts), limit).collect();
        prop_assert_eq!(refusals.len() as u64, same.refused.total());
        let twin: Vec<_> = list.refusals(MessageParts::Each(&each), limit).collect();
        prop_assert_eq!(refusals, twin);
    }

    #[test]
    fn a_difference_makes_the_new_card_of_the_old_one(old in cards(), new in cards()) {
        let difference = RateDifference::between(&old, &new);
        let made = difference.apply(&old).unwrap();
        prop_assert_eq!(in_order(&made), in_order(&new));
        prop_assert!(RateDifference::between(&made, &new).is_empty());
        let (added, changed, removed) = difference.counts();
        prop_assert_eq!(difference.unchanged + changed + removed, old.rates().len());
        prop_assert_eq!(difference.unchanged + changed + added, new.rates().len());
        // Nothing is told that is none, and the way back is the same way.
        for change in &difference.changes {
            prop_assert_ne!(change.before(), change.after());
        }
        let back = RateDifference::between(&new, &old);
        prop_assert_eq!(back.counts(), (removed, changed, added));
        prop_assert_eq!(in_order(&back.apply(&new).unwrap()), in_order(&old));
    }

    #[test]
    fn the_order_of_rates_makes_no_difference(
        (card, shuffled) in cards().prop_flat_map(|card| {
            let rates = card.rates().to_vec();
            (Just(card), Just(rates).prop_shuffle())
        }),
    ) {
        let difference = RateDifference::between(&card, &RateCard::new(shuffled).unwrap());
        prop_assert!(difference.is_empty());
        prop_assert_eq!(difference.unchanged, card.rates().len());
    }

    #[test]
    fn per_mille_has_the_sign_of_what_happens(old in cards(), new in cards()) {
        for change in RateDifference::between(&old, &new).changes {
            let RateChange::Changed { old, new } = change else { continue };
            let (Some(old), Some(new)) = (old.tariff().price(), new.tariff().price()) else {
                prop_assert_eq!(change.per_mille(), None);
                continue;
            };
            match change.per_mille() {
                None => prop_assert!(old.credits().is_zero()),
                Some(0) => {}
                Some(more) => prop_assert_eq!(more > 0, new > old),
            }
        }
    }

    #[test]
    fn a_card_that_was_written_is_read_back(card in cards()) {
        let written = card.to_csv();
        prop_assert_eq!(RateCard::from_written(&written), Some(card));
    }

    #[test]
    fn the_order_of_the_recipients_changes_nothing(
        card in cards(),
        on in dates(),
        (given, shuffled) in vec(recipients(), 0..60)
            .prop_flat_map(|given| (Just(given.clone()), Just(given).prop_shuffle())),
        parts in 0_u32..9,
    ) {
        let parts = MessageParts::Same(parts);
        prop_assert_eq!(
            quote(&Destinations::new(&card, on, given), parts, Credits::ZERO),
            quote(&Destinations::new(&card, on, shuffled), parts, Credits::ZERO)
        );
    }

    #[test]
    fn premium_and_blocked_numbers_cost_nothing(
        card in cards(), on in dates(), given in vec(recipients(), 0..60),
    ) {
        let list = Destinations::new(&card, on, given);
        for recipient in list.recipients() {
            let Ok(number) = &recipient.given else { continue };
            let kind = card.find(&number.number, on).map(|found| found.rate.tariff().kind());
            prop_assert!(
                recipient.placed.is_err()
                    || (kind == Some(RateKind::Standard) && !number.kind.is_premium_rate())
            );
        }
        for line in quote(&list, MessageParts::Same(1), Credits::ZERO).lines {
            prop_assert_eq!(line.rate.tariff().kind(), RateKind::Standard);
        }
    }
}

/// The rates of a card, whatever their order in it.
fn in_order(card: &RateCard) -> std::collections::BTreeSet<String> {
    let csv = card.to_csv();
    csv.lines().map(str::to_owned).collect()
}

/// The sample is written and read back as any other card.
#[test]
fn the_sample_is_read_back_as_it_was_written() {
    let sample = iap_core::pricing::sample_rate_card();
    assert_eq!(RateCard::from_written(&sample.to_csv()), Some(sample));
    assert_eq!(RateCard::from_written(""), None);
    assert_eq!(RateCard::from_written("prefix,country\nnonsense"), None);
}

/// The prefixes of countries are each country's alone.
#[test]
fn no_two_countries_have_a_prefix_in_common() {
    let mut owners = std::collections::BTreeMap::new();
    for letters in (b'A'..=b'Z').flat_map(|a| (b'A'..=b'Z').map(move |b| [a, b])) {
        let Ok(country) = std::str::from_utf8(&letters).unwrap().parse::<Region>() else {
            continue;
        };
        for prefix in country_prefixes(country) {
            assert!(prefix.calling_code().is_some(), "{country} {prefix}");
            assert_eq!(owners.insert(prefix, country), None, "{country} {prefix}");
        }
    }
    // Every assigned geographic calling code is there (ITU-T E.164).
    let codes: std::collections::BTreeSet<_> =
        owners.keys().filter_map(|prefix| prefix.calling_code()).collect();
    assert!(codes.len() > 200, "{}", codes.len());
}
