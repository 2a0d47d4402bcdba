//! Who gets the message.

use iap_core::phone;
use iap_core::pricing::{PartPrice, Refusal};
use leptos::ev;
use leptos::prelude::*;

use super::contacts::ContactsDialog;
use super::refusal;
use super::state::{Recipient, use_composer};
use crate::dom::{ElementRef, Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::plans::{Plans, use_plans};
use crate::reactive::{Callback, RwSignal, effect, memo};
use crate::ui::{
    Button, ButtonKind, Card, Icon, IconName, Notice, NoticeKind, Row, Rows, When, condition, rows,
    text,
};

/// So many chips are drawn, and so many more each time more are asked for. Thousands of them would
/// slow every keystroke down, and nobody reads them.
const CHIPS: usize = 60;

/// So many refused numbers are explained.
const EXPLAINED: usize = 8;

/// The numbers, each as a chip, and the field that takes more of them.
#[component]
pub fn RecipientsCard() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let list = composer.list;
    let picking = RwSignal::new(false);
    let reached = move || match list.with(|list| (list.reachable(), list.all().len())) {
        (_, 0) => String::new(),
        (reached, total) => t.recipients_reachable(reached, total),
    };
    view! {
        <Card
            title=tr(I18n::recipients_title)
            aside=move || {
                view! {
                    <span class="soft">{text(reached)}</span>
                    <Button
                        kind=ButtonKind::Quiet
                        icon=IconName::People
                        on:click=move |_| picking.set(true)
                    >
                        {tr(I18n::recipients_pick)}
                    </Button>
                }
            }
        >
            <Entry/>
            <div class="numbers-foot">
                <p id="recipients-hint" class="field-hint">{tr(I18n::recipients_hint)}</p>
                <Told/>
            </div>
            <Refused/>
        </Card>
        <ContactsDialog open=picking/>
    }
}

