//! The settings of this browser: how the composer counts and splits, and what pages show.
//!
//! Kept in local storage as `name=value;…`. A value that is missing or not understood, perhaps
//! from another version, falls back to its default and leaves the others as they are.

use std::num::NonZeroU8;

use iap_core::phone::Region;
use iap_core::sms::{CountOptions, National, Newlines, PartCount, Reference, Split};
use leptos::prelude::*;

use crate::reactive::{RwSignal, effect};
use crate::storage;

/// Where the settings are kept.
pub const STORAGE_KEY: &str = "iap.settings";

/// The settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The country of numbers typed without a calling code; none asks for international numbers.
    pub region: Option<Region>,
    /// What becomes of line breaks.
    pub newlines: Newlines,
    /// Whether national language tables may be used. Only where the gateway supports them.
    pub national: National,
    /// The size of the number that ties the parts together.
    pub reference: Reference,
    /// Where a text may be split.
    pub split: Split,
    /// The most parts a message may have, 1 to 255.
    pub part_cap: NonZeroU8,
    /// Whether pages also show what only those need who set software up.
    pub developer: bool,
}

/// The usual cap: carriers deliver ten parts reliably.
const DEFAULT_PART_CAP: NonZeroU8 = NonZeroU8::MIN.saturating_add(9);

impl Default for Settings {
    fn default() -> Self {
        Self {
            region: None,
            newlines: Newlines::default(),
            national: National::default(),
            reference: Reference::default(),
            split: Split::default(),
            part_cap: DEFAULT_PART_CAP,
            developer: false,
        }
    }
}

impl Settings {
    /// The part that concerns counting.
    #[must_use]
    pub const fn count_options(&self) -> CountOptions {
        CountOptions {
            reference: self.reference,
            national: self.national,
            split: self.split,
            newlines: self.newlines,
        }
    }

    /// The cap, as counting takes it.
    #[must_use]
    pub fn cap(&self) -> PartCount {
        PartCount::new(u32::from(self.part_cap.get())).unwrap_or(PartCount::MAX)
    }

    /// As kept in storage.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!(
            "region={};newlines={};national={};reference={};split={};part_cap={};developer={}",
            self.region.as_ref().map_or("", Region::as_str),
            newlines_name(self.newlines),
            national_name(self.national),
            reference_name(self.reference),
            split_name(self.split),
            self.part_cap,
            self.developer,
        )
    }

    /// Reads what [`to_text`](Self::to_text) wrote; whatever is not understood keeps its default.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut settings = Self::default();
        for (name, value) in text.split(';').filter_map(|pair| pair.split_once('=')) {
            settings.set(name, value);
        }
        settings
    }

    /// Sets one setting by the names used in storage. False, and nothing changed, if the name or
    /// the value is unknown.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        fn put<T>(place: &mut T, value: Option<T>) -> bool {
            value.map(|value| *place = value).is_some()
        }
        match name {
            "region" if value.is_empty() => put(&mut self.region, Some(None)),
            "region" => put(&mut self.region, value.parse().ok().map(Some)),
            "newlines" => put(&mut self.newlines, by_name(&NEWLINES, newlines_name, value)),
            "national" => put(&mut self.national, by_name(&NATIONAL, national_name, value)),
            "reference" => put(&mut self.reference, by_name(&REFERENCE, reference_name, value)),
            "split" => put(&mut self.split, by_name(&SPLIT, split_name, value)),
            "developer" => put(&mut self.developer, value.parse().ok()),
            "part_cap" => put(&mut self.part_cap, value.trim().parse().ok()),
            _ => false,
        }
    }
}

/// Every newline policy.
pub const NEWLINES: [Newlines; 3] = [Newlines::AsTyped, Newlines::Lf, Newlines::CrLf];
/// Every use of national language tables.
pub const NATIONAL: [National; 2] = [National::Off, National::Cheapest];
/// Every size of the reference.
pub const REFERENCE: [Reference; 2] = [Reference::Bits8, Reference::Bits16];
/// Every way to split.
pub const SPLIT: [Split; 2] = [Split::Characters, Split::Graphemes];

/// The name of a newline policy in storage and in forms.
#[must_use]
pub const fn newlines_name(newlines: Newlines) -> &'static str {
    match newlines {
        Newlines::AsTyped => "as-typed",
        Newlines::Lf => "lf",
        Newlines::CrLf => "crlf",
    }
}

/// The name of a use of national language tables in storage and in forms.
#[must_use]
pub const fn national_name(national: National) -> &'static str {
    match national {
        National::Off => "off",
        National::Cheapest => "cheapest",
    }
}

/// The name of a size of the reference in storage and in forms.
#[must_use]
pub const fn reference_name(reference: Reference) -> &'static str {
    match reference {
        Reference::Bits8 => "8",
        Reference::Bits16 => "16",
    }
}

/// The name of a way to split in storage and in forms.
#[must_use]
pub const fn split_name(split: Split) -> &'static str {
    match split {
        Split::Characters => "characters",
        Split::Graphemes => "graphemes",
    }
}

fn by_name<T: Copy>(all: &[T], name_of: fn(T) -> &'static str, name: &str) -> Option<T> {
    all.iter().copied().find(|value| name_of(*value) == name)
}

/// Starts with the remembered settings; keeps the memory and the application's other tabs in
/// step. Call it once, where the application starts.
pub fn start() -> RwSignal<Settings> {
    let read = |text: Option<String>| text.as_deref().map(Settings::from_text).unwrap_or_default();
    let settings = RwSignal::new(read(storage::get(STORAGE_KEY)));
    provide_context(settings);
    let mut kept = settings.get_untracked();
    effect(move |_| {
        let now = settings.get();
        // What was just read is not written back: another version's values stay as they are.
        if std::mem::replace(&mut kept, now) != now {
            storage::set(STORAGE_KEY, &now.to_text());
        }
    });
    storage::on_change(STORAGE_KEY, move |text| {
        let changed = read(text);
        if settings.get_untracked() != changed {
            settings.set(changed);
        }
    });
    settings
}

/// The settings, to read and to change. Outside the application the defaults.
#[must_use]
pub fn use_settings() -> RwSignal<Settings> {
    use_context().unwrap_or_else(|| RwSignal::new(Settings::default()))
}
