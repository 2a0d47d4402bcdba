//! What a browser loads before the application runs, read from the page that is served.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use html5gum::{HtmlString, StartTag, Token, Tokenizer};

use crate::compression::read;
use crate::page::PREFIX;

/// The page.
const PAGE: &str = "index.html";

/// What counts: the code and the looks. Icons and the like are loaded aside.
const COUNTED: [&str; 4] = ["css", "html", "js", "wasm"];

/// Names of the files in `dist` that are loaded first: the page, what it links, what its scripts
/// name, and what those files import.
pub(crate) fn files(dist: &Path) -> Result<Vec<String>> {
    let page = read_text(dist, PAGE)?;
    let mut files = BTreeSet::from([PAGE.to_owned()]);
    let mut found = linked(&page);
    while let Some(name) = found.pop() {
        if !files.insert(name.clone()) {
            continue;
        }
        if !dist.join(&name).is_file() {
            bail!("{PAGE} or a file it loads names {name}, which is not in {}", dist.display());
        }
        if has_extension(&name, &["js"]) {
            let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
            found.extend(
                quoted(&read_text(dist, &name)?)
                    .filter(|(before, text)| is_import(before) && text.starts_with("./"))
                    .map(|(_, text)| resolve(folder, text)),
            );
        }
    }
    if !files.iter().any(|name| has_extension(name, &["wasm"])) {
        bail!("{PAGE} loads no wasm module; the bundle is not what it should be");
    }
    Ok(files.into_iter().collect())
}

/// Names of the files that the page names to be loaded aside, each with what it is named for.
pub(crate) fn aside(dist: &Path) -> Result<Vec<(String, String)>> {
    let page = read_text(dist, PAGE)?;
    let mut files = Vec::new();
    for Ok(token) in Tokenizer::new(&page) {
        let Token::StartTag(tag) = token else { continue };
        let named = attribute(&tag, "name").filter(|_| is(&tag.name, "meta"));
        if let Some(name) = named.as_deref().and_then(|name| name.strip_prefix(PREFIX)) {
            let address = attribute(&tag, "content").unwrap_or_default();
            files.push((name.to_owned(), address.trim_start_matches('/').to_owned()));
        }
    }
    Ok(files)
}

/// What the page loads: linked files, scripts, and paths that its inline scripts name.
fn linked(page: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut in_script = false;
    for Ok(token) in Tokenizer::new(page) {
        match token {
            Token::StartTag(tag) => {
                names.extend(loaded_by(&tag));
                in_script = is(&tag.name, "script");
            }
            Token::EndTag(_) => in_script = false,
            Token::String(text) if in_script => {
                let text = String::from_utf8_lossy(&text.value).into_owned();
                names.extend(quoted(&text).filter_map(|(_, text)| local(text)));
            }
            _ => {}
        }
    }
    names
}

fn loaded_by(tag: &StartTag<()>) -> Option<String> {
    if is(&tag.name, "script") {
        return local(&attribute(tag, "src")?);
    }
    let relations = attribute(tag, "rel").filter(|_| is(&tag.name, "link"))?;
    relations
        .split_whitespace()
        .any(|relation| ["stylesheet", "preload", "modulepreload"].contains(&relation))
        .then(|| attribute(tag, "href"))?
        .and_then(|href| local(&href))
}

fn attribute(tag: &StartTag<()>, name: &str) -> Option<String> {
    tag.attributes
        .get(&HtmlString(name.as_bytes().to_vec()))
        .map(|value| String::from_utf8_lossy(&value.value).into_owned())
}

fn is(name: &HtmlString, expected: &str) -> bool {
    name.as_slice() == expected.as_bytes()
}

/// The file in `dist` that an address of this site names, when it counts.
fn local(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next()?;
    let path = path.strip_prefix("./").or_else(|| path.strip_prefix('/')).unwrap_or(path);
    (counted(path) && !path.contains("://") && !path.starts_with('/')).then(|| path.to_owned())
}

