//! `iap user`

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use iap_core::access::{EmailAddress, Password, Role};
use iap_core::api::{self, UserChange};

use super::failure::Failure;
use super::place::{self, Place};
use super::table;
use super::visible::Visible;
use crate::store::{Actor, NewUserRow, Store};
use crate::{clock, password, secret};

/// Say who can sign in
#[derive(Args, Debug)]
pub(super) struct User {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(Add),
    List(List),
    Password(NewPassword),
    ForgetIdentity(ForgetIdentity),
}

/// Let somebody sign in, and print their first password
#[derive(Args, Debug)]
struct Add {
    /// What they sign in with.
    email: EmailAddress,

    /// What they are called.
    #[arg(long, default_value = "")]
    name: String,

    /// Their language: en, fr, nl, ro or tr.
    #[arg(long, default_value = "en")]
    language: String,

    /// They run the server: see and set everything.
    #[arg(long)]
    operator: bool,

    /// They administer this database, by what it calls itself. May be given several times.
    #[arg(long, value_name = "UUID")]
    admin_of: Vec<String>,

    /// They offer this service. May be given several times.
    #[arg(long, value_name = "SERVICE")]
    provides: Vec<String>,

    /// Read the password from standard input, in one line, instead of making one up.
    #[arg(long)]
    password_stdin: bool,

    /// They get no password: they sign in through the identity provider.
    #[arg(long, conflicts_with = "password_stdin")]
    no_password: bool,

    #[command(flatten)]
    place: Place,
}

/// List everybody who can sign in, separated by tabs
#[derive(Args, Debug)]
struct List {
    #[command(flatten)]
    place: Place,
}

/// Set another password for somebody who lost theirs; it ends their sessions
#[derive(Args, Debug)]
struct NewPassword {
    /// What they sign in with.
    email: EmailAddress,

    /// Read the password from standard input, in one line, instead of making one up.
    #[arg(long)]
    password_stdin: bool,

    #[command(flatten)]
    place: Place,
}

/// Forget who somebody is at the identity provider, where they are somebody else now; it ends their
/// sessions
#[derive(Args, Debug)]
struct ForgetIdentity {
    /// Their address here.
    email: EmailAddress,

    #[command(flatten)]
    place: Place,
}

impl User {
    pub(super) fn run(&self) -> Result<ExitCode, Failure> {
        match &self.command {
            Command::Add(add) => add.run(),
            Command::List(list) => list.run(),
            Command::Password(password) => password.run(),
            Command::ForgetIdentity(forget) => forget.run(),
        }
    }
}

impl Add {
    fn run(&self) -> Result<ExitCode, Failure> {
        let chosen = if self.no_password {
            None
        } else {
            Some(Chosen::read(self.password_stdin, &self.email)?)
        };
        place::run(async {
            let store = self.place.open(false).await?;
            let added = self.add(&store, chosen.as_ref().map(|chosen| &chosen.password)).await;
            store.close().await;
            added
        })?;
        if let Some(chosen) = chosen {
            return chosen.tell(&format!("{} can sign in", self.email));
        }
        writeln!(io::stdout(), "{} can sign in through the identity provider.", self.email)
            .map_err(Failure::Output)?;
        Ok(ExitCode::SUCCESS)
    }

    async fn add(&self, store: &Store, chosen: Option<&Password>) -> Result<(), Failure> {
        let mut databases = Vec::new();
        for uuid in &self.admin_of {
            let known = store.known_database(uuid).await?;
            databases.push(known.ok_or(Failure::Usage(
                "No database of that name was seen. `iap database list` lists those that were.",
            ))?);
        }
        let services = store.shown_services().await?;
        let mut provided = Vec::new();
        for name in &self.provides {
            let service = services.iter().find(|service| service.name.as_str() == name);
            let unknown = "There is no service of that name. `iap service add` offers one.";
            provided.push(service.ok_or(Failure::Usage(unknown))?.id);
        }
        let new = NewUserRow {
            email: self.email.clone(),
            name: self.name.clone(),
            language: self.language.clone(),
            operator: self.operator,
            password_hash: match chosen {
                Some(chosen) => Some(password::hash(chosen.reveal()).await?),
                None => None,
            },
        };
        let actor = Actor::server(clock::now());
        let user = store.add_user(&new, &provided, &actor).await?;
        for database in databases {
            store.set_role(database.id, user, Some(Role::Admin), &actor).await?;
        }
        Ok(())
    }
}

