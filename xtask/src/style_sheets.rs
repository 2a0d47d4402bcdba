//! The style sheets of the page as one: together they compress better, and are one request.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::compression::read;
use crate::page::{Page, integrity, with_hash, write};

/// How Trunk begins the link to a style sheet.
const LINK: &str = "<link rel=\"stylesheet\" href=\"/";

/// Where the one link comes to stand: no page holds this character.
const PLACE: char = '\0';

/// Puts one style sheet in the place of all that the page links, in their order.
///
/// None of them may begin with `@import` or `@charset`, which count at a sheet's start alone.
pub(crate) fn join(page: &mut Page<'_>, dist: &Path) -> Result<()> {
    let mut joined = Vec::new();
    let mut html = String::new();
    let mut rest = page.html.as_str();
    while let Some((before, link)) = rest.split_once(LINK) {
        let (name, after) = link.split_once('"').context("a link to a style sheet has no end")?;
        let (_, after) = after.split_once('>').context("a link to a style sheet has no end")?;
        if joined.is_empty() {
            html.push_str(before);
            html.push(PLACE);
        } else {
            // Nor does the line that the link stood on stay.
            html.push_str(before.trim_end());
        }
        let path = dist.join(name);
        joined.extend(read(&path)?);
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        rest = after;
    }
    html.push_str(rest);
    if !joined.is_empty() {
        let name = with_hash("style-.css", &joined)?;
        write(&dist.join(&name), &joined)?;
        let link = format!("{LINK}{name}\" integrity=\"{}\">", integrity(&joined));
        html = html.replacen(PLACE, &link, 1);
    }
    page.html = html;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::join;
    use crate::page::Page;

    #[test]
    fn they_are_joined_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let html = "<p>\n  <link rel=\"stylesheet\" href=\"/b-1.css\" integrity=\"x\"/>\n  \
                    <link rel=\"stylesheet\" href=\"/a-2.css\" integrity=\"y\"/>\n  <link rel=\"icon\">";
        fs::write(folder.path().join("index.html"), html).unwrap();
        fs::write(folder.path().join("b-1.css"), "@layer b;b{}").unwrap();
        fs::write(folder.path().join("a-2.css"), "a{}").unwrap();

        let mut page = Page::open(folder.path()).unwrap();
        join(&mut page, folder.path()).unwrap();
        let (start, rest) = page.html.split_once("<link rel=\"stylesheet\" href=\"/").unwrap();
        let (name, end) = rest.split_once('"').unwrap();
        assert_eq!(start, "<p>\n  ");
        assert!(
            end.starts_with(" integrity=\"sha384-") && end.ends_with(">\n  <link rel=\"icon\">")
        );
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), "@layer b;b{}a{}");
        assert!(!folder.path().join("a-2.css").exists());
    }

    #[test]
    fn a_page_without_any_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "<p>").unwrap();
        let mut page = Page::open(folder.path()).unwrap();
        join(&mut page, folder.path()).unwrap();
        assert_eq!(page.html, "<p>");
    }
}
