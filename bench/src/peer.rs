//! The counters that ours is compared with.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde::Deserialize;

/// A counter in JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Peer {
    /// The npm package split-sms.
    SplitSms,
    /// Twilio's npm package sms-segments-calculator.
    Twilio,
    /// What the SMS field of Odoo does, written anew from a description.
    Odoo,
}

impl Peer {
    pub(crate) const ALL: [Self; 3] = [Self::SplitSms, Self::Twilio, Self::Odoo];

    /// As in the names of benches, and in the drivers.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::SplitSms => "split-sms",
            Self::Twilio => "twilio",
            Self::Odoo => "odoo",
        }
    }

    /// For people: the package and its version.
    pub(crate) fn label(self) -> Result<String> {
        let package = match self {
            Self::SplitSms => "split-sms",
            Self::Twilio => "sms-segments-calculator",
            Self::Odoo => return Ok("Odoo's algorithm".to_owned()),
        };
        let versions: Versions = serde_json::from_str(include_str!("../peers/package.json"))?;
        let version = versions
            .dependencies
            .get(package)
            .with_context(|| format!("bench/peers/package.json has no package {package}"))?;
        Ok(format!("{package} {version}"))
    }
}

/// The part of `package.json` that is read here; versions are exact there.
#[derive(Deserialize)]
struct Versions {
    dependencies: HashMap<String, String>,
}

#[cfg(test)]
mod tests {
    use super::Peer;

    #[test]
    fn labels_have_a_version() {
        for peer in [Peer::SplitSms, Peer::Twilio] {
            let label = peer.label().unwrap();
            let (_, version) = label.split_once(' ').unwrap();
            assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{label}");
        }
    }
}
