//! `cargo xtask stripe`: orders are paid at localstripe, a server by others that behaves like Stripe's.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::checkout::Checkout;
use crate::{process, python};

const VERSION: &str = "1.15.10";

/// For how long it is waited until it listens.
const TRIES: u32 = 150;
const PAUSE: Duration = Duration::from_millis(200);

/// Runs the command.
pub(crate) fn run(checkout: &Checkout) -> Result<()> {
    let localstripe = Localstripe::start(&python::tool("localstripe", VERSION)?)?;
    let mut test =
        checkout.cargo(["test", "-p", "iap-server", "--test", "payments", "localstripe"]);
    test.args(["--", "--ignored"]).env("IAP_TEST_LOCALSTRIPE", localstripe.address.to_string());
    let output = process::run("orders paid at localstripe", &mut test)?;
    if output.contains("test result: ok. 1 passed") {
        Ok(())
    } else {
        bail!("the test that pays at localstripe was not found")
    }
}

/// A running localstripe; it is ended when dropped.
struct Localstripe {
    child: Child,
    address: SocketAddr,
}

impl Localstripe {
    fn start(program: &Path) -> Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
        let address = free.context("there is no free port")?;
        let child = Command::new(program)
            .args(["--from-scratch", "--port", &address.port().to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("localstripe does not start")?;
        let mut localstripe = Self { child, address };
        for _ in 0..TRIES {
            if TcpStream::connect(address).is_ok() {
                return Ok(localstripe);
            }
            if let Some(status) = localstripe.child.try_wait()? {
                bail!("localstripe ended before it listened ({status})");
            }
            thread::sleep(PAUSE);
        }
        bail!("localstripe does not listen")
    }
}

impl Drop for Localstripe {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
