//! The content security policy of the web application's page.

use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use sha2::{Digest, Sha256};

/// Origins of others that a page may use. Nothing of them where cards are not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// Of scripts.
    pub scripts: Vec<String>,
    /// Of frames.
    pub frames: Vec<String>,
    /// That are asked.
    pub asked: Vec<String>,
}

/// The policy for a page: its own files, WebAssembly, and exactly the inline scripts it holds.
///
/// The page's loader is an inline module, so it is named by its hash (Content Security Policy
/// Level 3, 6.7.2.4). It imports files of this server, and `modulepreload` links point at the
/// same files: `'self'` covers both. The preload of the WebAssembly file is a fetch, covered by
/// `connect-src`.
pub(super) fn for_page(html: &[u8], others: &Others) -> HeaderValue {
    let hashes = inline_scripts(html)
        .iter()
        .map(|script| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(script))))
        .collect::<Vec<_>>()
        .concat();
    let listed = |origins: &[String]| {
        origins.iter().map(|origin| format!(" {origin}")).collect::<Vec<_>>().concat()
    };
    let (scripts, frames) = (listed(&others.scripts), listed(&others.frames));
    let frames = if frames.is_empty() { frames } else { format!(" frame-src{frames};") };
    let asked = listed(&others.asked);
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}{scripts}; \
         style-src 'self'; img-src 'self' data:; connect-src 'self'{asked};{frames} \
         manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// The texts of all script elements without a `src`, as a browser sees them: line breaks are
/// line feeds, and scripts inside comments are none.
fn inline_scripts(html: &[u8]) -> Vec<Vec<u8>> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut scripts = Vec::new();
    let mut open: Option<Vec<u8>> = None;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) if tag.name.as_slice() == b"script" => {
                let inline = !tag.attributes.contains_key(b"src".as_slice());
                open = inline.then(Vec::new);
            }
            Token::String(text) => {
                if let Some(script) = &mut open {
                    script.extend_from_slice(&text);
                }
            }
            Token::EndTag(_) => scripts.extend(open.take()),
            _ => {}
        }
    }
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_inline_scripts_only() {
        let html = b"<!DOCTYPE html><!-- <script>no</script> --><script src=/a.js></script>\
            <title>&lt;script></title><SCRIPT type=\"module\" data-x='>'>\r\nimport '<b>';\r\n\
            </SCRIPT><p>text</p><script></script>";
        assert_eq!(inline_scripts(html), [b"\nimport '<b>';\n".to_vec(), Vec::new()]);
    }

    #[test]
    fn names_a_script_by_its_hash() {
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let policy = for_page(b"<script>alert(1)</script>", &Others::default());
        let policy = policy.to_str().unwrap();
        assert!(
            policy.contains(
                "'wasm-unsafe-eval' 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=';"
            ),
            "{policy}"
        );
        assert!(!policy.contains("unsafe-inline"));
    }

    #[test]
    fn allows_no_inline_script_where_the_page_has_none() {
        let policy = for_page(b"<p>none</p>", &Others::default());
        assert!(policy.to_str().unwrap().contains("script-src 'self' 'wasm-unsafe-eval';"));
        assert!(!policy.to_str().unwrap().contains("frame-src"));
    }

    #[test]
    fn names_others_only_for_what_they_are_used_for() {
        let others = Others {
            scripts: vec!["https://a.example".to_owned()],
            frames: vec!["https://a.example".to_owned(), "https://b.example".to_owned()],
            asked: vec!["https://c.example".to_owned()],
        };
        let policy = for_page(b"<p>none</p>", &others);
        let policy = policy.to_str().unwrap();
        for part in [
            "script-src 'self' 'wasm-unsafe-eval' https://a.example;",
            "frame-src https://a.example https://b.example;",
            "connect-src 'self' https://c.example;",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
    }
}
