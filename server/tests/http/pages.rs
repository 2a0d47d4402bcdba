//! Pages of the application, and everything that is none.

use crate::application::{Application, INDEX};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

#[test]
fn every_page_starts_the_application() {
    let application = Application::start();
    for path in ["/compose", "/services/sms/buy?from=compose", "/no/such/page", "/c/J%C3%BCrgen"] {
        let answer = application.get(path, &[("Accept", BROWSER)]);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.text(), INDEX, "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-cache"));
        assert_eq!(answer.header("vary"), Some("Accept, Accept-Encoding"));
    }
}

#[test]
fn a_checker_of_links_finds_every_page() {
    let application = Application::start();
    for headers in [&[("Accept", "*/*")][..], &[]] {
        for method in ["GET", "HEAD"] {
            assert_eq!(application.request(method, "/prices", headers).status, 200, "{headers:?}");
        }
    }
}

#[test]
fn a_program_that_takes_no_html_gets_no_page() {
    let application = Application::start();
    for accepted in ["application/json", "text/css", "text/html;q=0, */*"] {
        assert_eq!(application.get("/compose", &[("Accept", accepted)]).status, 404, "{accepted}");
    }
}

#[test]
fn a_missing_file_gets_no_page() {
    let application = Application::start();
    for path in ["/old-fedcba9876543210.js", "/robots.txt", "/.env", "/.git/config"] {
        assert_eq!(application.get(path, &[("Accept", BROWSER)]).status, 404, "{path}");
    }
}

#[test]
fn the_interface_is_said_to_be_missing_in_json() {
    let application = Application::start();
    for path in ["/api", "/api/", "/api/v1/", "/api/v1/session", "/api/../etc/passwd"] {
        for method in ["GET", "POST", "DELETE"] {
            let answer = application.request(method, path, &[("Accept", BROWSER)]);
            assert_eq!(answer.status, 404, "{method} {path}");
            assert_eq!(answer.header("content-type"), Some("application/problem+json"));
            let problem: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(problem["status"], 404);
            assert_eq!(problem["title"], "Not Found");
            assert_eq!(problem["type"], "urn:iap:problem:not_found");
            assert_eq!(problem["code"], "not_found");
            assert!(problem["detail"].as_str().unwrap().ends_with('.'));
        }
    }
}

#[test]
fn other_methods_are_refused() {
    let application = Application::start();
    for path in ["/", "/compose", "/missing.js", "/healthz"] {
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
            let answer = application.request(method, path, &[]);
            assert_eq!(answer.status, 405, "{method} {path}");
            assert_eq!(answer.header("allow"), Some("GET,HEAD"), "{method} {path}");
        }
    }
}

#[test]
fn says_that_it_is_healthy() {
    let application = Application::start();
    let answer = application.get("/healthz", &[]);
    assert_eq!((answer.status, answer.text()), (200, "ok\n"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

#[test]
fn says_how_to_build_what_is_not_built() {
    let application = Application::not_built();
    for path in ["/", "/compose"] {
        let answer = application.get(path, &[("Accept", BROWSER)]);
        assert_eq!(answer.status, 503);
        assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"));
        assert!(answer.text().contains("cargo xtask serve"));
    }
    assert_eq!(application.get("/app.js", &[("Accept", BROWSER)]).status, 404);
    assert_eq!(application.get("/healthz", &[]).status, 200);
}
