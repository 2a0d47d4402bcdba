//! Turns the phone library's metadata into the compact tables of `src/phone`.
//!
//! The tables are made at build time, so that they always belong to the pinned version of the
//! library that the server uses and the tests compare with.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::as_conversions,
    clippy::print_stdout,
    reason = "this runs while building: what it does not expect has to stop the build, and cargo is spoken to on standard output"
)]

extern crate alloc;

mod automaton;
mod dialling;
mod graph;
mod loose;
mod metadata;
mod pack;
#[path = "../src/phone/packed/mod.rs"]
mod packed;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use dialling::Pool;

fn main() {
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/phone/packed");

    let plans = metadata::plans();
    let mut groupings = Pool::default();
    let stored = graph::store(&plans, &mut groupings);

    let mut prefixes = Pool::default();
    let mut international = Pool::default();
    let rows: Vec<pack::Row> = plans
        .iter()
        .map(|plan| pack::Row {
            region: plan.region.clone(),
            code: plan.code,
            prefix: prefixes.place(&dialling::national_prefix(plan)),
            international: international.place(&dialling::international_prefix(plan)),
            lengths: plan.general.lengths,
            local: plan.general.local,
        })
        .collect();
    let coded = pack::pack(&rows, &stored);
    pack::check(&coded, &rows, &stored);
    // The texts stand in front, each ended by NUL.
    let mut packed = Vec::new();
    for text in [prefixes.text(), international.text(), groupings.text()] {
        packed.extend_from_slice(text.as_bytes());
        packed.push(0);
    }
    packed.extend(coded);

    let mut code = String::new();
    writeln!(code, "pub(super) const PLANS: usize = {};", rows.len()).expect("writes");
    // An array of bytes, because a number of that length would have to be grouped to be read.
    writeln!(
        code,
        "pub(super) const CHECKSUM: [u8; 8] = {:?};",
        packed::checksum(&packed).to_be_bytes()
    )
    .expect("writes");
    writeln!(
        code,
        "#[cfg(feature = \"numbering-plans\")]\npub(super) const PACKED: &[u8; {}] = include_bytes!(\"phone.bin\");",
        packed.len()
    )
    .expect("writes");

    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    fs::write(out.join("phone.bin"), packed).expect("the output folder takes files");
    fs::write(out.join("phone.rs"), code).expect("the output folder takes files");
}
