//! Paths as they come, made as the routes have them.
//!
//! Odoo joins addresses without looking: a server at `https://host/` is asked for `//api/sms/…`. And
//! an operator may want this server below a path of a host that has others.

use std::str::FromStr;

use axum::http::Uri;
use axum::http::uri::{Parts, PathAndQuery};

/// A path below which the server is reached, too, such as `/credits`; empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathPrefix(String);

impl FromStr for PathPrefix {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim_end_matches('/');
        let segment = |segment: &str| {
            let known = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
            !segment.is_empty() && !matches!(segment, "." | "..") && segment.bytes().all(known)
        };
        match text.strip_prefix('/') {
            None if text.is_empty() => Ok(Self::default()),
            Some(rest) if rest.split('/').all(segment) => Ok(Self(text.to_owned())),
            _ => Err("A path prefix begins with a slash, as in /credits."),
        }
    }
}

impl PathPrefix {
    /// The address with the prefix taken off, and slashes that follow one another made one.
    pub(super) fn tidy(&self, uri: Uri) -> Uri {
        let path = uri.path();
        let below = path.strip_prefix(&*self.0).filter(|rest| rest.starts_with('/'));
        let rest = below.unwrap_or(path);
        if rest.len() == path.len() && !path.contains("//") {
            return uri;
        }
        let mut tidy = String::with_capacity(path.len());
        for character in rest.chars() {
            if character != '/' || !tidy.ends_with('/') {
                tidy.push(character);
            }
        }
        if let Some(query) = uri.query() {
            tidy.push('?');
            tidy.push_str(query);
        }
        let Ok(path_and_query) = PathAndQuery::try_from(tidy) else { return uri };
        let mut parts: Parts = uri.clone().into_parts();
        parts.path_and_query = Some(path_and_query);
        Uri::from_parts(parts).unwrap_or(uri)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slashes_are_one_and_the_prefix_is_taken_off() {
        let prefix: PathPrefix = "/credits/".parse().unwrap();
        for (given, expected) in [
            ("/", "/"),
            ("/iap/1/balance", "/iap/1/balance"),
            ("//api/sms/3/send", "/api/sms/3/send"),
            ("/credits/iap/1/balance?a=//b", "/iap/1/balance?a=//b"),
            ("/credits//iap///1", "/iap/1"),
            ("/creditsiap", "/creditsiap"),
            ("/credits", "/credits"),
            ("/other/iap/1/balance", "/other/iap/1/balance"),
        ] {
            assert_eq!(prefix.tidy(given.parse().unwrap()), expected, "{given}");
        }
        let none = PathPrefix::default();
        assert_eq!(none.tidy("/credits/x".parse().unwrap()), "/credits/x");
    }

    #[test]
    fn a_prefix_is_a_path() {
        for bad in ["credits", "/a//b", "/..", "/a b", "/a?b"] {
            assert!(bad.parse::<PathPrefix>().is_err(), "{bad}");
        }
        assert_eq!("/".parse(), Ok(PathPrefix::default()));
    }
}
