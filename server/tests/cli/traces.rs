//! Traces that are sent to a collector.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::process::Stdio;
use std::sync::mpsc;
use std::time::Duration;

use crate::iap::{command, run};
use crate::serve::Serving;

/// A trace that a client has begun, as W3C Trace Context has it.
const TRACE: u128 = 0x0af7_6519_16cd_43dd_8448_eb21_1c80_319c;
const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

/// Takes one request as a collector would, and hands over its head and its body.
fn collector() -> (String, mpsc::Receiver<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut stream = BufReader::new(stream);
        let (mut head, mut line) = (String::new(), String::new());
        while stream.read_line(&mut line).unwrap() > 2 {
            head.push_str(&std::mem::take(&mut line).to_lowercase());
        }
        let length = head.split("content-length: ").nth(1).unwrap().lines().next().unwrap();
        let mut body = vec![0; length.parse().unwrap()];
        stream.read_exact(&mut body).unwrap();
        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        stream.get_mut().write_all(answer).unwrap();
        tell.send((head, body)).unwrap();
    });
    (address, told)
}

fn has(body: &[u8], part: &[u8]) -> bool {
    body.windows(part.len()).any(|bytes| bytes == part)
}

#[cfg(unix)]
#[test]
fn requests_are_told_to_a_collector_and_secrets_are_not() {
    let (address, told) = collector();
    let settings = [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &*address),
        ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20key"),
        ("IAP_LOG", "off"),
    ];
    let mut serving = Serving::start(&["--listen", "127.0.0.1:0"], &settings);
    let asked = serving.ask("/api/v1/accounts/4711?token=secret", &[("traceparent", PARENT)]);
    assert!(asked.starts_with("HTTP/1.1 401 "), "{asked}");
    // What is left goes out before it ends.
    let kill = ["-s", "TERM", &serving.child.id().to_string()];
    assert!(std::process::Command::new("kill").args(kill).status().unwrap().success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    let (head, body) = told.recv_timeout(Duration::from_mins(1)).unwrap();
    assert!(head.starts_with("post /v1/traces http/1.1\r\n"), "{head}");
    assert!(head.contains("content-type: application/x-protobuf\r\n"), "{head}");
    assert!(head.contains("authorization: bearer key\r\n"), "{head}");
    assert!(has(&body, &TRACE.to_be_bytes()), "the client's own trace goes on");
    for part in
        ["GET /api/v1/accounts/{account}", "service.name", "iap", "http.response.status_code"]
    {
        assert!(has(&body, part.as_bytes()), "{part}");
    }
    for secret in ["secret", "4711", "token"] {
        assert!(!has(&body, secret.as_bytes()), "{secret}");
    }
}

#[test]
fn a_collector_that_is_none_is_a_sentence() {
    for bad in ["localhost:4318", "ftp://localhost", "http://user:secret@localhost"] {
        let outcome = run(&["serve", "--listen", "127.0.0.1:0", "--traces", bad], "");
        assert_eq!((outcome.status, outcome.out.as_str()), (Some(2), ""), "{bad}");
        assert!(outcome.err.contains("http://localhost:4318"), "{}", outcome.err);
    }
    // One that does not answer keeps nobody from being served, nor the server from ending.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    drop(silent);
    let serving = Serving::start(&["--listen", "127.0.0.1:0", "--traces", &address], &[]);
    assert!(serving.get("/healthz").starts_with("HTTP/1.1 200 OK\r\n"));
    let help = command(&["serve", "--help"])
        .env("OTEL_EXPORTER_OTLP_HEADERS", "a-key-of-mine")
        .stdout(Stdio::piped())
        .output()
        .unwrap();
    assert!(!String::from_utf8(help.stdout).unwrap().contains("a-key-of-mine"));
}
