//! Which texts a part of the program has to itself.
//!
//! A text is a part's where nothing but the part's own source files names it. So nobody keeps a
//! list, and a text that a second part begins to use moves to where both find it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::catalogue::{Catalogue, Text};
use crate::part::{PARTS, Part};

/// What the functions for rich texts are called beside the plain ones.
const RICH: &str = "_view";

/// A text: its name, and one entry for each locale.
pub(crate) type Named<'a> = (&'a str, &'a [Text]);

/// The texts in the order in which they are numbered.
#[derive(Debug)]
pub struct Division<'a> {
    /// Those that every page may show, and then those of each of [`PARTS`], ordered by name.
    pub(crate) groups: Vec<Vec<Named<'a>>>,
    /// The texts that no source file names.
    pub unused: Vec<&'a str>,
}

impl<'a> Division<'a> {
    /// Divides the texts by who names them in the source files below a folder, `web/src`.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(catalogue: &'a Catalogue, sources: &Path) -> io::Result<Self> {
        let mut files = Vec::new();
        read(sources, "", &mut files)?;
        Ok(Self::of(catalogue, &files))
    }

    /// The same for files with their paths.
    fn of(catalogue: &'a Catalogue, files: &[(String, String)]) -> Self {
        // Who names a text: one part, or anybody.
        let mut users: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for (file, source) in files {
            let part = Part::of_file(file).map(|part| part.name);
            for name in named(source) {
                let known = catalogue.texts.get_key_value(name).or_else(|| {
                    catalogue.texts.get_key_value(name.strip_suffix(RICH).unwrap_or(name))
                });
                if let Some((name, _)) = known {
                    let user = users.entry(name.as_str()).or_insert(part);
                    *user = user.filter(|user| Some(*user) == part);
                }
            }
        }
        let mut groups = vec![Vec::new(); PARTS.len() + 1];
        let mut unused = Vec::new();
        for (name, texts) in &catalogue.texts {
            let user = users.get(name.as_str());
            if user.is_none() {
                unused.push(name.as_str());
            }
            let part = user.and_then(|user| PARTS.iter().position(|it| Some(it.name) == *user));
            if let Some(group) = groups.get_mut(part.map_or(0, |part| part + 1)) {
                group.push((name.as_str(), texts.as_slice()));
            }
        }
        Self { groups, unused }
    }
}

/// The words of a source file that may name texts: those of lines that are no comments.
fn named(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
}

fn read(folder: &Path, path: &str, files: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{path}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &format!("{name}/"), files)?;
        } else if entry.path().extension().is_some_and(|it| it == "rs") {
            files.push((name, fs::read_to_string(entry.path())?));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::Division;
    use crate::catalogue::{Catalogue, LOCALES};

    fn catalogue() -> Catalogue {
        let file = r#"{"a": {"both": "1", "far": "2", "none": "3", "own": "{x} 4", "told": "5"}}"#;
        Catalogue::parse(&vec![file; LOCALES.len()]).unwrap()
    }

    fn names<'a>(division: &Division<'a>, group: usize) -> Vec<&'a str> {
        division.groups[group].iter().map(|(name, _)| *name).collect()
    }

    #[test]
    fn a_text_is_its_only_users() {
        let catalogue = catalogue();
        let files = [
            ("pages/compose/write.rs", "tr(I18n::a_both);\n    // a_far\n t.a_own_view(x);"),
            ("pages/compose/parts.rs", "t.a_own(2)"),
            ("pages/orders.rs", "a_both"),
            ("pages/short.rs", "    // a_own, a_none\n a_told"),
            ("pages/prices/show.rs", "(I18n::a_far)"),
        ];
        let files = files.map(|(file, text)| (file.to_owned(), text.to_owned()));
        let division = Division::of(&catalogue, &files);
        assert_eq!(names(&division, 0), ["a_both", "a_none", "a_told"]);
        assert_eq!(names(&division, 1), ["a_own"]);
        assert_eq!(names(&division, 2), [""; 0]);
        assert_eq!(division.unused, ["a_none"]);
    }
}
