//! Smart encoding: what could be replaced, what that saves, and one click to do it.

use std::borrow::Cow;

use iap_core::pricing::Credits;
use iap_core::sms::smart::{Edit, Proposal};
use leptos::ev;
use leptos::prelude::*;

use super::message::Editor;
use super::offenders::visible;
use super::state::{saving, use_composer};
use crate::dom::{IntoNode, Node, view};
use crate::format;
use crate::i18n::{Count, I18n, tr, use_i18n};
use crate::reactive::{Callback, Memo, RwSignal, memo};
use crate::settings::use_settings;
use crate::ui::{Button, Icon, IconName, When, condition, text};

/// So many different replacements are shown in the sentence.
const PAIRS: usize = 4;

/// The proposals for the text, and the way back after one was taken.
#[component]
pub fn SmartProposals(editor: Editor) -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let typography =
        memo(move || composer.insight.with(|insight| insight.proposals.typography.clone()));
    let letters = memo(move || composer.insight.with(|insight| insight.proposals.letters.clone()));
    // The text before and after, and how many characters were replaced.
    let taken = RwSignal::new(None::<(String, String, usize)>);
    // Whatever is typed next ends the offer to undo: it would undo that, too.
    let undoable = memo(move || {
        taken.with(|taken| {
            let (_, after, replaced) = taken.as_ref()?;
            composer.text.with(|text| text == after).then_some(*replaced)
        })
    });
    let take = Callback::new(move |proposal: Proposal| {
        let before = composer.text.get_untracked();
        taken.set(Some((before, proposal.text.clone(), proposal.edits.len())));
        editor.replace_all(&proposal.text);
    });
    let undo = move |_: ev::MouseEvent| {
        if let Some((before, ..)) = taken.get_untracked() {
            editor.replace_all(&before);
            taken.set(None);
        }
    };
    view! {
        <When when=condition(move || typography.with(Option::is_some))>
            <Tip proposal=typography take=take/>
        </When>
        <When when=condition(move || letters.with(Option::is_some))>
            <Tip proposal=letters take=take/>
        </When>
        <div role="status">
            {move || {
                undoable.get().map(|replaced| {
                    view! {
                        <div class="tip tip-done">
                            <span><Icon name=IconName::Check/> {t.smart_taken(replaced)}</span>
                            <Button icon=IconName::Undo on:click=undo>
                                {tr(I18n::smart_undo)}
                            </Button>
                        </div>
                    }
                })
            }}
        </div>
    }
}

#[component]
fn Tip(proposal: Memo<Option<Proposal>>, take: Callback<Proposal>) -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let settings = use_settings();
    let letters = proposal.with_untracked(|it| it.as_ref().is_some_and(Proposal::changes_letters));
    let saved_credits = memo(move || {
        let settings = settings.get();
        composer.quote.with(|quote| {
            let quote = quote.as_ref()?;
            proposal.with(|proposal| {
                let proposal = proposal.as_ref()?;
                composer.list.with(|list| {
                    composer.with_contacts(|contacts| {
                        saving(
                            proposal,
                            quote,
                            list,
                            contacts,
                            settings.count_options(),
                            settings.cap(),
                        )
                    })
                })
            })
        })
    });
    let saved = move || {
        let parts =
            t.compose_parts(proposal.with(|it| it.as_ref().map_or(0, Proposal::parts_saved)));
        match saved_credits.get().filter(|credits| *credits > Credits::default()) {
            Some(credits) => t.smart_saved(parts, credits_text(t, credits)),
            None => parts,
        }
    };
    let edits =
        move |it: &Option<Proposal>| it.as_ref().map(|it| it.edits.clone()).unwrap_or_default();
    let pairs = move || pairs(t, &proposal.with(edits));
    let heading = move || {
        proposal.with(|proposal| {
            let Some(proposal) = proposal else { return String::new() };
            t.smart_makes(proposal.edits.len(), t.compose_parts(proposal.before.parts))
        })
    };
    let sentence = move || {
        let after = proposal.with(|it| it.as_ref().map_or(0, |it| it.after.parts));
        let after = t.compose_parts(after);
        let after = view! { <strong>{after}</strong> };
        let saved = saved().into_node();
        if letters {
            t.smart_letters_view(after, saved, pairs().into_node())
        } else {
            t.smart_replace_view(pairs().into_node(), after, saved)
        }
    };
    let take = move |_: ev::MouseEvent| {
        if let Some(proposal) = proposal.get_untracked() {
            take.run(proposal);
        }
    };
    let button = if letters { I18n::smart_take_letters } else { I18n::smart_take };
    view! {
        <div class="tip">
            <div>
                {(!letters).then(|| view! { <strong>{text(heading)}</strong> " " })}
                {sentence}
                <details>
                    <summary>{tr(I18n::smart_difference)}</summary>
                    <p class="difference" dir="auto">
                        {move || {
                            composer.text.with(|text| difference(text, &proposal.with(edits)))
                        }}
                    </p>
                </details>
            </div>
            <Button on:click=take>{tr(button)}</Button>
        </div>
    }
}

fn credits_text(t: I18n, credits: Credits) -> String {
    let shown = format::credits(t.locale(), credits);
    t.compose_credits(Count::shown_as(credits.to_string(), shown))
}

/// Each different replacement once: `—` → `-`.
fn pairs(t: I18n, edits: &[Edit]) -> Node {
    let composer = use_composer();
    let mut pairs: Vec<(String, Cow<'static, str>)> = Vec::new();
    composer.text.with(|text| {
        for edit in edits {
            let from = text.get(edit.range.clone()).unwrap_or_default().to_owned();
            let pair = (from, edit.with.clone());
            if !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
    });
    let more = pairs.len().saturating_sub(PAIRS);
    let shown = pairs.into_iter().take(PAIRS).map(|(from, with)| {
        let with = match &*with {
            "" => t.smart_nothing().to_owned(),
            " " => "␣".to_owned(),
            with => with.to_owned(),
        };
        view! {
            <span class="pair">
                <del class="glyph">{visible(&from)}</del> " → " <ins class="glyph">{with}</ins>
            </span>
        }
    });
    view! {
        {between(" ", shown.collect())}
        {(more > 0).then(|| format!(" {}", t.smart_more(more)))}
    }
}

/// The views with a text between each two of them.
fn between(text: &'static str, views: Vec<Node>) -> Vec<Node> {
    let mut joined = Vec::new();
    for view in views {
        if !joined.is_empty() {
            joined.push(text.into_node());
        }
        joined.push(view);
    }
    joined
}

/// The text with what goes struck out and what comes marked.
fn difference(text: &str, edits: &[Edit]) -> Node {
    let mut pieces = Vec::new();
    let mut at = 0;
    for edit in edits {
        let kept = text.get(at..edit.range.start).unwrap_or_default().to_owned();
        let gone = text.get(edit.range.clone()).unwrap_or_default().to_owned();
        pieces.push(view! { {kept} <del>{gone}</del> <ins>{edit.with.clone().into_owned()}</ins> });
        at = edit.range.end;
    }
    let rest = text.get(at..).unwrap_or_default().to_owned();
    view! { {pieces} {rest} }
}
