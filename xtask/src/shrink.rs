//! What makes the built application smaller when Trunk is done with it, and changes nothing else.
//!
//! wasm-bindgen gives what a module imports and exports long names that end in a hash, written out
//! in the module and in the script around it; here both get short ones. Scripts lose their
//! comments and the names of their variables. The style sheets become one. What only some pages
//! need becomes a module of its own ([`crate::parts`]).

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use iap_texts::PARTS;
use serde::Deserialize;

use crate::compression::read;
use crate::page::{Page, with_hash, write};
use crate::parts::Division;
use crate::{process, style_sheets, tools};

/// What wasm-opt does, twice: the second time finds what the first made room for. No value ever
/// stands below the address 1,024, for a module's memory begins with its stack, which grows
/// downwards.
const SMALLER: [&str; 3] = ["-Oz", "-Oz", "--low-memory-unused"];

/// Has wasm-opt give short names, and tell them.
const SHORT_NAMES: &str = "--minify-imports-and-exports-and-modules";

/// The module that everything is imported from, as wasm-opt calls it.
const MODULE: &str = "a";

/// The short names, as wasm-opt tells them.
#[derive(Deserialize)]
struct Names {
    /// The module imported from, a name, and the short name instead.
    imports: Vec<(String, String, String)>,
    /// A name and the short name instead.
    exports: Vec<(String, String)>,
}

impl Names {
    /// The short names of what the module exports.
    fn exports(&self) -> HashMap<&str, &str> {
        self.exports.iter().map(|(name, short)| (name.as_str(), short.as_str())).collect()
    }
}

/// Makes the application in `dist` smaller. `work` is a folder for what is made in between.
pub(crate) fn shrink(dist: &Path, work: &Path) -> Result<()> {
    let mut page = Page::open(dist)?;
    style_sheets::join(&mut page, dist)?;

    let wasm = page.named("iap-web-", "_bg.wasm")?;
    let script = page.named("iap-web-", ".js")?;
    let whole = read(&dist.join(&wasm))?;
    let division = Division::new(&whole, &PARTS)?;
    let (first, told) =
        optimize("making its module smaller", &division.first()?, &[SHORT_NAMES], work)?;
    let names = names(&told)?;
    page.replace(&wasm, &first)?;
    for (at, part) in PARTS.iter().enumerate() {
        let label = format!("making the part {} smaller", part.name);
        let (bytes, _) = optimize(&label, &division.part(at, &names.exports())?, &[], work)?;
        let file = with_hash(&format!("{}-.wasm", part.name), &bytes)?;
        write(&dist.join(&file), &bytes)?;
        page.add_part(part, &file)?;
    }

    let text = String::from_utf8(read(&dist.join(&script))?).context("the script is not UTF-8")?;
    let small_script = work.join("small.js");
    write(&small_script, shorten(&text, &names)?.as_bytes())?;
    minify(&small_script, &["--module"])?;
    page.replace(&script, &read(&small_script)?)?;

    let boot = page.named("boot-", ".js")?;
    write(&small_script, &read(&dist.join(&boot))?)?;
    minify(&small_script, &[])?;
    page.replace(&boot, &read(&small_script)?)?;
    page.save()
}

/// Makes a module smaller; tells what wasm-opt says.
fn optimize(
    label: &str,
    module: &[u8],
    further: &[&str],
    work: &Path,
) -> Result<(Vec<u8>, String)> {
    let (large, small) = (work.join("large.wasm"), work.join("small.wasm"));
    write(&large, module)?;
    let mut command = Command::new(tools::binaryen().program()?);
    command.args(SMALLER).args(further).args([&large, Path::new("-o"), &small]);
    let told = process::run(label, &mut command)?;
    Ok((read(&small)?, told))
}

/// Takes out of a script what only people read.
fn minify(script: &Path, arguments: &[&str]) -> Result<()> {
    let mut command = Command::new(tools::terser().program()?);
    command.args(arguments).args(["--compress", "--mangle", "--output"]).args([
        script,
        Path::new("--"),
        script,
    ]);
    process::run("making a script smaller", &mut command).map(drop)
}

/// Reads the names from what wasm-opt prints, warnings around it or not.
fn names(told: &str) -> Result<Names> {
    let json = told.find("{\n").zip(told.rfind('}')).and_then(|(start, end)| told.get(start..=end));
    serde_json::from_str(json.unwrap_or_default())
        .with_context(|| format!("wasm-opt tells no names, but: {told}"))
}

/// The script with the short names.
///
/// It holds each import once, as the name of a property, and reads exports as properties of
/// `wasm`. An error if one is not there: the module would not start.
fn shorten(script: &str, names: &Names) -> Result<String> {
    let mut imports: HashMap<&str, &str> =
        names.imports.iter().map(|(_, name, short)| (name.as_str(), short.as_str())).collect();
    let exports = names.exports();
    let mut shortened = String::with_capacity(script.len());
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut rest = script;
    while let Some(start) = rest.find(is_part) {
        let (before, word) = rest.split_at(start);
        let (word, after) = word.split_at(word.find(|c| !is_part(c)).unwrap_or(word.len()));
        shortened.push_str(before);
        let short = if shortened.ends_with("wasm.") {
            exports.get(word).copied()
        } else if after.starts_with(':') {
            imports.remove(word)
        } else {
            None
        };
        shortened.push_str(short.unwrap_or(word));
        rest = after;
    }
    shortened.push_str(rest);
    if let Some(name) = imports.keys().next() {
        bail!("the script has no {name}, which the module imports");
    }
    let modules = names.imports.iter().map(|(module, _, _)| format!("\"{module}\":"));
    for module in modules.collect::<std::collections::BTreeSet<_>>() {
        if !shortened.contains(&module) {
            bail!("the script has no {module} for the module to import from");
        }
        shortened = shortened.replace(&module, &format!("\"{MODULE}\":"));
    }
    Ok(shortened)
}

#[cfg(test)]
mod tests {
    use super::{names, shorten};

    const TOLD: &str = r#"warning: {no}
{
 "imports": [
  ["./app_bg.js", "__wbg_now_1f", "b"]
 ],
 "exports": [
  ["memory", "c"],
  ["__wbindgen_start", "d"]
 ]
}
"#;

    #[test]
    fn imports_and_exports_get_their_short_names() {
        let script = "{ __wbg_now_1f: function() { return now(wasm.memory.buffer); } } \
                      return { \"./app_bg.js\": it }; wasm.__wbindgen_start(); memory: 1; wasm.new";
        let short = "{ b: function() { return now(wasm.c.buffer); } } \
                     return { \"a\": it }; wasm.d(); memory: 1; wasm.new";
        assert_eq!(shorten(script, &names(TOLD).unwrap()).unwrap(), short);
    }

    #[test]
    fn an_import_that_is_missing_is_named() {
        let error = shorten("\"./app_bg.js\": it", &names(TOLD).unwrap()).unwrap_err();
        assert!(error.to_string().contains("__wbg_now_1f"), "{error}");
    }

    #[test]
    fn what_wasm_opt_does_not_tell_is_an_error() {
        assert!(names("warning").is_err());
    }
}
