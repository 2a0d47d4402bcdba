//! How a program charges for a service: in three languages, filled with what is needed here.
//!
//! What is shown stands in files that the server's tests run as they are.

use leptos::prelude::*;

use super::copy::CopyButton;
use super::only::{ProvidersOnly, failure_of, follow_provider};
use crate::backend::http::Failure;
use crate::backend::provider::{self, Offered};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::{LEAD_TO_COME, Page};
use crate::reactive::RwSignal;
use crate::state::use_visitor;
use crate::ui::{Card, Icon, IconName, Retry, Segmented, Waiting, When, condition};

/// A language: its name, the file's name, the file.
const SNIPPETS: [(&str, &str, &str); 3] = [
    ("curl", "charge.sh", include_str!("../../../../snippets/charge.sh")),
    ("Python", "charge.py", include_str!("../../../../snippets/charge.py")),
    ("Rust", "main.rs", include_str!("../../../../snippets/charge.rs")),
];

/// What stands in the files for what is filled in.
const SERVER: &str = "http://localhost:8080";
const SERVICE: &str = "my_service";

/// The page that says how a program charges for a service.
#[component]
pub fn DocumentationPage(
    /// The service, by key.
    id: i64,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let known = RwSignal::new(None::<Offered>);
    let failure = RwSignal::new(None::<Failure>);
    let again = follow_provider(move || {
        wasm_bindgen_futures::spawn_local(async move {
            match provider::offered(id).await {
                Ok(offered) => {
                    let _ = failure.try_set(None);
                    let _ = known.try_set(Some(offered));
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    });
    let label = move || known.with(|it| it.as_ref().map(|it| it.service.label.clone()));
    let lead = move || match label() {
        Some(label) => t.provider_documentation_lead(label),
        None => LEAD_TO_COME.to_owned(),
    };
    view! {
        <Page
            title=tr(I18n::provider_documentation)
            lead=lead
        >
            <p class="no-print">
                <a class="way-back" href=format!("/provider/services/{id}")>
                    <Icon name=IconName::Back/>
                    {move || label().unwrap_or_else(|| t.provider_title().to_owned())}
                </a>
            </p>
            <ProvidersOnly>
                {move || {
                    failure_of(failure.get())
                        .map(|failure| view! { <Retry failure=failure on_click=again/> })
                }}
                <When when=condition(move || {
                    known.with(Option::is_none) && failure.with(Option::is_none)
                })>
                    <Waiting label=tr(I18n::provider_asking)/>
                </When>
                <When when=condition(move || known.with(Option::is_some))>
                    <div class="provided-figures">
                        <Steps/>
                        <Snippets name=known.with_untracked(|it| name(it.as_ref()))/>
                        <Sandbox/>
                    </div>
                </When>
            </ProvidersOnly>
        </Page>
    }
}

fn name(known: Option<&Offered>) -> String {
    known.map(|it| it.service.name.to_string()).unwrap_or_default()
}

#[component]
fn Steps() -> Node {
    view! {
        <Card title=tr(I18n::provider_steps)>
            <ol class="steps">
                <li>{tr(I18n::provider_step_hold)}</li>
                <li>{tr(I18n::provider_step_work)}</li>
                <li>{tr(I18n::provider_step_capture)}</li>
            </ol>
            <p>
                {tr(I18n::provider_reference)} " "
                <a href="/api/v1/openapi.json" rel="external">"/api/v1/openapi.json"</a>
            </p>
        </Card>
    }
}

#[component]
fn Snippets(name: String) -> Node {
    let language = RwSignal::new("curl");
    let server = window().location().origin().unwrap_or_default();
    let filled = move || {
        let chosen = language.get();
        let file = SNIPPETS.iter().find(|it| it.0 == chosen).map_or("", |it| it.2);
        file.replace(SERVER, &server).replace(SERVICE, &name)
    };
    let (shown, copied) = (filled.clone(), filled);
    let options = SNIPPETS.iter().map(|it| (it.0, it.0.into(), None)).collect();
    let file = move || {
        let chosen = language.get();
        SNIPPETS.iter().find(|it| it.0 == chosen).map_or("", |it| it.1)
    };
    view! {
        <Card
            title=tr(I18n::provider_snippets)
            class="snippets"
            aside=move || {
                let copied = copied.clone();
                view! { <CopyButton text=copied label=tr(I18n::provider_snippet_copy)/> }
            }
        >
            <Segmented
                label=tr(I18n::provider_snippet_language)
                options=options
                value=language
                on_change=move |chosen: &'static str| language.set(chosen)
            />
            <p class="soft">{file}</p>
            <pre class="snippet" tabindex="0" role="region" aria-label=file><code>{shown}</code></pre>
        </Card>
    }
}

#[component]
fn Sandbox() -> Node {
    view! {
        <Card title=tr(I18n::provider_sandbox)>
            <p>{tr(I18n::provider_sandbox_text)}</p>
            <dl class="tokens">
                <div><dt><code>"000000"</code></dt><dd>{tr(I18n::provider_sandbox_missing)}</dd></div>
                <div><dt><code>"000111"</code></dt><dd>{tr(I18n::provider_sandbox_empty)}</dd></div>
                <div><dt><code>"111111"</code></dt><dd>{tr(I18n::provider_sandbox_full)}</dd></div>
            </dl>
            <p class="soft">{tr(I18n::provider_sandbox_where)}</p>
        </Card>
    }
}
