//! Light and dark.
//!
//! The style sheet follows the system unless `<html data-theme>` says otherwise. `boot.js` sets
//! the attribute before the first paint; from then on it is kept here.

use leptos::prelude::*;

use crate::reactive::{RwSignal, effect};
use crate::storage;

/// Where the choice is kept; `boot.js` reads it too.
pub const STORAGE_KEY: &str = "iap.theme";

/// How the pages are coloured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system is.
    #[default]
    System,
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name under which it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name; none for any other text.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The remembered choice, or the system's.
    #[must_use]
    pub fn remembered() -> Self {
        storage::get(STORAGE_KEY).as_deref().and_then(Self::from_name).unwrap_or_default()
    }

    /// Shows the theme: the attribute of `<html>`, and the browser's own bars.
    pub fn show(self) {
        let Some(html) = document().document_element() else { return };
        let _ = match self {
            Self::System => html.remove_attribute("data-theme"),
            _ => html.set_attribute("data-theme", self.name()),
        };
        // Two metas stand in the page, one for each colour scheme of the system, each with its
        // colour in `data-colour`. A chosen theme gives both the same colour.
        let Ok(metas) = document().query_selector_all("meta[name=theme-color]") else { return };
        let colour = |index: u32| {
            metas.item(index).map(wasm_bindgen::JsCast::unchecked_into::<web_sys::Element>)
        };
        for index in 0..metas.length() {
            let source = match self {
                Self::System => index,
                Self::Light => 0,
                Self::Dark => 1,
            };
            let value = colour(source).and_then(|meta| meta.get_attribute("data-colour"));
            if let (Some(meta), Some(value)) = (colour(index), value) {
                let _ = meta.set_attribute("content", &value);
            }
        }
    }
}

/// The theme in use; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Themes(RwSignal<Theme>);

impl Themes {
    /// Starts with the remembered theme, and follows the application's other tabs. Call it once,
    /// where the application starts.
    pub fn start() -> Self {
        let themes = Self(RwSignal::new(Theme::remembered()));
        provide_context(themes);
        effect(move |_| themes.0.get().show());
        storage::on_change(STORAGE_KEY, move |name| {
            themes.0.set(name.as_deref().and_then(Theme::from_name).unwrap_or_default());
        });
        themes
    }

    /// The theme in use; follows it where it is read reactively.
    #[must_use]
    pub fn get(self) -> Theme {
        self.0.try_get().unwrap_or_default()
    }

    /// Chooses a theme and remembers it.
    pub fn choose(self, theme: Theme) {
        storage::set(STORAGE_KEY, theme.name());
        self.0.set(theme);
    }
}

/// The theme in use. Outside the application (in a component test) the system's.
#[must_use]
pub fn use_theme() -> Themes {
    use_context().unwrap_or_else(|| Themes(RwSignal::new(Theme::System)))
}
