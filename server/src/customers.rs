//! Customers' databases and accounts, as they are first seen.

use iap_core::catalogue::{Admission, NewDatabases, ServiceName, trial};
use iap_core::credits::{AccountToken, Attribution, CompanyNotAllowed, Kind};
use iap_core::time::Timestamp;

use crate::clock;
use crate::known_accounts::KnownAccounts;
use crate::store::{
    AccountKey, AccountRow, Activated, Actor, By, Change, DatabaseRow, LedgerError, NewActivation,
    Request, ServiceRow, Store, StoreError,
};

/// The longest name that a database may have for itself; a UUID has 36 characters.
const UUID: usize = 64;

/// Databases that may be new within a minute, and accounts of a database within an hour. Anybody who
/// reaches the server can make both up, so they are counted in the store, for all servers together. A
/// database has an account for each service and company.
const NEW_DATABASES: i64 = 60;
const NEW_ACCOUNTS: i64 = 500;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Customers' databases and accounts. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Customers {
    /// Where they are kept.
    pub store: Store,
    /// What becomes of databases that were never seen; none where the settings in the store say so.
    pub new_databases: Option<NewDatabases>,
    /// Accounts that were found before.
    pub(crate) known_accounts: KnownAccounts,
}

/// Why a customer cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum CustomerError {
    /// What is given is no name of a database.
    #[error("A database is named by its UUID.")]
    BadUuid,
    /// The operator has not let the database in.
    #[error("This database has not been let in yet. Ask whoever runs the server of its services.")]
    NotAdmitted,
    /// More are new than should be.
    #[error("Too many databases and accounts are new just now. Try again later.")]
    TooManyNew,
    /// The token is of accounts of several databases.
    #[error("Several databases have an account with this token: say which.")]
    Ambiguous,
    /// The account is not for the company.
    #[error("{0}")]
    Company(CompanyNotAllowed),
    /// It cannot be read or kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The credits to try a service cannot be given.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl From<CompanyNotAllowed> for CustomerError {
    fn from(error: CompanyNotAllowed) -> Self {
        Self::Company(error)
    }
}

/// A name that a database may have.
fn uuid_of(uuid: &str) -> Result<&str, CustomerError> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_one = !uuid.is_empty() && uuid.len() <= UUID && uuid.bytes().all(known);
    if is_one { Ok(uuid) } else { Err(CustomerError::BadUuid) }
}

impl Customers {
    /// Those who are kept in a store.
    #[must_use]
    pub fn new(store: Store, new_databases: Option<NewDatabases>) -> Self {
        Self { store, new_databases, known_accounts: KnownAccounts::default() }
    }

    /// A database that may use services; none where the operator has not let it in.
    ///
    /// # Errors
    /// [`CustomerError`]
    pub async fn admitted(&self, uuid: &str) -> Result<Option<DatabaseRow>, CustomerError> {
        let uuid = uuid_of(uuid)?;
        let database = match self.store.known_database(uuid).await? {
            Some(known) => Some(known),
            None => self.first_seen(uuid).await?,
        };
        Ok(database.filter(|database| database.admission == Admission::Approved))
    }

    /// A database that was never seen; none where such are turned away.
    async fn first_seen(&self, uuid: &str) -> Result<Option<DatabaseRow>, CustomerError> {
        let policy = match self.new_databases {
            Some(policy) => policy,
            None => self.store.settings().await?.new_databases,
        };
        let Some(admission) = policy.admission() else { return Ok(None) };
        let now = clock::now();
        let since = Timestamp::from_millis(now.millis().saturating_sub(MINUTE));
        if self.store.new_databases(since).await? >= NEW_DATABASES {
            return Err(CustomerError::TooManyNew);
        }
        Ok(Some(self.store.database(uuid, admission, now).await?))
    }

    /// The account of a token, made on first sight, with the credits to try the service if the
    /// database is entitled to them.
    ///
    /// # Errors
    /// [`CustomerError`]
    pub async fn account(
        &self,
        database: &DatabaseRow,
        service: &ServiceRow,
        token: &AccountToken,
    ) -> Result<AccountRow, CustomerError> {
        self.of_key(database, service, &AccountKey::from(token), token.is_disabled()).await
    }

    /// The same by the key of a link, with which one can buy for the account.
    ///
    /// # Errors
    /// [`CustomerError`]
    pub async fn account_of_link(
        &self,
        database: &DatabaseRow,
        service: &ServiceRow,
        key: &AccountKey,
    ) -> Result<AccountRow, CustomerError> {
        self.of_key(database, service, key, false).await
    }

