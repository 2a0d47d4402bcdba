//! What is given to try a service.

use super::database::DatabaseKind;
use super::service::Service;
use crate::credits::Amount;

/// How a database stands to the trial of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TrialState {
    /// There is none: nothing is given to try the service.
    None,
    /// It is not given to databases of this kind.
    NotEntitled,
    /// The database gets it when it first uses the service.
    Open,
    /// The database has had it.
    Granted,
}

impl TrialState {
    /// All.
    pub const ALL: [Self; 4] = [Self::None, Self::NotEntitled, Self::Open, Self::Granted];

    /// How a database of a kind stands to the trial of a service that it was granted before, or not.
    ///
    /// `granted_before` is of the database and the service, whatever the account: an account with a
    /// new token is no new trial.
    #[must_use]
    pub fn of(kind: DatabaseKind, service: &Service, granted_before: bool) -> Self {
        match (service.trial.is_zero(), granted_before, kind.is_entitled()) {
            (_, true, _) => Self::Granted,
            (true, ..) => Self::None,
            (_, _, false) => Self::NotEntitled,
            (_, _, true) => Self::Open,
        }
    }

    /// The word that interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NotEntitled => "not_entitled",
            Self::Open => "open",
            Self::Granted => "granted",
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// The credits that a database is granted for a service now: its trial credits, if the database is
/// entitled and was not granted them before. None else, so that a trial is no monthly refill.
#[must_use]
pub fn trial(kind: DatabaseKind, service: &Service, granted_before: bool) -> Option<Amount> {
    (TrialState::of(kind, service, granted_before) == TrialState::Open).then_some(service.trial)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Origin;

    #[test]
    fn once_for_those_who_are_entitled() {
        let service = |trial: &str| Service {
            name: "sms".parse().unwrap(),
            origin: Origin::FirstParty,
            trial: trial.parse().unwrap(),
        };
        let two = service("2");
        for kind in DatabaseKind::ALL {
            let expected = (kind != DatabaseKind::Community).then_some(two.trial);
            assert_eq!(trial(kind, &two, false), expected, "{kind:?}");
            assert_eq!(trial(kind, &two, true), None);
            assert_eq!(trial(kind, &service("0"), false), None);
        }
    }

    #[test]
    fn a_database_is_told_how_it_stands() {
        let service = |trial: &str| Service {
            name: "sms".parse().unwrap(),
            origin: Origin::FirstParty,
            trial: trial.parse().unwrap(),
        };
        for (kind, trial, before, expected) in [
            (DatabaseKind::Demo, "2", false, TrialState::Open),
            (DatabaseKind::Demo, "2", true, TrialState::Granted),
            (DatabaseKind::Demo, "0", false, TrialState::None),
            // What was given stays given, whatever becomes of the service and the database.
            (DatabaseKind::Demo, "0", true, TrialState::Granted),
            (DatabaseKind::Community, "2", true, TrialState::Granted),
            (DatabaseKind::Community, "2", false, TrialState::NotEntitled),
            (DatabaseKind::Community, "0", false, TrialState::None),
        ] {
            assert_eq!(TrialState::of(kind, &service(trial), before), expected, "{kind:?} {trial}");
        }
        for state in TrialState::ALL {
            assert_eq!(TrialState::from_word(state.as_str()), Some(state));
        }
    }
}
