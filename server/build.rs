//! Tells Cargo what the binary is made of besides its sources: the built web application.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // A debug build reads `dist/` when it runs. A release build holds it, and the macro that
    // embeds it notices changed files, but neither new nor deleted ones. What is fuzzed needs none:
    // a folder that is not there would have it built anew for every target.
    let is_fuzzed = std::env::var_os("CARGO_CFG_FUZZING").is_some();
    if !is_fuzzed && std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        println!("cargo:rerun-if-changed=../dist");
    }
}