    async fn of_key(
        &self,
        database: &DatabaseRow,
        service: &ServiceRow,
        key: &AccountKey,
        disabled: bool,
    ) -> Result<AccountRow, CustomerError> {
        let known = self.store.known_account(database.id, service.id, key).await?;
        let account = if let Some(known) = known {
            known
        } else {
            self.may_be_new(database).await?;
            self.store.account(database.id, service.id, key, clock::now()).await?
        };
        if disabled {
            return Ok(account);
        }
        self.with_trial(database, service, account).await
    }

    /// The account of a database for a service, made before its software uses it: the one that there is,
    /// or a new one with a token of ours. Credits to try the service are given by the same rule as on
    /// first sight, so whatever token the software comes with later, they are given once.
    ///
    /// # Errors
    /// [`CustomerError`]
    pub async fn activate(
        &self,
        database: &DatabaseRow,
        service: &ServiceRow,
        token: &AccountToken,
        request: &str,
        actor: &Actor,
    ) -> Result<Activated, CustomerError> {
        if !self.store.has_account(database.id, service.id).await? {
            self.may_be_new(database).await?;
        }
        let key = AccountKey::from(token);
        let new = NewActivation { database: database.id, service: service.id, key: &key, request };
        let activated = self.store.activate(new, actor).await?;
        if let Some(account) = self.store.account_by_id(activated.account).await? {
            self.with_trial(database, service, account).await?;
        }
        Ok(activated)
    }

    /// That a database may have another account now.
    async fn may_be_new(&self, database: &DatabaseRow) -> Result<(), CustomerError> {
        let since = Timestamp::from_millis(clock::now().millis().saturating_sub(HOUR));
        let many = self.store.new_accounts(database.id, since).await? >= NEW_ACCOUNTS;
        if many { Err(CustomerError::TooManyNew) } else { Ok(()) }
    }

    /// An account with the credits to try the service, if the database is entitled to them and has not
    /// had them.
    async fn with_trial(
        &self,
        database: &DatabaseRow,
        service: &ServiceRow,
        account: AccountRow,
    ) -> Result<AccountRow, CustomerError> {
        // Where something has been entered, the trial was, or was given on another account.
        if account.entries > 0 {
            return Ok(account);
        }
        let Some(credits) = trial(database.kind, &service.service, false) else {
            return Ok(account);
        };
        if self.store.note_trial(&account).await? != account.id {
            return Ok(account);
        }
        // The key makes it once, whoever else sees the account for the first time now.
        let request = Request {
            account: account.id,
            by: By::Service(service.id),
            at: clock::now(),
            change: Change::Credit(Kind::Granted, credits),
            description: "Credits to try the service".to_owned(),
            attribution: Attribution::NONE,
            key: Some("trial".to_owned()),
        };
        let outcome = self.store.ledger().make(request).await?;
        Ok(AccountRow { available: outcome.balance.available().total(), ..account })
    }

    /// The account of a token, where it is in use; whatever has to be done for others is not done
    /// here.
    ///
    /// # Errors
    /// [`CustomerError`]
    pub async fn account_in_use(
        &self,
        uuid: &str,
        service: &ServiceName,
        token: &AccountToken,
    ) -> Result<Option<AccountRow>, CustomerError> {
        let uuid = uuid_of(uuid)?;
        Ok(self.store.account_in_use(uuid, service, &AccountKey::from(token)).await?)
    }

    /// The account to charge for somebody; none where there is none yet. Where no database is named, the
    /// token has to be of one alone.
    ///
    /// # Errors
    /// [`CustomerError`]
    pub async fn account_to_charge(
        &self,
        service: &ServiceRow,
        token: &AccountToken,
        uuid: Option<&str>,
        attribution: &Attribution,
    ) -> Result<Option<i64>, CustomerError> {
        let account = if let Some(uuid) = uuid {
            let database = self.admitted(uuid).await?.ok_or(CustomerError::NotAdmitted)?;
            self.account(&database, service, token).await?.id
        } else {
            let accounts = self.store.accounts_of_key(service.id, &AccountKey::from(token)).await?;
            match &*accounts {
                [] => return Ok(None),
                [account] => account.id,
                _ => return Err(CustomerError::Ambiguous),
            }
        };
        if attribution.company().is_some() {
            self.store.companies_of(account).await?.admit(attribution)?;
        }
        Ok(Some(account))
    }
}
