//! In plain words: all is well, or what is wrong and what to do.

use iap_core::api::{Concern, JobName, MailState};
use leptos::prelude::*;

use super::Known;
use super::jobs::name;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::memo;
use crate::ui::{Icon, IconName, Notice, NoticeKind};

/// What to look at. Screen readers are told when it changes, and only then.
#[component]
pub(super) fn Concerns(known: Known) -> Node {
    let t = use_i18n();
    // While the server does not answer nobody knows whether all is well.
    let told = memo(move || {
        let is_known = known.failure.with(Option::is_none);
        is_known.then(|| known.read(iap_core::api::Health::concerns)).flatten()
    });
    let shown = move || {
        let concerns = told.get()?;
        if concerns.is_empty() {
            return Some(view! {
                <div class="notice health-well">
                    <Icon name=IconName::Check/>
                    <div class="notice-text">
                        <strong>{tr(I18n::health_well)}</strong>
                        <p>{tr(I18n::health_well_text)}</p>
                    </div>
                </div>
            });
        }
        let notices: Vec<Node> = concerns.into_iter().map(|it| notice(t, known, it)).collect();
        Some(view! { <div class="health-concerns">{notices}</div> })
    };
    view! { <div role="status">{shown}</div> }
}

fn notice(t: I18n, known: Known, concern: Concern) -> Node {
    let text = move || sentence(t, known, concern);
    let detail = move || match concern {
        Concern::JobFailing(job) => last_failure(known, job),
        _ => None,
    };
    let state = match concern {
        Concern::MailsRetried(_) => Some(MailState::Waiting),
        Concern::MailsFailed(_) => Some(MailState::Failed),
        _ => None,
    };
    let way = state.map(|state| {
        let address = format!("/operator/outbox?state={}", state.as_str());
        view! { <p><a href=address>{tr(I18n::outbox_title)}</a></p> }
    });
    view! {
        <Notice kind=NoticeKind::Warning>
            <p>{text}</p>
            <p class="soft">{detail}</p>
            {way}
        </Notice>
    }
}

fn sentence(t: I18n, known: Known, concern: Concern) -> String {
    match concern {
        Concern::JobFailing(job) => t.health_failing(name(t, job)),
        Concern::JobLate(job) => t.health_late(name(t, job)),
        Concern::JobLong(job) => t.health_long(name(t, job)),
        Concern::SlowDatabase => {
            let took = known.read(|health| health.database.answered_in).unwrap_or_default();
            let millis = (took / 1_000).to_string();
            t.health_slow(format::unit(t.locale(), &millis, "millisecond", true))
        }
        Concern::NewerSchema => t.health_newer_schema().to_owned(),
        Concern::MailsRetried(number) => t.health_retried(number),
        Concern::MailsFailed(number) => t.health_given_up(number),
        Concern::MailsInFolder => t.health_folder().to_owned(),
        Concern::Sandbox => t.health_sandbox_on().to_owned(),
    }
}

/// What the server said when a job failed last.
fn last_failure(known: Known, job: JobName) -> Option<String> {
    known.read(|health| {
        let job = health.jobs.iter().find(|it| it.name == job)?;
        job.last_failure.as_ref().map(|failure| failure.detail.clone())
    })?
}