/// The chips and the field, framed as one.
#[component]
fn Entry() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let list = composer.list;
    let field = ElementRef::<web_sys::HtmlInputElement>::new();
    let limit = RwSignal::new(CHIPS);

    // What is in the field goes into the list.
    let take = move || {
        if let Some(field) = field.get_untracked() {
            let typed = field.value();
            if !typed.trim().is_empty() {
                composer.enter(&typed);
                field.set_value("");
                composer.entry.set(String::new());
            }
        }
    };
    // As with the text: only what the program wrote goes into the field.
    effect(move |_| {
        composer.written.track();
        if let Some(field) = field.get() {
            let entry = composer.entry.get_untracked();
            if field.value() != entry {
                field.set_value(&entry);
            }
        }
    });
    // A number goes back into the field to be corrected; what is there goes into the list first.
    let correct = Callback::new(move |id: u32| {
        take();
        if let (Some(typed), Some(field)) = (composer.remove(id), field.get_untracked()) {
            composer.removed.set(Vec::new());
            field.set_value(&typed);
            composer.entry.set(field.value());
            let _ = field.focus();
        }
    });
    let remove = Callback::new(move |id: u32| {
        composer.remove(id);
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
        }
    });
    let key = move |event: ev::KeyboardEvent| {
        // Enter while an input method composes belongs to the input method.
        if event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Enter" | "," | ";" => {
                event.prevent_default();
                take();
            }
            "Backspace" if field.get_untracked().is_some_and(|field| field.value().is_empty()) => {
                let last = list.with_untracked(|list| list.all().last().map(|last| last.id));
                if let Some(last) = last {
                    event.prevent_default();
                    correct.run(last);
                }
            }
            _ => {}
        }
    };
    // An input of one line would join the lines of what is pasted.
    let paste = move |event: ev::ClipboardEvent| {
        let pasted = event.clipboard_data().and_then(|data| data.get_data("text").ok());
        if let Some(pasted) = pasted.filter(|pasted| phone::split(pasted).nth(1).is_some()) {
            event.prevent_default();
            take();
            composer.enter(&pasted);
        }
    };
    let drop_text = move |event: ev::DragEvent| {
        let dropped = event.data_transfer().and_then(|data| data.get_data("text").ok());
        if let Some(dropped) = dropped.filter(|dropped| !dropped.is_empty()) {
            event.prevent_default();
            composer.enter(&dropped);
        }
    };
    let focus_field = move |event: ev::MouseEvent| {
        let beside = event.target() == event.current_target();
        if let Some(field) = field.get_untracked().filter(|_| beside) {
            let _ = field.focus();
        }
    };

    let chips = move || {
        list.with(|list| {
            let chips = list.all().iter().enumerate().take(limit.get()).map(|(place, recipient)| {
                let (recipient, refusal) = (recipient.clone(), list.refusal(place));
                // Another default country changes how a number is read, not its id.
                let key = format!("{} {} {}", recipient.id, recipient.read.is_ok(), refusal.is_some());
                Row::new(key, move || {
                    let recipient = recipient.clone();
                    view! { <Chip recipient=recipient refusal=refusal correct=correct remove=remove/> }
                })
            });
            chips.collect()
        })
    };
    let some = move || list.with(|list| !list.all().is_empty());
    let hidden = memo(move || list.with(|list| list.all().len()).saturating_sub(limit.get()));
    view! {
        <div class="numbers" on:click=focus_field>
            <When when=condition(some)>
                <ul class="chips" role="list" aria-label=tr(I18n::recipients_list)>
                    <Rows rows=rows(chips)/>
                </ul>
            </When>
            <When when=condition(move || { hidden.get() > 0 })>
                <Button
                    kind=ButtonKind::Quiet
                    on:click=move |_| limit.update(|limit| *limit += CHIPS)
                >
                    {text(move || t.recipients_more(hidden.get()))}
                </Button>
            </When>
            <input
                node_ref=field
                id="recipients"
                class="numbers-field"
                type="text"
                inputmode="tel"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="enter"
                placeholder="+32 470 12 34 56"
                aria-label=tr(I18n::recipients_label)
                aria-describedby="recipients-hint"
                on:input=move |event| composer.entry.set(event_target_value(&event))
                on:keydown=key
                on:paste=paste
                on:drop=drop_text
                on:blur=move |_| take()
            />
        </div>
    }
}

/// One recipient: its number with country and rate, or what was typed and why it is refused.
#[component]
fn Chip(
    recipient: Recipient,
    refusal: Option<Refusal>,
    correct: Callback<u32>,
    remove: Callback<u32>,
) -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let id = recipient.id;
    let shown = recipient.shown();
    let name = recipient.number().and_then(|number| {
        composer.with_contacts(|contacts| contacts.get(&number).map(|contact| contact.name.clone()))
    });
    let price = recipient.number().filter(|_| refusal.is_none()).and_then(|number| {
        composer.list.with_untracked(|list| list.price(number)).map(PartPrice::credits)
    });
    let region = recipient.read.ok().and_then(|read| read.region);
    let landline = refusal.is_none() && recipient.read.is_ok_and(|read| !read.kind.can_be_mobile());
    let note = {
        let recipient = recipient.clone();
        move || {
            if let Some(refusal) = refusal {
                return refusal::sentence(t, &recipient, refusal);
            }
            let country = region.map(|region| format::region(t.locale(), region.as_str()));
            let price = price.map(|price| t.recipients_rate(format::credits(t.locale(), price)));
            let landline = landline.then(|| t.recipients_fixed_line_note().to_owned());
            let parts = [Some(recipient.shown()), country, price, landline];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
        }
    };
    let tag = move || match refusal {
        Some(refusal) => refusal::short(t, refusal).to_owned(),
        None if landline => t.recipients_fixed_line().to_owned(),
        None => region.map(|region| region.to_string()).unwrap_or_default(),
    };
    let class = match (refusal, landline) {
        (Some(_), _) => "chip chip-bad",
        (None, true) => "chip chip-warning",
        (None, false) => "chip",
    };
    let label = name.clone().unwrap_or_else(|| shown.clone());
    let (for_correct, for_remove) = (label.clone(), label.clone());
    view! {
        <li class=class title=text(note)>
            <button
                type="button"
                class="chip-text"
                aria-label=text(move || t.recipients_correct(&*for_correct))
                on:click=move |_| correct.run(id)
            >
                {label}
            </button>
            <span class="chip-tag">{text(tag)}</span>
            <button
                type="button"
                class="chip-remove"
                aria-label=text(move || t.recipients_remove(&*for_remove))
                on:click=move |_| remove.run(id)
            >
                <Icon name=IconName::Close/>
            </button>
        </li>
    }
}

