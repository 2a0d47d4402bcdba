//! Headers that every answer carries.

use iap_server::http::Limits;

use crate::application::Application;

#[test]
fn are_on_every_answer() {
    let application = Application::start();
    for (method, path, status) in [
        ("GET", "/", 200),
        ("GET", "/app-0123456789abcdef.js", 200),
        ("GET", "/missing.js", 404),
        ("GET", "/api/v1/", 404),
        ("POST", "/", 405),
        ("GET", "/healthz", 200),
    ] {
        let answer = application.request(method, path, &[]);
        assert_eq!(answer.status, status);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{method} {path}");
        }
        assert!(answer.header("permissions-policy").unwrap().contains("microphone=()"));
        assert!(answer.header("content-security-policy").is_some());
        assert_eq!(answer.header("strict-transport-security"), None);
        assert_eq!(answer.header("server"), None);
    }
}

#[test]
fn ask_for_https_only_where_the_operator_says_so() {
    let application = Application::with(Limits::default(), true);
    let answer = application.get("/", &[]);
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=63072000"));
    // What a client claims does not matter.
    let application = Application::start();
    let answer = application.get("/", &[("X-Forwarded-Proto", "https")]);
    assert_eq!(answer.header("strict-transport-security"), None);
}
