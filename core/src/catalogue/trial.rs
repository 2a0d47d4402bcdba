//! What is given to try a service.

use super::database::DatabaseKind;
use super::service::Service;
use crate::credits::Amount;

/// The credits that a database is granted for a service now: its trial credits, if the database is
/// entitled and was not granted them before. None else, so that a trial is no monthly refill.
///
/// `granted_before` is of the database and the service, whatever the account: an account with a
/// new token is no new trial.
#[must_use]
pub fn trial(kind: DatabaseKind, service: &Service, granted_before: bool) -> Option<Amount> {
    (kind.is_entitled() && !granted_before && !service.trial.is_zero()).then_some(service.trial)
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
}
