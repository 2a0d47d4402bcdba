//! Addresses that a page may link to.

use core::error::Error;
use core::fmt;
use core::net::Ipv6Addr;

/// The longest address that is kept, in characters.
const LONGEST: usize = 500;

/// Signs that stand in no address (RFC 3986, 2): where a link holds one, it leads elsewhere than it seems to.
const NEVER: [char; 9] = ['"', '<', '>', '\\', '^', '`', '{', '|', '}'];

/// Reads the address of a page, such as where a service says what becomes of what it is given: nothing, or one
/// of the web, without the spaces around it.
///
/// ```
/// use iap_core::catalogue::web_address;
///
/// assert_eq!(web_address(" https://example.com/privacy "), Ok("https://example.com/privacy"));
/// assert_eq!(web_address(""), Ok(""));
/// assert!(web_address("javascript:alert(1)").is_err());
/// ```
///
/// # Errors
/// [`WebAddressError`] where it is no such address.
pub fn web_address(text: &str) -> Result<&str, WebAddressError> {
    let text = text.trim();
    let seen = |character: char| character.is_ascii_graphic() && !NEVER.contains(&character);
    if text.is_empty() {
        return Ok(text);
    }
    let (scheme, rest) = text.split_once("://").ok_or(WebAddressError)?;
    let of_the_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if of_the_web && text.len() <= LONGEST && text.chars().all(seen) && is_authority(authority) {
        Ok(text)
    } else {
        Err(WebAddressError)
    }
}

/// Whether it names a host, perhaps with a port. A user's name and password have no place in a link.
fn is_authority(text: &str) -> bool {
    if let Some((address, rest)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        let port = rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
        return port && address.parse::<Ipv6Addr>().is_ok();
    }
    let (host, port) = text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port)));
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    let host = host.strip_suffix('.').unwrap_or(host);
    port.is_none_or(is_port)
        && host.split('.').all(|label| !label.is_empty() && label.bytes().all(known))
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|it| it > 0)
}

/// A text that is no address of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebAddressError;

impl fmt::Display for WebAddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Give the address as in https://example.com/privacy.")
    }
}

impl Error for WebAddressError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_web_and_nothing_else() {
        for good in [
            "",
            "https://example.com",
            "HTTP://example.com:8080/a?b=c#d",
            "https://xn--bcher-kva.example/",
            "https://[::1]:8443/privacy",
            "https://localhost/a@b",
            "https://my_host.example./%C3%A9",
        ] {
            assert_eq!(web_address(good), Ok(good));
        }
        for bad in [
            "example.com",
            "//example.com",
            "javascript:alert(1)",
            "javascript://example.com/%0Aalert(1)",
            "ftp://example.com",
            "https://",
            "https:///privacy",
            "https://user:password@example.com",
            "https://example.com@evil.example",
            "https://a..b",
            "https://example.com:",
            "https://example.com:0",
            "https://example.com:99999",
            "https://example.com:+80",
            "https://[::g]/",
            "https://exa mple.com",
            "https://example.com/\"onclick=",
            "https://bücher.example",
            "https://example.com/\u{202e}",
        ] {
            assert_eq!(web_address(bad), Err(WebAddressError), "{bad}");
        }
        let long = alloc::format!("https://example.com/{}", "a".repeat(LONGEST));
        assert_eq!(web_address(&long), Err(WebAddressError));
    }
}
