//! Who sits in front of the application, as far as a server knows.

use iap_core::api::{ProblemCode, Session, SignIn, User, WaysToSignIn};
use leptos::prelude::*;

use crate::backend::http::{self, Failure};
use crate::reactive::RwSignal;

/// What is known of the server and of whoever is signed in there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// The server was asked and has not answered yet.
    Asking,
    /// There is no server: the application runs on its demo data.
    Demo,
    /// The server cannot be asked now.
    Failed(Failure),
    /// Nobody is signed in; these are the ways to do so.
    Out(Box<WaysToSignIn>),
    /// Somebody is signed in.
    In(Box<User>),
}

/// Who sits in front of the application. Cheap to copy; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Visitor {
    standing: RwSignal<Standing>,
}

impl Visitor {
    /// Asks the server for the first time. Call it once, where the application starts.
    pub fn start() -> Self {
        let visitor = Self { standing: RwSignal::new(Standing::Asking) };
        provide_context(visitor);
        visitor.ask();
        visitor
    }

    /// What is known; follows it.
    #[must_use]
    pub fn standing(self) -> Standing {
        self.standing.get()
    }

    /// What is known, without following it.
    #[must_use]
    pub fn standing_untracked(self) -> Standing {
        self.standing.get_untracked()
    }

    /// Whether there is no server; follows it.
    #[must_use]
    pub fn is_demo(self) -> bool {
        self.standing.with(|standing| *standing == Standing::Demo)
    }

    /// Whether there is no server, without following it.
    #[must_use]
    pub fn is_demo_untracked(self) -> bool {
        self.standing.with_untracked(|standing| *standing == Standing::Demo)
    }

    /// Whether whoever sits there may change what is set for a database; follows it. Everybody may
    /// in the demo.
    #[must_use]
    pub fn may_administer(self, database: i64) -> bool {
        self.standing.with(|standing| match standing {
            Standing::In(user) => user.may_administer(database),
            Standing::Demo => true,
            _ => false,
        })
    }

    /// Whether whoever sits there offers services, or any at all may be set by them; follows it.
    #[must_use]
    pub fn may_provide(self) -> bool {
        self.standing.with(|standing| match standing {
            Standing::In(user) => user.operator || !user.services.is_empty(),
            _ => false,
        })
    }

    /// Whether whoever sits there runs the server; follows it.
    #[must_use]
    pub fn operates(self) -> bool {
        self.standing.with(|standing| matches!(standing, Standing::In(user) if user.operator))
    }

    /// Whether a server answered; follows it.
    #[must_use]
    pub fn has_server(self) -> bool {
        self.standing.with(|standing| matches!(standing, Standing::Out(_) | Standing::In(_)))
    }

    /// Asks the server again.
    pub fn ask(self) {
        wasm_bindgen_futures::spawn_local(async move {
            let standing = match http::get::<WaysToSignIn>("/sign-in").await {
                Ok(WaysToSignIn { session: Some(session), .. }) => {
                    Standing::In(session.user.into())
                }
                Ok(ways) => Standing::Out(Box::new(ways)),
                Err(Failure::NoServer) => Standing::Demo,
                Err(Failure::Refused { problem, .. }) if problem.code == ProblemCode::NotFound => {
                    Standing::Demo
                }
                Err(failure) => Standing::Failed(failure),
            };
            let _ = self.standing.try_set(standing);
        });
    }

    /// Signs in.
    ///
    /// # Errors
    /// [`Failure`] where the server does not let whoever it is in.
    pub async fn sign_in(self, sign_in: &SignIn) -> Result<(), Failure> {
        let session: Session = http::post("/session", sign_in).await?;
        let _ = self.standing.try_set(Standing::In(session.user.into()));
        Ok(())
    }

    /// Signs out here.
    ///
    /// # Errors
    /// [`Failure`] where the server cannot be told, so that the session goes on.
    pub async fn sign_out(self) -> Result<(), Failure> {
        match http::delete("/session").await {
            Err(failure) if !is_signed_out(&failure) => return Err(failure),
            _ => {}
        }
        let _ = self.standing.try_set(Standing::Asking);
        self.ask();
        Ok(())
    }

    /// Looks at why a call failed: where the session has ended, everything that asks who is there
    /// learns it. Whether it was that.
    pub fn has_ended(self, failure: &Failure) -> bool {
        let ended = is_signed_out(failure);
        if ended {
            self.ask();
        }
        ended
    }
}

fn is_signed_out(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused { problem, .. } if problem.code == ProblemCode::NotSignedIn)
}

/// Who sits in front of the application. Outside it nobody does, and there is no server.
#[must_use]
pub fn use_visitor() -> Visitor {
    use_context().unwrap_or_else(|| Visitor { standing: RwSignal::new(Standing::Demo) })
}
