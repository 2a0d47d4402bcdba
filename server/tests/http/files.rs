//! Files: their forms, how long they keep, and what is no file.

use std::fs;

use crate::application::{Application, INDEX, SCRIPT, WASM};

const SCRIPT_PATH: &str = "/app-0123456789abcdef.js";
const WASM_PATH: &str = "/app-0123456789abcdef_bg.wasm";

#[test]
fn hashed_files_keep_forever() {
    let application = Application::start();
    for (path, content_type, body) in [
        (SCRIPT_PATH, "text/javascript; charset=utf-8", SCRIPT.as_bytes()),
        (WASM_PATH, "application/wasm", WASM),
    ] {
        let answer = application.get(path, &[]);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-type"), Some(content_type));
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(answer.header("content-length"), Some(body.len().to_string().as_str()));
        assert_eq!(answer.header("content-encoding"), None);
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
        assert_eq!(answer.body, body);
    }
}

#[test]
fn other_files_are_asked_for_again() {
    let application = Application::start();
    for path in ["/", "/index.html", "/favicon.svg", "/snippets/one/inline0.js"] {
        let answer = application.get(path, &[]);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"), "{path}");
        assert!(answer.header("etag").unwrap().starts_with('"'), "{path}");
    }
    assert_eq!(application.get("/", &[]).text(), INDEX);
}

#[test]
fn the_best_form_there_is_goes_out() {
    let application = Application::start();
    for (path, accepted, coding, body) in [
        ("/", "gzip, deflate, br, zstd", Some("br"), "index as brotli"),
        ("/", "br;q=0.1, gzip", Some("gzip"), "index as gzip"),
        ("/", "br;q=0, gzip;q=0", None, INDEX),
        ("/", "deflate", None, INDEX),
        ("/", "*", Some("br"), "index as brotli"),
        (SCRIPT_PATH, "gzip, br", Some("br"), "script as brotli"),
        (SCRIPT_PATH, "gzip", None, SCRIPT),
        (WASM_PATH, "br, gzip;q=0.5", Some("gzip"), "wasm as gzip"),
    ] {
        let answer = application.get(path, &[("Accept-Encoding", accepted)]);
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-encoding"), coding, "{path} {accepted}");
        assert_eq!(answer.text(), body, "{path} {accepted}");
        assert_eq!(answer.header("content-length"), Some(body.len().to_string().as_str()));
        assert_ne!(answer.header("content-type"), Some("application/octet-stream"));
    }
}

#[test]
fn each_form_has_its_own_validator() {
    let application = Application::start();
    let tag = |accepted| {
        let answer = application.get("/", &[("Accept-Encoding", accepted)]);
        answer.header("etag").unwrap().to_owned()
    };
    let (plain, brotli, gzip) = (tag("identity"), tag("br"), tag("gzip"));
    assert_ne!(plain, brotli);
    assert_ne!(plain, gzip);
    assert_ne!(brotli, gzip);
}

#[test]
fn what_the_client_has_is_not_sent_again() {
    let application = Application::start();
    let first = application.get("/", &[("Accept-Encoding", "br")]);
    let tag = first.header("etag").unwrap();
    let list = format!("\"other\", W/{tag}");
    for known in [tag, list.as_str(), "*"] {
        let headers = [("Accept-Encoding", "br"), ("If-None-Match", known)];
        let answer = application.get("/", &headers);
        assert_eq!(answer.status, 304, "{known}");
        assert!(answer.body.is_empty());
        for name in ["etag", "cache-control", "vary", "content-security-policy"] {
            assert_eq!(answer.header(name), first.header(name), "{name}");
        }
        assert_eq!(answer.header("content-encoding"), None);
    }
    // Another form, another version, no tag at all: sent.
    for headers in [
        [("Accept-Encoding", "gzip"), ("If-None-Match", tag)],
        [("Accept-Encoding", "br"), ("If-None-Match", "\"other\"")],
    ] {
        assert_eq!(application.get("/", &headers).status, 200);
    }
}

#[test]
fn a_new_build_is_noticed() {
    let application = Application::start();
    let old = application.get("/", &[]);
    let path = application.directory.path();
    fs::remove_file(path.join("index.html.br")).unwrap();
    fs::write(path.join("index.html"), "<script>new()</script>").unwrap();
    fs::remove_file(path.join("favicon.svg")).unwrap();
    let new = application.get("/", &[("Accept-Encoding", "br")]);
    assert_eq!(new.text(), "<script>new()</script>");
    assert_ne!(new.header("etag"), old.header("etag"));
    assert_ne!(new.header("content-security-policy"), old.header("content-security-policy"));
    assert_eq!(application.get("/favicon.svg", &[]).status, 404);
}

#[test]
fn head_tells_what_get_would() {
    let application = Application::start();
    for path in ["/", SCRIPT_PATH, "/missing.js", "/compose"] {
        let headers = [("Accept-Encoding", "br"), ("Accept", "text/html")];
        let get = application.get(path, &headers);
        let head = application.request("HEAD", path, &headers);
        assert!(head.body.is_empty());
        assert_eq!(head.status, get.status);
        for name in ["etag", "content-length", "content-type", "content-encoding", "vary"] {
            assert_eq!(head.header(name), get.header(name), "{path} {name}");
        }
    }
}

#[test]
fn what_is_no_file_is_not_found() {
    let application = Application::start();
    for path in [
        "/missing.js",
        "/orphan.br",
        "/orphan",
        "/index.html.br",
        "/app-0123456789abcdef.js.br",
        "/.hidden",
        "/snippets",
        "/snippets/",
        "/snippets/one",
        "/favicon.svg/",
        "/INDEX.HTML",
    ] {
        let answer = application.get(path, &[("Accept", "image/*")]);
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn no_path_leads_out_of_the_application() {
    let application = Application::start();
    let outside = application.directory.path().parent().unwrap().join("iap-test-outside.txt");
    fs::write(&outside, "secret").unwrap();
    let full = format!("/{}", outside.display());
    for path in [
        "/../iap-test-outside.txt",
        "/%2e%2e/iap-test-outside.txt",
        "/%2e%2e/",
        "/%2E%2E%2Fiap-test-outside.txt",
        "/..%2fiap-test-outside.txt",
        "/..%5ciap-test-outside.txt",
        "/snippets/../../iap-test-outside.txt",
        "/snippets/%2e%2e/%2e%2e/iap-test-outside.txt",
        "/....//iap-test-outside.txt",
        "/%252e%252e/iap-test-outside.txt",
        "/snippets/..;/..;/iap-test-outside.txt",
        "/..",
        "/../../../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/etc/passwd%00.js",
        full.as_str(),
    ] {
        for accepted in ["*/*", "text/html"] {
            let answer = application.get(path, &[("Accept", accepted)]);
            assert!(!answer.text().contains("secret"), "{path}");
            assert!(!answer.text().contains("root:"), "{path}");
            assert_eq!(answer.status, 404, "{path} {accepted}");
        }
    }
    fs::remove_file(outside).unwrap();
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    let application = Application::start();
    let path = application.directory.path();
    std::os::unix::fs::symlink("/etc/passwd", path.join("passwd.txt")).unwrap();
    std::os::unix::fs::symlink("/etc", path.join("etc")).unwrap();
    assert_eq!(application.get("/passwd.txt", &[]).status, 404);
    assert_eq!(application.get("/etc/passwd", &[("Accept", "text/plain")]).status, 404);
}
