//! What the server does by itself.

use std::time::Duration;

use iap_core::api::{JobHealth, JobName};
use leptos::prelude::*;

use super::Known;
use super::figures::tenths;
use crate::backend::house;
use crate::backend::http::Failure;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::ui::{Card, Failed, Row, Rows, TableScroll, each, rows, use_toasts};

/// A job that is told to run has begun by then, and most have ended.
const SOON: Duration = Duration::from_millis(700);

/// The table of jobs. Its lines stay while their figures change, so that the focus does too.
#[component]
pub(super) fn Jobs(known: Known) -> Node {
    let t = use_i18n();
    let refused = RwSignal::new(None::<Failure>);
    let jobs = each(move || known.read(|health| health.jobs.clone()).unwrap_or_default());
    let lines = move || {
        let jobs = jobs.get().into_iter();
        jobs.map(|job| line(t, job, known, refused)).collect()
    };
    view! {
        <Card title=tr(I18n::health_jobs)>
            <p class="soft">{tr(I18n::health_jobs_text)}</p>
            <Failed failure=refused/>
            <TableScroll label=tr(I18n::health_jobs)>
                <table class="table stacked health-jobs">
                    <thead>
                        <tr>
                            <th scope="col">{tr(I18n::health_job)}</th>
                            <th scope="col">{tr(I18n::health_state)}</th>
                            <th scope="col">{tr(I18n::health_every)}</th>
                            <th scope="col">{tr(I18n::health_last)}</th>
                            <th scope="col">{tr(I18n::health_next)}</th>
                            <th scope="col">{tr(I18n::health_failures)}</th>
                            <th scope="col" class="no-print">{tr(I18n::health_run)}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <Rows rows=rows(lines)/>
                    </tbody>
                </table>
            </TableScroll>
        </Card>
    }
}

/// What a job is called.
pub(super) fn name(t: I18n, job: JobName) -> &'static str {
    match job {
        JobName::ExpireHolds => t.health_holds(),
        JobName::FinishOrders => t.health_orders(),
        JobName::LookAfterPayments => t.health_look(),
        JobName::SendMails => t.health_send(),
        JobName::Forget => t.health_forget(),
    }
}

/// What it does.
fn meaning(t: I18n, job: JobName) -> &'static str {
    match job {
        JobName::ExpireHolds => t.health_holds_text(),
        JobName::FinishOrders => t.health_orders_text(),
        JobName::LookAfterPayments => t.health_look_text(),
        JobName::SendMails => t.health_send_text(),
        JobName::Forget => t.health_forget_text(),
    }
}

fn line(
    t: I18n,
    job: RwSignal<JobHealth>,
    known: Known,
    refused: RwSignal<Option<Failure>>,
) -> Row {
    let which = job.with_untracked(|job| job.name);
    Row::new(which.as_str(), move || {
        let state = move || {
            let (class, text) = job.with(|job| state(t, job));
            view! { <span class=class>{text}</span> }
        };
        let failures = move || {
            job.with(|job| t.health_failures_of(t.number(job.failures), t.number(job.runs)))
        };
        view! {
            <tr>
                <th scope="row">
                    {move || name(t, which)}
                    <span class="health-meaning">{move || meaning(t, which)}</span>
                </th>
                <td>{state}</td>
                <td>{label(I18n::health_every)} {move || job.with(|job| every(t, job.every))}</td>
                <td>{label(I18n::health_last)} {move || job.with(|job| last(t, job))}</td>
                <td>{label(I18n::health_next)} {move || job.with(|job| next(t, job))}</td>
                <td>
                    {label(I18n::health_failures)}
                    {failures}
                    <span class="health-meaning">{move || job.with(|job| failure(t, job))}</span>
                </td>
                <td class="no-print"><Run job=which known=known refused=refused/></td>
            </tr>
        }
    })
}

/// The heading of a column, where lines stand as blocks and headings are not in sight.
fn label(text: fn(I18n) -> &'static str) -> Node {
    let t = use_i18n();
    view! { <span class="health-label">{move || t.health_label(text(t))} " "</span> }
}

/// How a job does, in a word.
fn state(t: I18n, job: &JobHealth) -> (&'static str, &'static str) {
    if job.running {
        ("pill", t.health_running())
    } else if job.failing {
        ("pill pill-bad", t.health_job_failed())
    } else if job.runs == 0 {
        ("pill pill-quiet", t.health_never())
    } else {
        ("pill pill-good", t.health_job_well())
    }
}

/// The pause between two runs.
fn every(t: I18n, seconds: u64) -> String {
    let (number, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        _ => (seconds / 3_600, "hour"),
    };
    format::unit(t.locale(), &number.to_string(), unit, true)
}

/// When the last run ended, and how long it took.
fn last(t: I18n, job: &JobHealth) -> String {
    let (Some(ended), Some(took)) = (job.ended_at, job.took) else {
        return t.health_never().to_owned();
    };
    let (took, unit) = match took {
        0..1_000 => (took.to_string(), "millisecond"),
        _ => (tenths(took, 1_000), "second"),
    };
    let took = format::unit(t.locale(), &took, unit, false);
    t.health_took(format::time(t.locale(), ended), took)
}

/// When it is due.
fn next(t: I18n, job: &JobHealth) -> String {
    match job.next_at {
        Some(at) => format::time(t.locale(), at),
        None => t.health_running().to_owned(),
    }
}

/// The last failure, if there was one.
fn failure(t: I18n, job: &JobHealth) -> Option<String> {
    let failure = job.last_failure.as_ref()?;
    Some(t.health_failure(format::moment(t.locale(), failure.at), &*failure.detail))
}

/// The button that has a job run before its time: each does what is due and nothing else.
#[component]
fn Run(job: JobName, known: Known, refused: RwSignal<Option<Failure>>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let busy = RwSignal::new(false);
    let run = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        refused.set(None);
        wasm_bindgen_futures::spawn_local(async move {
            let done = house::run(job).await;
            let _ = busy.try_set(false);
            match done {
                Ok(()) => {
                    toasts.show(t.health_told(name(t, job)));
                    set_timeout(move || known.refresh_if_there(), SOON);
                }
                Err(why) if known.visitor.has_ended(&why) => {}
                Err(why) => drop(refused.try_set(Some(why))),
            }
        });
    };
    view! {
        <button
            type="button"
            class="button"
            aria-label=move || t.health_run_label(name(t, job))
            on:click=run
        >
            {tr(I18n::health_run_now)}
        </button>
    }
}
