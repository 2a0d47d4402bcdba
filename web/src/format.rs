//! Numbers, names, lists and dates as a language writes them, by the browser's `Intl`.
//!
//! Making a formatter costs far more than using it, so each is made once for each language.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use iap_core::credits::{Currency, Money};
use iap_core::phone::Region;
use iap_core::pricing::{Credits, Prefix};
use iap_core::sort::sorted;
use iap_core::time::Timestamp;
use wasm_bindgen::JsValue;

use crate::i18n::Locale;
use crate::intl;

/// The formatters of one language, each made when first used.
#[derive(Default)]
struct Formatters {
    decimal: Option<Rc<intl::NumberFormat>>,
    credits: Option<Rc<intl::NumberFormat>>,
    plural: Option<Rc<intl::PluralRules>>,
    plural_credits: Option<Rc<intl::PluralRules>>,
    regions: Option<Rc<intl::DisplayNames>>,
    list: Option<Rc<intl::ListFormat>>,
    date: Option<Rc<intl::DateTimeFormat>>,
    moment: Option<Rc<intl::DateTimeFormat>>,
    time: Option<Rc<intl::DateTimeFormat>>,
    day: Option<Rc<intl::DateTimeFormat>>,
    month: Option<Rc<intl::DateTimeFormat>>,
    collator: Option<Rc<intl::Collator>>,
}

thread_local! {
    static CACHE: RefCell<Vec<(Locale, Formatters)>> = const { RefCell::new(Vec::new()) };
}

/// Where a formatter is kept.
type Place<F> = fn(&mut Formatters) -> &mut Option<Rc<F>>;

/// The formatter kept in `place`, made by `make` if it is not there yet.
fn cached<F>(locale: Locale, place: Place<F>, make: impl FnOnce(&str) -> F) -> Rc<F> {
    CACHE.with_borrow_mut(|cache| {
        let at = cache.iter().position(|(kept, _)| *kept == locale);
        let formatters = match at.and_then(|at| cache.get_mut(at)) {
            Some((_, formatters)) => formatters,
            None => &mut cache.push_mut((locale, Formatters::default())).1,
        };
        Rc::clone(place(formatters).get_or_insert_with(|| Rc::new(make(locale.tag()))))
    })
}

fn text(value: &str) -> JsValue {
    JsValue::from_str(value)
}

/// A decimal number (`1234.5`, with a full stop), grouped and pointed as the language does.
#[must_use]
pub fn decimal(locale: Locale, decimal: &str) -> String {
    cached(
        locale,
        |formatters| &mut formatters.decimal,
        |tag| intl::NumberFormat::new(tag, &intl::options(&[("maximumFractionDigits", 6.into())])),
    )
    .format(decimal)
}

/// A decimal number (`1234.5`, with a full stop) as one types it: pointed as the language does, not
/// grouped.
#[must_use]
pub fn typed(locale: Locale, number: &str) -> String {
    let point: String = decimal(locale, "0.5").chars().filter(|c| !c.is_ascii_digit()).collect();
    number.replace('.', &point)
}

/// The plural category of a decimal number: `one`, `few`, `many` or `other`. Digits that are
/// shown after the point count: `1.0000` is not `1`.
#[must_use]
pub fn plural_category(locale: Locale, decimal: &str) -> String {
    if decimal.contains('.') {
        cached(
            locale,
            |formatters| &mut formatters.plural_credits,
            |tag| {
                intl::PluralRules::new(tag, &intl::options(&[("minimumFractionDigits", 4.into())]))
            },
        )
        .select(decimal)
    } else {
        cached(
            locale,
            |formatters| &mut formatters.plural,
            |tag| intl::PluralRules::new(tag, &JsValue::UNDEFINED),
        )
        .select(decimal)
    }
}

/// An amount of credits: exact, with at least four decimals and at most six.
#[must_use]
pub fn credits(locale: Locale, amount: Credits) -> String {
    cached(
        locale,
        |formatters| &mut formatters.credits,
        |tag| {
            intl::NumberFormat::new(
                tag,
                &intl::options(&[
                    ("minimumFractionDigits", 4.into()),
                    ("maximumFractionDigits", 6.into()),
                ]),
            )
        },
    )
    .format(&amount.to_string())
}

/// What an account has: whole credits as they are, others as [`credits`] writes them.
#[must_use]
pub fn balance(locale: Locale, amount: Credits) -> String {
    let exact = amount.to_string();
    match exact.split_once('.') {
        Some((whole, parts)) if parts.bytes().all(|digit| digit == b'0') => decimal(locale, whole),
        _ => credits(locale, amount),
    }
}

/// A number that was typed, as programs write it: a comma is what most keyboards of our languages
/// have for its point.
#[must_use]
pub fn untyped(number: &str) -> String {
    number.trim().replace(',', ".")
}

/// An amount of money, with the digits that its currency has.
#[must_use]
pub fn money(locale: Locale, money: Money) -> String {
    currency(locale, &money.decimal(), money.currency(), money.currency().decimals())
}

/// What a credit costs, in millionths of the unit of a currency: with up to four digits.
#[must_use]
pub fn price_of_a_credit(locale: Locale, millionths: u64, of: Currency) -> String {
    let millionths = i64::try_from(millionths).unwrap_or(i64::MAX);
    currency(locale, &Credits::from_millionths(millionths).to_string(), of, 4)
}