/// What was done with the numbers: read, merged, removed.
#[component]
fn Told() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let many = move || composer.list.with(|list| list.all().len()) > 1;
    let merged = move || composer.merged.get();
    let removed = move || composer.removed.with(Vec::len);
    let plans = use_plans();
    let stuck = move || plans.get() == Plans::Failed && composer.reading.with(Option::is_some);
    view! {
        <div role="status">
            <When when=condition(stuck)>
                <Notice kind=NoticeKind::Error>
                    <p>{tr(I18n::recipients_no_plans)}</p>
                    <Button icon=IconName::Undo on:click=move |_| plans.retry()>
                        {tr(I18n::recipients_read_again)}
                    </Button>
                </Notice>
            </When>
        </div>
        <div class="told">
            <div role="status" class="told-text">
                {move || {
                    composer.reading.get().filter(|_| !stuck()).map(|(done, total)| {
                        view! {
                            <span>{t.recipients_reading(done, total)}</span>
                            <progress max=total.to_string() value=done.to_string()
                                aria-label=t.recipients_label()></progress>
                        }
                    })
                }}
                {move || match merged() {
                    0 => None,
                    merged => Some(view! { <span>{t.recipients_merged(merged)}</span> }),
                }}
                {move || match removed() {
                    0 => None,
                    removed => Some(view! { <span>{t.recipients_removed(removed)}</span> }),
                }}
            </div>
            <When when=condition(move || { removed() > 0 })>
                <Button icon=IconName::Undo on:click=move |_| composer.restore()>
                    {tr(I18n::recipients_restore)}
                </Button>
            </When>
            <When when=condition(many)>
                <Button kind=ButtonKind::Quiet on:click=move |_| composer.remove_all()>
                    {tr(I18n::recipients_remove_all)}
                </Button>
            </When>
        </div>
    }
}

/// The numbers that cannot be reached, each with the reason and what to do.
#[component]
fn Refused() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let refused = memo(move || {
        composer.list.with(|list| {
            let all = list.all().iter().enumerate();
            let mut refused =
                all.filter_map(|(place, recipient)| Some((recipient, list.refusal(place)?)));
            let explained: Vec<_> = refused
                .by_ref()
                .take(EXPLAINED)
                .map(|(recipient, refusal)| (recipient.clone(), refusal))
                .collect();
            (explained, refused.count())
        })
    });
    let total = move || refused.with(|(explained, more)| explained.len() + more);
    let lines = move || {
        refused.with(|(explained, _)| {
            explained
                .iter()
                .map(|(recipient, refusal)| {
                    let sentence = refusal::sentence(t, recipient, *refusal);
                    view! { <li><bdi>{recipient.shown()}</bdi> " " <span class="soft">{sentence}</span></li> }
                })
                .collect::<Vec<_>>()
        })
    };
    let more = move || match refused.with(|(_, more)| *more) {
        0 => String::new(),
        more => t.recipients_refused_more(more),
    };
    view! {
        <When when=condition(move || { total() > 0 })>
            <details class="refused">
                <summary>{text(move || t.recipients_refused(total()))}</summary>
                <ul>{lines}</ul>
                <p class="soft">{text(more)}</p>
            </details>
        </When>
    }
}
