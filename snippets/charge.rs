// Charges one credit for a piece of work of my_service.
// Needs: cargo add serde_json && cargo add ureq --features json

use std::env;
use std::error::Error;

use serde_json::{Value, json};

/// A customer's account, and the key of the service.
struct Account {
    server: String,
    key: String,
    token: String,
}

impl Account {
    fn call(&self, job: &str, path: &str, body: Value) -> Result<Value, ureq::Error> {
        ureq::post(format!("{}/api/v1/holds{path}", self.server))
            .header("Authorization", format!("Bearer {}", self.key))
            .header("Idempotency-Key", job)
            .send_json(body)?
            .body_mut()
            .read_json()
    }

    /// Sets one credit aside, does the work, and charges for it.
    fn charge(&self, job: &str, work: fn() -> Result<(), String>) -> Result<Value, Box<dyn Error>> {
        // Say for whom it is, too, if you know: "company" (a number), "user" (a name) and "link"
        // (an address) are shown to the customer.
        let hold = json!({
            "account_token": self.token, "amount": "1", "description": "Work of my_service",
        });
        let hold = match self.call(job, "", hold) {
            Err(ureq::Error::StatusCode(402)) => return Err("The customer lacks credits.".into()),
            hold => hold?,
        };
        let id = hold.get("id").ok_or("No answer of the server")?;
        if let Err(reason) = work() {
            self.call(job, &format!("/{id}/cancel"), json!({}))?;
            return Err(reason.into());
        }
        Ok(self.call(job, &format!("/{id}/capture"), json!({}))?)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let set = |name: &str, or: &str| env::var(name).unwrap_or_else(|_| or.to_owned());
    let account = Account {
        server: set("IAP_URL", "http://localhost:8080"),
        key: env::var("IAP_KEY")?, // the key of the service: keep it out of programs
        // The token comes with the customer's request. 111111 is for trying out, where the
        // server allows it.
        token: set("IAP_ACCOUNT", "111111"),
    };
    // Your own name for the work: asked for again, it is charged once.
    let charged = account.charge(&set("IAP_JOB", "job-1"), || Ok(()))?;
    println!("{charged}");
    Ok(())
}
