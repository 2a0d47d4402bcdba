//! The parts of the program that are loaded when one of their pages is opened.

/// A part: some pages, with their code and their texts.
#[derive(Debug)]
pub struct Part {
    /// What its files are called.
    pub name: &'static str,
    /// The first segments of its pages' paths, or the first two where those tell more.
    pub pages: &'static [&'static str],
    /// How the names of its functions tell that they are its own.
    pub modules: &'static [&'static str],
}

/// The parts beside the first, which is what every page needs. Their pages are those that
/// `web/src/app.rs` opens through a part.
pub const PARTS: [Part; 9] = [
    Part { name: "compose", pages: &["", "compose"], modules: &["::pages::compose::"] },
    Part {
        name: "portal",
        pages: &["services", "consumption", "technical"],
        modules: &[
            "::pages::portal::",
            "::pages::accounts::",
            "::pages::consumption::",
            "::pages::technical::",
        ],
    },
    Part { name: "catalogue", pages: &["catalogue"], modules: &["::pages::catalogue::"] },
    Part {
        name: "buy",
        pages: &["buy", "orders"],
        modules: &["::pages::credits::", "::pages::orders::"],
    },
    Part {
        name: "customers",
        pages: &["operator/databases", "operator/users"],
        modules: &[
            "::pages::customers::",
            "::pages::databases::",
            "::pages::users::",
            "::backend::database::",
        ],
    },
    Part { name: "operator", pages: &["operator"], modules: &["::pages::operator::"] },
    Part {
        name: "provider",
        pages: &["provider"],
        modules: &["::pages::provider::", "::backend::provider::"],
    },
    Part { name: "prices", pages: &["prices"], modules: &["::pages::prices::"] },
    Part { name: "settings", pages: &["settings"], modules: &["::pages::settings::"] },
];

impl Part {
    /// The part that a source file belongs to, by its path below `web/src`, such as
    /// `pages/prices/show.rs`; none where it belongs to the first.
    #[must_use]
    pub fn of_file(file: &str) -> Option<&'static Self> {
        let module = format!("::{}", file.replace(".rs", "/").replace('/', "::"));
        PARTS.iter().find(|part| part.modules.iter().any(|it| module.starts_with(it)))
    }
}
