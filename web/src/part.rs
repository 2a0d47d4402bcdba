//! Parts of the program that are loaded when one of their pages is opened: their code, and their
//! texts. The rest is loaded when the first page has been there for a while, so that every page can
//! be opened without a connection, too.
//!
//! Where the build has divided the program, the page says in its head which file a part is, as
//! `<meta name="file-part-portal">`; where it has not, all code is there.
//! Nothing here may name what is in a part, but by a pointer that the compiler does not see
//! through: what it sees through it puts into the first part.

use std::cell::Cell;
use std::hint::black_box;
use std::time::Duration;

use js_sys::{Object, Reflect, WebAssembly};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::dom::{Node, view};
use crate::file;
use crate::i18n::{I18n, Locale, PARTS, part_of, tr, use_i18n};
use crate::page::Page;
use crate::reactive::{Memo, RwSignal};
use crate::router::link_of;
use crate::ui::{Button, IconName, Notice, NoticeKind, Waiting};

/// What a part's module imports from the first, as the build names it.
const FIRST: &str = "p";

/// So long after the start the parts are loaded that nobody has asked for.
const LATER: Duration = Duration::from_secs(3);

/// How far a part has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nobody has asked for it.
    Away,
    Loading,
    Ready,
    Failed,
}

thread_local! {
    static STATES: Cell<[State; PARTS.len()]> = const { Cell::new([State::Away; PARTS.len()]) };
}

/// Tells pages that a part has come, or has not. Given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Parts {
    changed: RwSignal<()>,
    i18n: I18n,
}

impl Parts {
    fn new() -> Self {
        Self { changed: RwSignal::new(()), i18n: use_i18n() }
    }

    /// Loads parts as soon as somebody points at a link to one of their pages, and all of them in
    /// a while. Call it once, where the application starts.
    pub fn start() {
        let parts = Self::new();
        provide_context(parts);
        for event in ["pointerover", "focusin"] {
            let handle = window_event_listener_untyped(event, move |event| {
                let part = link_of(&event).and_then(|link| part_at(&link.pathname()));
                if let Some(part) = part.filter(|part| state(*part) == State::Away) {
                    spawn_local(parts.load(part));
                }
            });
            on_cleanup(move || handle.remove());
        }
        if !saves_data() {
            set_timeout(move || parts.load_all(), LATER);
        }
    }

    /// Loads one part after the other, so that what somebody asks for meanwhile has its share of
    /// the line.
    fn load_all(self) {
        spawn_local(async move {
            for part in 0..PARTS.len() {
                if state(part) == State::Away && window().navigator().on_line() {
                    self.load(part).await;
                }
            }
        });
    }

    async fn load(self, part: usize) {
        load(part, self.i18n.locale()).await;
        self.changed.try_set(());
    }

    /// Loads what the pages under a path need, unless that is done or under way. What could not be
    /// had is tried again.
    fn need(self, path: &str) {
        let part = part_at(path);
        if let Some(part) = part.filter(|it| matches!(state(*it), State::Away | State::Failed)) {
            spawn_local(self.load(part));
        }
    }

    /// How far the part of a path has come; follows it.
    fn state(self, path: &str) -> State {
        self.changed.track();
        part_at(path).map_or(State::Ready, state)
    }
}

/// Whether the browser was told to load no more than is asked for.
fn saves_data() -> bool {
    let connection = Reflect::get(&window().navigator(), &"connection".into());
    let saves = connection.and_then(|connection| Reflect::get(&connection, &"saveData".into()));
    saves.is_ok_and(|saves| saves.is_truthy())
}

/// Loads what the page under a path needs to be shown in a language, as far as it can be had.
pub async fn load_first(path: &str, locale: Locale) {
    match part_at(path) {
        Some(part) => load(part, locale).await,
        None => drop(I18n::load(locale).await),
    }
}

/// Loads the code and the texts of a part; the texts in English where they cannot be had in the
/// language.
async fn load(part: usize, locale: Locale) {
    set_state(part, State::Loading);
    I18n::need(part);
    // Both come at once. A promise that failed before somebody waits for it would be an error of the page.
    let texts = future_to_promise(async move {
        Ok((I18n::load(locale).await || I18n::load(Locale::En).await).into())
    });
    let code = load_code(part).await;
    let texts = JsFuture::from(texts).await;
    let ready = code.is_ok() && texts.is_ok_and(|there| there.is_truthy());
    set_state(part, if ready { State::Ready } else { State::Failed });
}

/// Has the part put its functions where the first looks for them.
async fn load_code(part: usize) -> Result<(), JsValue> {
    let name = PARTS.get(part).copied().unwrap_or_default();
    let Some(file) = file::address(&format!("part-{name}")) else { return Ok(()) };
    let bytes = file::fetch(&file).await?;
    let module = JsFuture::from(WebAssembly::compile(&bytes)).await?;
    let imports = Object::new();
    Reflect::set(&imports, &FIRST.into(), &wasm_bindgen::exports())?;
    JsFuture::from(WebAssembly::instantiate_module(&module.into(), &imports)).await.map(drop)
}

/// The part that has the pages under a path; none where it is the first.
fn part_at(path: &str) -> Option<usize> {
    let path = path.trim_start_matches('/');
    let end = |slashes: usize| {
        path.match_indices('/').nth(slashes).map_or(path, |(at, _)| path.get(..at).unwrap_or(path))
    };
    part_of(end(1)).or_else(|| part_of(end(0)))
}

fn state(part: usize) -> State {
    STATES.get().get(part).copied().unwrap_or(State::Ready)
}

fn set_state(part: usize, state: State) {
    let mut states = STATES.get();
    if let Some(it) = states.get_mut(part) {
        *it = state;
    }
    STATES.set(states);
}

/// A page of a part, as soon as the part is there.
#[component]
pub fn PartPage(
    /// The path that leads to it.
    #[prop(into)]
    path: String,
    /// The pages of the part.
    pages: fn(&str) -> Node,
) -> Node {
    let parts = use_context::<Parts>().unwrap_or_else(Parts::new);
    parts.need(&path);
    let of = path.clone();
    // The page stays as it is when other parts come.
    let state = Memo::new(move |_| parts.state(&of));
    let page = move || match state.get() {
        State::Ready => black_box(pages)(&path),
        State::Away | State::Loading => view! { <Waiting label=tr(I18n::part_loading)/> },
        State::Failed => view! { <Missing/> },
    };
    view! { {page} }
}

/// Says that a part could not be loaded. After a new version of the application the file may be
/// gone for good, so loading everything again is what helps.
#[component]
fn Missing() -> Node {
    view! {
        <Page title=tr(I18n::part_failed_title)>
            <div role="alert">
                <Notice kind=NoticeKind::Error>
                    <p>{tr(I18n::part_failed)}</p>
                    <Button icon=IconName::Undo on:click=move |_| { let _ = window().location().reload(); }>
                        {tr(I18n::panic_reload)}
                    </Button>
                </Notice>
            </div>
        </Page>
    }
}