fn currency(locale: Locale, decimal: &str, of: Currency, most: usize) -> String {
    let most = JsValue::from(u32::try_from(most).unwrap_or_default());
    let options = [
        ("style", text("currency")),
        ("currency", text(of.code())),
        ("maximumFractionDigits", most),
    ];
    intl::NumberFormat::new(locale.tag(), &intl::options(&options)).format(decimal)
}

/// Every country and territory, by code and name, in the order of the language.
#[must_use]
pub fn regions(locale: Locale) -> Vec<(String, String)> {
    let regions: Vec<(String, String)> = ('A'..='Z')
        .flat_map(|first| ('A'..='Z').map(move |second| String::from_iter([first, second])))
        .filter(|code| code.parse::<Region>().is_ok())
        .map(|code| {
            let name = region(locale, &code);
            (code, name)
        })
        .collect();
    sorted(regions, &|(_, a), (_, b)| compare(locale, a, b))
}

/// The name of a country or territory, by its ISO 3166-1 code; the code itself if it has no name.
#[must_use]
pub fn region(locale: Locale, code: &str) -> String {
    cached(
        locale,
        |formatters| &mut formatters.regions,
        |tag| intl::DisplayNames::new(tag, &intl::options(&[("type", text("region"))])),
    )
    .of(code)
    .ok()
    .flatten()
    .unwrap_or_else(|| code.to_owned())
}

/// The strings joined as the language does: "a, b and c".
#[must_use]
pub fn list(locale: Locale, items: &[String]) -> String {
    let strings: js_sys::Array = items.iter().map(|item| text(item)).collect();
    cached(
        locale,
        |formatters| &mut formatters.list,
        |tag| intl::ListFormat::new(tag, &intl::options(&[("type", text("conjunction"))])),
    )
    .format(&strings)
}

/// A day in the browser's time zone; empty if the moment is outside of the range of dates.
#[must_use]
pub fn date(locale: Locale, at: Timestamp) -> String {
    let place: Place<_> = |formatters| &mut formatters.date;
    moment_as(locale, at, place, &[("dateStyle", "medium")])
}

/// A day and the time, to the minute.
#[must_use]
pub fn moment(locale: Locale, at: Timestamp) -> String {
    let place: Place<_> = |formatters| &mut formatters.moment;
    moment_as(locale, at, place, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// The time of a day, to the second.
#[must_use]
pub fn time(locale: Locale, at: Timestamp) -> String {
    let place: Place<_> = |formatters| &mut formatters.time;
    moment_as(locale, at, place, &[("timeStyle", "medium")])
}

/// A decimal number of a unit as `Intl` names it, such as `second`: `long` with the whole word.
#[must_use]
pub fn unit(locale: Locale, decimal: &str, unit: &str, long: bool) -> String {
    let options = [
        ("style", text("unit")),
        ("unit", text(unit)),
        ("unitDisplay", text(if long { "long" } else { "short" })),
        ("maximumFractionDigits", 1.into()),
    ];
    intl::NumberFormat::new(locale.tag(), &intl::options(&options)).format(decimal)
}

/// A day without its year.
#[must_use]
pub fn day(locale: Locale, at: Timestamp) -> String {
    let place: Place<_> = |formatters| &mut formatters.day;
    moment_as(locale, at, place, &[("day", "numeric"), ("month", "short"), ("weekday", "short")])
}

/// A month with its year.
#[must_use]
pub fn month(locale: Locale, at: Timestamp) -> String {
    let place: Place<_> = |formatters| &mut formatters.month;
    moment_as(locale, at, place, &[("month", "long"), ("year", "numeric")])
}

fn moment_as(
    locale: Locale,
    at: Timestamp,
    place: Place<intl::DateTimeFormat>,
    options: &[(&str, &str)],
) -> String {
    // The browser reads what core writes, so no moment passes through a floating-point number.
    let at = js_sys::Date::new(&text(&at.to_string()));
    cached(locale, place, |tag| {
        let options: Vec<_> = options.iter().map(|&(name, value)| (name, text(value))).collect();
        intl::DateTimeFormat::new(tag, &intl::options(&options))
    })
    .format(&at)
    .unwrap_or_default()
}

/// The order of two texts in the language's alphabet, numbers by their value.
#[must_use]
pub fn compare(locale: Locale, a: &str, b: &str) -> Ordering {
    cached(
        locale,
        |formatters| &mut formatters.collator,
        |tag| intl::Collator::new(tag, &intl::options(&[("numeric", JsValue::TRUE)])),
    )
    .compare(a, b)
    .cmp(&0)
}

/// A text for searching: lower case, without accents, so that "Sao" finds "São".
#[must_use]
pub fn fold(locale: Locale, text: &str) -> String {
    let folded =
        js_sys::JsString::from(text).to_locale_lower_case(Some(locale.tag())).normalize("NFD");
    String::from(folded).chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect()
}

/// A prefix with its calling code apart: "+1 809".
#[must_use]
pub fn prefix(prefix: Prefix) -> String {
    let digits = prefix.to_string();
    let code = prefix.calling_code().map(|code| code.to_string()).unwrap_or_default();
    match digits.strip_prefix(&code) {
        Some(rest) if !rest.is_empty() && !code.is_empty() => format!("+{code} {rest}"),
        _ => format!("+{digits}"),
    }
}
