//! Invoices to try things with.

use iap_core::billing::{Buyer, Invoice, Sale, TakenBack, Tax, Taxed, VatNumber};
use iap_core::credits::{Currency, Money};
use iap_core::phone::Region;
use iap_core::pricing::Date;

pub(crate) fn party(name: &str, country: &str, number: Option<&str>) -> Buyer {
    let country: Region = country.parse().unwrap();
    Buyer {
        name: name.to_owned(),
        street: "Chaussée de Louvain 123, boîte 4".to_owned(),
        postcode: "1030".to_owned(),
        city: "Schaerbeek".to_owned(),
        country,
        vat_number: number.map(|number| VatNumber::read(number, country).unwrap()),
        email: "ada.peeters@example.com".parse().unwrap(),
        reference: String::new(),
    }
}

pub(crate) fn sale(language: &str, net: u64, currency: &str, tax: Tax, buyer: Buyer) -> Sale {
    let currency: Currency = currency.parse().unwrap();
    Sale {
        seller: party("Ştefan & Yılmaz Services SRL", "BE", Some("BE0123456789")),
        buyer,
        name: "Business pack".to_owned(),
        service: "Text messages".to_owned(),
        credits: "12500.5".parse().unwrap(),
        price: Taxed::new(Money::new(net, currency), tax).unwrap(),
        payment: "+++090/9337/55493+++".to_owned(),
        paid_on: "2026-08-01".parse().unwrap(),
        order: 1_042,
        language: language.to_owned(),
    }
}

pub(crate) fn invoice(sale: Sale) -> Invoice {
    Invoice::new("INV/2026/00042".parse().unwrap(), day("2026-08-02"), sale, None).unwrap()
}

pub(crate) fn credit_note(sale: Sale) -> Invoice {
    let taken = TakenBack {
        number: "INV/2026/00042".parse().unwrap(),
        issued_on: day("2026-08-02"),
        refunded_on: day("2026-09-03"),
    };
    Invoice::new("CN/2026/00007".parse().unwrap(), day("2026-09-03"), sale, Some(taken)).unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn rate(text: &str) -> Tax {
    Tax::Standard(text.parse().unwrap())
}

/// One of each kind and language, and some with texts as long as they may be.
pub(crate) fn all() -> Vec<(&'static str, Invoice)> {
    let be = || party("Brouwerij De Gouden Leeuw", "BE", Some("0987654321"));
    let nl = || Buyer {
        reference: "PO-2026/118".to_owned(),
        ..party("Fietsen BV", "NL", Some("NL123456789B01"))
    };
    let tr = || party("Işık Çiğdem Güneş Şti. İstanbul", "TR", Some("1234567890"));
    let long = |sign: &str| Buyer {
        name: sign.repeat(100 / sign.chars().count()),
        street: sign.repeat(200 / sign.chars().count()),
        city: sign.repeat(100 / sign.chars().count()),
        postcode: sign.repeat(20 / sign.chars().count()),
        reference: sign.repeat(100 / sign.chars().count()),
        email: format!("{}@{}.example.com", "w".repeat(64), "w".repeat(60)).parse().unwrap(),
        ..nl()
    };
    let mut longest = sale("ro", 123_456_789_012_345, "EUR", Tax::ReverseCharge, long("Wș "));
    longest.seller = Buyer { vat_number: be().vat_number, country: be().country, ..long("W") };
    longest.name = "Ww".repeat(50);
    longest.service = "Servicii de mesaje ".repeat(5);
    longest.payment = "Ww".repeat(100);
    vec![
        ("en", invoice(sale("en-GB", 123_450, "EUR", rate("21"), be()))),
        ("fr", invoice(sale("fr-BE", 99_999, "EUR", rate("5.5"), be()))),
        ("nl", invoice(sale("nl", 1_000, "EUR", Tax::ReverseCharge, nl()))),
        ("ro", credit_note(sale("ro", 50_000, "RON", rate("19"), be()))),
        ("tr", invoice(sale("tr", 1_000_000, "TRY", Tax::Outside, tr()))),
        ("outside", credit_note(sale("en", 0, "JPY", Tax::Outside, tr()))),
        ("long", invoice(longest.clone())),
        ("long_credit_note", credit_note(longest)),
    ]
}
