//! Names of countries in each language, after the Unicode CLDR.

use iap_core::phone::Region;

use crate::mail::Language;

/// In the order of [`Language::ALL`]: English, French, Dutch, Romanian, Turkish.
const NAMES: [(&str, [&str; 5]); 34] = [
    ("AT", ["Austria", "Autriche", "Oostenrijk", "Austria", "Avusturya"]),
    ("BE", ["Belgium", "Belgique", "België", "Belgia", "Belçika"]),
    ("BG", ["Bulgaria", "Bulgarie", "Bulgarije", "Bulgaria", "Bulgaristan"]),
    ("CA", ["Canada", "Canada", "Canada", "Canada", "Kanada"]),
    ("CH", ["Switzerland", "Suisse", "Zwitserland", "Elveția", "İsviçre"]),
    ("CY", ["Cyprus", "Chypre", "Cyprus", "Cipru", "Kıbrıs"]),
    ("CZ", ["Czechia", "Tchéquie", "Tsjechië", "Cehia", "Çekya"]),
    ("DE", ["Germany", "Allemagne", "Duitsland", "Germania", "Almanya"]),
    ("DK", ["Denmark", "Danemark", "Denemarken", "Danemarca", "Danimarka"]),
    ("EE", ["Estonia", "Estonie", "Estland", "Estonia", "Estonya"]),
    ("ES", ["Spain", "Espagne", "Spanje", "Spania", "İspanya"]),
    ("FI", ["Finland", "Finlande", "Finland", "Finlanda", "Finlandiya"]),
    ("FR", ["France", "France", "Frankrijk", "Franța", "Fransa"]),
    (
        "GB",
        [
            "United Kingdom",
            "Royaume-Uni",
            "Verenigd Koninkrijk",
            "Regatul Unit",
            "Birleşik Krallık",
        ],
    ),
    ("GR", ["Greece", "Grèce", "Griekenland", "Grecia", "Yunanistan"]),
    ("HR", ["Croatia", "Croatie", "Kroatië", "Croația", "Hırvatistan"]),
    ("HU", ["Hungary", "Hongrie", "Hongarije", "Ungaria", "Macaristan"]),
    ("IE", ["Ireland", "Irlande", "Ierland", "Irlanda", "İrlanda"]),
    ("IT", ["Italy", "Italie", "Italië", "Italia", "İtalya"]),
    ("LT", ["Lithuania", "Lituanie", "Litouwen", "Lituania", "Litvanya"]),
    ("LU", ["Luxembourg", "Luxembourg", "Luxemburg", "Luxemburg", "Lüksemburg"]),
    ("LV", ["Latvia", "Lettonie", "Letland", "Letonia", "Letonya"]),
    ("MD", ["Moldova", "Moldavie", "Moldavië", "Republica Moldova", "Moldova"]),
    ("MT", ["Malta", "Malte", "Malta", "Malta", "Malta"]),
    ("NL", ["Netherlands", "Pays-Bas", "Nederland", "Țările de Jos", "Hollanda"]),
    ("NO", ["Norway", "Norvège", "Noorwegen", "Norvegia", "Norveç"]),
    ("PL", ["Poland", "Pologne", "Polen", "Polonia", "Polonya"]),
    ("PT", ["Portugal", "Portugal", "Portugal", "Portugalia", "Portekiz"]),
    ("RO", ["Romania", "Roumanie", "Roemenië", "România", "Romanya"]),
    ("SE", ["Sweden", "Suède", "Zweden", "Suedia", "İsveç"]),
    ("SI", ["Slovenia", "Slovénie", "Slovenië", "Slovenia", "Slovenya"]),
    ("SK", ["Slovakia", "Slovaquie", "Slowakije", "Slovacia", "Slovakya"]),
    ("TR", ["Türkiye", "Turquie", "Turkije", "Turcia", "Türkiye"]),
    (
        "US",
        [
            "United States",
            "États-Unis",
            "Verenigde Staten",
            "Statele Unite ale Americii",
            "Amerika Birleşik Devletleri",
        ],
    ),
];

/// What a country is called; its code of ISO 3166-1 where we have no name for it.
pub(super) fn name(country: Region, language: Language) -> String {
    let place = Language::ALL.iter().position(|it| *it == language).unwrap_or(0);
    let names = NAMES.iter().find(|(code, _)| *code == country.as_str());
    let name = names.and_then(|(_, names)| names.get(place).copied());
    name.unwrap_or(country.as_str()).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_of_the_union_has_a_name() {
        for letters in (b'A'..=b'Z').flat_map(|a| (b'A'..=b'Z').map(move |b| [a, b])) {
            let code = std::str::from_utf8(&letters).unwrap();
            let Ok(country) = code.parse::<Region>() else { continue };
            if iap_core::billing::is_in_the_union(country) {
                for language in Language::ALL {
                    assert_ne!(name(country, language), code);
                }
            }
        }
        let country = "NL".parse().unwrap();
        assert_eq!(name(country, Language::Romanian), "Țările de Jos");
        assert_eq!(name("JP".parse().unwrap(), Language::Dutch), "JP");
    }
}
