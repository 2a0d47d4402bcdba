//! What somebody may see and do.

use alloc::collections::{BTreeMap, BTreeSet};

/// What somebody is to a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Uses its services: sees balances, and what was spent for what.
    Member,
    /// Also buys, sets alerts, limits accounts to companies, and says who its members are.
    Admin,
}

impl Role {
    /// All, those who may less first.
    pub const ALL: [Self; 2] = [Self::Member, Self::Admin];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Admin => "admin",
        }
    }

    /// Whether somebody with this role in a database, if they have one, may set what is set for it and its
    /// accounts. Operators may.
    #[must_use]
    pub fn may_administer(role: Option<Self>, operator: bool) -> bool {
        operator || role == Some(Self::Admin)
    }

    /// The role of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// All that somebody may see and do: as an operator, in databases, and for services.
///
/// ```
/// use iap_core::access::{Rights, Role};
///
/// let ann = Rights::none().with_role(7, Role::Admin);
/// assert!(ann.may_see_database(7) && ann.may_administer(7));
/// assert!(!ann.may_see_database(8) && !ann.may_operate());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    operator: bool,
    databases: BTreeMap<i64, Role>,
    services: BTreeSet<i64>,
}

impl Rights {
    /// Of somebody who may nothing.
    #[must_use]
    pub const fn none() -> Self {
        Self { operator: false, databases: BTreeMap::new(), services: BTreeSet::new() }
    }

    /// Also those of an operator: who runs the server and may see and set everything in it.
    #[must_use]
    pub fn with_operator(self, operator: bool) -> Self {
        Self { operator: self.operator || operator, ..self }
    }

    /// Also those of a role in a database; of two roles the one that may more.
    #[must_use]
    pub fn with_role(mut self, database: i64, role: Role) -> Self {
        let kept = self.databases.entry(database).or_insert(role);
        *kept = role.max(*kept);
        self
    }

    /// Also those of a provider of a service.
    #[must_use]
    pub fn with_service(mut self, service: i64) -> Self {
        self.services.insert(service);
        self
    }

    /// Whether they run the server.
    #[must_use]
    pub const fn may_operate(&self) -> bool {
        self.operator
    }

    /// Whether they may see a database and its accounts.
    #[must_use]
    pub fn may_see_database(&self, database: i64) -> bool {
        self.operator || self.databases.contains_key(&database)
    }

    /// Whether they may set what is set for a database and its accounts.
    #[must_use]
    pub fn may_administer(&self, database: i64) -> bool {
        Role::may_administer(self.databases.get(&database).copied(), self.operator)
    }

    /// Whether they offer a service: set what it is and what it costs, and hold its key.
    #[must_use]
    pub fn may_provide(&self, service: i64) -> bool {
        self.operator || self.services.contains(&service)
    }

    /// The databases that they have a role in, with it, in ascending order.
    pub fn databases(&self) -> impl Iterator<Item = (i64, Role)> {
        self.databases.iter().map(|(&database, &role)| (database, role))
    }

    /// The services that they offer, in ascending order.
    pub fn services(&self) -> impl Iterator<Item = i64> {
        self.services.iter().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_may_anything_unless_it_is_given() {
        let none = Rights::none();
        assert!(!none.may_operate() && !none.may_see_database(1));
        assert!(!none.may_administer(1) && !none.may_provide(1));
    }

    #[test]
    fn each_right_is_no_other() {
        let member = Rights::none().with_role(1, Role::Member);
        assert!(member.may_see_database(1));
        assert!(!member.may_administer(1) && !member.may_operate() && !member.may_provide(1));
        assert!(!member.may_see_database(2));
        let provider = Rights::none().with_service(1);
        assert!(provider.may_provide(1) && !provider.may_provide(2));
        assert!(!provider.may_see_database(1) && !provider.may_operate());
        let operator = Rights::none().with_operator(true);
        assert!(operator.may_operate() && operator.may_administer(9) && operator.may_provide(9));
    }

    #[test]
    fn the_greater_of_two_roles_counts() {
        for roles in [[Role::Member, Role::Admin], [Role::Admin, Role::Member]] {
            let rights = roles.into_iter().fold(Rights::none(), |it, role| it.with_role(1, role));
            assert!(rights.may_administer(1), "{roles:?}");
        }
    }
}