impl List {
    fn run(&self) -> Result<ExitCode, Failure> {
        place::run(async {
            let store = self.place.open(false).await?;
            table::row(&[
                "user",
                "email",
                "name",
                "operator",
                "disabled",
                "signs in with",
                "databases",
                "services",
            ])?;
            table::rows(async |cut| store.users(cut).await, |user| user.id, show).await?;
            store.close().await;
            Ok(())
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

fn show(user: &api::User) -> Result<(), Failure> {
    let word = |flag| if flag { "yes" } else { "no" };
    let ways: Vec<_> = user.ways.iter().map(|way| way.as_str()).collect();
    table::row(&[
        &user.id.to_string(),
        &user.email.to_string(),
        &Visible(&user.name).to_string(),
        word(user.operator),
        word(user.disabled),
        &if ways.is_empty() { "nothing yet".to_owned() } else { ways.join(", ") },
        &user.databases.len().to_string(),
        &user.services.len().to_string(),
    ])
}

impl NewPassword {
    fn run(&self) -> Result<ExitCode, Failure> {
        let chosen = Chosen::read(self.password_stdin, &self.email)?;
        change(&self.place, &self.email, async |store, user| {
            let hash = password::hash(chosen.password.reveal()).await?;
            let (change, actor) = (UserChange::default(), Actor::server(clock::now()));
            store.change_user(user, &change, Some(&hash), &actor).await?;
            Ok(())
        })?;
        chosen.tell(&format!("{} has another password", self.email))
    }
}

impl ForgetIdentity {
    fn run(&self) -> Result<ExitCode, Failure> {
        change(&self.place, &self.email, async |store, user| {
            let forgotten = store.forget_identity(user, &Actor::server(clock::now())).await?;
            let never = "They have not signed in through the identity provider yet.";
            if forgotten { Ok(()) } else { Err(Failure::Usage(never)) }
        })?;
        let told = format!(
            "{} is found by that address at the next sign-in through the identity provider",
            self.email
        );
        writeln!(io::stdout(), "{told}.").map_err(Failure::Output)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Changes somebody, by what they sign in with.
fn change(
    place: &Place,
    email: &EmailAddress,
    change: impl AsyncFnOnce(&Store, i64) -> Result<(), Failure>,
) -> Result<(), Failure> {
    place::run(async {
        let store = place.open(false).await?;
        let changed = match store.credentials(email).await? {
            Some(known) => change(&store, known.user).await,
            None => Err(Failure::Usage(
                "Nobody signs in with this address. `iap user list` lists everybody who can.",
            )),
        };
        store.close().await;
        changed
    })
}

/// A password, given or made up.
struct Chosen {
    password: Password,
    made_up: bool,
}

impl Chosen {
    fn read(from_stdin: bool, email: &EmailAddress) -> Result<Self, Failure> {
        let text = if from_stdin {
            let mut line = String::new();
            io::stdin()
                .read_line(&mut line)
                .map_err(|error| Failure::System("Reading the password", error))?;
            line.trim_end_matches(['\n', '\r']).to_owned()
        } else {
            // 80 bits: twenty digits, easy to read out and to type.
            let digits = secret::new().map_err(Failure::Random)?;
            let digits: Vec<char> = digits.chars().take(20).collect();
            let groups: Vec<String> =
                digits.chunks(5).map(|group| group.iter().collect()).collect();
            groups.join("-")
        };
        let made_up = !from_stdin;
        Ok(Self { password: Password::new(&text, email)?, made_up })
    }

    /// Says what was done, and the password if nobody knows it yet.
    fn tell(&self, what: &str) -> Result<ExitCode, Failure> {
        let mut out = io::stdout();
        let told = if self.made_up {
            writeln!(
                out,
                "{what}, with this password, which is shown now and never again:\n{}",
                self.password.reveal()
            )
        } else {
            writeln!(out, "{what}.")
        };
        told.map_err(Failure::Output)?;
        Ok(ExitCode::SUCCESS)
    }
}
