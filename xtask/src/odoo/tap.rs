//! A tap between Odoo and the server: passes on every byte, and keeps what Odoo sends.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::{Context, Result};
use serde::Serialize;
use serde_json::value::RawValue;

/// What came over one connection so far.
type Received = Arc<Mutex<Vec<u8>>>;

/// A request, without what only carries it.
#[derive(Serialize)]
struct Request {
    method: String,
    path: String,
    /// As it was sent, where it is JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
}

/// A tap; connections wait until it is opened.
pub(super) struct Tap {
    listener: TcpListener,
    connections: Arc<Mutex<Vec<Received>>>,
}

impl Tap {
    /// A tap on a port of its own.
    pub(super) fn new() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("there is no free port")?;
        Ok(Self { listener, connections: Arc::default() })
    }

    /// Its address, without a slash at the end.
    pub(super) fn url(&self) -> String {
        self.listener.local_addr().map(|address| format!("http://{address}")).unwrap_or_default()
    }

    /// Passes on to the server at an address, from now to the end of the process.
    pub(super) fn open(&self, server: &str) -> Result<()> {
        let server: SocketAddr =
            server.trim_start_matches("http://").parse().context("the server has no address")?;
        let listener = self.listener.try_clone().context("cannot listen for Odoo")?;
        let connections = Arc::clone(&self.connections);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let received = Received::default();
                lock(&connections).push(Arc::clone(&received));
                // One that breaks is the business of those who spoke over it.
                thread::spawn(move || drop(pass(client, server, &received)));
            }
        });
        Ok(())
    }

    /// Writes the requests of Odoo's protocol, a line each, and not those of our own pages; how many
    /// there are.
    pub(super) fn write(&self, file: &Path) -> Result<usize> {
        let connections = lock(&self.connections);
        let mut lines = Vec::new();
        for request in connections.iter().flat_map(|received| requests(&lock(received))) {
            let path = &request.path;
            if (path.contains("/iap/") || path.contains("/api/")) && !path.contains("/api/v1/") {
                lines.push(serde_json::to_string(&request)? + "\n");
            }
        }
        fs::write(file, lines.concat())
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(lines.len())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn pass(mut client: TcpStream, server: SocketAddr, received: &Mutex<Vec<u8>>) -> io::Result<()> {
    let mut server = TcpStream::connect(server)?;
    let (mut answers, mut to) = (server.try_clone()?, client.try_clone()?);
    let back = thread::spawn(move || {
        let copied = io::copy(&mut answers, &mut to);
        copied.and_then(|_| to.shutdown(Shutdown::Both))
    });
    let mut piece = [0; 8_192];
    loop {
        let length = client.read(&mut piece)?;
        let Some(bytes) = piece.get(..length).filter(|bytes| !bytes.is_empty()) else { break };
        lock(received).extend(bytes);
        server.write_all(bytes)?;
    }
    server.shutdown(Shutdown::Write)?;
    drop(back.join());
    Ok(())
}

/// The requests in what came over one connection.
fn requests(mut bytes: &[u8]) -> Vec<Request> {
    let mut requests = Vec::new();
    while let Some((request, rest)) = request(bytes) {
        requests.push(request);
        bytes = rest;
    }
    requests
}

fn request(bytes: &[u8]) -> Option<(Request, &[u8])> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let (head, rest) = bytes.split_at_checked(end + 4)?;
    let head = str::from_utf8(head).ok()?;
    let mut first = head.lines().next()?.split(' ');
    let (method, path) = (first.next()?.to_owned(), first.next()?.to_owned());
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    let (body, rest) = rest.split_at_checked(length.unwrap_or(0))?;
    let body = serde_json::from_slice(body).ok();
    Some((Request { method, path, body }, rest))
}

#[cfg(test)]
mod tests {
    use super::requests;

    #[test]
    fn requests_are_told_apart() {
        let bytes = b"POST /iap/1/balance HTTP/1.1\r\nHost: x\r\ncontent-length: 20\r\n\r\n\
                      {\"id\": 1, \"a\": null}GET /iap/1/credit?hashed=1 HTTP/1.1\r\nHost: x\r\n\r\n\
                      POST /iap/1/cut HTTP/1.1\r\nContent-Length: 9\r\n\r\n{\"id\"";
        let told = requests(bytes).into_iter().map(|it| serde_json::to_string(&it).unwrap());
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                r#"{"method":"POST","path":"/iap/1/balance","body":{"id": 1, "a": null}}"#,
                r#"{"method":"GET","path":"/iap/1/credit?hashed=1"}"#,
            ]
        );
    }
}
