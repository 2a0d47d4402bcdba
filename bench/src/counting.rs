//! Counting a text, ours beside peers.

use std::collections::HashMap;
use std::hint::black_box;

use anyhow::{Context, Result};
use iap_core::sms::{self, CountOptions};

use crate::bench::{Bench, Place};
use crate::driver::Driver;
use crate::goal::Goal;
use crate::kind::{Kind, LENGTHS};
use crate::peer::Peer;
use crate::questions::{Time, Times};
use crate::report::{Report, Row};
use crate::share::{self, Judge};
use crate::timer::measure;

/// The name that ours has in the page.
const OURS: &str = "ours";

/// Runs the benches of both places.
pub(crate) fn run(benches: &[Bench], report: &mut Report) -> Result<()> {
    for place in [Place::Native, Place::Browser] {
        let selected: Vec<Selected> = Kind::ALL
            .into_iter()
            .flat_map(|kind| LENGTHS.map(|length| Selected::new(benches, place, kind, length)))
            .filter(|selected| !selected.peers.is_empty())
            .collect();
        if !selected.is_empty() {
            run_in(place, &selected, report)?;
        }
    }
    Ok(())
}

/// The peers that are asked for on one text.
struct Selected {
    kind: Kind,
    length: usize,
    peers: Vec<Peer>,
}

impl Selected {
    fn new(benches: &[Bench], place: Place, kind: Kind, length: usize) -> Self {
        let asked =
            |peer: &Peer| benches.contains(&Bench::Count { place, kind, length, peer: *peer });
        Self { kind, length, peers: Peer::ALL.into_iter().filter(asked).collect() }
    }
}

fn run_in(place: Place, selected: &[Selected], report: &mut Report) -> Result<()> {
    let mut driver = Driver::start(match place {
        Place::Native => "native.mjs",
        Place::Browser => "browser.mjs",
    })?;
    let judge = Judge::new();
    let ours_right = match place {
        Place::Native => judge.ours()?,
        Place::Browser => {
            share::check_broken(&mut driver, OURS)?;
            judge.theirs(&mut driver, OURS)?
        }
    };
    let mut theirs_right = HashMap::new();
    for peer in Peer::ALL {
        if selected.iter().any(|selected| selected.peers.contains(&peer)) {
            theirs_right.insert(peer, judge.theirs(&mut driver, peer.as_str())?);
        }
    }
    for Selected { kind, length, peers } in selected {
        let text = kind.text(*length);
        let (ours, theirs) = times(place, &mut driver, &text, peers)?;
        for (peer, theirs) in peers.iter().zip(theirs) {
            let (kind, length, peer) = (*kind, *length, *peer);
            let bench = Bench::Count { place, kind, length, peer };
            let right = theirs_right.get(&peer).copied().context("no answers to judge")?;
            let row = Row::beside(bench.name(), ours, peer.label()?, theirs, goal(&bench));
            report.row(&row.with_right(ours_right, right))?;
        }
    }
    Ok(())
}

/// Times ours and the peers on a text, one after the other or in turns.
fn times(place: Place, driver: &mut Driver, text: &str, peers: &[Peer]) -> Result<(f64, Vec<f64>)> {
    let mut names: Vec<&str> = peers.iter().map(|peer| peer.as_str()).collect();
    if place == Place::Browser {
        names.push(OURS);
    }
    let Times { mut ns } = driver.ask(&Time { time: &names, text })?;
    let ours = match place {
        Place::Native => {
            measure(|| sms::count(black_box(text), black_box(&CountOptions::default())))
        }
        Place::Browser => ns.pop().context("the page gave no time")?,
    };
    Ok((ours, ns))
}

/// The goals stand for one message of any kind, beside the counter that is right about most.
fn goal(bench: &Bench) -> Option<Goal> {
    match bench {
        Bench::Count { place, length: 160, peer: Peer::SplitSms, .. } => Some(match place {
            Place::Native => Goal::Faster(100.0),
            Place::Browser => Goal::Faster(15.0),
        }),
        _ => None,
    }
}
