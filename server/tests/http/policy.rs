//! The content security policy.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use iap_server::http::Others;
use sha2::{Digest, Sha256};

use crate::application::{Application, INDEX};

#[test]
fn names_the_inline_script_of_the_page_it_comes_with() {
    let application = Application::start();
    let script = INDEX.split_once("<script type=\"module\">").unwrap().1;
    let script = script.split_once("</script>").unwrap().0;
    let hash = STANDARD.encode(Sha256::digest(script));
    let expected = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}'; \
         style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    for (path, accepted) in [("/", "*/*"), ("/compose", "text/html")] {
        for coding in ["identity", "br", "gzip"] {
            let answer =
                application.get(path, &[("Accept", accepted), ("Accept-Encoding", coding)]);
            assert_eq!(answer.header("content-security-policy"), Some(expected.as_str()));
        }
    }
}

#[test]
fn lets_the_page_use_others_where_the_server_says_so() {
    let origins = |names: &[&str]| names.iter().map(|it| format!("https://{it}.example")).collect();
    let others =
        Others { scripts: origins(&["a"]), frames: origins(&["a", "b"]), asked: origins(&["c"]) };
    let answer = Application::allowing(others).get("/buy", &[("Accept", "text/html")]);
    let policy = answer.header("content-security-policy").unwrap();
    for part in [
        " https://a.example; style-src 'self';",
        "connect-src 'self' https://c.example;",
        "frame-src https://a.example https://b.example;",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
}

#[test]
fn allows_nothing_where_there_is_no_page() {
    let application = Application::start();
    for path in ["/healthz", "/api/v1/", "/missing.js"] {
        assert_eq!(
            application.get(path, &[]).header("content-security-policy"),
            Some("default-src 'none'; base-uri 'none'; frame-ancestors 'none'"),
            "{path}"
        );
    }
}
