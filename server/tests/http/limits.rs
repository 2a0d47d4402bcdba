//! What a client may not do, and how the server stops.

use std::io::{Read, Write};
use std::time::Duration;

use iap_server::http::Limits;

use crate::application::Application;
use crate::client::{connect, exchange};

#[test]
fn huge_headers_are_refused() {
    let application = Application::start();
    let fits = "a".repeat(10 * 1_024);
    assert_eq!(application.get("/", &[("X-Large", &fits)]).status, 200);
    let huge = "a".repeat(64 * 1_024);
    assert_eq!(application.get("/", &[("X-Large", &huge)]).status, 431);
    assert_eq!(application.get(&format!("/{huge}"), &[]).status, 431);
    let many: Vec<_> = (0..500).map(|_| ("X", "y")).collect();
    assert_eq!(application.get("/", &many).status, 431);
    assert_eq!(application.get("/", &[]).status, 200);
}

#[test]
fn huge_bodies_are_refused() {
    let application = Application::start();
    let head = "POST /api/v1/ HTTP/1.1\r\nHost: test\r\nConnection: close\r\n";
    let text = format!("{head}Content-Length: 1073741824\r\n\r\n");
    assert_eq!(exchange(application.address, text.as_bytes()).status, 413);
}

#[test]
fn what_is_no_request_is_refused() {
    let application = Application::start();
    for text in ["nonsense\r\n\r\n", "GET / HTTP/1.1\r\nbad header\r\n\r\n"] {
        assert_eq!(exchange(application.address, text.as_bytes()).status, 400, "{text}");
    }
    assert_eq!(application.get("/", &[]).status, 200);
}

#[test]
fn odd_requests_get_an_answer() {
    let application = Application::start();
    for (line, status) in [
        ("OPTIONS * HTTP/1.1", 405),
        ("GET http://other.example/compose HTTP/1.1", 200),
        ("GET /%ff HTTP/1.1", 200),
        ("GET //other.example/%2f.. HTTP/1.1", 404),
        ("GET /? HTTP/1.0", 200),
        ("CONNECT other.example:443 HTTP/1.1", 405),
    ] {
        let text = format!("{line}\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n\r\n");
        assert_eq!(exchange(application.address, text.as_bytes()).status, status, "{line}");
    }
}

#[test]
fn a_client_that_says_nothing_is_let_go() {
    let limits = Limits { header_time: Duration::from_millis(100), ..Limits::default() };
    let application = Application::with(limits, false);
    for sent in ["", "GET / HTTP/1.1\r\nHost:"] {
        let mut stream = connect(application.address);
        stream.write_all(sent.as_bytes()).unwrap();
        let mut rest = Vec::new();
        // Ends because the server closes; the client itself would wait for a minute and fail.
        stream.read_to_end(&mut rest).unwrap();
        assert!(!rest.starts_with(b"HTTP/1.1 200"));
    }
}

#[test]
fn connections_above_the_limit_wait_for_their_turn() {
    let limits = Limits { connections: 1, ..Limits::default() };
    let application = Application::with(limits, false);
    let mut first = connect(application.address);
    first.write_all(b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
    let mut byte = [0];
    first.read_exact(&mut byte).unwrap();
    let mut second = connect(application.address);
    second.write_all(b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
    // Nothing comes however long one waits; without the limit, the answer comes at once.
    second.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    assert!(second.read_exact(&mut byte).is_err());
    drop(first);
    second.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    second.read_exact(&mut byte).unwrap();
}

#[test]
fn stops_though_clients_stay_connected() {
    let mut application = Application::start();
    let mut idle = connect(application.address);
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n").unwrap();
    let mut byte = [0];
    idle.read_exact(&mut byte).unwrap();
    application.stop();
    application.wait();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(b"ok\n"));
    assert!(std::net::TcpStream::connect(application.address).is_err());
}
