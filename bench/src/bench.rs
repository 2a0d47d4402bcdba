//! The benches and their names.

use crate::kind::{Kind, LENGTHS};
use crate::ledger;
use crate::ledger_http;
use crate::peer::Peer;
use crate::quoting::Step;

/// Where a text is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Ours in this program, peers in Node.
    Native,
    /// All in one page of a browser; ours is called from JavaScript.
    Browser,
}

impl Place {
    const ALL: [Self; 2] = [Self::Native, Self::Browser];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Browser => "browser",
        }
    }
}

/// One comparison or figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// Counting a text.
    Count { place: Place, kind: Kind, length: usize, peer: Peer },
    /// Typing into the composer when it holds such a text.
    Keystroke { kind: Kind, length: usize },
    /// What a message to this many recipients costs.
    Quote { step: Step, recipients: usize },
    /// Authorizing and capturing in the store alone.
    Ledger(ledger::Place),
    /// The same over HTTP, asked by so many at a time.
    LedgerHttp { place: ledger::Place, clients: usize },
    /// What a change costs when the ledger is small and when it is large.
    LedgerSize(ledger::Place),
    /// What memory the server has.
    LedgerResident,
}

/// What begins the names of benches that take long, and run only where they are named.
const LONG: &str = "ledger-size";

/// What the composer holds: what is easy to say everything about, and what is hard.
const COMPOSED: [(Kind, usize); 4] =
    [(Kind::Gsm7, 1_600), (Kind::Emoji, 1_600), (Kind::Gsm7, 10_000), (Kind::Emoji, 10_000)];

/// Recipients of a quote.
const RECIPIENTS: usize = 10_000;

impl Bench {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let counts = Place::ALL.into_iter().flat_map(|place| {
            Kind::ALL.into_iter().flat_map(move |kind| {
                LENGTHS.into_iter().flat_map(move |length| {
                    Peer::ALL.map(|peer| Self::Count { place, kind, length, peer })
                })
            })
        });
        counts
            .chain(COMPOSED.map(|(kind, length)| Self::Keystroke { kind, length }))
            .chain(Step::ALL.map(|step| Self::Quote { step, recipients: RECIPIENTS }))
            .chain(ledger::Place::ALL.map(Self::Ledger))
            .chain(ledger::Place::ALL.into_iter().flat_map(|place| {
                ledger_http::CLIENTS.map(|clients| Self::LedgerHttp { place, clients })
            }))
            .chain([Self::LedgerResident])
            .chain(ledger::Place::ALL.map(Self::LedgerSize))
    }

    /// Its name; that of a keystroke bench begins the names of its figures.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Count { place, kind, length, peer } => {
                format!("count/{}/{}/{length}/{}", place.as_str(), kind.as_str(), peer.as_str())
            }
            Self::Keystroke { kind, length } => {
                format!("compose/keystroke/{}/{length}", kind.as_str())
            }
            Self::Quote { step, recipients } => format!("quote/{}/{recipients}", step.as_str()),
            Self::Ledger(place) => format!("ledger/store/{}/change", place.as_str()),
            Self::LedgerHttp { place, clients } => {
                format!("ledger/http/{}/{clients}", place.as_str())
            }
            Self::LedgerResident => format!("{LONG}/resident"),
            Self::LedgerSize(place) => format!("{LONG}/{}", place.as_str()),
        }
    }

    /// Whether its name contains one of `names`, or there are none; where it takes long, one of them
    /// has to say so.
    pub(crate) fn is_named(&self, names: &[String]) -> bool {
        let own = self.name();
        if own.starts_with(LONG) {
            return names.iter().any(|name| name.starts_with(LONG) && own.contains(&**name));
        }
        names.is_empty() || names.iter().any(|name| own.contains(name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Bench;

    #[test]
    fn names_differ() {
        let names: Vec<String> = Bench::all().map(|bench| bench.name()).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        assert!(names.contains(&"count/native/gsm7/160/split-sms".to_owned()));
    }

    #[test]
    fn a_part_of_a_name_is_enough() {
        let named = |name: &str| Bench::all().filter(|it| it.is_named(&[name.to_owned()])).count();
        assert_eq!(named("count/native/emoji/160/"), 3);
        assert_eq!(named("nothing"), 0);
        // Those that take half an hour run only where they are named.
        let all = Bench::all().count();
        assert_eq!(Bench::all().filter(|it| it.is_named(&[])).count() + named("ledger-size/"), all);
    }
}
