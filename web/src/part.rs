//! Parts of the program that are loaded when one of their pages is opened.
//!
//! Where the build has divided the program, the page says in its head which file the pages under
//! a path need, as `<meta name="file-page-services">`; where it has not, everything is there.
//! Nothing here may name what is in a part, but by a pointer that the compiler does not see
//! through: what it sees through it puts into the first part.

use std::cell::RefCell;
use std::hint::black_box;

use js_sys::{Object, Reflect, WebAssembly};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::dom::{Node, view};
use crate::file;
use crate::i18n::{I18n, tr};
use crate::page::Page;
use crate::reactive::{Memo, RwSignal};
use crate::router::link_of;
use crate::ui::{Button, IconName, Notice, NoticeKind, Waiting};

/// What a part's module imports from the first, as the build names it.
const FIRST: &str = "p";

/// How far a part has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Loading,
    Ready,
    Failed,
}

thread_local! {
    /// The files that were asked for.
    static ASKED: RefCell<Vec<(String, State)>> = const { RefCell::new(Vec::new()) };
}

/// Tells pages that a part has come, or has not. Given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Parts(RwSignal<()>);

impl Parts {
    /// Loads parts as soon as somebody points at a link to one of their pages. Call it once, where
    /// the application starts.
    pub fn start() {
        let parts = Self(RwSignal::new(()));
        provide_context(parts);
        for event in ["pointerover", "focusin"] {
            let handle = window_event_listener_untyped(event, move |event| {
                if let Some(link) = link_of(&event) {
                    parts.need(&link.pathname());
                }
            });
            on_cleanup(move || handle.remove());
        }
    }

    /// Loads what the pages under a path need, unless that is done or under way.
    fn need(self, path: &str) {
        if let Some(file) = file_of(path).filter(|file| state(file).is_none()) {
            load_file(file, move || {
                self.0.try_set(());
            });
        }
    }

    /// How far the part of a path has come; follows it.
    fn state(self, path: &str) -> State {
        self.0.track();
        file_of(path).map_or(State::Ready, |file| state(&file).unwrap_or(State::Loading))
    }
}

/// Loads what the first page needs, and calls `done` when it is there or cannot be had.
pub fn load(path: &str, done: impl FnOnce() + 'static) {
    match file_of(path) {
        Some(file) => load_file(file, done),
        None => done(),
    }
}

/// The file that the pages under a path need.
fn file_of(path: &str) -> Option<String> {
    let first = path.trim_start_matches('/').split('/').next()?;
    file::address(&format!("page-{first}"))
}

fn state(file: &str) -> Option<State> {
    ASKED.with_borrow(|asked| asked.iter().find(|(it, _)| it == file).map(|(_, state)| *state))
}

fn load_file(file: String, done: impl FnOnce() + 'static) {
    ASKED.with_borrow_mut(|asked| asked.push((file.clone(), State::Loading)));
    wasm_bindgen_futures::spawn_local(async move {
        let state = if instantiate(&file).await.is_ok() { State::Ready } else { State::Failed };
        ASKED.with_borrow_mut(|asked| {
            if let Some((_, now)) = asked.iter_mut().find(|(it, _)| *it == file) {
                *now = state;
            }
        });
        done();
    });
}

/// Has the part put its functions where the first looks for them.
async fn instantiate(file: &str) -> Result<(), JsValue> {
    let bytes = file::fetch(file).await?;
    let module = JsFuture::from(WebAssembly::compile(&bytes)).await?;
    let imports = Object::new();
    Reflect::set(&imports, &FIRST.into(), &wasm_bindgen::exports())?;
    JsFuture::from(WebAssembly::instantiate_module(&module.into(), &imports)).await.map(drop)
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
    let parts = use_context::<Parts>().unwrap_or_else(|| Parts(RwSignal::new(())));
    parts.need(&path);
    let of = path.clone();
    // The page stays as it is when other parts come.
    let state = Memo::new(move |_| parts.state(&of));
    let page = move || match state.get() {
        State::Ready => black_box(pages)(&path),
        State::Loading => view! { <Waiting label=tr(I18n::part_loading)/> },
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
