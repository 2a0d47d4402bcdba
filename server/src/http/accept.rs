//! What a client accepts: content codings and media types with their weights (RFC 9110, 12.4.2).

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// How the bytes of an answer are coded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
    /// As they are.
    Identity,
}

impl Coding {
    /// The value of `Content-Encoding`; none for bytes as they are.
    pub(super) fn header(self) -> Option<HeaderValue> {
        match self {
            Self::Brotli => Some(HeaderValue::from_static("br")),
            Self::Gzip => Some(HeaderValue::from_static("gzip")),
            Self::Identity => None,
        }
    }

    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Brotli => &["br"],
            // RFC 9110, 8.4.1.3: a recipient takes x-gzip for gzip.
            Self::Gzip => &["gzip", "x-gzip"],
            Self::Identity => &["identity"],
        }
    }
}

/// The coding of highest weight among those there are, the smaller one on a tie.
///
/// The plain bytes are always there and need no mention; a client that forbids even them gets
/// them all the same, as RFC 9110, 12.5.3 advises.
pub(super) fn coding(headers: &HeaderMap, brotli: bool, gzip: bool) -> Coding {
    let accepted = weights(headers, &header::ACCEPT_ENCODING);
    let any = weight(&accepted, &["*"]);
    let named = |coding: Coding| weight(&accepted, coding.names());
    let identity = named(Coding::Identity).unwrap_or(0);
    let mut best = (Coding::Identity, identity);
    for (coding, there) in [(Coding::Gzip, gzip), (Coding::Brotli, brotli)] {
        let weight = named(coding).or(any).unwrap_or(0);
        if there && weight > 0 && weight >= best.1 {
            best = (coding, weight);
        }
    }
    best.0
}

/// Whether the client takes HTML, by the most specific range that covers it (RFC 9110, 12.5.1). One
/// that says nothing takes anything.
pub(super) fn takes_html(headers: &HeaderMap) -> bool {
    let accepted = weights(headers, &header::ACCEPT);
    let ranges: [&[&str]; 3] = [&["text/html", "application/xhtml+xml"], &["text/*"], &["*/*"]];
    let found = ranges.iter().find_map(|range| weight(&accepted, range));
    accepted.is_empty() || found.is_some_and(|weight| weight > 0)
}

/// Whether the client names HTML among what it takes, as browsers do for pages and programs do not.
pub(super) fn names_html(headers: &HeaderMap) -> bool {
    let named = weight(&weights(headers, &header::ACCEPT), &["text/html", "application/xhtml+xml"]);
    named.is_some_and(|weight| weight > 0)
}

fn weight(accepted: &[(&str, u16)], names: &[&str]) -> Option<u16> {
    accepted
        .iter()
        .find(|(name, _)| names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted)))
        .map(|(_, weight)| *weight)
}

/// The elements of a weighted list, each with its weight in thousandths. What cannot be read is
/// left out.
fn weights<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Vec<(&'a str, u16)> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|element| {
            let mut fields = element.split(';').map(str::trim);
            let name = fields.next().filter(|name| !name.is_empty())?;
            let quality = fields.find_map(|field| {
                field.split_once('=').filter(|(key, _)| key.trim().eq_ignore_ascii_case("q"))
            });
            Some((name, quality.map_or(Some(1_000), |(_, value)| thousandths(value.trim()))?))
        })
        .collect()
}

/// `0` to `1` with up to three decimals, in thousandths.
fn thousandths(value: &str) -> Option<u16> {
    let (whole, decimals) = value.split_once('.').unwrap_or((value, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, decimals) {
        ("0", _) => Some(decimals),
        ("1", 0) => Some(1_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept_encoding(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn takes_the_coding_of_highest_weight() {
        for (value, expected) in [
            ("", Coding::Identity),
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("BR", Coding::Brotli),
            ("gzip", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("*", Coding::Brotli),
            ("*;q=0.1, br;q=0", Coding::Gzip),
            ("br;q=0.5, gzip;q=0.8", Coding::Gzip),
            ("br;q=0.8 , gzip; q=0.8", Coding::Brotli),
            ("br;q=0, gzip;q=0.000", Coding::Identity),
            ("br;q=0.001", Coding::Brotli),
            ("identity, br;q=0.5", Coding::Identity),
            ("identity;q=0.5, br;q=0.5", Coding::Brotli),
            ("identity;q=0", Coding::Identity),
            ("br;q=1.001, gzip;q=0.1", Coding::Gzip),
            ("br;q=x", Coding::Identity),
            ("br;q=0.1234", Coding::Identity),
            ("zstd, compress", Coding::Identity),
            (",;q=1,,", Coding::Identity),
        ] {
            assert_eq!(coding(&accept_encoding(value), true, true), expected, "{value}");
        }
    }

    #[test]
    fn takes_only_what_is_there() {
        let headers = accept_encoding("br, gzip;q=0.5");
        assert_eq!(coding(&headers, false, true), Coding::Gzip);
        assert_eq!(coding(&headers, true, false), Coding::Brotli);
        assert_eq!(coding(&headers, false, false), Coding::Identity);
        assert_eq!(coding(&HeaderMap::new(), true, true), Coding::Identity);
    }

    #[test]
    fn reads_a_list_over_several_headers() {
        let mut headers = accept_encoding("gzip");
        headers.append(header::ACCEPT_ENCODING, HeaderValue::from_static("br"));
        assert_eq!(coding(&headers, true, true), Coding::Brotli);
    }

    #[test]
    fn tells_who_takes_pages() {
        for (value, expected) in [
            ("text/html,application/xhtml+xml,*/*;q=0.8", true),
            ("application/json, text/html;level=1;q=0.1", true),
            ("*/*", true),
            ("text/*, application/json", true),
            ("", true),
            ("text/html;q=0, */*", false),
            ("text/css, */*;q=0", false),
            ("text/css", false),
            ("application/json", false),
        ] {
            let value = HeaderValue::from_str(value).unwrap();
            let headers = HeaderMap::from_iter([(header::ACCEPT, value.clone())]);
            assert_eq!(takes_html(&headers), expected, "{value:?}");
        }
    }
}
