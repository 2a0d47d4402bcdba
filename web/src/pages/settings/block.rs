//! A block of settings, which the search finds by its names and key words.

use leptos::prelude::*;

use super::search::{finds, marked, touches};
use crate::dom::{Children, Node, view};
use crate::i18n::{I18n, use_i18n};
use crate::reactive::{Memo, memo};
use crate::ui::{When, condition, next_id};

/// The texts of a block.
#[derive(Clone, Copy)]
pub(super) struct Texts {
    /// Its heading.
    pub title: fn(I18n) -> &'static str,
    /// What stands in it: the names of its settings.
    pub names: &'static [fn(I18n) -> &'static str],
    /// What stands in it and is marked where it stands.
    pub shown: &'static [fn(I18n) -> &'static str],
    /// What else one may look for, between commas.
    pub words: fn(I18n) -> &'static str,
}

impl Texts {
    /// All of them, as they are looked through.
    pub(super) fn fit(&self, t: I18n, words: &[String]) -> bool {
        let mut all = vec![(self.title)(t), (self.words)(t)];
        all.extend(self.names.iter().chain(self.shown).map(|text| text(t)));
        finds(t.locale(), words, &all.join("\n"))
    }

    /// The names and key words in which something was found.
    fn found(&self, t: I18n, words: &[String]) -> Vec<&'static str> {
        let names = self.names.iter().map(|name| name(t));
        let further = (self.words)(t).split(',').map(str::trim);
        let mut found: Vec<_> =
            names.chain(further).filter(|it| touches(t.locale(), words, it)).collect();
        found.dedup();
        found
    }
}

/// A block as a card. What the search leaves out is hidden and stays as it is, so that nothing typed in
/// it is lost.
#[component]
pub(super) fn Block(
    /// Its texts.
    texts: Texts,
    /// The words that are looked for, folded.
    words: Memo<Vec<String>>,
    /// The settings.
    children: Children,
) -> Node {
    let t = use_i18n();
    let id = next_id("block");
    let fits = memo(move || words.with(|words| texts.fit(t, words)));
    let found = Memo::new(move |_| {
        words.with(|words| if words.is_empty() { Vec::new() } else { texts.found(t, words) })
    });
    let title = move || words.with(|words| marked(t.locale(), words, (texts.title)(t)));
    let matches = move || {
        let one = |text: &&'static str| {
            let text = words.with(|words| marked(t.locale(), words, text));
            view! { <li>{text}</li> }
        };
        found.with(|found| found.iter().map(one).collect::<Vec<_>>())
    };
    view! {
        <section class="card" aria-labelledby=id.clone() hidden=move || !fits.get()>
            <div class="card-header"><h2 id=id>{title}</h2></div>
            <When when=condition(move || !found.with(Vec::is_empty))>
                <div class="found">
                    <span class="soft">{move || t.settings_matches()}</span>
                    <ul role="list">{matches}</ul>
                </div>
            </When>
            {children()}
        </section>
    }
}
