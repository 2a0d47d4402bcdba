//! What a client may not do, and how the server stops.

use std::io::{Read, Write};
use std::num::NonZeroU32;
use std::time::Duration;

use iap_server::http::{Limits, Rate};

use crate::application::Application;
use crate::client::{Answer, connect, exchange};

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

#[test]
fn an_address_that_asks_too_often_has_to_wait() {
    let rate = Some(Rate { per_second: NonZeroU32::MIN, proxies: 1 });
    let application = Application::with(Limits { rate, ..Limits::default() }, false);
    let from = |address: &str, target: &str| {
        application.request("GET", target, &[("X-Forwarded-For", address)])
    };
    let answers: Vec<_> = (0..30).map(|_| from("192.0.2.1", "/healthz")).collect();
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 429).collect();
    // Ten at once, and those for which enough time went by meanwhile.
    assert!((1..=20).contains(&refused.len()), "{}", refused.len());
    assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 429)));
    assert_eq!(refused[0].header("content-type"), Some("application/problem+json"));
    assert!(refused[0].text().contains("\"code\":\"too_many_requests\""));
    assert!(refused[0].header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
    // Another one has not asked yet; what the client itself says of its address counts for nothing.
    assert_eq!(from("192.0.2.2", "/healthz").status, 200);
    let made_up = "192.0.2.3, 192.0.2.1";
    let answers: Vec<_> = (0..3).map(|_| from(made_up, "/iap/1/balance")).collect();
    // Odoo's client takes any status but 200 for a fault of the network.
    let is_refused = |answer: &&Answer| answer.header("content-type") == Some("application/json");
    let refused = answers.iter().find(is_refused).unwrap();
    assert_eq!(refused.status, 200);
    let body: serde_json::Value = serde_json::from_str(refused.text()).unwrap();
    assert!(body["error"]["data"]["message"].as_str().unwrap().contains("Wait a moment"));
    assert!(body["error"]["data"]["name"].is_string());
}