fn counted(path: &str) -> bool {
    has_extension(path, &COUNTED) && !path.contains(char::is_whitespace)
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| extensions.contains(&extension))
}

/// A path as written in a file of `folder`, from the top of `dist`.
fn resolve(folder: &str, path: &str) -> String {
    let path = path.trim_start_matches("./");
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

/// Texts between quotation marks of one kind, on one line, each with what stands before it.
fn quoted(script: &str) -> impl Iterator<Item = (&str, &str)> {
    script.lines().flat_map(|line| {
        ['"', '\'', '`'].into_iter().flat_map(move |quote| {
            let before = line.split(quote).step_by(2);
            before.zip(line.split(quote).skip(1).step_by(2))
        })
    })
}

/// Whether what stands before a quoted path makes it a file that is loaded at once.
fn is_import(before: &str) -> bool {
    let before = before.trim_end();
    before.ends_with("from") || before.ends_with("import")
}

fn read_text(dist: &Path, name: &str) -> Result<String> {
    let bytes = read(&dist.join(name))?;
    String::from_utf8(bytes).with_context(|| format!("{name} is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{aside, files};

    const PAGE: &str = r#"<!DOCTYPE html><html><head>
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/base-1a.css" integrity="sha384-x"/>
<link rel="manifest" href="/app.webmanifest">
<link rel="modulepreload" href="/app-2b.js" crossorigin="anonymous">
<link rel="preload" href="/app-2b_bg.wasm" as="fetch" type="application/wasm">
<link rel="stylesheet" href="https://elsewhere.example/far.css">
<script type="module">
import init, * as bindings from '/app-2b.js';
const wasm = await init({ module_or_path: '/app-2b_bg.wasm' });
import './late-3c.js';
</script></head><body><script src="/theme.js?v=1"></script><p>"/no.js"</p></body></html>"#;

    fn dist() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("snippets/a")).unwrap();
        let files = [
            ("index.html", PAGE),
            ("base-1a.css", "a{}"),
            (
                "app-2b.js",
                "import { f } from './snippets/a/inline0.js';\nreturn {\"./app_bg.js\": it};",
            ),
            ("app-2b_bg.wasm", "\0asm"),
            ("late-3c.js", ""),
            ("theme.js", ""),
            ("unused.js", ""),
            ("snippets/a/inline0.js", "export*from\"./inline1.js\";"),
            ("snippets/a/inline1.js", ""),
        ];
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn the_page_says_what_is_loaded_first() {
        let expected = [
            "app-2b.js",
            "app-2b_bg.wasm",
            "base-1a.css",
            "index.html",
            "late-3c.js",
            "snippets/a/inline0.js",
            "snippets/a/inline1.js",
            "theme.js",
        ];
        assert_eq!(files(dist().path()).unwrap(), expected);
    }

    #[test]
    fn the_page_names_what_is_loaded_aside() {
        let dist = dist();
        let page = "<head><title>t</title><meta name=\"file-texts-fr\" content=\"/texts-fr-1.txt\">\
                    <meta name=\"viewport\" content=\"width=1\"></head>";
        fs::write(dist.path().join("index.html"), page).unwrap();
        let expected = [("texts-fr".to_owned(), "texts-fr-1.txt".to_owned())];
        assert_eq!(aside(dist.path()).unwrap(), expected);
    }

    #[test]
    fn a_file_that_is_missing_is_named() {
        let dist = dist();
        fs::remove_file(dist.path().join("base-1a.css")).unwrap();
        let error = files(dist.path()).unwrap_err().to_string();
        assert!(error.contains("base-1a.css"), "{error}");
    }

    #[test]
    fn a_page_without_a_module_is_refused() {
        let dist = dist();
        fs::write(dist.path().join("index.html"), "<p>hello</p>").unwrap();
        assert!(files(dist.path()).unwrap_err().to_string().contains("no wasm module"));
    }
}
