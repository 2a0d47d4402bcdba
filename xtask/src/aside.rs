//! Files that the application loads aside: the texts of every language and part of the program but
//! those that are built in, the countries' numbering plans and the names of characters.
//!
//! Trunk runs `cargo xtask aside` when a build is done. The names carry a hash of what the files
//! hold, so that they may be kept for ever; the page says the names in its head.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use iap_core::phone::packed_plans;
use iap_core::sms::character::NAMES;
use iap_texts::{Catalogue, Division, LOCALES, PARTS, table};

use crate::checkout::Checkout;
use crate::page::{Page, with_hash, write};

/// The folder of the build, as Trunk says it.
const FOLDER: &str = "TRUNK_STAGING_DIR";

/// A file to be loaded aside.
struct File {
    name: String,
    extension: &'static str,
    bytes: Vec<u8>,
}

/// Writes the files into the folder of the build that is under way.
pub(crate) fn run(checkout: &Checkout) -> Result<()> {
    let folder = env::var_os(FOLDER)
        .map(PathBuf::from)
        .with_context(|| format!("{FOLDER} is not set: Trunk runs this command when it builds"))?;
    add(&folder, &files(&checkout.folder("web")?)?)
}

fn files(web: &Path) -> Result<Vec<File>> {
    let catalogue = Catalogue::read(&web.join("locales"));
    let catalogue = catalogue.map_err(|problems| anyhow!(problems.join("\n")))?;
    let division = Division::new(&catalogue, &web.join("src"))?;
    let mut files = vec![
        File { name: "phone-plans".to_owned(), extension: "bin", bytes: packed_plans().to_vec() },
        File { name: "character-names".to_owned(), extension: "txt", bytes: NAMES.into() },
    ];
    for (at, locale) in LOCALES.iter().enumerate() {
        // What every page may show is built in in the first language.
        for part in PARTS.iter().map(Some).chain((at > 0).then_some(None)) {
            let name = part.map_or_else(String::new, |part| format!("-{}", part.name));
            files.push(File {
                name: format!("texts-{}{name}", locale.tag),
                extension: "txt",
                bytes: table(&division, locale, part).into_bytes(),
            });
        }
    }
    Ok(files)
}

fn add(folder: &Path, files: &[File]) -> Result<()> {
    let mut page = Page::open(folder)?;
    for File { name, extension, bytes } in files {
        let file_name = with_hash(&format!("{name}-.{extension}"), bytes)?;
        write(&folder.join(&file_name), bytes)?;
        page.add_file(name, &file_name)?;
    }
    page.save()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use iap_texts::{Catalogue, Division, LOCALES, PARTS};

    use super::{File, add, files};

    #[test]
    fn the_page_names_what_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("index.html");
        fs::write(&page, "<head><title>iap</title><link></head>").unwrap();
        let file = File { name: "texts-fr".to_owned(), extension: "txt", bytes: b"oui".to_vec() };
        add(folder.path(), &[file]).unwrap();
        let written = fs::read_to_string(&page).unwrap();
        let name = written.split("content=\"/").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(
            written,
            format!(
                "<head><title>iap</title>\n<meta name=\"file-texts-fr\" content=\"/{name}\"><link></head>"
            )
        );
        assert_eq!(fs::read(folder.path().join(name)).unwrap(), b"oui");
    }

    #[test]
    fn every_language_has_a_file_for_each_part() {
        let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web");
        let names: Vec<_> = files(&web).unwrap().into_iter().map(|file| file.name).collect();
        for name in
            ["phone-plans", "character-names", "texts-en-compose", "texts-fr", "texts-tr-buy"]
        {
            assert!(names.iter().any(|it| it == name), "{name}");
        }
        assert!(!names.iter().any(|it| it == "texts-en"), "it is built in");
        assert_eq!(names.len(), 2 + LOCALES.len() * (PARTS.len() + 1) - 1);
    }

    #[test]
    fn every_text_is_used() {
        let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web");
        let catalogue = Catalogue::read(&web.join("locales")).unwrap();
        let division = Division::new(&catalogue, &web.join("src")).unwrap();
        assert_eq!(division.unused, [""; 0], "texts that no page shows");
    }
}
