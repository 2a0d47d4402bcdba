//! The first steps of a new database.

/// What is known of an account, as far as the first steps are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StartedAccount {
    /// Whether it has credits, held ones included.
    pub has_credits: bool,
    /// Whether somebody is warned when they run low.
    pub has_alert: bool,
}

/// A step that a new database takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StartStep {
    /// A service is activated.
    Activate,
    /// Credits are bought, or given to try it.
    Credits,
    /// A warning of low credits is set.
    Alert,
}

impl StartStep {
    /// All, in the order in which they are taken.
    pub const ALL: [Self; 3] = [Self::Activate, Self::Credits, Self::Alert];
}

/// How far a database is with its first steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Start {
    activated: bool,
    credits: bool,
    alert: bool,
}

impl Start {
    /// How far a database with these accounts is.
    #[must_use]
    pub fn of(accounts: impl IntoIterator<Item = StartedAccount>) -> Self {
        let with = |start: Self, it: StartedAccount| Self {
            activated: true,
            credits: start.credits || it.has_credits,
            alert: start.alert || it.has_alert,
        };
        accounts.into_iter().fold(Self::default(), with)
    }

    /// Whether a step is taken.
    #[must_use]
    pub const fn is_taken(self, step: StartStep) -> bool {
        match step {
            StartStep::Activate => self.activated,
            StartStep::Credits => self.credits,
            StartStep::Alert => self.alert,
        }
    }

    /// The first step that is not taken; none where all are.
    #[must_use]
    pub fn next(self) -> Option<StartStep> {
        StartStep::ALL.into_iter().find(|step| !self.is_taken(*step))
    }

    /// Whether one is guided through the steps: where there are no credits yet, and where one has begun,
    /// until all are taken.
    #[must_use]
    pub fn is_guided(self, has_begun: bool) -> bool {
        self.next().is_some() && (has_begun || !self.credits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(has_credits: bool, has_alert: bool) -> StartedAccount {
        StartedAccount { has_credits, has_alert }
    }

    #[test]
    fn steps_are_taken_as_accounts_say() {
        let steps = |accounts: &[StartedAccount]| {
            let start = Start::of(accounts.iter().copied());
            (StartStep::ALL.map(|step| start.is_taken(step)), start.next())
        };
        assert_eq!(steps(&[]), ([false; 3], Some(StartStep::Activate)));
        assert_eq!(
            steps(&[account(false, false)]),
            ([true, false, false], Some(StartStep::Credits))
        );
        assert_eq!(steps(&[account(true, false)]), ([true, true, false], Some(StartStep::Alert)));
        // A warning may come first.
        assert_eq!(steps(&[account(false, true)]), ([true, false, true], Some(StartStep::Credits)));
        // Any account counts.
        assert_eq!(steps(&[account(true, false), account(false, true)]), ([true; 3], None));
    }

    #[test]
    fn one_is_guided_from_no_credits_to_the_last_step() {
        let none = Start::of([]);
        assert!(none.is_guided(false) && none.is_guided(true));
        let tried = Start::of([account(true, false)]);
        // A database that was there before anybody was guided is left alone.
        assert!(!tried.is_guided(false));
        assert!(tried.is_guided(true));
        let done = Start::of([account(true, true)]);
        assert!(!done.is_guided(false) && !done.is_guided(true));
    }
}
